"""How often one network address may post: no script fills the disk or tries out passwords."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
        refusal = page(Request(scope), 429, sentence, {"Retry-After": str(wait_s)})
        await refusal(scope, receive, send)

    def _limited(self, scope: Scope) -> str:
        """Return the path whose limit a request counts to, "" for none."""
        if scope["type"] != "http" or scope["method"] != "POST":
            return ""
        asked: str = scope["path"].removeprefix(scope[ROOT])
        for path, limit in self.limits.items():
            if asked == path or (limit.deep and asked.startswith(f"{path}/")):
                return path
        return ""


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


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
