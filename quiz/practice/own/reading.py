"""The file that a learner brings in, read twice: to see whether it is in order, then for good.

It may have been written by anybody, so it is held to its schema, to the clock, and to what grading
can give. What an answer was worth is believed: it counts for the learner's own progress alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import BinaryIO, NoReturn

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from quiz.core.errors import FormError
from quiz.core.kinds import JSON
from quiz.core.own import OwnAttempt, OwnRound
from quiz.formats.checking import fault, path_text
from quiz.practice.own.entries import FILE, Entry, entries
from quiz.practice.own.schema import FORMAT, definition

MOST_ROUNDS = 50_000
"""Rounds in a file: three a day in forty years."""

Steps = list[str | int]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: rounds by their ids, and how many answers."""

    rounds: Mapping[str, OwnRound]
    answers: int


def survey(file: BinaryIO, *, now: datetime) -> Contents:
    """Return what a file holds. Raises FormError for the first thing in it that cannot be."""
    file.seek(0)
    rounds: dict[str, OwnRound] = {}
    named: dict[str, int] = {}
    answers, written = 0, None
    for entry in entries(file, ("format", "rounds", "attempts")):
        if entry.name == "format":
            written = _format(entry.value)
        elif entry.name == "rounds":
            found = _round(entry, now)
            rounds[found.id] = found
            _refuse_rounds(entry, rounds)
        else:
            attempt = _attempt(entry, now)
            named.setdefault(attempt.round, entry.number or 0)
            answers += 1
    if written is None:
        _refuse([], f"it does not say that it is a file of Self-quiz ({FORMAT})")
    for id, number in named.items():
        if id not in rounds:
            _refuse(["attempts", number, "round"], f"there is no round '{id}' in the file")
    return Contents(rounds, answers)


def attempts(file: BinaryIO) -> Iterator[OwnAttempt]:
    """Yield the answers of a file that is in order."""
    file.seek(0)
    return (_own_attempt(entry.value) for entry in entries(file, ("attempts",)))


@cache
def _validator(kind: str) -> Validator:
    return Draft202012Validator(definition(kind))


def _format(found: JSON) -> str:
    if found == FORMAT:
        return FORMAT
    return _refuse(["format"], f"it is '{str(found)[:40]}', and '{FORMAT}' can be read here")


def _round(entry: Entry, now: datetime) -> OwnRound:
    value = _checked("round", entry)
    return OwnRound(
        id=value["id"],
        pack_id=value["pack"],
        topic_id=value["topic"],
        mode=value["mode"],
        size=int(value["size"]),
        started_at=_time(entry, "started_at", now),
        finished_at=_time(entry, "finished_at", now) if value["finished_at"] else None,
    )


def _refuse_rounds(entry: Entry, rounds: Mapping[str, OwnRound]) -> None:
    if len(rounds) > MOST_ROUNDS:
        _refuse(_steps(entry), f"a file may hold {MOST_ROUNDS:,} rounds")


def _attempt(entry: Entry, now: datetime) -> OwnAttempt:
    """Return an answer. Raises FormError for what grading would not give or the clock forbids."""
    value = _checked("attempt", entry)
    _time(entry, "answered_at", now)
    if value["shown_at"]:
        _time(entry, "shown_at", now)
    attempt = _own_attempt(value)
    unknown = attempt.response is None
    if attempt.correct not in (None, attempt.score == 1.0):
        _refuse([*_steps(entry), "correct"], "only an answer with the score 1 is correct")
    if unknown and (attempt.score or attempt.correct is not None):
        _refuse([*_steps(entry), "score"], "an answer without a response is worth 0")
    if not attempt.counted and attempt.correct is not None:
        _refuse([*_steps(entry), "correct"], "an answer that does not count is not judged")
    return attempt


def _own_attempt(value: JSON) -> OwnAttempt:
    shown_at = value["shown_at"]
    return OwnAttempt(
        round=value["round"],
        position=int(value["position"]),
        topic_id=value["topic"],
        objective_id=value["objective"],
        question_id=value["question"],
        v=int(value["v"]),
        rev=value["rev"],
        response=value["response"],
        score=float(value["score"]),
        correct=value["correct"],
        counted=value["counted"],
        misconceptions=tuple(value["misconceptions"]),
        hints=int(value["hints"]),
        certainty=value["certainty"],
        shown_at=datetime.fromisoformat(shown_at) if shown_at else None,
        answered_at=datetime.fromisoformat(value["answered_at"]),
    )


def _checked(kind: str, entry: Entry) -> JSON:
    found = fault(_validator(kind), entry.value)
    if found is not None:
        path, told = found
        _refuse([*_steps(entry), *path], told)
    return entry.value


def _time(entry: Entry, name: str, now: datetime) -> datetime:
    """Return a time of an entry that has the form of one."""
    text = entry.value[name]
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        _refuse([*_steps(entry), name], f"there is no time '{text}'")
    if time > now:
        _refuse([*_steps(entry), name], f"'{text}' is still to come")
    return time


def _steps(entry: Entry) -> Steps:
    return [entry.name] if entry.number is None else [entry.name, entry.number]


def _refuse(path: Steps, told: str) -> NoReturn:
    where = f"{path_text(path)}: " if path else ""
    raise FormError(FILE, f"Nothing was brought in. {where}{told}.")
