"""Empty PostgreSQL databases for evidence: on the server that is named, or on one of our own."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from urllib.parse import urlsplit

from quiz.core.errors import OperatorError
from quiz.packs.running.postgresql import find_binaries, temporary_server

MAKING_S = 60


class Databases:
    """Makes databases when they are asked for; a server of our own lives as long as the block.

    `server` is the address of a database on a running server, "" to start one when it is needed.
    """

    def __init__(self, server: str = "") -> None:
        self.server = server
        self.lock = threading.Lock()
        self.stack = ExitStack()
        self.numbers = itertools.count(1)

    def __enter__(self) -> Databases:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    @contextmanager
    def made(self, count: int) -> Iterator[Sequence[str]]:
        """Make so many empty databases, and drop them at the end.

        Raises OperatorError where there is no server, or it refuses.
        """
        with self.lock:
            if not self.server:
                self.server = self.stack.enter_context(temporary_server()).url()
            numbers = [next(self.numbers) for _ in range(count)]
        names = [f"quiz_evidence_{os.getpid()}_{number}" for number in numbers]
        self._tell(f"CREATE DATABASE {name}" for name in names)
        try:
            yield [urlsplit(self.server)._replace(path=f"/{name}").geturl() for name in names]
        finally:
            self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in names)

    def _tell(self, statements: Iterator[str]) -> None:
        binaries = find_binaries()
        psql = binaries / "psql" if binaries else shutil.which("psql")
        if psql is None:
            raise OperatorError("making databases needs `psql`: install PostgreSQL’s client")
        scheme = urlsplit(self.server).scheme.partition("+")[0]
        address = urlsplit(self.server)._replace(scheme=scheme).geturl()
        call = [str(psql), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address]
        for statement in statements:
            call += ["-c", statement]
        done = subprocess.run(  # noqa: S603  the names are ours
            call, capture_output=True, text=True, timeout=MAKING_S, check=False
        )
        if done.returncode:
            raise OperatorError(f"PostgreSQL refused: {' '.join(done.stderr.split())[-300:]}")
