"""Migrations lead to the tables the code expects, wholly or not at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from quiz.storage.ready import APPLICATION_ID, SCHEMA, check_ready
from quiz.storage.school import PersonRow
from quiz.storage.tables import LearnerRow
from tests.storage.made import NOW, count_of, make_learner, power_cut

LATER = NOW + timedelta(hours=1)


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, PersonRow.metadata))


async def _tables(db: Database) -> list[str]:
    async with db.write.connect() as connection:
        return await connection.run_sync(lambda c: inspect(c).get_table_names())


def _files(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.db")]


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    async with db.write.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_schema_number_is_the_number_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", "quiz:storage/migrations")
    assert len(list(ScriptDirectory.from_config(config).walk_revisions())) == SCHEMA


async def test_migrating_twice_changes_nothing(db: Database, tmp_path: Path) -> None:
    before = (tmp_path / "quiz.db-wal").read_bytes()

    await migrate(db, now=LATER)

    assert (tmp_path / "quiz.db-wal").read_bytes() == before
    assert _files(tmp_path) == ["quiz.db"]


async def test_the_folder_is_made(tmp_path: Path) -> None:
    async with connected(f"sqlite+aiosqlite:///{tmp_path}/a/b/quiz.db") as db:
        await migrate(db, now=NOW)
        await check_ready(db)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    async with connected(f"sqlite+aiosqlite:///{tmp_path}/a/quiz.db") as db:
        with pytest.raises(OperatorError, match=r"/a for the database cannot be made"):
            await migrate(db, now=NOW)


@pytest.mark.parametrize(
    "words", ["CREATE TABLE packs", "CREATE TABLE attempts", "INSERT INTO alembic_version"]
)
async def test_a_migration_cut_short_leaves_no_table_and_can_be_run_again(
    url: str, words: str
) -> None:
    async with connected(url) as db:
        with pytest.raises(OperatorError), power_cut(db, words):
            await migrate(db, now=NOW)
        assert await _tables(db) == []

        await migrate(db, now=NOW)
        await check_ready(db)


async def test_a_run_cut_short_before_the_last_word_is_finished_by_the_next(url: str) -> None:
    async with connected(url) as db:
        with pytest.raises(OperatorError), power_cut(db, f"user_version={SCHEMA}"):
            await migrate(db, now=NOW)
        with pytest.raises(OperatorError, match="older version"):
            await check_ready(db)

        await migrate(db, now=NOW)
        await check_ready(db)


async def test_foreign_keys_are_in_force_again_afterwards(db: Database) -> None:
    async with db.write.connect() as connection:
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar() == 1


async def test_a_database_with_tables_is_copied_first(url: str, tmp_path: Path) -> None:
    async with connected(url) as db:
        with pytest.raises(OperatorError), power_cut(db, "CREATE TABLE packs"):
            await migrate(db, now=NOW)
        async with db.write.begin() as connection:
            await connection.execute(text("CREATE TABLE dear AS SELECT 'kept' AS it"))

        await migrate(db, now=LATER)

    async with connected(f"sqlite+aiosqlite:///{tmp_path}/quiz-20261101T100000Z.db") as copy:
        assert await _tables(copy) == ["dear"]


def _upgrade_to(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", "quiz:storage/migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, version)
    connection.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
    connection.commit()


async def test_a_database_of_the_first_version_is_brought_to_this_one(url: str) -> None:
    async with connected(url) as db:
        async with db.write.connect() as connection:
            await connection.run_sync(_upgrade_to, "0001")
        await make_learner(db)

        await migrate(db, now=LATER)

        await check_ready(db)
        assert await count_of(db, LearnerRow) == 1
        async with db.write.connect() as connection:
            assert await connection.run_sync(differences) == []


async def test_a_newer_database_is_refused_untouched(db: Database) -> None:
    async with db.write.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(OperatorError, match="newer version of Self-quiz"):
        await migrate(db, now=LATER)


async def test_the_database_of_another_program_is_refused_untouched(url: str) -> None:
    async with connected(url) as db:
        async with db.write.begin() as connection:
            await connection.execute(text("CREATE TABLE bookmarks (x)"))

        with pytest.raises(OperatorError, match="another program"):
            await migrate(db, now=NOW)

        assert await _tables(db) == ["bookmarks"]
