"""`quiz stats`: which questions of a pack work, and which want a second look."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from quiz.cli.packs import console as plain
from quiz.cli.packs import now_utc
from quiz.cli.statistics import print_analysis
from quiz.config import settings
from quiz.core.analysis import Analysis
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import NotFoundError, OperatorError
from quiz.core.kinds import JSON
from quiz.exports.cells import time_text
from quiz.exports.items import items_rows, options_rows
from quiz.storage.classes import classes_called
from quiz.storage.engine import Database, connected
from quiz.storage.library import Library
from quiz.storage.ready import check_ready, explained
from quiz.storage.scopes import EVERYBODY, Scope, of_class
from quiz.teaching.analysis import analysis


class Mode(StrEnum):
    """What is counted together."""

    practice = "practice"
    exam = "exam"


class Format(StrEnum):
    """How statistics are written."""

    table = "table"
    json = "json"


def stats(
    packs: Annotated[list[str], typer.Argument(metavar="PACK...", help="Ids of published packs.")],
    class_name: Annotated[
        str | None, typer.Option("--class", help="A class, by name or id; without it, everybody.")
    ] = None,
    mode: Annotated[Mode, typer.Option(help="Answers in practice, or in exams.")] = Mode.practice,
    file_format: Annotated[
        Format, typer.Option("--format", help="Tables for people, or JSON for programs.")
    ] = Format.table,
) -> None:
    """Show how questions and options do, by the first try of each learner."""
    found = asyncio.run(_found(settings().database_url, packs, class_name, mode))
    if file_format is Format.json:
        text = json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=2)
        plain().print(text)
        return
    for each in found:
        print_analysis(each, plain())


async def _found(
    url: str, packs: Sequence[str], class_name: str | None, mode: Mode
) -> Sequence[Analysis]:
    async with connected(url, patient=True) as database:
        await check_ready(database)
        async with explained(database):
            scope = await _scope(database, class_name)
            with Console(stderr=True).status("Counting"):
                return [
                    await analysis(database, Library(), scope, pack, mode, clock=now_utc)
                    for pack in packs
                ]


async def _scope(db: Database, name: str | None) -> Scope:
    if name is None:
        return EVERYBODY
    async with db.reading() as session:
        found = await classes_called(session, name)
    if not found:
        raise NotFoundError(f"There is no class '{name}'. Write its name or its id as it stands.")
    if len(found) > 1:
        ids = ", ".join(row.public_id for row in found)
        raise OperatorError(
            f"{len(found)} classes are called '{name}'. Write the id of one: {ids}."
        )
    return of_class(found[0].id, found[0].name)


def _as_json(found: Analysis) -> JSON:
    return {
        "pack_id": found.pack_id,
        "basis": found.basis,
        "computed_at": time_text(found.computed_at),
        "set": _numbers(asdict(found.whole)),
        "items": items_rows(found),
        "options": options_rows(found),
        "reasons": {
            "set": found.whole.reasons,
            "items": {q.question_id: q.numbers.reasons for q in found.questions},
        },
        "definitions": {name: each.sentence for name, each in DEFINITIONS.items()},
        "flags": FLAGS,
    }


def _numbers(whole: Mapping[str, JSON]) -> JSON:
    return {name: value for name, value in whole.items() if name != "reasons"}
