"""A laptop's class grows onto a server, and back, without losing a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update
from typer.testing import CliRunner

from quiz.cli import app
from quiz.core.errors import OperatorError
from quiz.storage.copying import TABLES, copy_all
from quiz.storage.engine import Database, connected
from quiz.storage.learners import create_learner
from quiz.storage.migrate import migrate
from quiz.storage.published import PackRow, PictureRow
from quiz.storage.tables import LearnerRow
from tests.conftest import run
from tests.school import Author, School
from tests.servers import Servers
from tests.storage.made import ATTEMPT, NOW, count_of, make_learner, record, rows_of

PICTURE = {"pack_id": "pack", "path": "a.png", "media_type": "image/png"}


async def _everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        mapper.class_.__tablename__: await rows_of(db, mapper.class_)
        for mapper in PackRow.registry.mappers
    }


async def _fill(db: Database) -> None:
    """Store something in most tables, odd values with it."""
    await make_learner(db, 1, rounds=2)
    await School(db, Author()).publish()
    for position, response in enumerate(["=1+1", ["b"], {"z": "ü\u2028🙂", "a": "\\"}, None], 1):
        odd = replace(ATTEMPT, position=position, response=response, score=0.1 + 0.2)
        await record(db.writing, replace(odd, misconceptions=("x",), correct=None))
    async with db.writing.begin() as session:
        picture = PICTURE | {"data": bytes(range(256)) * 300}
        await session.execute(insert(PictureRow), [picture])
        await session.execute(update(LearnerRow).values(name="Zoë \u00a0 "))


@pytest.mark.every_server
async def test_everything_goes_to_a_server_and_back(
    url: str, engine: str, servers: Servers, tmp_path: Path
) -> None:
    told: list[int] = []
    async with (
        connected(f"sqlite+aiosqlite:///{tmp_path}/old.db") as old,
        connected(servers.empty(engine)) as server,
        connected(f"sqlite+aiosqlite:///{tmp_path}/new.db") as new,
    ):
        for db in (old, server, new):
            await migrate(db, now=NOW)
        await _fill(old)

        there = await copy_all(old, server, lambda _, more: told.append(more))
        back = await copy_all(server, new, lambda _, more: None)

        assert there == back
        assert there.keys() == {table.name for table in TABLES}
        assert await _everything(old) == await _everything(server) == await _everything(new)
        assert sum(told) == sum(tally.rows for tally in there.values()) > 20
        for db in (server, new):
            async with db.writing.begin() as session:
                id = await create_learner(session, public_id="later", digest="d", now=NOW)
            assert id == 2


async def test_a_database_that_holds_rows_is_left_as_it_was(db: Database, tmp_path: Path) -> None:
    await make_learner(db, 7)
    async with connected(f"sqlite+aiosqlite:///{tmp_path}/full.db") as full:
        await migrate(full, now=NOW)
        await make_learner(full, 1)

        with pytest.raises(OperatorError, match=r"holds rows in 'learners' already"):
            await copy_all(db, full, lambda _, more: None)

        assert await count_of(full, LearnerRow) == 1


async def test_what_arrives_changed_is_told_and_not_kept(db: Database, tmp_path: Path) -> None:
    await make_learner(db, 1)
    await make_learner(db, 2)
    async with connected(f"sqlite+aiosqlite:///{tmp_path}/odd.db") as odd:
        await migrate(odd, now=NOW)
        async with odd.write.begin() as connection:
            forget = "UPDATE learners SET name = 'x' WHERE id = new.id"
            await connection.execute(
                text(f"CREATE TRIGGER odd AFTER INSERT ON learners BEGIN {forget}; END")
            )

        with pytest.raises(OperatorError, match=r"Not all of 'learners' arrived.*2 rows of 2"):
            await copy_all(db, odd, lambda _, more: None)

        assert await count_of(odd, LearnerRow) == 0


async def _filled(url: str) -> None:
    async with connected(url) as db:
        await migrate(db, now=NOW)
        await _fill(db)


def test_the_command_says_what_it_copied(url: str, tmp_path: Path) -> None:
    run(_filled(url))
    copy = f"sqlite+aiosqlite:///{tmp_path}/b/copy.db"

    done = CliRunner().invoke(app, ["data", "copy", "--from", url, "--to", copy])

    assert done.exit_code == 0, done.stderr
    assert "counts and checksums agree" in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines() if "attempts" in line] == [
        ["attempts", "4"]
    ]
