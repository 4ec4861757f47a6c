"""Rounds that one network address may start: enough for a school, too few to fill a disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.web.app import create_app
from quiz.web.throttle import GUESSES, KEPT, Buckets, address_of
from tests.conftest import HOME, NOW, Clock, publish
from tests.schoolroom import code_of, instructor, make_class

FIELDS = {"pack": "python-basics", "size": "5", "mode": "practice"}


@pytest.fixture
def limited(config: Settings, clock: Clock) -> Iterator[TestClient]:
    """An app behind a proxy of this computer, where an address may start two rounds a minute."""
    publish(config)
    app = create_app(replace(config, max_starts=2), clock=clock)
    with TestClient(app, base_url=HOME, client=("127.0.0.1", 50_000)) as client:
        yield client


def start(client: TestClient, address: str = "203.0.113.7") -> int:
    headers = {"X-Forwarded-For": f"198.51.100.1, {address}"}
    return client.post("/rounds", data=FIELDS, headers=headers).status_code


def test_who_starts_too_many_rounds_is_told_when_to_go_on(
    limited: TestClient, clock: Clock
) -> None:
    assert [start(limited) for _ in range(3)] == [200, 200, 429]
    refused = limited.post("/rounds", data=FIELDS, headers={"X-Forwarded-For": "203.0.113.7"})
    clock.forward(seconds=30)

    assert refused.headers["retry-after"] == "30"
    assert "2 rounds a minute can be started from one network" in refused.text
    assert "try again in 30 s" in refused.text
    assert [start(limited), start(limited)] == [200, 429]


def test_others_and_what_is_no_start_are_not_held_up(limited: TestClient) -> None:
    while start(limited) == 200:
        pass

    assert start(limited, "203.0.113.8") == 200
    assert limited.get("/").status_code == 200
    assert limited.post("/rounds/none/next").status_code == 404


def test_joining_classes_counts_like_starting_rounds(limited: TestClient) -> None:
    found = [limited.post("/join/2222-2222", data={"name": "Eve"}) for _ in range(3)]

    assert [page.status_code for page in found] == [404, 404, 429]
    assert "2 classes a minute can be joined from one network" in found[-1].text


def test_who_tries_codes_is_stopped_and_others_are_not(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    teacher = instructor(client, config)
    code = code_of(make_class(teacher))
    right = [client.get(f"/join/{code}").status_code for _ in range(GUESSES + 1)]
    wrong = [client.get(f"/join/2222-{n:04}").status_code for n in range(1111, 1112 + GUESSES)]
    refused = client.get(f"/join/{code}")
    clock.forward(minutes=1)

    assert set(right) == {200}
    assert wrong == [*[404] * GUESSES, 429]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert "More than 30 wrong codes a minute came from your network" in refused.text
    assert client.get("/join").status_code == 200
    assert client.get(f"/join/{code}").status_code == 200


def test_a_bucket_never_holds_more_than_a_minute_and_no_clock_empties_it() -> None:
    buckets = Buckets(per_minute=3)
    taken = [buckets.wait_s("a", NOW) for _ in range(4)]
    after_an_hour = [buckets.wait_s("a", NOW + timedelta(hours=1)) for _ in range(4)]

    assert taken == [0, 0, 0, 20]
    assert after_an_hour == [0, 0, 0, 20]
    assert buckets.wait_s("a", NOW) == 20


def test_the_least_recent_addresses_are_forgotten() -> None:
    buckets = Buckets(per_minute=1)
    for number in range(KEPT + 1):
        buckets.wait_s(str(number), NOW)

    assert buckets.wait_s("0", NOW) == 0
    assert buckets.wait_s(str(KEPT), NOW) == 60


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("8.8.8.8", [], "8.8.8.8"),
        ("8.8.8.8", ["198.51.100.1"], "8.8.8.8"),
        ("10.0.0.2", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        ("10.0.0.2", ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        ("10.0.0.2", ["nonsense"], "10.0.0.2"),
        ("::1", ["2001:470:1:2:3:4:5:6"], "2001:470:1:2::/64"),
        ("", [], ""),
    ],
)
def test_the_address_is_the_one_that_nobody_can_choose(
    peer: str, forwarded: list[str], address: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    client = (peer, 1) if peer else None

    assert address_of({"type": "http", "client": client, "headers": headers}) == address
