"""What one network address may do in a minute.

Start rounds, join classes and sign in, so that no script fills the disk or tries out passwords; and
be wrong about codes, so that nobody finds one by trying.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quiz.web.errors import page
from quiz.web.security import ROOT

KEPT = 10_000
"""Addresses remembered at most in a process; the least recent are forgotten."""
GUESSES = 30
"""Wrong codes a minute: one hit among a thousand live codes of 40 bits takes some 70 years."""
CODES = ("/join/", "/go-on/")
"""Where a code is named that opens something."""
NETWORK_BITS = 64
"""Of an address of version 6: who has one has all that begin with these."""


class Buckets:
    """A bucket of tokens an address, full at first and filled at the same rate all the time."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def wait_s(self, key: str, now: datetime) -> int:
        """Take a token and return 0, or the whole seconds until there is one."""
        left, then = self._left.pop(key, (float(self.per_minute), now))
        passed_s = max(0.0, (now - then).total_seconds())
        left = min(self.per_minute, left + passed_s * self.per_minute / 60)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > KEPT:
            self._left.popitem(last=False)
        return 0 if left >= 1 else ceil((1 - left) * 60 / self.per_minute)

    def give_back(self, key: str) -> None:
        """Put back a token that was taken."""
        if key in self._left:
            left, then = self._left[key]
            self._left[key] = (min(self.per_minute, left + 1), then)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often an address may post to a path, and to what lies below it where it is `deep`.

    `what` goes on a sentence that begins with the number.
    """

    per_minute: int
    what: str
    deep: bool = True


class Throttle:
    """Refuse with 429 what an address posts more often than its path allows."""

    def __init__(
        self, app: ASGIApp, *, limits: Mapping[str, Limit], clock: Callable[[], datetime]
    ) -> None:
        self.app = app
        self.limits = limits
        self.buckets = {path: Buckets(limit.per_minute) for path, limit in limits.items()}
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self._limited(scope)
        wait_s = self.buckets[path].wait_s(address_of(scope), self.clock()) if path else 0
        if not wait_s:
            await self.app(scope, receive, send)
            return
        limit = self.limits[path]
        sentence = (
            f"{limit.per_minute} {limit.what} from one network, and yours has done so. "
            f"Nothing is lost: try again in {wait_s} s."
        )
        await _refuse(sentence, wait_s)(scope, receive, send)

    def _limited(self, scope: Scope) -> str:
        """Return the path whose limit a request counts to, "" for none."""
        if scope["type"] != "http" or scope["method"] != "POST":
            return ""
        asked = _path(scope)
        for path, limit in self.limits.items():
            if asked == path or (limit.deep and asked.startswith(f"{path}/")):
                return path
        return ""


class GuessLimit:
    """Refuse codes with 429, right ones too, once an address has been wrong too often.

    A token is taken before and given back after a right one: many tries at once are no way round,
    and a class that joins in one breath is not held up.
    """

    def __init__(
        self, app: ASGIApp, *, clock: Callable[[], datetime], per_minute: int = GUESSES
    ) -> None:
        self.app = app
        self.buckets = Buckets(per_minute)
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _path(scope).startswith(CODES):
            await self.app(scope, receive, send)
            return
        address = address_of(scope)
        wait_s = self.buckets.wait_s(address, self.clock())
        if wait_s:
            sentence = (
                f"More than {self.buckets.per_minute} wrong codes a minute came from your network. "
                f"Compare yours with the one you were given, and try again in {wait_s} s."
            )
            await _refuse(sentence, wait_s)(scope, receive, send)
            return

        async def send_and_judge(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 404:
                self.buckets.give_back(address)
            await send(message)

        await self.app(scope, receive, send_and_judge)


def address_of(scope: Scope) -> str:
    """Return the network address a request comes from.

    From a private address, where a proxy would be, the last entry of X-Forwarded-For counts: the
    one that the proxy wrote itself.
    """
    host: str = (scope.get("client") or ("",))[0]
    peer = _ip(host)
    if peer is not None and peer.is_private:
        entries = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        peer = _ip(entries[-1].strip()) or peer
    if isinstance(peer, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((peer, NETWORK_BITS), strict=False))
    return str(peer or host)


def _refuse(sentence: str, wait_s: int) -> ASGIApp:
    async def refusal(scope: Scope, receive: Receive, send: Send) -> None:
        answer = page(Request(scope), 429, sentence, {"Retry-After": str(wait_s)})
        await answer(scope, receive, send)

    return refusal


def _path(scope: Scope) -> str:
    """Return the path inside the app."""
    path: str = scope["path"]
    return path.removeprefix(scope[ROOT])


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
