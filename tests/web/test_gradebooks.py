"""Grade books and counts of a class: what its answers add up to, file by file."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Person
from tests.answering import give, samples, start
from tests.browsing import Browser
from tests.conftest import change, stored
from tests.staff import enrol, sign_in
from tests.web.taking import EXPORTS, lines, rows, table

SAME = ("question_id", "topic_id", "objective_id", "rev", "v", "response")
GIVE = (
    "INSERT INTO assignments (public_id, class_id, title, pack_id, topic_ids, created_at) "
    "SELECT '{0}', id, '{1}', 'python-basics', '{2}', created_at FROM classes"
)
VOID = """
UPDATE revisions SET wording = json_set(wording, '$.score', 'void')
WHERE question_id = (SELECT id FROM questions WHERE points = 1.0 ORDER BY id DESC LIMIT 1)
"""


@pytest.fixture
def ada(client: TestClient, config: Settings) -> Person:
    return sign_in(client, config)


@pytest.fixture
def answered(browser: Browser, config: Settings, ada: Person) -> Browser:
    """A learner who answered the same question wrong, then right, then wrong again."""
    for sample in ("wrong", "right", "wrong"):
        card = start(browser)
        give(browser, card, getattr(samples(config, card), sample))
    first = "(SELECT {0} FROM attempts WHERE id = 1)"
    same = ", ".join(f"{name} = {first.format(name)}" for name in SAME)
    change(config, f"UPDATE attempts SET {same}")  # noqa: S608 - names of ours
    enrol(config, ada, "Jürgen ß 🦆")
    change(config, "UPDATE enrolments SET external_id = 'x-7'")
    return browser


def title(config: Settings) -> str:
    return str(stored(config, "SELECT title FROM packs")[0][0])


def most(config: Settings) -> float:
    return float(str(stored(config, "SELECT sum(points) FROM questions")[0][0]))


def test_a_grade_book_has_a_line_a_learner_and_a_column_a_pack(
    answered: Browser, config: Settings
) -> None:
    learner = str(stored(config, "SELECT public_id FROM learners")[0][0])
    head, line = table(answered, "gradebook")

    assert head == [
        *("schema_version", "learner_id", "learner_name", "external_id", "class"),
        f"{title(config)} (python-basics)",
    ]
    assert line[:5] == ["1", learner, "Jürgen ß 🦆", "x-7", "Databases, autumn"]
    assert float(line[5]) == pytest.approx(1 / most(config), abs=5e-5)


@pytest.mark.parametrize(("which", "reached"), [("best", 1), ("first", 0), ("last", 0)])
def test_the_try_that_counts_is_chosen(answered: Browser, which: str, reached: float) -> None:
    first = rows(answered, "attempts")
    assert len({row["question_id"] for row in first}) == 1

    (line,) = rows(answered, "gradebook-moodle", which=which)

    assert float(list(line.values())[-1]) == reached


def test_another_word_for_the_try_is_refused_with_those_that_are_known(answered: Browser) -> None:
    page = answered.get(f"{EXPORTS}/gradebook.csv?which=middle")

    assert page.status == 400
    assert "best, first, last try, not “middle”" in page.text


def test_canvas_gets_its_header_and_the_points_that_can_be_reached(
    answered: Browser, config: Settings
) -> None:
    named = f"{title(config)} (python-basics)"

    assert table(answered, "gradebook-canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", named],
        ["    Points Possible", "", "", "", "", str(most(config))],
        ["Jürgen ß 🦆", "", "x-7", "", "Databases, autumn", "1.0"],
    ]


def test_moodle_knows_learners_by_number_or_by_mail(answered: Browser, config: Settings) -> None:
    named = f"Quiz: {title(config)} (Real)"
    number = table(answered, "gradebook-moodle")
    change(config, "UPDATE enrolments SET external_id = 'j@example.org'")
    mail = table(answered, "gradebook-moodle")

    assert number == [["ID number", "Email address", named], ["x-7", "", "1.0"]]
    assert mail[1:] == [["", "j@example.org", "1.0"]]


def test_no_file_for_another_program_begins_with_a_mark(answered: Browser) -> None:
    for name in ("gradebook-canvas", "gradebook-moodle"):
        assert not answered.client.get(f"{EXPORTS}/{name}.csv").content.startswith(b"\xef\xbb\xbf")


def test_work_of_the_class_has_a_column_and_who_is_awaited_a_line(
    answered: Browser, config: Settings
) -> None:
    topic = str(stored(config, "SELECT topic_id FROM attempts")[0][0])
    change(config, GIVE.format("work-1", '=Week 1, "loops"', f'["{topic}"]'))
    change(
        config,
        "INSERT INTO enrolments (public_id, class_id, name, external_id, shares_certainty, "
        "created_at) SELECT 'line-2', id, 'Grace', 'x-8', false, created_at FROM classes",
    )
    of_topic = stored(config, f"SELECT sum(points) FROM questions WHERE topic_id = '{topic}'")  # noqa: S608

    head, _, grace = table(answered, "gradebook")
    _, possible, *_ = table(answered, "gradebook-canvas")

    assert head[-1] == '\'=Week 1, "loops" (work-1)'
    assert grace == ["1", "", "Grace", "x-8", "Databases, autumn", "", ""]
    assert float(possible[-1]) == of_topic[0][0]


def test_two_columns_of_one_title_are_told_apart_for_moodle(
    answered: Browser, config: Settings
) -> None:
    for number in "12":
        change(config, GIVE.format(f"work-{number}", "Week", "[]"))

    head = table(answered, "gradebook-moodle")[0]

    assert head[-2:] == ["Quiz: Week (work-1) (Real)", "Quiz: Week (work-2) (Real)"]


def test_a_question_that_is_void_is_in_no_grade_book(answered: Browser, config: Settings) -> None:
    before = most(config)
    change(config, VOID)

    assert float(table(answered, "gradebook-canvas")[1][-1]) == before - 1


def test_beliefs_are_counted_by_learner_and_refuted_by_what_came_later(
    answered: Browser, config: Settings
) -> None:
    belief, sentence = stored(config, "SELECT id, sentence FROM misconceptions")[0]
    shown = f"UPDATE attempts SET misconceptions = iif(id = {{0}}, '[\"{belief}\"]', '[]')"  # noqa: S608

    change(config, shown.format(1))
    (refuted,) = lines(answered, "misconceptions")
    change(config, shown.format(3))
    (held,) = lines(answered, "misconceptions")

    assert refuted["class"] == "Databases, autumn"
    assert (refuted["pack_id"], refuted["misconception_id"]) == ("python-basics", belief)
    assert refuted["sentence"] == sentence
    assert refuted["question_ids"] == held["question_ids"] == ["default-list"]
    assert (refuted["n_showed"], refuted["n_refuted"]) == (1, 1)
    assert (held["n_showed"], held["n_refuted"]) == (1, 0)


def test_statistics_are_those_of_the_command_line(answered: Browser) -> None:
    found = {row["question_id"]: row for row in lines(answered, "items")}
    tried = rows(answered, "attempts")[0]["question_id"]

    assert found[tried]["n"] == 1
    assert found[tried]["facility"] == 0.0
    assert found[tried]["computed_at"] == "2026-11-25T09:00:00.000Z"
    assert {row["question_id"] for row in lines(answered, "options")} <= found.keys()


def test_statements_name_learners_as_accounts_of_the_app(
    answered: Browser, config: Settings
) -> None:
    change(config, "UPDATE enrolments SET external_id = 'j@example.org'")
    learner = stored(config, "SELECT public_id FROM learners")[0][0]

    made = lines(answered, "statements")

    assert len(made) == 3
    assert {line["actor"]["account"]["name"] for line in made} == {learner}
    assert {line["actor"]["account"]["homePage"] for line in made} == {"http://127.0.0.1:8000"}
    assert "example.org" not in str(made)
    assert [line["result"]["success"] for line in made] == [False, True, False]
