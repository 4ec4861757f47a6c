"""What the pages refuse, and the headers they carry."""

import re
from itertools import product

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from quiz.config import Settings, settings
from quiz.web.app import create_app, unguessable
from quiz.web.routes import routes
from tests.answering import samples, start, where
from tests.browsing import Browser
from tests.conftest import HOME, publish

PAGES = ("/", "/packs/python-basics", "/packs/python-basics/topics/names", "/progress", "/settings")


@pytest.mark.parametrize("address", [*PAGES, "/nowhere", "/packs/none", "/rounds/none"])
def test_every_page_carries_a_policy_without_anything_inline(
    client: TestClient, address: str
) -> None:
    headers = client.get(address).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"].endswith("charset=utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_nothing_from_elsewhere(client: TestClient, address: str) -> None:
    html = client.get(address).text
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    loaded = [link for link in sources if link.startswith("/static/")]

    assert loaded
    assert all(client.get(link).status_code == 200 for link in loaded)
    assert not re.search(r'<(?:script|img|link)[^>]+(?:src|href)="https?:', html)
    assert all("integrity=" in script for script in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": HOME}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HOME}, 403),
    ],
)
def test_a_form_from_another_site_is_refused(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    fields = {"pack": "python-basics", "size": "5", "mode": "practice"}

    assert client.post("/rounds", data=fields, headers=headers).status_code == status


def test_an_unknown_host_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_body_that_is_too_long_is_not_read(client: TestClient) -> None:
    assert client.post("/rounds", content=b"x" * 200_000).status_code == 413


@pytest.mark.parametrize("name", ["pack", "size", "mode"])
def test_a_field_that_comes_twice_is_a_bad_request(client: TestClient, name: str) -> None:
    fields: dict[str, list[str]] = {"pack": ["python-basics"], "size": ["5"], "mode": ["practice"]}

    response = client.post("/rounds", data=fields | {name: fields[name] * 2})

    assert response.status_code == 400
    assert "came 2 times" in response.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"size": "7"}, "A round has 5, 10, 20 questions, not “7”."),
        ({"mode": "exam"}, "A round is for practice or review, not “exam”."),
        ({"pack": "none"}, "There is no such pack or topic"),
        ({"topic": "none"}, "There is no such pack or topic"),
    ],
)
def test_a_round_that_cannot_be_started_says_why(
    client: TestClient, fields: dict[str, str], sentence: str
) -> None:
    usual = {"pack": "python-basics", "size": "5", "mode": "practice"}

    response = client.post("/rounds", data=usual | fields)

    assert response.status_code in (400, 404)
    assert sentence in response.text


def test_a_nul_in_a_form_or_an_address_is_a_bad_request(client: TestClient) -> None:
    assert client.post("/rounds", data={"pack": "a\0b"}).status_code == 400
    assert client.get("/packs/a%00b").status_code == 400


def test_text_in_an_encoding_of_its_own_is_not_taken(client: TestClient, browser: Browser) -> None:
    card = start(browser)
    body = b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\na\\ud800b\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"

    response = client.post(card.address, content=body, headers={"content-type": kind})

    assert response.status_code == 400
    assert client.get(card.address).status_code == 200


def test_another_browser_sees_nothing_of_a_round(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    card = start(browser)
    round_id, _ = where(card)
    form = {name: list(values) for name, values in samples(config, card).right.items()}

    client.cookies.clear()

    assert client.get(f"/rounds/{round_id}").status_code == 404
    assert client.get(f"/rounds/{round_id}/cards/1").status_code == 404
    assert client.post(f"/rounds/{round_id}/cards/1", data=form).status_code == 404
    assert client.post(f"/rounds/{round_id}/cards/1/hint").status_code == 404
    assert client.post(f"/rounds/{round_id}/next").status_code == 404
    assert client.post("/rounds", data={"redo": round_id}).status_code == 404


@pytest.mark.parametrize("place", ["0", "6", "-1", "x", "1e3", "9" * 5000, "١"])
def test_a_place_that_a_round_does_not_have_is_not_found(
    client: TestClient, browser: Browser, place: str
) -> None:
    round_id, _ = where(start(browser, size=5))

    assert client.get(f"/rounds/{round_id}/cards/{place}").status_code == 404
    assert client.post(f"/rounds/{round_id}/cards/{place}").status_code == 404
    assert client.post(f"/rounds/{round_id}/next", data={"after": place}).status_code == 200


def test_every_route_names_its_methods_and_refuses_others(client: TestClient) -> None:
    found = [route for route in routes() if isinstance(route, Route)]
    allowed = {route.path: set[str]() for route in found}
    for route in found:
        allowed[route.path] |= route.methods or set()

    for path, method in product(allowed, ("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE")):
        address = re.sub(r"\{[^}]+\}", "1", path)
        if method not in allowed[path]:
            assert client.request(method, address).status_code == 405, (method, path)


def test_the_cookie_is_opaque_lives_400_days_and_is_kept_as_a_digest(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    fields = {"pack": "python-basics", "size": "5", "mode": "practice"}
    cookie = client.post("/rounds", data=fields, follow_redirects=False).headers["set-cookie"]
    value = re.match(r"sid=([^;]+)", cookie)

    assert value
    assert len(value[1]) >= 40
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Max-Age={400 * 86400}" in cookie
    assert "Secure" not in cookie
    database = b"".join(path.read_bytes() for path in config.data.glob("quiz.db*"))
    assert value[1].encode() not in database


def test_under_https_the_cookie_is_secure_and_bound_to_the_host(config: Settings) -> None:
    publish(config)
    secure = settings(
        {
            "QUIZ_DATA": str(config.data),
            "QUIZ_CONTENT": str(config.content),
            "QUIZ_BASE_URL": "https://quiz.example.org",
        }
    )
    with TestClient(create_app(secure), base_url="https://quiz.example.org") as client:
        fields = {"pack": "python-basics", "size": "5", "mode": "practice"}
        response = client.post("/rounds", data=fields, follow_redirects=False)

    assert response.headers["set-cookie"].startswith("__Host-sid=")
    assert "Secure" in response.headers["set-cookie"]
    assert "max-age=31536000" in response.headers["strict-transport-security"]


def test_looking_around_makes_no_learner_and_sets_no_cookie(client: TestClient) -> None:
    for address in PAGES:
        assert "set-cookie" not in client.get(address).headers


def test_a_fault_of_ours_is_a_calm_page_without_a_traceback(config: Settings) -> None:
    publish(config)
    app = create_app(config, clock=lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    with TestClient(app, base_url=HOME, raise_server_exceptions=False) as client:
        response = client.get("/")

    assert response.status_code == 500
    assert "Traceback" not in response.text
    assert "Something broke on our side" in response.text
    assert "content-security-policy" in response.headers


def test_no_id_that_is_drawn_looks_like_a_formula_in_a_spreadsheet() -> None:
    assert {unguessable()[0] for _ in range(1000)}.isdisjoint("-_")
