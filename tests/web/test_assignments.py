"""Work of a class: given, done, late, and seen by whom it concerns."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.answering import give, samples
from tests.browsing import Browser, Page
from tests.conftest import Clock, stored
from tests.schoolroom import code_of, instructor, join, learner, make_class, words

PLAN = {"pack": ["python-basics"], "title": ["Week 1"], "due": ["2026-11-25T12:00"]}


@pytest.fixture
def teacher(client: TestClient, config: Settings) -> Browser:
    return instructor(client, config)


@pytest.fixture
def room(teacher: Browser) -> Page:
    """The settings of a class, where its code stands."""
    return make_class(teacher)


def plan(teacher: Browser, room: Page, **fields: list[str]) -> Page:
    """Give work by the form for it and return the page that follows."""
    form = teacher.follow(teacher.follow(room, "Assignments"), "New assignment")
    return teacher.submit(form, "Give it to the class", {**PLAN, **fields})


def size(config: Settings) -> int:
    """Return how many questions the work asks."""
    [(found,)] = stored(config, "SELECT count(*) FROM questions WHERE retired_at IS NULL")
    assert isinstance(found, int)
    return found


def row(page: Page, name: str) -> list[str]:
    """Return the numbers of a learner's row: answered, right, late, last."""
    found = re.search(rf">{name}</bdi>.*?</tr>", page.html, re.DOTALL)
    assert found
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found[0], re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", cell).split()) for cell in cells]


@pytest.mark.every_engine
def test_a_learner_finds_the_work_starts_it_and_the_instructor_sees_how_far(
    client: TestClient, config: Settings
) -> None:
    teacher, pupil, idle = instructor(client, config), learner(client), learner(client)
    room = make_class(teacher)
    work = plan(teacher, room, topic=["names"], title=["Week <1>"])
    join(pupil, code_of(room), "Anna")
    join(idle, code_of(room), "Ben")

    home = pupil.get("/")
    card = pupil.submit(home, "Start 13 questions: Week <1>")
    card = pupil.submit(give(pupil, card, samples(config, card).right), "Continue")
    pupil.submit(card, "I don’t know")
    page = teacher.get(work.address)

    assert "Databases: 0 of 13 answered, due Wednesday 25 Nov 12:00 UTC" in words(home)
    assert "Databases: 2 of 13 answered" in words(pupil.get("/"))
    assert pupil.get("/").can("Go on with 11 questions")
    assert row(page, "Anna") == ["2 of 13", "1", "0", "25 Nov, 09:00 UTC"]
    assert row(page, "Ben") == ["0 of 13", "0", "0", "none"]
    assert "0 of 2 have answered everything" in words(page)
    overview = words(teacher.follow(page, "Overview"))
    assert re.search("Week <1> .*due Wednesday 25 Nov 12:00 UTC. 0 of 2 are through", overview)


def test_going_on_asks_only_what_was_not_tried_until_nothing_is_left(
    client: TestClient, config: Settings, teacher: Browser, room: Page
) -> None:
    pupil = learner(client)
    work = plan(teacher, room)
    join(pupil, code_of(room), "Anna")
    pupil.submit(pupil.submit(pupil.get("/"), "Start"), "I don’t know")

    page = pupil.submit(pupil.get("/"), "Go on with")
    while page.can("I don’t know"):
        page = pupil.submit(page, "I don’t know")
        page = pupil.submit(page, "Continue" if page.can("Continue") else "See the summary")
    tried = stored(config, "SELECT count(*), count(DISTINCT question_id) FROM attempts")
    home = pupil.get("/")
    again = pupil.client.post("/rounds", data={"assignment": work.address.rsplit("/", 1)[1]})

    assert tried == [(size(config), size(config))]
    assert f"{size(config)} of {size(config)} answered" in words(home)
    assert not home.can("Go on with")
    assert again.status_code == 404
    assert "You have answered all questions of this assignment" in again.text
    assert "1 of 1 have answered everything" in words(teacher.get(work.address))


def test_late_answers_are_marked_and_taken(
    client: TestClient, config: Settings, clock: Clock, teacher: Browser, room: Page
) -> None:
    pupil = learner(client)
    work = plan(teacher, room)
    join(pupil, code_of(room), "Anna")
    card = pupil.submit(pupil.submit(pupil.get("/"), "Start"), "I don’t know")
    clock.forward(hours=4)

    home = pupil.get("/")
    pupil.submit(pupil.submit(card, "Continue"), "I don’t know")

    assert "was due Wednesday 25 Nov 12:00 UTC. Late answers are marked" in words(home)
    assert row(teacher.get(work.address), "Anna")[:3] == [f"2 of {size(config)}", "0", "1"]


