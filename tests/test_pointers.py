"""The lines `In this app: path:symbol` at the end of explanations lead to code that is there.

The first pack teaches patterns that the app itself uses, so a learner may look each of them up.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from quiz.packs.loader import load_pack
from quiz.paths import CONTENT

ROOT = Path(__file__).resolve().parent.parent
POINTER = re.compile(r"In this app: `([\w/]+\.py):([\w.]+)`")

PATTERNS = {
    "a process makes its engines when it starts to serve": "quiz/web/app.py:create_app",
    "an engine connects to nothing until it is used": "quiz/storage/engine.py:open_database",
    "a file of SQLite has a connection that writes and some that read": (
        "quiz/storage/engine.py:_sqlite"
    ),
    "a server has one pool with all its limits named": "quiz/storage/servers.py:server_engine",
    "sessions keep what they loaded through a commit": "quiz/storage/engine.py:_sessions",
    "an act opens its session and commits it": "quiz/practice/rounds.py:start_round",
    "tasks hand their answers to one writer and share no session": (
        "quiz/storage/recorder.py:Recorder"
    ),
    "several steps are one transaction": "quiz/storage/transactions.py:in_transaction",
    "what a page needs is joined, and nothing loads later": (
        "quiz/storage/rounds.py:cards_of_round"
    ),
    "a collection comes with a second SELECT": "quiz/storage/classes.py:LINES",
    "a many-to-one is joined": "quiz/storage/classes.py:classes_of",
    "a query of one column gives scalars, one or none": ("quiz/storage/learners.py:learner_id_of"),
    "the database counts": "quiz/storage/log.py:count_until",
    "an INSERT that meets its row changes it": "quiz/storage/dialect.py:upsert",
    "an export goes by keys in short pages, to an end fixed before": (
        "quiz/storage/log.py:page_after"
    ),
    "a large result is streamed in portions": "quiz/storage/copying.py:_pages",
    "migrations run through run_sync": "quiz/storage/migrate.py:migrate",
    "a test has a database of its own": "tests/storage/conftest.py:db",
    "what is the same on all engines is tested in memory, with tables by run_sync": (
        "tests/storage/conftest.py:memory"
    ),
    "a job of the command line has a session by task, and removes it": (
        "quiz/storage/rebuild.py:rebuild"
    ),
    "all workers' connections fit into the server": "quiz/storage/servers.py:check_room",
}
"""What the app does as the pack teaches it, and where."""


@pytest.fixture(scope="module")
def explanations() -> Mapping[str, str]:
    """The explanation of each question of the first pack by its id."""
    pack = load_pack(CONTENT / "async-databases").pack
    assert pack
    return {question.id: question.commentary.explanation for question in pack.questions}


def pointers(explanation: str) -> list[str]:
    return [":".join(found) for found in POINTER.findall(explanation)]


def defined(path: Path) -> Iterator[str]:
    """Yield what a module defines: functions, classes with their methods, and names of values."""
    for node in ast.parse(path.read_text()).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name, body=body):
                yield name
                methods = ast.FunctionDef | ast.AsyncFunctionDef
                yield from (f"{name}.{each.name}" for each in body if isinstance(each, methods))
            case ast.Assign(targets=targets):
                yield from (each.id for each in targets if isinstance(each, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def is_there(pointer: str) -> bool:
    path, symbol = pointer.split(":")
    return (ROOT / path).is_file() and symbol in defined(ROOT / path)


def test_a_pointer_is_the_last_paragraph_of_an_explanation(
    explanations: Mapping[str, str],
) -> None:
    last = {id: text.strip().split("\n\n")[-1] for id, text in explanations.items()}

    assert {
        id
        for id, text in explanations.items()
        if "In this app" in text
        and (text.count("In this app") > 1 or not POINTER.fullmatch(last[id]))
    } == set()


def test_every_pointer_leads_to_a_definition(explanations: Mapping[str, str]) -> None:
    found = {id: pointers(text) for id, text in explanations.items()}

    assert any(found.values())
    assert {id: each for id, each in found.items() if not all(map(is_there, each))} == {}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_of_the_app_is_pointed_to(
    explanations: Mapping[str, str], pattern: str
) -> None:
    leading = [id for id, text in explanations.items() if PATTERNS[pattern] in pointers(text)]

    assert leading != []
