"""Forms and cookies of a request, read with explicit limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quiz.config import Settings
from quiz.core.fields import MAX_TEXT
from quiz.core.kinds import Form
from quiz.core.tokens import digest_of
from quiz.web.services import services

MAX_BODY = 65_536
"""Bytes of a request: room for a field of the greatest length in any script."""
MAX_FIELDS = 200
DATA = "/settings/data"
"""Where the one form is that sends a file, and posts it."""
MAX_FILE = 20 * 2**20
"""Bytes of a request that brings one: some sixty thousand answers."""
LIFETIME_S = 400 * 24 * 3600
"""400 days: the longest that browsers keep a cookie (RFC 6265bis, section 5.5)."""


async def read_form(request: Request, *, longest: int = MAX_TEXT) -> Form:
    """Return every field with all its values, each of at most `longest` characters.

    Raises HTTPException 400 for what no page sends.
    """
    if request.headers.get("content-type", "").startswith("multipart/"):
        # Its parts may name any encoding, and so smuggle in text that no page can show.
        raise HTTPException(400, "No form here sends files or parts.")
    async with request.form(max_files=0, max_fields=MAX_FIELDS, max_part_size=MAX_BODY) as data:
        form: dict[str, list[str]] = {}
        for name, value in data.multi_items():
            if not isinstance(value, str) or "\0" in name or "\0" in value:
                raise HTTPException(
                    400, "The form holds a file or a NUL, which no page here asks for."
                )
            _refuse_long(name, value, longest)
            form.setdefault(name, []).append(value)
    return form


@asynccontextmanager
async def posted_file(request: Request, name: str) -> AsyncIterator[BinaryIO | None]:
    """Give the one file of a form that sends nothing else, None where no file was chosen.

    A long one lies on the disk. Raises HTTPException 400 for what the form does not send.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400, "This form sends one file. Choose it and send it again.")
    async with request.form(max_files=1, max_fields=0) as data:
        sent = data.get(name)
        if not isinstance(sent, UploadFile) or len(data.multi_items()) != 1:
            raise HTTPException(400, "This form sends one file. Choose it and send it again.")
        yield sent.file if sent.size else None


def _refuse_long(name: str, value: str, longest: int) -> None:
    length = len(value) - value.count("\r\n")  # one character while it is typed, two when sent
    if length > longest:
        raise HTTPException(
            400,
            f"The field “{name[:20]}” has {length:,} characters and was not saved: "
            f"{longest:,} are allowed. Shorten it and try again.",
        )


def one(form: Form, name: str) -> str:
    """Return the only value of a field, "" where it is missing. Raises HTTPException 400."""
    values = form.get(name, ())
    if len(values) > 1:
        raise HTTPException(400, f"The field “{name}” came {len(values)} times. Send it once.")
    return values[0] if values else ""


def number_of(text: str) -> int:
    """Return a place in a round as an address or a form names it, 0 for what can be none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def id_of(text: str) -> int | None:
    """Return the id of a row as an address names it, None for what can be none."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 2**31
    return number if number < 2**31 else None


def cookie_of(request: Request) -> str:
    """Return the value of the learner's cookie, "" without one."""
    return request.cookies.get(_name(services(request).settings), "")


def learner_of(request: Request) -> str:
    """Return the digest by which the database knows the learner, "" without a cookie."""
    cookie = cookie_of(request)
    return digest_of(cookie) if cookie else ""


def login_cookie_of(request: Request) -> str:
    """Return the value of the cookie of who has signed in, "" without one."""
    return request.cookies.get(login_name(services(request).settings), "")


def login_name(settings: Settings) -> str:
    """Return the name of the cookie of who has signed in."""
    return "__Host-login" if settings.secure else "login"


def remember(request: Request, response: Response, cookie: str) -> None:
    """Set or renew the learner's cookie."""
    settings = services(request).settings
    response.set_cookie(
        _name(settings),
        cookie,
        max_age=LIFETIME_S,
        secure=settings.secure,
        httponly=True,
        samesite="lax",
        path="/",
    )


def forget(request: Request, response: Response) -> None:
    """Let the browser drop the learner's cookie."""
    settings = services(request).settings
    response.delete_cookie(
        _name(settings), secure=settings.secure, httponly=True, samesite="lax", path="/"
    )


def _name(settings: Settings) -> str:
    return "__Host-sid" if settings.secure else "sid"
