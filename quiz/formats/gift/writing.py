"""A pack as GIFT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from quiz.core.blocks import Place
from quiz.core.exchange import Loss, Written
from quiz.core.kinds import Remark
from quiz.core.numbers import normal_number
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question
from quiz.formats.asked import RULE, feedback_of, stem_of, with_points, with_titles
from quiz.formats.categories import written_path
from quiz.formats.gift.signs import escape, escape_answer
from quiz.formats.nearest import nearest
from quiz.formats.settings import lost_front, lost_rest, tags_of

SHARES = frozenset({"multiple", "match"})
Lose = Callable[[str, str], None]
MOST = 99.99999
"""A weight may have two digits before the point, and Moodle reads this as all."""


def write(pack: Pack) -> Written:
    """Return the pack as text; each topic is a category."""
    losses = [Loss(Place("pack.md", 1), what, said) for what, said in lost_front(pack)]
    if pack.description:
        losses.append(Loss(Place("pack.md", 1), "description"))
    losses += (Loss(belief.place, "misconception", belief.id) for belief in pack.misconceptions)
    parts = [f"// {pack.title}".replace("\n", " ")]
    for topic in pack.topics:
        losses += (Loss(topic.place, what, said) for what, said in _lost_topic(topic))
        parts.append(f"$CATEGORY: {written_path([pack.title, topic.title])}")
        for question in topic.questions:
            text, lost = _question(question)
            parts += [text] if text else []
            losses += lost
    losses += (Loss(Place(picture.path, 1), "picture") for picture in pack.pictures)
    return Written(("\n\n".join(parts) + "\n").encode(), tuple(losses))


def _lost_topic(topic: Topic) -> Iterator[tuple[str, str]]:
    if topic.notes:
        yield "notes", "of the topic"
    if topic.was:
        yield "former id", topic.was
    for objective in topic.objectives:
        yield "objective", objective.id


def _question(asked: Question) -> tuple[str, list[Loss]]:
    losses: list[Loss] = []

    def lose(what: str, said: str = "") -> None:
        losses.append(Loss(asked.place, what, said))

    question, became = nearest(asked, BODIES)
    if question is None or became:
        lose("question" if question is None else "kind", became)
    if question is None:
        return "", losses
    for what, said in _lost(question):
        lose(what, said)
    kind = question.wording.body.name
    match = getattr(question.wording.body, "match", "")
    tags = tags_of(question, shares=kind in SHARES, match=match, objective=False)
    marks = [f"[id:{question.id}]", *(f"[tag:{tag}]" for tag in tags if "]" not in tag)]
    stem, answers = BODIES[kind](question, lose)
    # A name is plain text: that it is Markdown is known by the format of the text.
    head = f"::{escape(question.commentary.title)}::[markdown]{escape(stem)}"
    return f"// {' '.join(marks)}\n{head}{{{answers}}}", losses


def _lost(question: Question) -> Iterator[tuple[str, str]]:
    yield from lost_rest(question, shares=question.wording.body.name in SHARES)
    if question.commentary.hints:
        yield "hints", ""
    if question.points != 1:
        yield "points", f"{question.points:g}"
    if not question.shuffle and question.wording.body.name != "truefalse":
        yield "order of options", ""
    for tag in question.tags:
        if "]" in tag:
            yield "tag", tag
    for said in question.commentary.remarks.values():
        if said.misconception:
            yield "misconception", said.misconception


def _single(question: Question, lose: Lose) -> tuple[str, str]:
    options, said = question.wording.body.dump(), question.commentary.remarks
    rows = [
        f"{'=' if o['right'] else '~'}{escape_answer(o['text'])}{_why(said.get(o['key']))}"
        for o in options
    ]
    return stem_of(question), _rows(rows, question)


def _multiple(question: Question, lose: Lose) -> tuple[str, str]:
    options, said = question.wording.body.dump(), question.commentary.remarks
    right = sum(option["right"] for option in options)
    share = min(MOST, 100 / right)
    wrong = MOST if question.wording.score == "exact" else share
    rows = [
        f"~%{_weight(share if o['right'] else -wrong)}%{escape_answer(o['text'])}"
        + _why(said.get(o["key"]))
        for o in options
    ]
    return stem_of(question), _rows(rows, question)


def _truefalse(question: Question, lose: Lose) -> tuple[str, str]:
    options, said = question.wording.body.dump(), question.commentary.remarks
    right = next(option for option in options if option["right"])
    wrong = next(option for option in options if not option["right"])
    why = _why(said.get(wrong["key"])) or "#"
    tail = f"{why}{_why(said.get(right['key']))}" if said else ""
    return stem_of(question), f"{right['text'].upper()}{tail}{_general(question)}"


def _text(question: Question, lose: Lose) -> tuple[str, str]:
    payload, said = question.wording.body.dump(), question.commentary.remarks
    rows = [f"=%100%{escape_answer(_tame(fill))}" for fill in payload["accepted"]]
    rows += (f"=%0%{escape_answer(_tame(fill))}{_why(why)}" for fill, why in said.items())
    return stem_of(question), _rows(rows, question)


def _number(question: Question, lose: Lose) -> tuple[str, str]:
    payload, said = question.wording.body.dump(), question.commentary.remarks
    low, high = Decimal(payload["low"]), Decimal(payload["high"])
    middle, margin = normal_number((low + high) / 2), normal_number((high - low) / 2)
    rows = [f"=%100%{middle}:{margin}", *(f"=%0%{n}:0{_why(why)}" for n, why in said.items())]
    return stem_of(question), "#" + _rows(rows, question)


def _match(question: Question, lose: Lose) -> tuple[str, str]:
    payload = question.wording.body.dump()
    rows = []
    for left, right in [*payload["pairs"], *(("", extra) for extra in payload["extras"])]:
        if "->" in left:
            lose("arrow", f"in {left}, where GIFT reads the end of the left side")
        rows.append(f"={escape(left.replace('->', '→'))} -> {escape(right)}")
    return with_titles(stem_of(question), payload["titles"]), _rows(rows, question)


def _recall(question: Question, lose: Lose) -> tuple[str, str]:
    payload = question.wording.body.dump()
    lose("model answer", "GIFT has no place for it but the feedback")
    parts = (with_points(payload["model"], payload["points"]), feedback_of(question.commentary))
    text = f"\n\n{RULE}\n\n".join(part for part in parts if part)
    return stem_of(question), f"####[markdown]{escape(text)}"


def _rows(rows: list[str], question: Question) -> str:
    general = _general(question)
    return "\n" + "".join(f"\t{row}\n" for row in [*rows, *([general] if general else [])])


def _general(question: Question) -> str:
    text = feedback_of(question.commentary)
    return f"####{escape_answer(text)}" if text else ""


def _why(said: Remark | None) -> str:
    # The id of a misconception means nothing where none are declared.
    return f"#{escape_answer(said.text)}" if said and said.text else ""


def _tame(text: str) -> str:
    """Return a typed answer whose stars are no wildcards."""
    return text.replace("*", "\\*")


def _weight(share: float) -> str:
    return f"{share:.5f}".rstrip("0").rstrip(".")


BODIES: Mapping[str, Callable[[Question, Lose], tuple[str, str]]] = {
    "single": _single,
    "multiple": _multiple,
    "truefalse": _truefalse,
    "text": _text,
    "number": _number,
    "match": _match,
    "recall": _recall,
}
