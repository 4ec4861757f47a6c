"""HTTP with deadlines: who sends a request byte by byte, or none at all, holds no connection.

uvicorn waits for ever for the rest of a request. Here head and body have to come in time, a head
has a limit, and so has the number of connections. A long body gets as much longer as a slow line
needs for what has come of it.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 16_384
"""Bytes of a request line with its headers."""
MAX_HEADERS = 100
SLOWEST = 20_000
"""Bytes a second of a body that earn more time: a file on a bad line, not a trickle."""


class TimedProtocol(HttpToolsProtocol):
    """One connection. A head that is not allowed is a 400, one that is late ends it in silence."""

    deadline_s: ClassVar[float] = 10.0
    """Seconds in which a head must come, and then a body."""
    max_connections: ClassVar[int] = 4_000

    _timer: asyncio.TimerHandle | None = None
    _head: int | None = 0
    """Bytes of the head so far, None behind it."""
    _body: int = 0
    """Bytes of the body so far."""
    _ends_at: float = 0.0
    """When the time ends that a body of no length has."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.max_connections:
            transport.abort()
        else:
            self._expect_more()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = self._head or 0
        if self._timer is None:  # a further request of a connection that is kept
            self._expect_more()

    def on_headers_complete(self) -> None:
        self._head = None
        self._expect_more()
        if not self._is_allowed():
            raise ValueError  # the parser makes it a 400, and the app hears nothing of it
        self._body, self._ends_at = 0, self.loop.time() + self.deadline_s
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        self._expect_until(self._ends_at + self._body / SLOWEST)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._expect_nothing()
        super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: who asks for a WebSocket gets a page, and there is nothing to install."""

    def _is_allowed(self) -> bool:
        length = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        hosts = sum(name == b"host" for name, _ in self.headers)
        return length <= MAX_HEAD and len(self.headers) <= MAX_HEADERS and hosts <= 1

    def _expect_more(self) -> None:
        self._expect_until(self.loop.time() + self.deadline_s)

    def _expect_until(self, time: float) -> None:
        self._expect_nothing()
        self._timer = self.loop.call_at(time, self.transport.close)

    def _expect_nothing(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
