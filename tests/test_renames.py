"""Ids change, questions move and go: what learners did stays theirs, the log stays as it was."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from quiz.storage.attempts import latest_by_question
from quiz.storage.catalog import next_due_at
from quiz.storage.engine import connected
from quiz.storage.log import page_after
from quiz.storage.migrate import migrate
from quiz.storage.published import ObjectiveRow, QuestionRow
from quiz.storage.tables import AttemptRow, TopicProgressRow
from tests.school import Author, School
from tests.storage.made import NOW, make_learner, rows_of

pytestmark = pytest.mark.every_engine


@pytest.fixture
async def school(url: str) -> AsyncIterator[School]:
    async with connected(url) as db:
        await migrate(db, now=NOW)
        await make_learner(db, 1)
        await make_learner(db, 2)
        school = School(db, Author())
        await school.publish()
        yield school


async def test_an_objective_keeps_its_memories_under_a_new_id(school: School) -> None:
    await school.answer("for-else")

    await school.rename("end", "the-end")

    assert await school.memories() == ["the-end"]
    await school.assert_a_rebuild_changes_nothing()


async def test_a_question_that_is_its_own_objective_takes_its_memory_along(school: School) -> None:
    await school.answer("while")

    await school.rename("while", "while-loop")

    assert await school.memories() == ["while-loop"]
    await school.assert_a_rebuild_changes_nothing()


async def test_a_topic_keeps_its_counts_under_a_new_id(school: School) -> None:
    await school.answer("for-else", 0.0)

    await school.rename("loops", "repeating")

    assert await school.counts() == {"repeating": (1, 0, 1, 0)}
    await school.assert_a_rebuild_changes_nothing()


async def test_attempts_and_the_row_of_the_former_id_stay(school: School) -> None:
    attempt = await school.answer("while")
    log = await rows_of(school.db, AttemptRow)

    await school.rename("while", "while-loop")

    assert await rows_of(school.db, AttemptRow) == log
    async with school.db.reading() as session:
        old = await session.get_one(QuestionRow, ("pack", "while"))
        latest = await latest_by_question(session, 1, "pack")
    assert (old.renamed_to, old.retired_at) == ("while-loop", NOW)
    assert latest == {"while-loop": attempt}


async def test_a_card_dealt_before_the_renaming_counts_for_what_it_is_now(school: School) -> None:
    await school.answer("while", 0.0)
    await school.rename("while", "while-loop")
    await school.rename("loops", "repeating")

    await school.answer("while")

    assert await school.memories() == ["while-loop"]
    assert await school.counts() == {"repeating": (2, 1, 1, 0)}
    await school.assert_a_rebuild_changes_nothing()


async def test_an_id_renamed_twice_leads_to_the_last(school: School) -> None:
    await school.answer("while", 0.0)
    await school.rename("while", "while-loop")
    await school.rename("while-loop", "loop-while")

    await school.answer("loop-while")

    async with school.db.reading() as session:
        assert list(await latest_by_question(session, 1, "pack")) == ["loop-while"]
    assert await school.counts() == {"loops": (2, 1, 1, 0)}
    await school.assert_a_rebuild_changes_nothing()


async def test_a_renaming_can_be_taken_back(school: School) -> None:
    await school.answer("while", 0.0)
    await school.rename("while", "while-loop")
    await school.rename("while-loop", "while")

    await school.answer("while")

    assert await school.memories() == ["while"]
    assert await school.counts() == {"loops": (2, 1, 1, 0)}
    await school.assert_a_rebuild_changes_nothing()


async def test_two_objectives_that_become_one_are_remembered_as_one(school: School) -> None:
    await school.answer("for-else", 0.0)
    await school.answer("int")

    await school.rename("end", "start")

    assert await school.memories() == ["start"]
    async with school.db.reading() as session:
        rows = await session.scalars(select(ObjectiveRow).where(ObjectiveRow.retired_at.is_(None)))
        assert [row.id for row in rows] == ["start"]
    await school.assert_a_rebuild_changes_nothing()


async def test_a_former_id_that_is_named_past_the_one_between_is_followed(school: School) -> None:
    await school.answer("while", 0.0)
    await school.rename("while", "while-loop")
    school.author.rename("while-loop", "loop-while")
    school.author.was["loop-while"] = "while"
    await school.publish()

    assert await school.memories() == ["loop-while"]
    await school.assert_a_rebuild_changes_nothing()


async def test_a_former_id_can_be_given_to_another_question(school: School) -> None:
    await school.answer("while", 0.0)
    await school.rename("while", "while-loop")
    school.author.was.clear()
    school.author.questions["while"] = ("types", "")
    await school.publish()

    await school.answer("while")

    await school.assert_a_rebuild_changes_nothing()


async def test_a_question_that_moves_leaves_its_history_where_it_happened(school: School) -> None:
    await school.answer("while", 0.0)
    school.author.questions["while"] = ("types", "")
    await school.publish()

    await school.answer("while")

    assert await school.counts() == {"loops": (1, 0, 0, 0), "types": (1, 1, 1, 0)}
    assert await school.memories() == ["while"]
    await school.assert_a_rebuild_changes_nothing()


async def test_a_question_that_goes_is_no_longer_tried_until_it_comes_back(school: School) -> None:
    await school.answer("while")
    place = school.author.questions.pop("while")
    await school.publish()

    assert await school.counts() == {"loops": (1, 1, 0, 0)}
    await school.answer("while", learner=2)
    await school.assert_a_rebuild_changes_nothing()

    school.author.questions["while"] = place
    await school.publish()
    assert (await rows_of(school.db, TopicProgressRow))[0][3:7] == (1, 1, 1, 1)
    assert (await rows_of(school.db, TopicProgressRow))[1][3:7] == (1, 1, 1, 1)


async def test_the_next_review_is_of_something_that_is_still_asked(school: School) -> None:
    await school.answer("while", 0.0)
    del school.author.questions["while"]
    await school.publish()

    async with school.db.reading() as session:
        assert await next_due_at(session, 1) is None


async def test_tries_are_counted_over_all_ids_of_a_question(school: School) -> None:
    await school.answer("while")
    await school.rename("while", "while-loop")
    await school.answer("while-loop")
    await school.answer("while-loop", learner=2)
    await school.answer("while")

    async with school.db.reading() as session:
        entries = (await page_after(session, None, last=9, limit=9))()

    assert [entry.try_no for entry in entries] == [1, 2, 1, 3]


async def much_happens(school: School, chance: random.Random) -> None:
    ever = set(school.author.questions)
    for number in range(25):
        school.author.edit(chance, number)
        await school.publish()
        ever |= set(school.author.questions)
        for _ in range(3):
            score = chance.choice([0.0, 1.0])
            await school.answer(chance.choice(sorted(ever)), score, chance.choice([1, 2]))


async def test_after_much_that_happened_a_rebuild_gives_the_same(school: School) -> None:
    await much_happens(school, random.Random(99))

    await school.assert_a_rebuild_changes_nothing()


@pytest.mark.every_engine(False)
@pytest.mark.parametrize("seed", range(12))
async def test_whatever_authors_and_learners_do_a_rebuild_gives_the_same(
    school: School, seed: int
) -> None:
    await much_happens(school, random.Random(seed))

    await school.assert_a_rebuild_changes_nothing()
