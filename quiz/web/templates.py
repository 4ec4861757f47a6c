"""Jinja2: one environment, strict and escaping, and pages rendered whole or as one block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from quiz.core.codes import shown_code
from quiz.core.fields import MAX_TEXT
from quiz.packs import render as markdown
from quiz.paths import TEMPLATES
from quiz.web.htmx import VARY, wants_fragment
from quiz.web.security import PERSON, ROOT
from quiz.web.static import StaticTree

_PICTURES: ContextVar[str] = ContextVar("pictures", default="")
"""Where the pictures of the texts lie that are being rendered: macros have no context of a page."""

_IDS = re.compile(r'(?<=\s)(id|for|aria-labelledby|aria-describedby)="([^"]*)"')
"""Attributes that hold ids. No text can look like one: all text has its quotes escaped."""

_ONCE = {
    "<section ": '<div role="group" ',
    "</section>": "</div>",
    ' role="region"': ' role="group"',
    " autofocus>": ">",
}
"""What a page should have once, or seldom, and what stands for it where cards are many."""

UrlFor = Callable[..., str]


class Templates:
    """The templates, with the addresses of this app. `path_for` knows the routes by name."""

    def __init__(self, static: StaticTree, path_for: UrlFor) -> None:
        self._static = static
        self._path_for = path_for
        self._patterns: dict[tuple[str, ...], str] = {}
        self.env = environment()

    def render(
        self,
        request: Request,
        name: str,
        *,
        block: str = "",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        pack: str = "",
        **context: Any,
    ) -> HTMLResponse:
        """Return a page, or only its `block` where htmx asked for a fragment.

        `pack` is the pack whose pictures its texts show, "" where they show none.
        """
        template = self.env.get_template(name)
        values = {**self._address_book(request), **context}
        pictures = self.path_for(request, "picture", pack=pack, path="") if pack else ""
        before = _PICTURES.set(pictures)
        if block and wants_fragment(request):
            text = "".join(template.blocks[block](template.new_context(values)))
        else:
            text = template.render(values)
        _PICTURES.reset(before)
        return HTMLResponse(text, status, {"Vary": VARY, **(headers or {})})

    def path_for(self, request: Request, name: str, **params: Any) -> str:
        """Return the path of a route, under the prefix the app is mounted at."""
        return root_of(request) + self._pattern(name, *params).format(**params)

    def _pattern(self, *key: str) -> str:
        """Return the path of a route with its parameters in braces, looked up once a process.

        A card has half a dozen addresses, and finding a route means asking all of them. It wants
        parameters that take any text: numbers are read by `web/forms`.
        """
        if key not in self._patterns:
            name, *params = key
            self._patterns[key] = self._path_for(
                name, **{param: f"{{{param}}}" for param in params}
            )
        return self._patterns[key]

    def _address_book(self, request: Request) -> dict[str, Any]:
        prefix = root_of(request)
        return {
            "url_for": lambda name, **params: self.path_for(request, name, **params),
            "static": lambda path: prefix + self._static.address(path),
            "integrity": self._static.integrity,
            "person": request.scope.get(PERSON),
            "keys": request.cookies.get("keys") != "off",
        }


def root_of(request: Request) -> str:
    """Return the path under which the app lies, "" where it has a host of its own."""
    root: str = request.scope[ROOT]
    return root


@cache
def environment() -> jinja2.Environment:
    """Return the environment with its filters; every template escapes, undefined is an error.

    It knows nothing of an app, so all apps of a process share it and what it has compiled.
    """
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a card uses eight files, and would look at each every time
    )
    env.globals["max_text"] = MAX_TEXT
    env.filters.update(
        # Markdown becomes HTML here and nowhere else; packs/render lets nothing raw pass.
        markdown=lambda text: Markup(markdown.render(text, _PICTURES.get())),  # noqa: S704
        inline=lambda text: Markup(markdown.render_inline(text, _PICTURES.get())),  # noqa: S704
        code=lambda text, language: Markup(markdown.render_code(text, language)),  # noqa: S704
        code_lines=_code_lines,
        apart=_apart,
        when=when,
        moment=moment,
        clock=clock,
        day=day,
        deadline=deadline,
        as_code=shown_code,
        plural=plural,
    )
    return env


def _code_lines(text: str, language: str) -> list[Markup]:
    return [Markup(line) for line in markdown.highlight_lines(text, language)]  # noqa: S704


def _apart(html: Markup, prefix: str) -> Markup:
    """Return a card as one of many on a page: its ids have a prefix, and it is no landmark."""

    def prefixed(found: re.Match[str]) -> str:
        ids = " ".join(prefix + id for id in found[2].split())
        return f'{found[1]}="{ids}"'

    text = _IDS.sub(prefixed, html)
    for once, many in _ONCE.items():
        text = text.replace(once, many)
    return Markup(text)  # noqa: S704 - it was HTML before


def when(time: datetime) -> Markup:
    """Return a `time` element that reads as a day, such as 27 Nov."""
    day = time.astimezone(UTC)
    return Markup('<time datetime="{}">{} {:%b}</time>').format(
        day.isoformat(timespec="seconds"), day.day, day
    )


def moment(time: datetime) -> Markup:
    """Return a `time` element that reads to the minute, such as 27 Nov, 09:05 UTC."""
    at = time.astimezone(UTC)
    return Markup('<time datetime="{}">{} {:%b, %H:%M} UTC</time>').format(
        at.isoformat(timespec="seconds"), at.day, at
    )


def clock(time: datetime) -> Markup:
    """Return a `time` element that reads as a time of day, such as 09:05."""
    at = time.astimezone(UTC)
    return Markup('<time datetime="{}">{:%H:%M}</time>').format(
        at.isoformat(timespec="seconds"), at
    )


def day(date: date) -> Markup:
    """Return a `time` element that reads as a day of a year, such as 27 Nov 2026."""
    return Markup('<time datetime="{}">{} {:%b %Y}</time>').format(date, date.day, date)


def deadline(time: datetime) -> Markup:
    """Return a `time` element that reads as people plan: Friday 27 Nov 09:00 UTC."""
    at = time.astimezone(UTC)
    return Markup('<time datetime="{}">{:%A} {} {:%b %H:%M} UTC</time>').format(
        at.isoformat(timespec="seconds"), at, at.day, at
    )


def plural(number: int, thing: str) -> str:
    """Return `1 question` or `2 questions`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
