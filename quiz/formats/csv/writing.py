"""Questions as the cells of a row."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from decimal import Decimal

from quiz.core.exchange import Loss, Written
from quiz.core.kinds import JSON, Remark
from quiz.core.numbers import Interval, read_accepted
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question
from quiz.formats.csv.sheet import Cells, numbered, table
from quiz.formats.losing import lost_of, lost_of_pack
from quiz.formats.making import headed

KEPT = frozenset(
    {
        *("explanation", "feedback", "hint", "level", "points", "rationale", "score", "shuffle"),
        *("source", "tags", "title", "uses", "v", "was"),
    }
)
STEP = "    "
NONE = "none"

Remarks = Mapping[str, Remark]


def write(pack: Pack) -> Written:
    """Return the pack as a table of all its questions, topic after topic."""
    losses = lost_of_pack(pack, frozenset({"topic"}))
    rows: list[Cells] = []
    for topic in pack.topics:
        for question in topic.questions:
            name = question.wording.body.name
            if name in CELLS:
                rows.append(_row(topic, question))
                losses += lost_of(question, KEPT)
            else:
                said = f"left out: there are no columns for the kind {name}"
                losses.append(Loss(question.place, "question", said))
    return Written(table(rows), tuple(losses))


def _row(topic: Topic, question: Question) -> Cells:
    wording, said = question.wording, question.commentary
    heading, _ = headed(wording.stem)
    answered = CELLS[wording.body.name](wording.body.dump(), said.remarks)
    return {
        "topic": topic.title,
        "topic id": topic.id,
        "id": question.id,
        "kind": wording.body.name,
        "title": said.title if said.title != heading else "",
        "question": wording.stem,
        "shared": wording.shared,
        **answered,
        **numbered("hint", said.hints),
        "explanation": said.explanation,
        "source": said.source,
        "level": question.level,
        "tags": ", ".join(question.tags),
        "points": f"{question.points:g}" if question.points != 1 else "",
        "shuffle": "" if question.shuffle else "no",
        "score": wording.score if wording.score != "exact" else "",
        "v": str(question.v) if question.v != 1 else "",
        "was": question.was,
    }


def _options(payload: JSON, remarks: Remarks) -> Cells:
    right = (str(n) for n, option in enumerate(payload, 1) if option["right"])
    whys = (_why(remarks.get(option["key"])) for option in payload)
    return {
        **numbered("option", (option["text"] for option in payload)),
        **numbered("why", whys),
        "right": ", ".join(right),
    }


def _why(remark: Remark | None) -> str:
    return remark.text if remark else ""


def _said(remarks: Remarks) -> Cells:
    """Return wrong answers that were typed, each with why it is wrong."""
    return {
        **numbered("wrong", remarks),
        **numbered("why", (remark.text for remark in remarks.values())),
    }


def _text(payload: JSON, remarks: Remarks) -> Cells:
    return {
        "right": "\n".join(payload["accepted"]),
        "compare": payload["match"] if payload["match"] != "code" else "",
        **_said(remarks),
    }


def _number(payload: JSON, remarks: Remarks) -> Cells:
    low, high, model = payload["low"], payload["high"], payload["model"]
    read = read_accepted(model, lambda *_: None)
    if read != Interval(Decimal(low), Decimal(high)):
        model = f"{low} ± 0" if low == high else f"[{low}, {high}]"
    return {"right": model, **_said(remarks)}


def _cloze(payload: JSON, remarks: Remarks) -> Cells:
    return {
        "language": payload["language"],
        "code": payload["code"],
        **numbered("option", ("\n".join(fills) for fills in payload["accepted"])),
        **_said(remarks),
    }


def _order(payload: JSON, remarks: Remarks) -> Cells:
    lines = (textwrap.indent(text, STEP * level) for text, level in payload["solution"])
    return {
        "language": payload["language"],
        **numbered("option", lines),
        **numbered("wrong", payload["distractors"]),
        "indent": "yes" if payload["indent"] else "",
        # A spreadsheet would read 1-2 as a day.
        "free": ", ".join(f"{first} to {last}" for first, last in payload["free"]),
    }


def _match(payload: JSON, remarks: Remarks) -> Cells:
    rights = [right for _, right in payload["pairs"]] + payload["extras"]
    return {
        "columns": "\n".join(payload["titles"]),
        **numbered("option", (left for left, _ in payload["pairs"])),
        **numbered("match", rights),
    }


def _pick(payload: JSON, remarks: Remarks) -> Cells:
    return {
        "language": payload["language"],
        "code": "\n".join(payload["lines"]),
        "right": ", ".join(map(str, payload["marked"])) or NONE,
        **{f"why {number}": remark.text for number, remark in remarks.items()},
    }


def _predict(payload: JSON, remarks: Remarks) -> Cells:
    return {
        "language": payload["language"],
        "code": payload["code"],
        "right": payload["output"],
        "raises": payload["raises"],
        **_said(remarks),
    }


def _recall(payload: JSON, remarks: Remarks) -> Cells:
    return {"right": payload["model"], **numbered("option", payload["points"])}


CELLS: Mapping[str, Callable[[JSON, Remarks], Cells]] = {
    "cloze": _cloze,
    "match": _match,
    "multiple": _options,
    "number": _number,
    "order": _order,
    "pick": _pick,
    "predict": _predict,
    "recall": _recall,
    "single": _options,
    "text": _text,
    "truefalse": _options,
}
