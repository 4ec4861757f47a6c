"""How many rounds one network address may start, so that no script fills the disk with learners."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from math import ceil

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from quiz.web.errors import page
from quiz.web.security import ROOT

KEPT = 10_000
"""Addresses remembered at most in a process; the least recent are forgotten."""
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


class StartLimit:
    """Refuse to start a round with 429 once an address has started `per_minute` of them."""

    def __init__(self, app: ASGIApp, *, per_minute: int, clock: Callable[[], datetime]) -> None:
        self.app = app
        self.buckets = Buckets(per_minute)
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait_s = self.buckets.wait_s(address_of(scope), self.clock()) if _starts(scope) else 0
        if not wait_s:
            await self.app(scope, receive, send)
            return
        sentence = (
            f"{self.buckets.per_minute} rounds a minute can be started from one network, and "
            f"yours has. Nothing is lost: try again in {wait_s} s."
        )
        refusal = page(Request(scope), 429, sentence, {"Retry-After": str(wait_s)})
        await refusal(scope, receive, send)


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


def _starts(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "POST":
        return False
    path: str = scope["path"].removeprefix(scope[ROOT])
    return path == "/rounds"


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
