"""Our JSON back to the pack it was written from: all that its schema names."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from quiz.core.blocks import Fence, Place
from quiz.core.errors import OperatorError
from quiz.core.exchange import Imported, Loss, Names, Original, decoded
from quiz.core.kinds import JSON
from quiz.core.packs import Misconception, Objective, Pack, Picture, Topic
from quiz.core.questions import Commentary, Question, Wording
from quiz.formats.checking import check, parsed
from quiz.formats.json.payloads import payload_of
from quiz.kinds import kinds

SCHEMA = Path(__file__).with_name("schema.json")
ID = re.compile(r'^\s*"id": "([a-z0-9-]+)"', re.MULTILINE)


@cache
def schema() -> Mapping[str, JSON]:
    """Return the schema as `jsonschema` takes it."""
    found: Mapping[str, JSON] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def read(data: bytes, file: str) -> Imported:
    """Return the pack. Raises OperatorError where the file does not follow the schema."""
    text = decoded(data, file)
    lines = _lines_of_ids(text)
    found = parsed(json.loads, text, file, "JSON")
    check(found, schema(), file, lambda path: _line(found, path, lines))
    return _Reader(file, lines).pack(found)


def _lines_of_ids(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    line, at = 1, 0
    for match in ID.finditer(text):
        line += text.count("\n", at, match.start(1))
        at = match.start(1)
        lines.setdefault(match[1], line)
    return lines


def _line(data: JSON, path: Iterable[str | int], lines: Mapping[str, int]) -> int:
    """Return the line of the innermost thing on the path that has an id."""
    line = 1
    for step in path:
        data = data[step]
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            line = lines.get(data["id"], line)
    return line


class _Reader:
    """Reads one file; what cannot be asked collects in `losses` and `originals`."""

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self.file, self.lines = file, lines
        self.names, self.topics = Names(), Names()
        self.losses: list[Loss] = []
        self.originals: list[Original] = []

    def pack(self, data: JSON) -> Imported:
        beliefs = tuple(Misconception(*self.named(one)) for one in data["misconceptions"])
        sentences = {belief.id: belief.sentence for belief in beliefs}
        pack = Pack(
            id=data["id"],
            title=data["title"],
            description=data["description"],
            authors=tuple(data["authors"]),
            license=data["license"] or "",
            language=data["language"] or "",
            version=data["version"] or "",
            misconceptions=beliefs,
            topics=tuple(self.topic(n, topic, sentences) for n, topic in enumerate(data["topics"])),
            pictures=tuple(self.picture(picture) for picture in data["pictures"]),
            retired=data["retired"],
            setup=data["setup"] or "",
            tested_with=tuple(data["tested_with"]),
        )
        return Imported(pack, tuple(self.losses), tuple(self.originals))

    def place(self, id: str | None) -> Place:
        return Place(self.file, self.lines.get(id or "", 1))

    def named(self, data: JSON) -> tuple[str, str, Place, str]:
        return data["id"], data["sentence"], self.place(data["id"]), data["was"] or ""

    def picture(self, data: JSON) -> Picture:
        try:
            content = base64.b64decode(data["data"], validate=True)
        except (binascii.Error, ValueError):
            message = f"{self.file}: the picture {data['path']} is not base64."
            raise OperatorError(f"{message} Write the file anew.") from None
        return Picture(data["path"], data["media_type"], content)

    def topic(self, number: int, data: JSON, beliefs: Mapping[str, str]) -> Topic:
        asked = (self.question(number, question, beliefs) for question in data["questions"])
        return Topic(
            id=self.topics.take(data["id"] or "", data["title"], data["title"]),
            title=data["title"],
            place=self.place(data["id"]),
            notes=data["notes"],
            was=data["was"] or "",
            objectives=tuple(Objective(*self.named(one)) for one in data["objectives"]),
            questions=tuple(question for question in asked if question is not None),
        )

    def question(self, topic: int, data: JSON, beliefs: Mapping[str, str]) -> Question | None:
        """Return the question, None for one of a kind that nobody here knows."""
        place = self.place(data["id"])
        id = self.names.take(data["id"] or "", data["title"], json.dumps(data, sort_keys=True))
        if data["kind"] not in kinds():
            text = json.dumps(data, indent=2, ensure_ascii=False)
            self.originals.append(Original(id, place, data["title"], "json", text, topic))
            self.losses.append(Loss(place, "question", f"kind {data['kind']} is not known"))
            return None
        payload, remarks = payload_of(data)
        named = {remark.misconception for remark in remarks.values()}
        body = kinds()[data["kind"]].load(payload)
        return Question(
            id=id,
            place=place,
            objective=data["objective"] or id,
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
            points=float(data["points"]),
            shuffle=data["shuffle"],
            v=data["v"],
            was=data["was"] or "",
            evidence=tuple(Fence(place, tuple(f["words"]), f["code"]) for f in data["evidence"]),
        )
