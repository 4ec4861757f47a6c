"""Connections of real sockets: who is late or asks for too much is let go, others are answered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from quiz.web.protocol import MAX_HEAD, MAX_HEADERS, SLOWEST, TimedProtocol

PATIENCE_S = 60
"""Seconds after which a connection that is not ended counts as kept for ever."""
GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\n\r\n"

Connect = Callable[[], socket.socket]


class Hurried(TimedProtocol):
    """With a deadline that a test can wait for."""

    deadline_s = 0.2


class Small(TimedProtocol):
    """With room for one."""

    max_connections = 1


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(b"[" + body + b"]")(scope, receive, send)


@contextmanager
def serving(protocol: type[TimedProtocol]) -> Iterator[Connect]:
    """Serve `echo`; what is given opens a connection."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        config = uvicorn.Config(
            echo, http=protocol, ws="none", lifespan="off", log_level="critical", access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        address = sock.getsockname()
        try:
            yield lambda: socket.create_connection(address, timeout=PATIENCE_S)
        finally:
            server.should_exit = True
            thread.join()


def all_of(client: socket.socket) -> bytes:
    """Return all that comes until the server ends the connection."""
    received = b""
    while data := client.recv(65_536):
        received += data
    return received


def until(client: socket.socket, end: bytes) -> bytes:
    received = b""
    while end not in received:
        data = client.recv(65_536)
        assert data, received
        received += data
    return received


@pytest.mark.parametrize(
    ("sent", "answers"),
    [
        (b"", 0),
        (b"GET / HT", 0),
        (b"GET / HTTP/1.1\r\nhost: x\r\n", 0),
        (POST + b"abc", 0),
        (b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n", 0),
        (GET + b"GET / HTTP/1.1\r\nho", 1),
    ],
)
def test_a_request_that_does_not_come_to_its_end_is_ended(sent: bytes, answers: int) -> None:
    with serving(Hurried) as connect, connect() as client:
        client.sendall(sent)

        assert all_of(client).count(b"HTTP/1.1 200 ") == answers


@pytest.mark.parametrize(
    "head",
    [
        b"host: x\r\nhost: y\r\n\r\n",
        b"host: x\r\n" + b"a: b\r\n" * MAX_HEADERS + b"\r\n",
        b"host: x\r\na: " + b"b" * MAX_HEAD + b"\r\n\r\n",
        b"host: x\r\na: " + b"b" * MAX_HEAD,
    ],
)
def test_a_head_that_is_not_allowed_is_a_bad_request(head: bytes) -> None:
    with serving(TimedProtocol) as connect, connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + head)

        assert all_of(client).startswith(b"HTTP/1.1 400 ")


def test_who_is_in_time_is_answered_as_often_as_wanted() -> None:
    with serving(TimedProtocol) as connect, connect() as client:
        for _ in range(3):
            client.sendall(POST[:20])
            client.sendall(POST[20:] + b"abc")
            client.sendall(b"def")
            assert until(client, b"[abcdef]").startswith(b"HTTP/1.1 200 ")
        client.sendall(GET + POST + b"piped!")
        assert b"[]" in until(client, b"[piped!]")


def test_a_long_body_has_more_time_than_a_short_one() -> None:
    size = 20 * SLOWEST
    with serving(Hurried) as connect, connect() as client:
        head = f"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {size + 3}\r\n\r\n"
        client.sendall(head.encode() + b"a" * size)
        with connect() as silent:
            assert all_of(silent) == b""  # so the time that any request has is over
        client.sendall(b"end")

        assert until(client, b"end]").startswith(b"HTTP/1.1 200 ")


def test_there_is_an_end_to_connections() -> None:
    with serving(Small) as connect, connect() as first:
        first.sendall(GET)
        until(first, b"[]")
        with connect() as second:
            received = b""
            with suppress(ConnectionError):  # refused with what it sent still unread
                second.sendall(GET)
                received = second.recv(1)

    assert received == b""
