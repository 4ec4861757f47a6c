"""HTTP/1.1 as far as a load client needs it: one kept connection, one request at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import cast


@dataclass(frozen=True, slots=True)
class Reply:
    """A response: `head` is the status line with all headers."""

    status: int
    head: bytes
    body: bytes


class BrokenError(Exception):
    """The server closed a connection in the middle of a response, or twice before one."""


@dataclass
class _Wire(asyncio.Protocol):
    """The bytes of a connection, as they come in."""

    transport: asyncio.Transport | None = None
    buffer: bytearray = field(default_factory=bytearray)
    waiting: asyncio.Future[Reply] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0 or self.waiting is None:
            return
        head = bytes(self.buffer[:end])
        size = _length(head)
        if len(self.buffer) - end - 4 < size:
            return
        body = bytes(self.buffer[end + 4 : end + 4 + size])
        del self.buffer[: end + 4 + size]
        waiting, self.waiting = self.waiting, None
        waiting.set_result(Reply(int(head[9:12]), head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(BrokenError("the server closed the connection"))


class Connection:
    """A connection that opens itself when it is needed, and again when the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._wire = _Wire()

    async def exchange(self, request: bytes) -> Reply:
        """Send a request and return the response. Raises BrokenError or OSError."""
        kept = self._wire.transport is not None
        try:
            return await self._once(request)
        except (BrokenError, OSError):
            # An idle connection may be closed just as we send: browsers too try once more.
            if not kept or self._wire.buffer:
                raise
            return await self._once(request)

    def close(self) -> None:
        """Close the connection."""
        if self._wire.transport:
            self._wire.transport.close()

    async def _once(self, request: bytes) -> Reply:
        loop = asyncio.get_running_loop()
        if self._wire.transport is None or self._wire.transport.is_closing():
            _, self._wire = await loop.create_connection(_Wire, "127.0.0.1", self._port)
        assert self._wire.transport
        reply: asyncio.Future[Reply] = loop.create_future()
        self._wire.waiting = reply
        self._wire.transport.write(request)
        return await reply


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        return 0
    end = lower.find(b"\r", at)
    return int(lower[at + 15 : end if end >= 0 else None])


def get(path: str, cookie: str = "", **headers: str) -> str:
    """Return a GET as it goes over the wire; names of headers are written with `_` for `-`."""
    return _head("GET", path, cookie, headers) + "\r\n"


def post(path: str, body: str, cookie: str = "", **headers: str) -> str:
    """Return the POST of a form."""
    sent = {"content_type": "application/x-www-form-urlencoded", **headers}
    return _head("POST", path, cookie, {**sent, "content_length": str(len(body))}) + "\r\n" + body


def _head(method: str, path: str, cookie: str, headers: dict[str, str]) -> str:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"cookie: sid={cookie}"] if cookie else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines) + "\r\n"
