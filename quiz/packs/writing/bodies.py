"""How each kind's answer is written in Markdown, and where its remarks stand."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.blocks import Fence
from quiz.core.drafts import MISCONCEPTION
from quiz.core.exchange import code_span
from quiz.core.kinds import JSON, Remark
from quiz.core.numbers import Interval, read_accepted
from quiz.packs.fences import RUN
from quiz.packs.writing.fences import fenced
from quiz.packs.writing.settle import settled

INDENT = "    "
LEADING = re.compile(r"`+\s*([^`]*?)\s*`+(?!`)")
NO_BELIEF = "&#32;"
"""A space in front, so that a text that starts with code names no misconception."""

Remarks = Mapping[str, Remark]
Evidence = Sequence[Fence]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of a question: the block in its body, its `###` parts, and feedback on values.

    `program` says that the body is the first fence of the evidence.
    """

    body: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    feedback: tuple[str, ...] = ()
    program: bool = False


def _options(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    items = [
        _item(f"[{'x' if option['right'] else ' '}] ", option["text"], remarks.get(option["key"]))
        for option in payload
    ]
    return Answered("\n".join(items))


def _text(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    words = ("answer",) if payload["match"] == "code" else ("answer", f"match={payload['match']}")
    answer = fenced(words, "\n".join(payload["accepted"]))
    return Answered(parts=(("Answer", answer),), feedback=_feedback(remarks))


def _number(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    low, high, model = payload["low"], payload["high"], payload["model"]
    read = read_accepted(model, lambda *_: None)
    if read != Interval(Decimal(low), Decimal(high)):
        model = f"{low} +- 0" if low == high else f"[{low}, {high}]"
    return Answered(parts=(("Answer", fenced(("number",), model)),), feedback=_feedback(remarks))


def _predict(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    known = evidence[0] if evidence and evidence[0].role == RUN else None
    same = known is not None and known.code.removesuffix("\n") == payload["code"]
    words = known.words if known and same else (payload["language"], RUN)
    raises = (f"raises={payload['raises']}",) if payload["raises"] else ()
    answer = fenced(("output", *raises), payload["output"])
    body = fenced(words, payload["code"])
    return Answered(body, (("Answer", answer),), _feedback(remarks), program=same)


def _cloze(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    items: list[str] = []
    for number, fills in enumerate(payload["accepted"], 1):
        mark = f"{number}. "
        lines = [mark + " or ".join(code_span(fill) for fill in fills)]
        for key, said in remarks.items():
            at, _, value = key.partition("=")
            if at == str(number):
                lines.append(textwrap.indent(_item("", code_span(value), said), " " * len(mark)))
        items.append("\n".join(lines))
    fence = fenced((payload["language"], "cloze"), payload["code"])
    return Answered(fence, (("Answer", "\n".join(items)),))


def _order(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    texts = [text for text, _ in payload["solution"]]
    blocks = any("\n" in text for text in [*texts, *payload["distractors"]])
    between = "\n\n" if blocks else "\n"
    words = [payload["language"], "order"]
    words += [word for word, said in (("indent", payload["indent"]), ("blocks", blocks)) if said]
    if payload["free"]:
        words.append("free=" + ",".join(f"{first}-{last}" for first, last in payload["free"]))
    lines = (textwrap.indent(text, INDENT * level) for text, level in payload["solution"])
    spare = fenced((payload["language"],), between.join(payload["distractors"]))
    parts = (("Distractors", spare),) if payload["distractors"] else ()
    return Answered(fenced(tuple(words), between.join(lines)), parts)


def _match(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    rows = [payload["titles"], ["---", "---"], *payload["pairs"]]
    rows += [["", extra] for extra in payload["extras"]]
    return Answered("\n".join(f"| {_cell(left)} | {_cell(right)} |" for left, right in rows))


def _pick(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    lines: list[str] = []
    for number, line in enumerate(payload["lines"], 1):
        said, right = remarks.get(str(number)), number in payload["marked"]
        why = " ".join(_said(said).split()) if said else ""
        mark = f"# [{'x' if right else ' '}] {why}".rstrip() if right or said else ""
        lines.append(f"{line}  {mark}" if mark and line else f"{line}{mark}")
    words = (payload["language"], "pick", *(() if payload["marked"] else ("none",)))
    return Answered(fenced(words, "\n".join(lines)))


def _recall(payload: JSON, remarks: Remarks, evidence: Evidence) -> Answered:
    points = "\n".join(_item("", point) for point in payload["points"])
    parts = (("Answer", settled(payload["model"])), *((("Points", points),) if points else ()))
    return Answered(parts=parts)


def _item(box: str, text: str, said: Remark | None = None) -> str:
    """Return an item of a list; a text of several blocks starts behind the box all the same."""
    text = settled(text)
    inner = box.rstrip() + "\n\n" + text if box and text.startswith("```") else box + text
    if said is not None:
        inner += "\n" + textwrap.indent(_said(said), "> ", lambda _: True)
    first, *rest = inner.split("\n")
    return "\n".join([f"- {first}", *(f"  {line}".rstrip() for line in rest)])


def _said(said: Remark) -> str:
    text = settled(said.text)
    if said.misconception:
        return f"`{said.misconception}` {text}".rstrip()
    found = LEADING.match(text)
    return NO_BELIEF + text if found and MISCONCEPTION.fullmatch(found[1]) else text


def _feedback(remarks: Remarks) -> tuple[str, ...]:
    values = ((value.replace("\n", "\\n"), said) for value, said in remarks.items())
    return tuple(f"### Feedback: {code_span(value)}\n\n{_said(said)}" for value, said in values)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


BODIES: Mapping[str, Callable[[JSON, Remarks, Evidence], Answered]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _options,
    "text": _text,
    "number": _number,
    "predict": _predict,
    "cloze": _cloze,
    "order": _order,
    "match": _match,
    "pick": _pick,
    "recall": _recall,
}
