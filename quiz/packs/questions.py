"""One section to one question: its kind is found, and the kind makes sense of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quiz.core.blocks import Block, Fence, Place, markdown
from quiz.core.kinds import Draft, Kind, Parsed, Part
from quiz.core.questions import Commentary, Question, Wording
from quiz.kinds import kinds
from quiz.packs import advice
from quiz.packs.fences import RUN, check_answer, check_body, check_evidence, check_plain
from quiz.packs.meta import Pairs, Settings
from quiz.packs.problems import Log
from quiz.packs.sections import SOURCE, QuestionSection, walk

UNCLEAR = ("E113", "E116")
"""What seems to be missing may be there, written in a way that these report."""


COMMON_PARTS = frozenset({"Hint", "Explanation", "Evidence"})
"""The parts that a question of any kind may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A section with its metadata read; `shared` is the text of the section it uses.

    `refused` says that some of the metadata could not be read: what seems to be missing may be
    there.
    """

    section: QuestionSection
    pairs: Pairs
    settings: Settings
    refused: bool = False
    shared: str = ""


def read_question(asked: Asked, misconceptions: Mapping[str, str], log: Log) -> Question | None:
    """Return the question, None after reporting why it cannot be asked."""
    section = asked.section
    draft = Draft(
        place=section.heading.place,
        title=section.heading.text,
        body=section.body,
        parts=tuple(Part(p.name, p.value, p.place, tuple(p.blocks)) for p in section.parts),
        meta={key: value.text for key, value in asked.pairs.items()},
        misconceptions=misconceptions,
        report=log,
    )
    evidence = _check_fences(draft, log)
    _check_empty(draft, section, log)
    opened = (block for block in walk(section.all_blocks()) if isinstance(block, Fence))
    broken = section.broken or not all(fence.closed for fence in opened)
    parsed = _parse(draft, asked.pairs, broken, log)
    if not broken:
        advice.check_missing(draft, asked.settings, section.source, log)
    if parsed:
        advice.check_wording(draft, asked.settings, parsed, log)
    return _question(draft, asked, parsed, evidence) if parsed else None


def read_prose(section: QuestionSection, log: Log) -> str:
    """Return the text of a section that other questions use; it is never asked."""
    check_plain(section.blocks, log, before=True)
    for part in section.parts:
        hint = "A section of prose is only read: move its parts to a question."
        log(part.place, "E107", f"`### {part.name}` in a section of prose", hint)
    return markdown(section.blocks)


def _check_empty(draft: Draft, section: QuestionSection, log: Log) -> None:
    """Report parts that hold nothing (E371); what a kind needs in an Answer it says itself."""
    for part in draft.parts:
        if not (part.blocks or part.name == "Answer" or section.lost or section.broken):
            log(part.place, "E371", f"`### {part.name}` is empty", "Write it, or remove it.")


def _check_fences(draft: Draft, log: Log) -> tuple[Fence, ...]:
    """Check the words of all fences but those of the answer; return what proves the answer."""
    check_body(draft.body, log)
    run = draft.body_fence(RUN)
    evidence = [run] if run else []
    for part in draft.parts:
        if part.name == "Evidence":
            evidence += check_evidence(part.blocks, log)
        elif part.name != "Answer":
            check_plain(part.blocks, log, before=part.name in ("Hint", "Distractors"))
    return tuple(evidence)


def _parse(draft: Draft, pairs: Pairs, broken: bool, log: Log) -> Parsed | None:
    found = Log()
    kind = find_kind(draft, pairs, found)
    answer = draft.answer
    fenced = answer and any(isinstance(block, Fence) for block in answer.blocks)
    if answer and (not kind.self_graded if kind else fenced):
        check_answer(answer, log)
    elif answer:
        check_plain(answer.blocks, log)
    if broken or log.has(*UNCLEAR):
        found.drop("E109", "E110", "E111")
    log.findings += found.findings
    if kind is None or log.has("E110", "E113", "E116"):
        return None
    return _parse_as(kind, draft, broken, log)


def _parse_as(kind: type[Kind], draft: Draft, broken: bool, log: Log) -> Parsed | None:
    found = Log()
    for part in draft.parts:
        if part.name not in kind.parts | COMMON_PARTS and not broken:
            message = f"`### {part.name}` means nothing in a question of the kind {kind.name}"
            allowed = ", ".join(sorted(kind.parts | COMMON_PARTS))
            found(part.place, "E107", message, f"Remove it. Parts here: {allowed}.")
    parsed = kind.parse(replace(draft, report=found))
    if found.has("E207"):
        found.drop("E112")
    for finding in found.findings:
        # In a broken question an answer or its parts may stand under the refused heading.
        if not (broken and finding.code.startswith(("E112", "E3"))):
            log.findings.append(finding)
    return parsed


def find_kind(draft: Draft, pairs: Pairs, log: Log) -> type[Kind] | None:
    """Return the kind that is stated or that the draft looks like (E109, E110, E111)."""
    if "kind" in pairs:
        return _stated_kind(draft, pairs["kind"].text, pairs["kind"].place, log)
    claimed = _claimed(draft)
    if not claimed:
        stated = ", ".join(name for name, kind in kinds().items() if kind.stated)
        log(
            draft.place,
            "E109",
            "no answer found",
            f"Write options or an `### Answer`; these kinds are stated: {stated}.",
        )
    if len(claimed) > 1:
        _report_two(draft, claimed, log)
    return next(iter(claimed.values())) if len(claimed) == 1 else None


def _stated_kind(draft: Draft, name: str, place: Place, log: Log) -> type[Kind] | None:
    kind = kinds()[name]
    claimed = _claimed(draft)
    if kind.claims(draft):
        rivals = [
            rival
            for rival, other in claimed.items()
            if _needs_answer(other, draft) != _needs_answer(kind, draft)
        ]
        if rivals:
            _report_two(draft, [name, *rivals], log)
        return None if rivals else kind
    if claimed:
        names = " and ".join(claimed)
        message = f"`kind: {name}` is stated, but this is written like {names}"
        log(place, "E111", message, "Change the one or the other.")
    else:
        log(draft.place, "E109", f"no answer found for `kind: {name}`", "Write it.")
    return None


def _report_two(draft: Draft, names: Sequence[str] | Mapping[str, object], log: Log) -> None:
    place = draft.answer.place if draft.answer else draft.place
    message = f"two answer blocks: this is written like {' and '.join(names)}"
    log(place, "E110", message, "Leave one of them.")


def _claimed(draft: Draft) -> dict[str, type[Kind]]:
    return {name: kind for name, kind in kinds().items() if not kind.stated and kind.claims(draft)}


def _needs_answer(kind: type[Kind], draft: Draft) -> bool:
    """Return whether the kind claims the draft for its `### Answer` and not for its body."""
    bare = tuple(part for part in draft.parts if part.name != "Answer")
    return not kind.claims(replace(draft, parts=bare))


def _question(draft: Draft, asked: Asked, parsed: Parsed, evidence: tuple[Fence, ...]) -> Question:
    said, source = asked.settings, asked.section.source
    return Question(
        id=said.id,
        place=draft.place,
        objective=said.objective or said.id,
        wording=Wording(stem_of(draft, parsed), parsed.body, said.score, asked.shared),
        commentary=Commentary(
            title=draft.title.source,
            remarks=parsed.remarks,
            beliefs=_beliefs(draft, parsed),
            hints=tuple(markdown(part.blocks) for part in draft.named("Hint")),
            explanation=_joined(draft, "Explanation"),
            source=source.text.source.removeprefix(SOURCE).strip() if source else "",
        ),
        level=said.level,
        tags=said.tags,
        points=said.points,
        shuffle=said.shuffle,
        v=said.v,
        was=said.was,
        evidence=evidence,
        written=draft,
    )


def stem_of(draft: Draft, parsed: Parsed) -> str:
    """Return what asks: the blocks before the answer, with the title where only code stands."""
    asks = any(not isinstance(block, Fence) for block in parsed.stem)
    title = [] if asks else [draft.title.source]
    return "\n\n".join([*title, *_texts(parsed.stem)])


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [text for text in [markdown(blocks)] if text]


def _joined(draft: Draft, name: str) -> str:
    return markdown(block for part in draft.named(name) for block in part.blocks)


def _beliefs(draft: Draft, parsed: Parsed) -> Mapping[str, str]:
    """Return the sentences of the misconceptions that the remarks name."""
    named = {remark.misconception for remark in parsed.remarks.values()}
    return {id: text for id, text in draft.misconceptions.items() if id in named}
