"""Everybody at every door: roles × routes × objects, made from the routes themselves.

What a rule says is what happens, what is another's is not found in the very bytes of what does not
exist, and who is refused changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Role
from quiz.storage.copying import TABLES
from quiz.teaching import live
from quiz.web.access import ADMINS, ANYONE, AUTHORS, INSTRUCTORS, PEOPLE, Door
from quiz.web.routes import routes
from tests.answering import start
from tests.browsing import Browser
from tests.conftest import Clock, stored
from tests.schoolroom import code_of, instructor, join, learner, make_class, paste
from tests.signing import link, people
from tests.staff import sign_in

Names = Mapping[str, str]

RULES = (ANYONE, PEOPLE, INSTRUCTORS, AUTHORS, ADMINS)
STAFF = {"owner": Role.instructor, "other": Role.instructor, "author": Role.author}
STAFF |= {"admin": Role.admin}
VISITORS = ("nobody", "stranger", "pupil", *STAFF)

OWNED = {"class": "owner", "login": "owner", "round": "pupil", "line": "pupil"}
"""Parameters that name what belongs to one visitor; a class owns all that its address names."""
SHARED = {"report", "pack", "topic", "question", "path", "code", "token", "file"}
"""Parameters that name what everybody behind the rule may ask for."""
INSIDE = {"position", "assignment", "pupil"}
"""Parameters that only ever stand behind an owned one."""


MISSING_HERE = ("picture", "arrival", "arrival-qr", "ask-merge", "my-data")
"""Pages for which this world has nothing to show: no picture, no code, no twin, no answers."""


NOTED = ("analyses", "events")
"""What looking writes: numbers that were counted, and that a file was taken out."""


@dataclass(frozen=True)
class World:
    """A class with work, a pupil in it with a round and a report, and everybody's browsers."""

    browsers: Mapping[str, TestClient]
    ids: Names
    config: Settings

    def contents(self) -> dict[str, int]:
        """Return how many rows each table has."""
        counts = " UNION ALL ".join(
            f"SELECT '{table.name}', count(*) FROM {table.name}"  # noqa: S608 - names of ours
            for table in TABLES
            if table.name not in NOTED
        )
        return {str(name): int(str(count)) for name, count in stored(self.config, counts)}


def id_of(config: Settings, table: str) -> str:
    return str(stored(config, f"SELECT public_id FROM {table} ORDER BY id DESC LIMIT 1")[0][0])  # noqa: S608


@pytest.fixture
def world(client: TestClient, config: Settings, clock: Clock) -> World:
    owner, pupil = instructor(client, config, name="Owner"), learner(client)
    room = make_class(owner)
    plan = owner.follow(owner.follow(room, "Assignments"), "New assignment")
    fields = {"pack": ["python-basics"], "title": ["Week 1"]}
    owner.submit(plan, "Give it to the class", fields)
    paste(owner, room, "Edsger,77")
    join(pupil, code_of(room), "Grace")
    card = start(pupil)
    pupil.submit(card, "Send", {"report": ["Wrong"]})
    pupil.submit(card, "I don’t know")
    browsers = {"owner": owner.client, "pupil": pupil.client}
    for name, role in STAFF.items():
        if name != "owner":
            browsers[name] = learner(client).client
            sign_in(browsers[name], config, role=role, name=name)
    browsers |= {"nobody": learner(client).client, "stranger": learner(client).client}
    start(Browser(browsers["stranger"]))
    people(config)
    [(question,)] = stored(config, "SELECT question_id FROM attempts")
    ids = {
        "class": id_of(config, "classes"),
        "assignment": id_of(config, "assignments"),
        "line": id_of(config, "enrolments"),
        "pupil": id_of(config, "enrolments"),
        "report": id_of(config, "reports"),
        "round": card.address.split("/")[4],
        "login": str(stored(config, "SELECT public_id FROM logins WHERE person_id = 1")[0][0]),
        "position": "1",
        "pack": "python-basics",
        "topic": "names",
        "question": str(question),
        "path": "none.png",
        "code": code_of(room),
        "token": link(config, clock).rpartition("/")[2],
        "file": "attempts.csv",
    }
    return World(browsers, ids, config)


def doors() -> Iterator[tuple[str, Door]]:
    for door in routes():
        assert isinstance(door, Door)
        for method in sorted((door.methods or set()) - {"HEAD"}):
            yield method, door


def params(door: Door) -> list[str]:
    return re.findall(r"\{(\w+)(?::\w+)?\}", door.path)


def owned(door: Door) -> str:
    """Return the parameter that says whose it is, "" where it is nobody's."""
    return next((name for name in params(door) if name in OWNED), "")


def address(door: Door, ids: Names) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: ids[found[1]], door.path)


def expected(door: Door, visitor: str) -> str:
    """Return what a visitor meets: `sign-in`, `refused`, `missing` or `open`."""
    roles = door.rule.roles
    if roles is not None:
        if visitor not in STAFF:
            return "sign-in"
        if STAFF[visitor] is not Role.admin and STAFF[visitor] not in roles:
            return "refused"
    name = owned(door)
    return "missing" if name and OWNED[name] != visitor else "open"


def test_every_door_has_a_rule_and_names_only_what_the_matrix_knows() -> None:
    known = {*OWNED, *SHARED, *INSIDE}

    assert {door.path: door.rule for _, door in doors() if door.rule not in RULES} == {}
    assert {door.path for _, door in doors() if not set(params(door)) <= known} == set()
    assert {
        door.path for _, door in doors() if set(params(door)) & INSIDE and not owned(door)
    } == set()


def met(world: World, visitor: str, method: str, door: Door, says: str) -> str:
    """Return what a visitor really meets at a door, in the words of `expected`."""
    client, path = world.browsers[visitor], address(door, world.ids)
    page = client.request(method, path, follow_redirects=False)
    assert page.status_code < 500, path
    if says == "missing":
        nothing = address(door, {**world.ids, owned(door): "missing-missing-missing"})
        none = client.request(method, nothing, follow_redirects=False)
        same = (page.status_code, page.content) == (none.status_code, none.content)
        refuses = page.status_code in (400, 404)
        return "missing" if same and refuses else "told apart from what is missing"
    if page.status_code == 303:
        return "sign-in" if page.headers["location"].startswith("/sign-in") else "open"
    return {403: "refused", 404: "missing"}.get(page.status_code, "open")


def test_everybody_meets_what_the_rule_says_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STEPS", 1)  # a stream of one look
    before, wrong = world.contents(), {}
    for visitor in VISITORS:
        for method, door in doors():
            says = expected(door, visitor)
            if says == "open" and (method == "POST" or door.name in MISSING_HERE):
                continue  # what is allowed is tested where it is done
            found = met(world, visitor, method, door, says)
            if found != says:
                wrong[visitor, method, door.path] = (says, found)

    assert wrong == {}
    assert world.contents() == before
