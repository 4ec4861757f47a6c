"""Which tries are counted, whose, and how their options are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from quiz.core.analysis import AnalysedQuestion, Analysis, dump_analysis, load_analysis
from quiz.core.tasklists import Option
from quiz.kinds.single import Single
from quiz.storage import tries
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.published import QuestionRow
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from quiz.storage.scopes import EVERYBODY, Scope, of_class
from quiz.teaching.counting import count
from tests import school as schools
from tests.school import Author, School
from tests.storage.made import NOW, make_learner

EARLY = NOW - timedelta(days=9)


@pytest.fixture
async def school(db: Database) -> School:
    """A published pack and three learners who have not answered yet."""
    for learner in (1, 2, 3):
        await make_learner(db, learner)
    school = School(db, Author())
    await school.publish()
    return school


async def counted(school: School, scope: Scope = EVERYBODY, mode: str = "practice") -> Analysis:
    clock = iter([NOW, NOW + timedelta(seconds=2)]).__next__
    return (await count(school.db, Library(), scope, "pack", mode, clock=clock)).analysis


async def question(school: School, id: str = "for-else") -> AnalysedQuestion:
    found = (await counted(school)).question(id)
    assert found
    return found


@pytest.mark.every_engine
async def test_only_the_first_try_of_each_learner_counts(school: School) -> None:
    await school.answer("for-else", 0.0, 1)
    await school.answer("for-else", 1.0, 1)
    await school.answer("for-else", 1.0, 2, mode="review")
    await school.answer("while", 1.0, 2)

    found = await counted(school)

    assert [(q.question_id, q.numbers.n, q.numbers.facility) for q in found.questions] == [
        ("for-else", 2, 0.5),
        ("while", 1, 1.0),
        ("int", 0, None),
    ]
    assert (found.whole.n, found.whole.questions, found.through) == (2, 2, 4)
    assert found.computed_at == NOW + timedelta(seconds=2)


async def test_answers_are_counted_apart_in_practice_and_in_exams(school: School) -> None:
    await school.answer("for-else", 0.0, 1)
    await school.answer("for-else", 1.0, 1, mode="exam")

    exam = (await counted(school, mode="exam")).question("for-else")

    assert (await question(school)).numbers.facility == 0.0
    assert exam
    assert exam.numbers.facility == 1.0


async def test_what_was_not_to_count_and_what_was_asked_at_another_v_are_left_out(
    school: School,
) -> None:
    await school.answer("for-else", 0.0, 1, counted=False, correct=None)
    await school.answer("for-else", 0.0, 1, v=7)
    await school.answer("for-else", 1.0, 1)

    assert (await question(school)).numbers.facility == 1.0


@pytest.mark.every_engine
async def test_a_question_keeps_its_first_tries_under_another_name(school: School) -> None:
    await school.answer("for-else", 0.0, 1)
    await school.rename("for-else", "a-loop")
    await school.answer("a-loop", 1.0, 1)
    await school.answer("for-else", 1.0, 2)  # on a card that was laid out before

    found = await question(school, "a-loop")

    assert (found.numbers.n, found.numbers.facility) == (2, 0.5)
    assert [revision.n for revision in found.revisions] == [2]


async def test_a_question_that_is_gone_is_not_counted(school: School) -> None:
    await school.answer("while", 1.0, 1)
    del school.author.questions["while"]
    await school.publish()

    found = await counted(school)

    assert [q.question_id for q in found.questions] == ["for-else", "int"]
    assert found.whole.n == 0


async def test_marks_are_weighed_by_points(school: School) -> None:
    async with school.db.writing.begin() as session:
        await session.execute(update(QuestionRow).values(points=4.0))
    await school.answer("for-else", 0.5, 1)
    await school.answer("while", 0.25, 1)

    found = await counted(school)

    assert (found.whole.maximum, found.whole.mean) == (8.0, 3.0)
    assert found.questions[0].numbers.facility == 0.5


async def test_pages_may_end_anywhere(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    for learner in (1, 2, 3):
        for id in ("for-else", "for-else", "while", "int"):
            await school.answer(id, float(id != "while"), learner)
    whole = dump_analysis(await counted(school))

    for page, group in ((1, 1), (2, 2), (3, 1), (4, 3)):
        monkeypatch.setattr(tries, "PAGE", page)
        monkeypatch.setattr(tries, "LEARNERS", group)
        assert dump_analysis(await counted(school)) == whole


async def test_who_does_not_know_chose_nothing(school: School) -> None:
    await school.answer("for-else", 1.0, 1, response=["a"], hints=2)
    await school.answer("for-else", 0.0, 2, response=["b"], shown_at=None)
    await school.answer("for-else", 0.0, 3, response=None, correct=None)

    found = await question(school)

    assert (found.numbers.n, found.numbers.n_unknown) == (3, 1)
    assert found.numbers.hints_per_attempt == pytest.approx(2 / 3)
    assert found.numbers.random_guess == 0.5
    options = found.revisions[0].options
    assert [(o.numbers.choice.text, o.numbers.n) for o in options] == [("yes", 1), ("no", 1)]
    assert options[0].numbers.share is None
    assert options[0].numbers.reasons["share"] == "needs 10 answers"


async def test_options_of_another_wording_stand_apart(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    await school.answer("for-else", 1.0, 1, response=["a"])
    turned = Single((Option("a", "No.", False), Option("b", "Yes.", True)))
    monkeypatch.setattr(schools, "BODY", turned)
    await school.publish()
    await school.answer("for-else", 1.0, 2, response=["b"])

    chosen = [
        [(option.numbers.choice.text, option.numbers.n) for option in revision.options]
        for revision in (await question(school)).revisions
    ]

    assert chosen == [[("No.", 0), ("Yes.", 1)], [("yes", 1), ("no", 0)]]


@pytest.mark.every_engine
async def test_a_class_sees_what_was_given_in_it(school: School) -> None:
    async with school.db.writing.begin() as session:
        person = {"public_id": "p", "name": "Ada", "name_key": "ada", "role": "instructor"}
        await session.execute(
            insert(PersonRow), [{"id": 1, **person, "recovery": [], "created_at": NOW}]
        )
        room = {"id": 1, "public_id": "c", "owner_id": 1, "name": "Loops", "code": "code"}
        await session.execute(insert(ClassRow), [{**room, "created_at": NOW}])
        line = {"class_id": 1, "external_id": "", "shares_certainty": False, "created_at": NOW}
        lines = [
            line | {"public_id": "a", "name": "a", "learner_id": 1, "since_at": EARLY},
            line | {"public_id": "b", "name": "b", "learner_id": 2, "since_at": NOW},
            line | {"public_id": "d", "name": "d", "learner_id": None, "since_at": None},
        ]
        await session.execute(insert(EnrolmentRow), lines)
    await school.answer("for-else", 0.0, 1, answered_at=EARLY)
    await school.answer("for-else", 0.0, 2, answered_at=EARLY)
    await school.answer("for-else", 1.0, 2)
    await school.answer("for-else", 0.0, 3)

    found = await counted(school, of_class(1, "Loops"))

    first = found.questions[0].numbers
    assert (first.n, first.facility) == (2, 0.5)
    assert found.basis.endswith("practice; class Loops")


async def test_what_is_kept_is_what_was_counted(school: School) -> None:
    for learner in (1, 2, 3):
        await school.answer("for-else", learner / 3, learner)
        await school.answer("while", 1.0, learner)
    found = await counted(school)

    again = load_analysis(json.loads(json.dumps(dump_analysis(found))))

    assert again == (found.whole, found.questions)
    assert replace(found, whole=again[0], questions=again[1]) == found
