"""A small pack in files, and a database in which learners have answered and reported it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, select, text

from quiz.publishing import publish
from quiz.storage.engine import Database, connected
from quiz.storage.published import QuestionRow
from quiz.storage.school import ReportRow
from tests.apart import run
from tests.moulds import migrated, pour
from tests.school import Author, School
from tests.storage.made import NOW, make_learner

LEARNERS = 20
HEARD = """---
format: quizpack/1
id: pack
title: A pack
---

# Loops
<!-- id: loops -->

## Quiet?
<!-- id: quiet -->

- [x] Yes.
- [ ] No.

Source: [Us](https://example.org/)

## Flagged?
<!-- id: flagged -->

- [x] Yes.
- [ ] No.
- [ ] The *third*
  option.

Source: [Us](https://example.org/)

## Reported?
<!-- id: reported -->

- [x] Yes.
- [ ] No.

Source: [Us](https://example.org/)

## Void?
<!-- id: void; score: void -->

- [x] Yes.
- [ ] No.

Source: [Us](https://example.org/)
"""
"""Nobody chooses the third option of `flagged`; a report on `reported` waits, and one is closed."""


def heard_files(folder: Path) -> tuple[Path, str]:
    """Write the pack and its database into a folder; return the pack's path and the URL."""
    pack = folder / "heard.md"
    pack.write_text(HEARD)
    pour(folder / "quiz.db", _database())
    return pack, f"sqlite+aiosqlite:///{folder}/quiz.db"


@cache
def _database() -> bytes:
    with TemporaryDirectory() as folder:
        pack, file = Path(folder, "heard.md"), Path(folder, "quiz.db")
        pack.write_text(HEARD)
        pour(file, migrated(NOW))
        run(_fill(f"sqlite+aiosqlite:///{file}", pack))
        return file.read_bytes()


async def _fill(url: str, pack: Path) -> None:
    """Twenty learners; the first five knew nothing."""
    async with connected(url) as db:
        await publish(db, pack, now=NOW)
        school = School(db, Author())
        for learner in range(1, LEARNERS + 1):
            await make_learner(db, learner)
            for id in ("quiet", "flagged"):
                knows = learner > 5
                await school.answer(id, float(knows), learner, response=["a" if knows else "b"])
        await say(db, "reported", "Both are right.")
        await say(db, "reported", "It was unclear.", outcome="kept", closed_at=NOW)


def run_in(url: str, statement: str) -> None:
    """Run a statement in the database at a URL."""

    async def change() -> None:
        async with connected(url) as db, db.write.begin() as connection:
            await connection.execute(text(statement))

    run(change())


def say_at(url: str, question_id: str, said: str, **more: Any) -> None:
    """Report a question in the database at a URL, as `say` does."""

    async def report() -> None:
        async with connected(url) as db:
            await say(db, question_id, said, **more)

    run(report())


async def say(db: Database, question_id: str, said: str, **more: Any) -> None:
    """Report a question of the wording it has; `more` are fields that are to be otherwise."""
    async with db.writing.begin() as session:
        rev = await session.scalar(select(QuestionRow.rev).where(QuestionRow.id == question_id))
        row: Mapping[str, Any] = {
            "public_id": said[:22],
            "learner_id": 1,
            "pack_id": "pack",
            "question_id": question_id,
            "v": 1,
            "rev": rev,
            "answered": True,
            "text": said,
            "created_at": NOW,
            "outcome": "",
        }
        await session.execute(insert(ReportRow), [{**row, **more}])
