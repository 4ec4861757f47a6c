"""Who may open what: a rule at every door, asked before the page is made.

A rule says which roles may come in. Which class, round or report is theirs is decided where it is
read: what is not yours is not found, in the very same words as what does not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quiz.core.people import Person, Role
from quiz.core.tokens import digest_of
from quiz.storage.people import person_of_login, touch_login
from quiz.web.forms import login_cookie_of
from quiz.web.htmx import wants_fragment
from quiz.web.security import PERSON, SAFE_METHODS
from quiz.web.services import services
from quiz.web.templates import root_of

Endpoint = Callable[[Request], Awaitable[Response]]

SIGN_IN = "/sign-in"
"""Where people sign in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """For whom a page is. `roles` is None where nobody has to sign in."""

    roles: frozenset[Role] | None
    sentence: str


ANYONE = Rule(None, "for everybody; a learner's own things open by the learner's cookie")
PEOPLE = Rule(frozenset(Role), "for everybody who has signed in")
INSTRUCTORS = Rule(frozenset({Role.instructor}), "for instructors, and their own classes only")
AUTHORS = Rule(frozenset({Role.author, Role.instructor}), "for authors and instructors")
ADMINS = Rule(frozenset({Role.admin}), "for admins")


class Door(Route):
    """A route with a rule: who may come in."""

    def __init__(
        self, path: str, endpoint: Endpoint, *, name: str, methods: Sequence[str], rule: Rule
    ) -> None:
        super().__init__(path, endpoint, name=name, methods=methods)
        self.rule = rule


def guarded(rule: Rule, endpoint: Endpoint) -> Endpoint:
    """Return the endpoint with its rule in front."""
    if rule.roles is None:
        return endpoint
    roles = rule.roles

    @wraps(endpoint)
    async def asked(request: Request) -> Response:
        person = await _signed_in(request)
        if person is None:
            return _to_sign_in(request)
        if not person.is_one_of(roles):
            raise HTTPException(403, f"This page is {rule.sentence}. You are {person.role}.")
        request.scope[PERSON] = person
        return await endpoint(request)

    return asked


def person_of(request: Request) -> Person:
    """Return who has signed in, behind a rule that asks for it."""
    return cast(Person, request.scope[PERSON])


async def _signed_in(request: Request) -> Person | None:
    app, cookie = services(request), login_cookie_of(request)
    if not cookie:
        return None
    digest, now = digest_of(cookie), app.clock()
    async with app.desk.database.reading() as session:
        found = await person_of_login(session, digest, now=now)
    if found is None:
        return None
    person, note_use = found
    if note_use:
        async with app.desk.database.writing.begin() as session:
            await touch_login(session, digest, now=now)
    return person


def _to_sign_in(request: Request) -> Response:
    address = root_of(request) + SIGN_IN
    if request.method in SAFE_METHODS:
        # The path inside the app: whoever goes there puts the prefix in front again.
        inside = request.scope["path"].removeprefix(root_of(request))
        query = request.scope["query_string"].decode("ascii", "ignore")
        address += "?next=" + quote(inside + (f"?{query}" if query else ""), safe="/")
    if wants_fragment(request):
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
