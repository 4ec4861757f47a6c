"""A rule stands at every door, and is asked before the page is made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import IDLE, LONGEST, Role
from quiz.web.access import ADMINS, AUTHORS, INSTRUCTORS, PEOPLE, Door, Rule, guarded, person_of
from quiz.web.app import create_app
from quiz.web.routes import routes
from tests.conftest import HOME, NOW, Clock, change, publish
from tests.staff import sign_in

RULES = {"people": PEOPLE, "instructors": INSTRUCTORS, "authors": AUTHORS, "admins": ADMINS}
MAY = {
    Role.instructor: {"people", "instructors", "authors"},
    Role.author: {"people", "authors"},
    Role.admin: set(RULES),
}


async def _name(request: Request) -> Response:
    return PlainTextResponse(person_of(request).name)


def _door(name: str, rule: Rule) -> Door:
    return Door(f"/{name}", guarded(rule, _name), name=name, methods=["GET", "POST"], rule=rule)


@pytest.fixture
def client(config: Settings, clock: Clock) -> Iterator[TestClient]:
    """An app with one more page for each rule."""
    publish(config)
    app = create_app(config, clock=clock)
    app.router.routes[:0] = [_door(name, rule) for name, rule in RULES.items()]
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        yield client


def test_every_route_has_a_rule() -> None:
    assert all(isinstance(route, Door) for route in routes())


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_pages_and_no_others(
    client: TestClient, config: Settings, role: Role
) -> None:
    sign_in(client, config, role=role)

    found = {name: client.get(f"/{name}") for name in RULES}

    assert {name for name, page in found.items() if page.status_code == 200} == MAY[role]
    assert {page.status_code for name, page in found.items() if name not in MAY[role]} <= {403}
    assert {page.text for name, page in found.items() if name in MAY[role]} == {"Ada"}


def test_who_has_not_signed_in_is_led_to_the_page_for_it_and_back(client: TestClient) -> None:
    page = client.get("/instructors?sort=name&next=/x")

    assert page.status_code == 303
    assert page.headers["location"] == "/sign-in?next=/instructors%3Fsort%3Dname%26next%3D/x"


def test_what_was_posted_without_a_sign_in_does_nothing(client: TestClient) -> None:
    page = client.post("/instructors")

    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")


def test_htmx_is_told_where_to_go(client: TestClient) -> None:
    page = client.get("/instructors", headers={"HX-Request-Type": "partial"})

    assert (page.status_code, page.headers["hx-redirect"]) == (200, "/sign-in?next=/instructors")


def test_a_sign_in_ends_when_nobody_uses_it(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    sign_in(client, config)

    clock.now = NOW + IDLE
    assert client.get("/people").status_code == 303
    clock.now = NOW + IDLE / 2
    assert client.get("/people").status_code == 200
    clock.now = NOW + IDLE
    assert client.get("/people").status_code == 200


def test_a_sign_in_ends_after_a_month_though_it_is_used(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    sign_in(client, config)

    while clock.now + IDLE / 2 < NOW + LONGEST:
        clock.now += IDLE / 2
        assert client.get("/people").status_code == 200
    clock.now = NOW + LONGEST
    assert client.get("/people").status_code == 303


def test_who_is_shut_out_is_out_at_once(client: TestClient, config: Settings) -> None:
    sign_in(client, config)

    change(config, "UPDATE people SET ended_at = created_at")

    assert client.get("/people").status_code == 303
