"""Somebody who signs in through the page for it."""

from __future__ import annotations

import re
from datetime import datetime

import pyotp
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Role
from quiz.people import administration
from quiz.people.hashing import Hasher
from quiz.people.signing_in import Ways, link_for
from quiz.storage.engine import connected
from tests.browsing import Browser, Page
from tests.conftest import CHEAP, NOW, Clock, run

PASSWORD = "correct horse battery"


async def _add(url: str) -> None:
    async with connected(url) as database:
        ways = Ways(database, Hasher(CHEAP), iter(f"chance-{n:04}" * 4 for n in range(99)).__next__)
        await administration.add(ways, "Ada", Role.instructor, now=NOW)
        await administration.set_password(ways, "Ada", PASSWORD, now=NOW)


def people(config: Settings) -> None:
    """Let Ada sign in."""
    run(_add(config.database_url))


def link(config: Settings, clock: Clock) -> str:
    """Return the path of a link that signs Ada in."""
    return f"/sign-in/link/{run(_link(config.database_url, clock))}"


def use(client: TestClient, cookie: str) -> None:
    """Let a client have this sign-in and no other cookie."""
    client.cookies.clear()
    client.cookies.set("login", cookie)


async def _link(url: str, clock: Clock) -> str:
    async with connected(url) as database:
        ways = Ways(database, Hasher(CHEAP), lambda: "token" * 8)
        person_id = await administration.person_id(ways, "ada")
        return await link_for(ways, person_id, now=clock.now)


def sign_in(
    browser: Browser, name: str = "ada ", password: str = PASSWORD, code: str = "", onward: str = ""
) -> Page:
    page = browser.get(f"/sign-in?next={onward}")
    sent = page.form_with("Sign in").defaults()
    return browser.submit(
        page, "Sign in", sent | {"name": [name], "password": [password], "code": [code]}
    )


def secret_of(page: Page) -> str:
    """Return the secret that a page shows for a device."""
    return page.form_with("Switch it on").defaults()["secret"][0]


def factor_on(browser: Browser, now: datetime, proof: str) -> list[str]:
    """Set up a second factor and return the recovery codes; `proof` is the password."""
    page = browser.get("/account/second-factor")
    secret = secret_of(page)
    sent = {"secret": [secret], "code": [pyotp.TOTP(secret).at(now)], "proof": [proof]}
    return re.findall(r"<li><code>([\w-]+)</code>", browser.submit(page, "Switch it on", sent).html)
