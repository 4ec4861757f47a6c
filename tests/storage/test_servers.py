"""Database servers: made ready by whoever comes first, limited, and refused in a sentence."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import anyio
import pytest
from sqlalchemy import column, func, make_url, select, table, text, update
from sqlalchemy.exc import DBAPIError

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database, connected, open_database
from quiz.storage.migrate import migrate
from quiz.storage.ready import check_ready
from quiz.storage.rebuild import rebuild
from quiz.storage.servers import check_room, pool_size
from quiz.storage.tables import AttemptRow, LearnerRow, MemoryRow, TopicProgressRow
from tests.servers import Servers
from tests.storage.made import ATTEMPT, NOW, WRONG, count_of, make_learner, record, rows_of
from tests.storage.test_migrate import differences

pytestmark = pytest.mark.every_server


VERSION = table("alembic_version", column("version_num"))

LIMITS = {
    "postgresql": "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
    " current_setting('idle_in_transaction_session_timeout')",
    "mysql": "SELECT @@max_statement_time, @@innodb_lock_wait_timeout, @@idle_transaction_timeout",
}


@pytest.fixture
def empty(engine: str, servers: Servers) -> str:
    return servers.empty(engine)


async def _migrate(url: str) -> None:
    async with connected(url) as db:
        await migrate(db, now=NOW)


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    async with db.write.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_machines_that_start_at_once_migrate_once(empty: str) -> None:
    await asyncio.gather(*(_migrate(empty) for _ in range(3)))

    async with connected(empty) as db:
        await check_ready(db)


async def test_a_database_without_tables_is_to_be_migrated(empty: str) -> None:
    async with connected(empty) as db:
        with pytest.raises(OperatorError, match=r"no tables of ours. Run `quiz migrate`"):
            await check_ready(db)


async def test_the_tables_of_another_program_are_left_alone(empty: str) -> None:
    async with connected(empty) as db:
        async with db.write.begin() as connection:
            await connection.execute(text("CREATE TABLE bookmarks (x INTEGER)"))

        with pytest.raises(OperatorError, match=r"not ours. Name an empty one"):
            await migrate(db, now=NOW)


@pytest.mark.parametrize(("version", "expected"), [("9999", "newer version"), ("0001", "older")])
async def test_a_database_of_another_version_is_refused(
    empty: str, version: str, expected: str
) -> None:
    await _migrate(empty)
    async with connected(empty) as db:
        async with db.write.begin() as connection:
            await connection.execute(update(VERSION).values(version_num=version))

        with pytest.raises(OperatorError, match=expected):
            await check_ready(db)


async def test_a_database_that_is_not_there_is_named(empty: str) -> None:
    url = make_url(empty).set(database="nowhere")
    async with connected(url.render_as_string(hide_password=False)) as db:
        with pytest.raises(OperatorError, match=r"nowhere.*Create the database"):
            await check_ready(db)


def test_no_message_names_the_password(url: str) -> None:
    secret = make_url(url).set(password="secret").render_as_string(hide_password=False)
    assert "secret" in secret
    assert "secret" not in open_database(secret).name


async def test_a_server_that_is_not_there_is_told(empty: str, engine: str) -> None:
    name = "unix_socket" if engine == "mariadb" else "host"
    url = make_url(empty).update_query_dict({name: "/nowhere"})
    async with connected(url.render_as_string(hide_password=False)) as db:
        with pytest.raises(OperatorError, match=r"Start the server"):
            await check_ready(db)


async def test_nobody_waits_for_ever_for_a_lock(db: Database) -> None:
    await make_learner(db)
    lock = text("SELECT id FROM learners FOR UPDATE")
    shorter = {"mysql": "SET innodb_lock_wait_timeout = 1", "postgresql": "SET lock_timeout = 100"}
    async with db.writing() as first, db.writing() as second:
        await first.execute(lock)
        await second.execute(text(shorter[db.url.get_backend_name()]))
        with pytest.raises(DBAPIError):
            await second.execute(lock)


async def test_every_limit_is_in_force(db: Database) -> None:
    async with db.read.connect() as connection:
        found = (await connection.execute(text(LIMITS[db.url.get_backend_name()]))).one()

    assert [float(str(value).removesuffix("s")) for value in found] == [10, 5, 15]


async def test_answers_of_one_learner_at_once_leave_what_the_log_says(db: Database) -> None:
    await make_learner(db)

    async def answer(position: int) -> None:
        given = WRONG if position % 3 else ATTEMPT
        await record(db.writing, replace(given, position=position))

    async with anyio.create_task_group() as tasks:
        for position in range(1, 21):
            tasks.start_soon(answer, position)

    assert await count_of(db, AttemptRow) == 20
    before = [await rows_of(db, each) for each in (MemoryRow, TopicProgressRow)]
    await rebuild(db.writing, lambda answers: None)
    assert [await rows_of(db, each) for each in (MemoryRow, TopicProgressRow)] == before


async def test_a_reader_sees_what_was_committed_meanwhile(db: Database) -> None:
    async with db.reading() as reader:
        assert await reader.scalar(select(func.count()).select_from(LearnerRow)) == 0
        await reader.commit()
        await make_learner(db)
        assert await reader.scalar(select(func.count()).select_from(LearnerRow)) == 1


async def test_more_workers_than_the_server_has_room_for_are_refused(db: Database) -> None:
    async with db.read.connect() as connection:
        await check_room(connection, db.url, 2)
        with pytest.raises(OperatorError, match=r"50 workers with 10 connections each.* need 502"):
            await check_room(connection, db.url, 50)


async def test_the_pool_can_be_made_smaller(url: str) -> None:
    smaller = make_url(url).update_query_dict({"pool_size": "3"})
    assert pool_size(smaller) == 3
    async with connected(smaller.render_as_string(hide_password=False)) as db:
        await check_ready(db)


@pytest.mark.parametrize("given", ["0", "many", "-1", "1.5"])
async def test_a_pool_of_no_number_is_refused(url: str, given: str) -> None:
    odd = make_url(url).update_query_dict({"pool_size": given})
    with pytest.raises(OperatorError, match=f"'{given}'. Write a number of connections"):
        open_database(odd.render_as_string(hide_password=False))
