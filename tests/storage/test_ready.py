"""A database that cannot be used is refused in one sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database, connected
from quiz.storage.ready import check_ready


async def _refusal(url: str) -> str:
    async with connected(url) as db:
        with pytest.raises(OperatorError) as caught:
            await check_ready(db)
    message = str(caught.value)
    assert "\n" not in message
    assert str(db.url.database) in message
    return message


async def _run(db: Database, *statements: str) -> None:
    async with db.write.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_a_migrated_database_is_ready_and_the_probe_leaves_no_trace(db: Database) -> None:
    await check_ready(db)

    async with db.read.connect() as connection:
        found = await connection.execute(
            text("SELECT count(*) FROM sqlite_schema WHERE name = 'write_probe'")
        )
        assert found.scalar() == 0


async def test_a_file_without_tables_is_to_be_migrated(url: str) -> None:
    assert "quiz migrate" in await _refusal(url)


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    message = await _refusal(f"sqlite+aiosqlite:///{tmp_path}/none/quiz.db")
    assert "its folder is not there" in message
    assert "quiz migrate" in message


async def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    assert "it is a folder" in await _refusal(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_text_file_is_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Dear diary, " * 100)
    message = await _refusal(f"sqlite+aiosqlite:///{tmp_path}/notes.db")
    assert "not a database" in message


async def test_a_file_cut_short_is_damaged(db: Database, url: str, tmp_path: Path) -> None:
    await _run(db, "CREATE TABLE filler AS SELECT randomblob(90000) AS x")
    await db.write.dispose()
    await db.read.dispose()
    path = tmp_path / "quiz.db"
    path.write_bytes(path.read_bytes()[:-50000])

    message = await _refusal(url)
    assert "malformed" in message or "damaged" in message


async def test_a_file_that_may_only_be_read_fails_the_write_probe(
    db: Database, tmp_path: Path
) -> None:
    async with connected(f"sqlite+aiosqlite:///file:{tmp_path}/quiz.db?mode=ro&uri=true") as other:
        with pytest.raises(OperatorError, match=r"readonly.*Let the server's user write"):
            await check_ready(other)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("application_id", 7, "another program"),
        ("user_version", 999, "newer version"),
        ("user_version", 0, "older version"),
    ],
)
async def test_a_database_of_another_making_is_refused(
    db: Database, url: str, name: str, value: int, expected: str
) -> None:
    await _run(db, f"PRAGMA {name}={value}")

    assert expected in await _refusal(url)
