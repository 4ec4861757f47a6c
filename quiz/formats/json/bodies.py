"""How each kind's answer stands in JSON: remarks go to the thing that they speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quiz.core.kinds import JSON, Kind, Remark

Remarks = Mapping[str, Remark]


def answered(body: Kind, remarks: Remarks) -> dict[str, JSON]:
    """Return the part of a question that its kind decides; one not known here as it is stored."""
    write = BODIES.get(body.name)
    if write:
        return write(body.dump(), remarks)
    return {"payload": body.dump(), "remarks": [_said(key, r) for key, r in remarks.items()]}


def _options(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    return {
        "options": [
            {"text": o["text"], "correct": o["right"], **_why(remarks.get(o["key"]))}
            for o in payload
        ]
    }


def _typed(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    return {**payload, "feedback": [_said(value, remark) for value, remark in remarks.items()]}


def _pick(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    lines = enumerate(payload["lines"], 1)
    return {
        "language": payload["language"],
        "lines": [
            {"code": line, "correct": n in payload["marked"], **_why(remarks.get(str(n)))}
            for n, line in lines
        ],
    }


def _cloze(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    wrong: dict[str, list[JSON]] = {}
    for key, remark in remarks.items():
        number, _, value = key.partition("=")
        wrong.setdefault(number, []).append(_said(value, remark))
    blanks = enumerate(payload["accepted"], 1)
    return {
        "language": payload["language"],
        "code": payload["code"],
        "blanks": [{"accepted": fills, "wrong": wrong.get(str(n), [])} for n, fills in blanks],
    }


def _order(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    solution = [{"code": code, "level": level} for code, level in payload["solution"]]
    return {**payload, "solution": solution}


def _match(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    return {
        **payload,
        "pairs": [{"left": left, "right": right} for left, right in payload["pairs"]],
    }


def _recall(payload: JSON, remarks: Remarks) -> dict[str, JSON]:
    # A question has `points` of its own: what it weighs.
    return {"model": payload["model"], "model_points": payload["points"]}


def _why(remark: Remark | None) -> dict[str, JSON]:
    if remark is None:
        return {"rationale": None, "misconception": None}
    return {"rationale": remark.text, "misconception": remark.misconception or None}


def _said(value: str, remark: Remark) -> dict[str, JSON]:
    return {"value": value, "text": remark.text, "misconception": remark.misconception or None}


BODIES: Mapping[str, Callable[[JSON, Remarks], dict[str, JSON]]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _options,
    "text": _typed,
    "number": _typed,
    "predict": _typed,
    "pick": _pick,
    "cloze": _cloze,
    "order": _order,
    "match": _match,
    "recall": _recall,
}
