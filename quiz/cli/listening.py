"""What a server takes before it works: its database for itself, and its port."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from quiz.config import Settings
from quiz.core.errors import OperatorError
from quiz.storage.engine import Database

BACKLOG = 2048
"""Connections that may wait until they are taken; what uvicorn asks for, too."""
OPEN_FILES = 8192
"""Room for as many connections as the protocol takes, and for as many files besides."""


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Hold the lock beside a file of SQLite that keeps a second server off it."""
    if not database.is_sqlite:
        yield
        return
    path = file_of(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise OperatorError(
            f"The folder {path.parent} cannot be used: {error.strerror}. Choose another with "
            "QUIZ_DATA or QUIZ_DATABASE_URL, or let the server's user write there."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(
                f"Another server uses {path}. Stop it, or choose another place with QUIZ_DATA."
            ) from None
        yield


@contextmanager
def bound(config: Settings) -> Iterator[list[socket.socket]]:
    """Take the port on every address of the host, without answering yet.

    Until `listen` is called whoever comes is turned away at once, instead of waiting for an answer
    while packs are published. Raises OperatorError.
    """
    with ExitStack() as stack:
        sockets: list[socket.socket] = []
        port = config.port
        with _explained(config):
            for family, address in _addresses(config):
                sock = stack.enter_context(socket.socket(family, socket.SOCK_STREAM))
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                sock.bind((address, port))
                port = port_of(sock)
                sockets.append(sock)
        yield sockets


def listen(config: Settings, sockets: list[socket.socket]) -> None:
    """Let learners come. Raises OperatorError where another program was quicker."""
    _allow_open_files()
    with _explained(config):
        for sock in sockets:
            sock.listen(BACKLOG)


def _allow_open_files() -> None:
    """Raise the limit of this process as far as whoever set it lets us."""
    unlimited = resource.RLIM_INFINITY
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft not in (unlimited, hard) and soft < OPEN_FILES:
        most = OPEN_FILES if hard == unlimited else min(OPEN_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def file_of(database: Database) -> Path:
    """Return the file of SQLite that is really used: from the root on, and behind links."""
    return Path(database.name.removeprefix("file:")).resolve()


def port_of(sock: socket.socket) -> int:
    """Return the port that a socket has taken."""
    port: int = sock.getsockname()[1]
    return port


def _addresses(config: Settings) -> list[tuple[socket.AddressFamily, str]]:
    found = socket.getaddrinfo(
        config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


@contextmanager
def _explained(config: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OperatorError(_sentence(config, error)) from None


def _sentence(config: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {config.port} of {config.host} is taken by another program. Stop it, or choose "
            "another port with --port or QUIZ_PORT."
        )
    if error.errno == errno.EACCES:
        return (
            f"User {os.geteuid()} may not use port {config.port}. Choose one above 1023 with "
            "--port or QUIZ_PORT, and let a proxy listen on the public one."
        )
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"This computer has no address '{config.host}'. Choose one with --host or QUIZ_HOST: "
            "127.0.0.1 for this computer alone, 0.0.0.0 for all its addresses."
        )
    return f"Nothing can listen on port {config.port} of {config.host}: {error.strerror}."
