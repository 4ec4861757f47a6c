"""Behind PgBouncer, which gives each transaction whatever connection is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest
from sqlalchemy import make_url

from quiz.core.errors import OperatorError
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from quiz.storage.ready import check_ready
from quiz.storage.tables import AttemptRow
from tests.postgresql import PgBouncer, PostgreSQL
from tests.school import Author, School
from tests.server import missing
from tests.servers import Servers
from tests.storage.made import ATTEMPT, NOW, count_of, make_learner, record


@pytest.fixture(scope="module")
def pooler(servers: Servers) -> Iterator[PgBouncer]:
    server = servers.of("postgresql")
    if not PgBouncer.installed():
        missing("PgBouncer")
    assert isinstance(server, PostgreSQL)
    pooler = PgBouncer(server)
    yield pooler
    pooler.close()


@pytest.mark.parametrize("engine", ["postgresql", "psycopg"])
async def test_a_pooler_that_was_not_told_of_is_recognised(
    pooler: PgBouncer, url: str, engine: str
) -> None:
    behind = pooler.before(make_url(url)).render_as_string(hide_password=False)
    async with connected(behind) as db:
        with pytest.raises(OperatorError, match=r"Write \?pgbouncer=1 at the end"):
            await check_ready(db)


@pytest.mark.parametrize("engine", ["postgresql", "psycopg"])
async def test_two_connections_of_the_server_are_enough_for_all(
    pooler: PgBouncer, url: str, engine: str
) -> None:
    behind = pooler.before(make_url(url)).update_query_dict({"pgbouncer": "1"})
    async with connected(behind.render_as_string(hide_password=False)) as db:
        await migrate(db, now=NOW)
        await check_ready(db)
        await make_learner(db)
        await School(db, Author()).publish()

        async def answer(position: int) -> None:
            given = replace(ATTEMPT, position=position)
            for _ in range(3):
                assert await record(db.writing, given) == given

        async with anyio.create_task_group() as tasks:
            for position in range(1, 21):
                tasks.start_soon(answer, position)

        assert await count_of(db, AttemptRow) == 20
