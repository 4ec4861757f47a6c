"""Questions as mdbook-quiz asks them: by options, by a typed line, by the output of a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import tomli_w

from quiz.core.exchange import Loss, Written
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.formats.losing import lost_of, lost_of_pack
from quiz.formats.mdbook.reading import TOLD
from quiz.formats.paper import NONE_WRONG, line_named, reasons, shown

KEPT = frozenset({"explanation", "feedback", "rationale", "shuffle", "source", "uses"})
LANGUAGE = "rust"
"""What it colours programs as."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in its words; `lost` are names of what is gone, each with what became of it."""

    type: str
    prompt: Mapping[str, JSON]
    answer: Mapping[str, JSON]
    lost: Mapping[str, str] = field(default_factory=dict)


def write(pack: Pack) -> Written:
    """Return one quiz of all topics."""
    losses = lost_of_pack(pack, frozenset())
    shared: dict[str, str] = {}
    questions: list[JSON] = []
    for question in pack.questions:
        entry = _entry(question)
        if isinstance(entry, str):
            losses.append(Loss(question.place, "question", f"left out: {entry}"))
            continue
        questions.append(_written(question, entry, shared))
        losses += lost_of(question, KEPT | _default_title(question))
        losses += (Loss(question.place, what, said) for what, said in entry.lost.items())
    quiz: dict[str, JSON] = {"questions": questions}
    if shared:
        quiz["multipart"] = {key: text for text, key in shared.items()}
    return Written(tomli_w.dumps(quiz, multiline_strings=True).encode(), tuple(losses))


def _default_title(question: Question) -> frozenset[str]:
    """Return whether the title is the question itself, so that nothing is lost with it."""
    asks = question.wording.stem.startswith(question.commentary.title)
    return frozenset({"title"}) if asks else frozenset()


def _entry(question: Question) -> Entry | str:
    """Return the question in its words, or why it is left out."""
    if question.wording.score == "void":
        return "its score is void"
    make = ENTRIES.get(question.wording.body.name)
    return (
        make(question) if make else f"there is nothing like the kind {question.wording.body.name}"
    )


def _written(question: Question, entry: Entry, shared: dict[str, str]) -> dict[str, JSON]:
    text = question.wording.shared
    part = shared.setdefault(text, f"part-{len(shared) + 1}") if text else ""
    context = _context(question)
    return {
        **({"id": question.id} if question.id else {}),
        "type": entry.type,
        **({"multipart": part} if part else {}),
        **({"context": context} if context else {}),
        "prompt": dict(entry.prompt),
        "answer": dict(entry.answer),
    }


def _context(question: Question) -> str:
    said = question.commentary
    remarks = reasons(question)
    source = f"Source: {said.source}" if said.source else ""
    return "\n\n".join(text for text in (said.explanation, remarks, source) if text)


def _prompt(question: Question) -> str:
    material = shown(question.wording.body)
    return "\n\n".join(text for text in (question.wording.stem, material) if text)


def _options(question: Question) -> Entry:
    body = question.wording.body
    options = body.dump()
    right = [option["text"] for option in options if option["right"]]
    wrong = [option["text"] for option in options if not option["right"]]
    prompt: dict[str, JSON] = {"prompt": question.wording.stem, "distractors": wrong}
    at = next(n for n, option in enumerate(options) if option["right"])
    lost = {"rationale": "written into the context"} if question.commentary.remarks else {}
    if not question.shuffle or body.name == "truefalse":
        prompt["answerIndex"] = at
        together = [option["right"] for option in options[at : at + len(right)]]
        lost |= {} if all(together) else {"order": "the right options stand together"}
    else:
        lost["order"] = "options are shuffled there, too, and stand in no order"
    answer = right if body.name == "multiple" else right[0]
    return Entry("MultipleChoice", prompt, {"answer": answer}, lost)


def _text(question: Question) -> Entry:
    payload = question.wording.body.dump()
    lost = {} if payload["match"] == "text" else {"match": "capitals do not matter there"}
    return _typed(question, payload["accepted"], lost)


def _number(question: Question) -> Entry | str:
    payload = question.wording.body.dump()
    exact = payload["low"] == payload["high"]
    model = payload["low"] if exact else payload["model"].partition("±")[0].strip()
    if "[" in model:
        return "a number of a range cannot be typed as one text"
    lost = {"kind": "number becomes text"} | ({} if exact else {"tolerance": payload["model"]})
    return _typed(question, [model], lost)


def _cloze(question: Question) -> Entry | str:
    accepted = question.wording.body.dump()["accepted"]
    if len(accepted) > 1:
        return "it has several blanks"
    return _typed(question, accepted[0], {"kind": "cloze becomes text"})


def _typed(question: Question, accepted: list[str], lost: Mapping[str, str]) -> Entry:
    first, *others = accepted
    answer = {"answer": first, **({"alternatives": others} if others else {})}
    return Entry("ShortAnswer", {"prompt": _prompt(question)}, answer, lost)


def _predict(question: Question) -> Entry | str:
    payload = question.wording.body.dump()
    if payload["raises"]:
        return "its program raises"
    lost = {} if payload["language"] == LANGUAGE else {"language": payload["language"]}
    if question.wording.stem != TOLD:
        lost["text"] = question.wording.stem
    answer = {"doesCompile": True, "stdout": payload["output"]}
    return Entry("Tracing", {"program": payload["code"]}, answer, lost)


def _pick(question: Question) -> Entry:
    payload = question.wording.body.dump()
    numbered = list(enumerate(payload["lines"], 1))
    digits = len(str(len(numbered)))
    # They are sorted by their text, so numbers need one width.
    named = {n: line_named(n, line, digits) for n, line in numbered if line}
    right = [named[n] for n in payload["marked"]] or [NONE_WRONG]
    wrong = [text for n, text in named.items() if n not in payload["marked"]]
    wrong += [NONE_WRONG] if payload["marked"] else []
    lost = {"kind": "pick becomes multiple, its lines are options"}
    prompt = {"prompt": _prompt(question), "distractors": wrong, "sortAnswers": True}
    return Entry("MultipleChoice", prompt, {"answer": right}, lost)


ENTRIES: Mapping[str, Callable[[Question], Entry | str]] = {
    "cloze": _cloze,
    "multiple": _options,
    "number": _number,
    "pick": _pick,
    "predict": _predict,
    "single": _options,
    "text": _text,
    "truefalse": _options,
}