def test_work_that_is_not_open_yet_is_not_shown_and_cannot_be_started(
    client: TestClient, clock: Clock, teacher: Browser, room: Page
) -> None:
    pupil = learner(client)
    work = plan(teacher, room, opens=["2026-11-25T10:00"]).address.rsplit("/", 1)[1]
    join(pupil, code_of(room), "Anna")

    early = pupil.client.post("/rounds", data={"assignment": work})
    hidden = "Week 1" not in pupil.get("/").text
    clock.forward(hours=1)

    assert early.status_code == 404
    assert hidden
    assert "Week 1" in pupil.get("/").text


@pytest.mark.parametrize("end", ["left", "archived", "deleted"])
def test_work_ends_with_leaving_archiving_and_taking_back(
    client: TestClient, config: Settings, teacher: Browser, room: Page, end: str
) -> None:
    pupil = learner(client)
    work = plan(teacher, room)
    join(pupil, code_of(room), "Anna")
    pupil.submit(pupil.submit(pupil.get("/"), "Start"), "I don’t know")

    if end == "left":
        pupil.submit(pupil.follow(pupil.get("/settings"), "Change the name or leave"), "Leave")
    elif end == "archived":
        teacher.submit(room, "Archive", {})
    else:
        teacher.submit(work, "Take it back", {})
    started = pupil.client.post("/rounds", data={"assignment": work.address.rsplit("/", 1)[1]})

    assert "Week 1" not in pupil.get("/").text
    assert started.status_code == 404
    assert stored(config, "SELECT count(*) FROM attempts") == [(1,)]


def test_work_is_changed(teacher: Browser, room: Page, config: Settings) -> None:
    form = teacher.follow(plan(teacher, room, topic=["names"]), "Change")
    standing = form.form_with("Save").defaults()

    page = teacher.submit(form, "Save", {**standing, "title": ["Week 2"], "topic": [], "due": [""]})

    assert standing["title"] == ["Week 1"]
    assert (standing["topic"], standing["due"]) == (["names"], ["2026-11-25T12:00"])
    assert "Week 2" in page.text
    assert "due" not in words(page).split("Week 2")[-1].split("have answered")[0]
    assert "topic" not in teacher.follow(page, "Change").form_with("Save").defaults()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": [""]}, "A title has 1 to 120 characters; this one is empty."),
        ({"due": ["soon"]}, "“soon” is no time."),
        ({"opens": ["2026-11-25T12:00"]}, "It would be due before it opens."),
        ({"pack": ["none"]}, "Choose one of the packs that are listed."),
        ({"topic": ["none"]}, "Choose topics of this pack that are listed."),
    ],
)
def test_a_plan_that_cannot_be_is_asked_for_again(
    teacher: Browser, room: Page, config: Settings, fields: dict[str, list[str]], sentence: str
) -> None:
    page = plan(teacher, room, **fields)

    assert page.status == 422
    assert sentence in page.text
    assert stored(config, "SELECT count(*) FROM assignments") == [(0,)]


def test_work_is_nobody_elses(
    client: TestClient, config: Settings, teacher: Browser, room: Page
) -> None:
    work = plan(teacher, room)
    bob, eve = instructor(client, config, name="Bob"), learner(client)
    place, work_id = work.address.rsplit("/", 1)
    own = make_class(bob).address.replace("settings", "assignments")

    for where in (place, own):
        for path in ("", "/edit"):
            found = bob.client.get(f"{where}/{work_id}{path}")
            missing = bob.client.get(f"{where}/none{path}")
            assert (found.status_code, found.content) == (404, missing.content)
        for path in ("/edit", "/delete"):
            data = {"pack": "python-basics", "title": "Mine"}
            assert bob.client.post(f"{where}/{work_id}{path}", data=data).status_code == 404
    assert bob.client.post(place, data={"pack": "python-basics", "title": "x"}).status_code == 404
    assert eve.client.post("/rounds", data={"assignment": work_id}).status_code == 404
    assert stored(config, "SELECT title FROM assignments") == [("Week 1",)]
