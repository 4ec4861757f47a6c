"""How each kind's answer comes back from JSON: its payload, and remarks by what they speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quiz.core.kinds import JSON, Remark
from quiz.core.tasklists import LETTERS

Remarks = dict[str, Remark]
Read = Callable[[JSON], tuple[JSON, Remarks]]


def payload_of(data: JSON) -> tuple[JSON, Remarks]:
    """Return what the kind of a question loads, and its remarks; one not known here as stored."""
    read = PAYLOADS.get(data["kind"])
    if read:
        return read(data)
    return data["payload"], _said(data["remarks"])


def _remark(data: JSON) -> Remark:
    text = data["text"] if data.get("rationale") is None else data["rationale"]
    return Remark(text, data["misconception"] or "")


def _said(remarks: JSON, sign: str = "") -> Remarks:
    return {sign + said["value"]: _remark(said) for said in remarks}


def _options(data: JSON) -> tuple[JSON, Remarks]:
    keyed = list(zip(LETTERS, data["options"], strict=False))
    payload = [{"key": key, "text": o["text"], "right": o["correct"]} for key, o in keyed]
    return payload, {key: _remark(o) for key, o in keyed if o["rationale"] is not None}


def _typed(*names: str) -> Read:
    def read(data: JSON) -> tuple[JSON, Remarks]:
        return {name: data[name] for name in names}, _said(data["feedback"])

    return read


def _pick(data: JSON) -> tuple[JSON, Remarks]:
    numbered = list(enumerate(data["lines"], 1))
    payload = {
        "language": data["language"],
        "lines": [line["code"] for line in data["lines"]],
        "marked": [number for number, line in numbered if line["correct"]],
    }
    return payload, {str(n): _remark(x) for n, x in numbered if x["rationale"] is not None}


def _cloze(data: JSON) -> tuple[JSON, Remarks]:
    remarks: Remarks = {}
    for number, blank in enumerate(data["blanks"], 1):
        remarks |= _said(blank["wrong"], f"{number}=")
    payload = {name: data[name] for name in ("code", "language")}
    return {**payload, "accepted": [blank["accepted"] for blank in data["blanks"]]}, remarks


def _order(data: JSON) -> tuple[JSON, Remarks]:
    payload = {name: data[name] for name in ("language", "distractors", "free", "indent")}
    return {**payload, "solution": [[p["code"], p["level"]] for p in data["solution"]]}, {}


def _match(data: JSON) -> tuple[JSON, Remarks]:
    pairs = [[pair["left"], pair["right"]] for pair in data["pairs"]]
    return {"titles": data["titles"], "pairs": pairs, "extras": data["extras"]}, {}


def _recall(data: JSON) -> tuple[JSON, Remarks]:
    return {"model": data["model"], "points": data["model_points"]}, {}


PAYLOADS: Mapping[str, Read] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _options,
    "text": _typed("accepted", "match"),
    "number": _typed("low", "high", "model"),
    "predict": _typed("code", "language", "output", "raises"),
    "pick": _pick,
    "cloze": _cloze,
    "order": _order,
    "match": _match,
    "recall": _recall,
}
