"""A reader of our JSON, written from its schema alone: what it rebuilds, the file must hold."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from quiz.core.blocks import Fence, Place
from quiz.core.kinds import Remark
from quiz.core.packs import Misconception, Objective, Pack, Picture, Topic
from quiz.core.questions import Commentary, Question, Wording
from quiz.core.tasklists import LETTERS
from quiz.kinds import kinds

Data = Any
Remarks = dict[str, Remark]
NOWHERE = Place("", 1)


def read(data: Data) -> Pack:
    """Return the pack, every place of it nowhere."""
    beliefs = tuple(
        Misconception(b["id"], b["sentence"], NOWHERE, b["was"] or "")
        for b in data["misconceptions"]
    )
    return Pack(
        id=data["id"],
        title=data["title"],
        description=data["description"],
        authors=tuple(data["authors"]),
        license=data["license"] or "",
        language=data["language"] or "",
        version=data["version"] or "",
        misconceptions=beliefs,
        topics=tuple(
            _topic(topic, {b.id: b.sentence for b in beliefs}) for topic in data["topics"]
        ),
        pictures=tuple(
            Picture(p["path"], p["media_type"], base64.b64decode(p["data"]))
            for p in data["pictures"]
        ),
        retired=data["retired"],
        setup=data["setup"] or "",
        tested_with=tuple(data["tested_with"]),
    )


def _topic(data: Data, beliefs: Mapping[str, str]) -> Topic:
    objectives = (
        Objective(o["id"], o["sentence"], NOWHERE, o["was"] or "") for o in data["objectives"]
    )
    return Topic(
        id=data["id"] or "",
        title=data["title"],
        place=NOWHERE,
        notes=data["notes"],
        was=data["was"] or "",
        objectives=tuple(objectives),
        questions=tuple(_question(question, beliefs) for question in data["questions"]),
    )


def _question(data: Data, beliefs: Mapping[str, str]) -> Question:
    payload, remarks = BODIES[data["kind"]](data)
    named = {remark.misconception for remark in remarks.values()}
    body = kinds()[data["kind"]].load(payload)
    return Question(
        id=data["id"] or "",
        place=NOWHERE,
        objective=data["objective"] or data["id"] or "",
        wording=Wording(data["stem"], body, data["score"], data["shared"]),
        commentary=Commentary(
            title=data["title"],
            remarks=remarks,
            beliefs={id: sentence for id, sentence in beliefs.items() if id in named},
            hints=tuple(data["hints"]),
            explanation=data["explanation"],
            source=data["source"],
        ),
        level=data["level"] or "",
        tags=tuple(data["tags"]),
        points=data["points"],
        shuffle=data["shuffle"],
        v=data["v"],
        was=data["was"] or "",
        evidence=tuple(Fence(NOWHERE, tuple(f["words"]), f["code"]) for f in data["evidence"]),
    )


def _remark(data: Data) -> Remark:
    text = data["text"] if data.get("rationale") is None else data["rationale"]
    return Remark(text, data["misconception"] or "")


def _options(data: Data) -> tuple[Data, Remarks]:
    keyed = list(zip(LETTERS, data["options"], strict=False))
    payload = [{"key": key, "text": o["text"], "right": o["correct"]} for key, o in keyed]
    return payload, {key: _remark(o) for key, o in keyed if o["rationale"] is not None}


def _typed(*names: str) -> Callable[[Data], tuple[Data, Remarks]]:
    def read(data: Data) -> tuple[Data, Remarks]:
        payload = {name: data[name] for name in names}
        return payload, {said["value"]: _remark(said) for said in data.get("feedback", ())}

    return read


def _pick(data: Data) -> tuple[Data, Remarks]:
    numbered = list(enumerate(data["lines"], 1))
    payload = {
        "language": data["language"],
        "lines": [line["code"] for line in data["lines"]],
        "marked": [n for n, line in numbered if line["correct"]],
    }
    return payload, {str(n): _remark(x) for n, x in numbered if x["rationale"] is not None}


def _cloze(data: Data) -> tuple[Data, Remarks]:
    accepted = [blank["accepted"] for blank in data["blanks"]]
    remarks = {
        f"{n}={said['value']}": _remark(said)
        for n, blank in enumerate(data["blanks"], 1)
        for said in blank["wrong"]
    }
    return {"code": data["code"], "language": data["language"], "accepted": accepted}, remarks


def _order(data: Data) -> tuple[Data, Remarks]:
    payload = {name: data[name] for name in ("language", "distractors", "free", "indent")}
    return {**payload, "solution": [[p["code"], p["level"]] for p in data["solution"]]}, {}


def _match(data: Data) -> tuple[Data, Remarks]:
    pairs = [[pair["left"], pair["right"]] for pair in data["pairs"]]
    return {"titles": data["titles"], "pairs": pairs, "extras": data["extras"]}, {}


BODIES: Mapping[str, Callable[[Data], tuple[Data, Remarks]]] = {
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
    "recall": lambda data: ({"model": data["model"], "points": data["model_points"]}, {}),
}
