"""A folder with a pack and a database, and the servers that run on it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from quiz.cli.packs import prepare
from quiz.config import settings
from tests.bench import machine
from tests.bench.pack import PACK
from tests.bench.processes import Server, serving

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class School:
    """A folder with the pack and the data of a server."""

    data: Path
    content: Path
    cores: machine.Cores
    database_url: str = ""
    """Where the database is, "" for a file of SQLite in the folder."""

    @property
    def pack(self) -> Path:
        """The folder of the pack."""
        return self.content / PACK

    @property
    def url(self) -> str:
        """The URL of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data}/quiz.db"

    def publish(self) -> None:
        """Migrate and publish, as `quiz serve` does at its start."""
        self.data.mkdir()
        own = {"QUIZ_DATA": str(self.data), "QUIZ_CONTENT": str(self.content)}
        asyncio.run(prepare(settings(own), Console(quiet=True), now=NOW))

    @contextmanager
    def ours(self, command: Sequence[str] = ("quiz", "serve")) -> Iterator[Server]:
        """Run `quiz serve`, perhaps under a command of ours."""
        own = {
            "QUIZ_DATA": str(self.data),
            "QUIZ_CONTENT": str(self.content),
            "QUIZ_DATABASE_URL": self.url,
        }
        with serving(command, path="/", cores=self.cores.server, **own) as server:
            yield server

    @contextmanager
    def baseline(self) -> Iterator[Server]:
        """Run the bare route that renders the same card."""
        own = {"PACK": str(self.pack)}
        with serving(["tests.bench.baseline"], path="/", cores=self.cores.server, **own) as server:
            yield server

    @contextmanager
    def naive(self, learners: int) -> Iterator[Server]:
        """Run the naive handler on a new database of its own."""
        own = {
            "PACK": str(self.pack),
            "LEARNERS": str(learners),
            "NAIVE_DATABASE_URL": f"sqlite+aiosqlite:///{self.data}/naive-{learners}.db",
        }
        with serving(["tests.bench.naive"], path="/", cores=self.cores.server, **own) as server:
            yield server
