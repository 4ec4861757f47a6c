"""A pack's way into the database: whole, in one transaction, and only when something changed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from quiz.config import Settings
from quiz.core.blocks import Place
from quiz.packs.fingerprint import fingerprint
from quiz.packs.loader import check_paths
from quiz.publishing import Published, publish, publish_all
from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from quiz.storage.packs import Changes, published_from
from quiz.storage.published import PackRow, QuestionRow, RevisionRow
from tests.conftest import NOW
from tests.storage.made import statements

pytestmark = pytest.mark.every_engine


@pytest.fixture
async def db(config: Settings) -> AsyncIterator[Database]:
    async with connected(config.database_url) as database:
        await migrate(database, now=NOW)
        yield database


def edit(content: Path, old: str, new: str) -> None:
    pack = content / "example-pack.md"
    text = pack.read_text()
    assert old in text
    pack.write_text(text.replace(old, new, 1))


def codes(published: Published) -> set[str]:
    return {finding.code for finding in published.findings}


async def question(db: Database, id: str) -> QuestionRow:
    async with db.reading() as session:
        return (await session.scalars(select(QuestionRow).where(QuestionRow.id == id))).one()


async def revisions(db: Database, id: str) -> int:
    async with db.reading() as session:
        query = select(RevisionRow).where(RevisionRow.question_id == id)
        return len((await session.scalars(query)).all())


async def test_a_new_pack_is_published_whole(db: Database, content: Path) -> None:
    published = await publish(db, content / "example-pack.md", now=NOW)

    assert published.changed
    assert published.changes == Changes(new=13)
    assert published.title == "Python basics"


async def test_an_unchanged_pack_writes_nothing(db: Database, content: Path) -> None:
    await publish(db, content / "example-pack.md", now=NOW)

    with statements(db) as sent:
        again = await publish(db, content / "example-pack.md", now=NOW)

    assert not again.changed
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []


async def test_a_mended_explanation_keeps_the_revision(db: Database, content: Path) -> None:
    await publish(db, content / "example-pack.md", now=NOW)
    before = await question(db, "default-list")

    edit(content, "A default value is evaluated **once**", "It is evaluated **once**")
    published = await publish(db, content / "example-pack.md", now=NOW)
    after = await question(db, "default-list")

    assert published.changes == Changes(changed=1)
    assert after.rev == before.rev
    assert after.commentary_hash != before.commentary_hash
    assert await revisions(db, "default-list") == 1


async def test_a_changed_key_makes_a_revision_and_keeps_the_old_one(
    db: Database, content: Path
) -> None:
    await publish(db, content / "example-pack.md", now=NOW)
    before = await question(db, "range-count")

    edit(content, "```number\n3\n", "```number\n4\n")
    await publish(db, content / "example-pack.md", now=NOW)

    assert (await question(db, "range-count")).rev != before.rev
    assert await revisions(db, "range-count") == 2


async def test_a_question_that_went_and_came_back_is_the_same_question(
    db: Database, content: Path
) -> None:
    await publish(db, content / "example-pack.md", now=NOW)
    before = await question(db, "range-count")
    whole = (content / "example-pack.md").read_text()
    start, end = whole.index("## How many numbers"), whole.index("## Square root of two")

    (content / "example-pack.md").write_text(whole[:start] + whole[end:])
    gone = await publish(db, content / "example-pack.md", now=NOW)
    retired = await question(db, "range-count")
    (content / "example-pack.md").write_text(whole)
    back = await publish(db, content / "example-pack.md", now=NOW)
    after = await question(db, "range-count")

    assert gone.changes == Changes(retired=1)
    assert retired.retired_at == NOW
    assert back.changes == Changes(new=1)
    assert (after.rev, after.retired_at) == (before.rev, None)


async def test_a_broken_pack_leaves_what_learners_have(db: Database, content: Path) -> None:
    await publish(db, content / "example-pack.md", now=NOW)
    edit(content, "title: Python basics", "title: Something new")
    edit(content, "- [x] `[1, 2]`", "- [ ] `[1, 2]`")

    refused = await publish(db, content / "example-pack.md", now=NOW)

    assert refused.refused
    assert codes(refused) == {"E202"}
    async with db.reading() as session:
        assert (await session.scalars(select(PackRow.title))).all() == ["Python basics"]


async def test_a_question_without_an_id_cannot_be_published(db: Database, content: Path) -> None:
    edit(content, "<!-- id: sqrt2; objective", "<!-- objective")

    refused = await publish(db, content / "example-pack.md", now=NOW)

    assert codes(refused) == {"E101"}
    assert "id:" in next(iter(refused.findings)).hint


async def test_a_former_id_that_still_lives_is_refused(db: Database, content: Path) -> None:
    edit(content, "id: sqrt2;", "id: sqrt2; was: range-count;")

    assert codes(await publish(db, content / "example-pack.md", now=NOW)) == {"E604"}


async def test_two_packs_with_one_id_do_not_meet(db: Database, content: Path) -> None:
    shutil.copytree(content, content.parent / "later")

    first, second = await publish_all(db, [content, content.parent / "later"], now=NOW)

    assert first.changed
    assert codes(second) == {"E005"}
    (finding,) = second.findings
    assert finding.place == Place(f"{content.parent}/later/example-pack.md", 3, 5)


async def test_a_broken_pack_keeps_its_id_from_the_next(db: Database, content: Path) -> None:
    await publish_all(db, [content], now=NOW)
    shutil.copytree(content, content.parent / "later")
    edit(content.parent / "later", "title: Python basics", "title: Something else")
    edit(content, "- [x] `[1, 2]`", "- [ ] `[1, 2]`")

    first, second = await publish_all(db, [content.parent], now=NOW)

    assert (codes(first), codes(second)) == ({"E202"}, {"E005"})
    async with db.reading() as session:
        assert (await session.scalars(select(PackRow.title))).all() == ["Python basics"]


async def test_publishing_and_the_checker_say_the_same(db: Database, content: Path) -> None:
    edit(content, "id: sqrt2;", "id: sqrt2; was: range-count;")
    edit(content, "id: hashable;", "was: sqrt2;")

    published = await publish(db, content / "example-pack.md", now=NOW)

    checked = check_paths([content], strict=True)
    errors = [found for found in checked.findings if found.severity == "error"]
    assert [found.code for found in errors] == ["E101", "E604", "E604"]
    assert list(published.findings) == errors


async def test_machines_that_start_at_once_publish_the_same(
    db: Database, config: Settings, content: Path
) -> None:
    async def start() -> Published:
        async with connected(config.database_url) as own:
            return await publish(own, content / "example-pack.md", now=NOW)

    results = await asyncio.gather(*(start() for _ in range(3)))

    assert [result.refused for result in results] == [False] * 3
    assert sum(result.changes.new for result in results) == 13
    assert await revisions(db, "range-count") == 1


async def test_files_that_say_the_same_are_known_the_next_time(db: Database, content: Path) -> None:
    pack = content / "example-pack.md"
    await publish(db, pack, now=NOW)
    text = pack.read_text()
    pack.write_text(text + "\n\n")

    again = await publish(db, pack, now=NOW)

    assert not again.changed
    async with db.reading() as session:
        known = await published_from(session, fingerprint(pack))
    assert known is not None
    assert known.id == again.pack_id
