"""The one typed door to what a running app holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict, cast

from starlette.requests import Request

from quiz.config import Settings
from quiz.people.signing_in import Ways
from quiz.practice.desk import Desk
from quiz.teaching.analysis import Analyst
from quiz.web.templates import Templates


@dataclass(frozen=True, slots=True)
class Services:
    """What requests work with; `clock` returns the time in UTC.

    `export_turn` is held while a page of a file is made: one at a time in a process.
    """

    settings: Settings
    desk: Desk
    ways: Ways
    analyst: Analyst
    templates: Templates
    clock: Callable[[], datetime]
    export_turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))


class AppState(TypedDict):
    """What the lifespan hands to every request."""

    services: Services


def services(request: Request) -> Services:
    """Return the services of the app that got this request."""
    return cast(Services, request.state.services)
