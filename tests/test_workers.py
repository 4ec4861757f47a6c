"""Several workers on one database server, behind uvicorn and behind Gunicorn."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from quiz.config import Settings, settings
from tests.conftest import publish, stored
from tests.postgresql import PostgreSQL
from tests.server import missing
from tests.servers import DRIVERS
from tests.test_serve import PATIENCE_S, free_port, wait_for

QUIZ = [sys.executable, "-m", "quiz"]
ROUND = {"pack": "python-basics", "size": "20", "mode": "practice"}


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.fixture
def environment(config: Settings) -> dict[str, str]:
    return as_environment(config)


def as_environment(config: Settings) -> dict[str, str]:
    own = {"QUIZ_DATA": str(config.data), "QUIZ_CONTENT": str(config.content)}
    free = {"QUIZ_MAX_STARTS": "100000"}
    return {**os.environ, **own, **free, "QUIZ_DATABASE_URL": config.database_url}


@contextmanager
def running(
    command: list[str], environment: Mapping[str, str], port: int
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start a server and wait until it answers; tell it to stop at the end."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command,
        env={**environment, "QUIZ_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        try:
            with httpx2.Client() as client:
                wait_for(process, client, f"{address}/readyz")
            yield process, address
        finally:
            process.terminate()
            process.communicate()


def refused(command: list[str], environment: Mapping[str, str]) -> str:
    """Return what a server says that is expected to end by itself."""
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert done.returncode != 0
    return done.stderr


def gunicorn(port: int) -> list[str]:
    options = ["--preload", "-w", "2", "-k", "uvicorn_worker.UvicornWorker", "-b"]
    return [
        *(sys.executable, "-m", "gunicorn", *options, f"127.0.0.1:{port}"),
        "quiz.web.app:create_app()",
    ]


def children(pid: int) -> list[int]:
    """Return the processes that serve: those a parent started and that know the app."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    said = {int(each): Path(f"/proc/{each}/cmdline").read_bytes() for each in found}
    return [each for each, words in said.items() if b"spawn_main" in words]


def answer_one(client: httpx2.Client, address: str) -> str:
    """Answer the first card of a new round and return its place."""
    card = str(client.post(f"{address}/rounds", data=ROUND).url)
    response = client.post(card, data={"unknown": "1"})
    assert response.status_code == 200
    assert 'id="verdict"' in response.text
    return card.removeprefix(address)


def test_gunicorn_forks_an_app_that_was_loaded_before(
    config: Settings, environment: dict[str, str]
) -> None:
    publish(config)
    port = free_port()
    with running(gunicorn(port), environment, port) as (_, address):
        for _ in range(6):
            with httpx2.Client(follow_redirects=True) as client:
                answer_one(client, address)

    assert stored(config, "SELECT count(*) FROM attempts") == [(6,)]


def test_what_one_publishes_every_worker_shows(
    config: Settings, environment: dict[str, str], content: Path
) -> None:
    port = free_port()
    with running([*QUIZ, "serve", "--workers", "2"], environment, port) as (process, address):
        assert len(children(process.pid)) == 2
        titles = {httpx2.get(address).text.count("Python basics") > 0 for _ in range(8)}
        pack = content / "example-pack.md"
        pack.write_text(pack.read_text().replace("title: Python basics", "title: First steps"))
        subprocess.run([*QUIZ, "publish"], env=environment, check=True, capture_output=True)
        after = {httpx2.get(address).text.count("First steps") > 0 for _ in range(8)}

    assert titles == after == {True}


def test_a_file_of_sqlite_is_refused_to_several_workers(tmp_path: Path, content: Path) -> None:
    config = settings({"QUIZ_DATA": str(tmp_path / "data"), "QUIZ_CONTENT": str(content.parent)})
    said = refused([*QUIZ, "serve", "--workers", "2"], as_environment(config))
    assert "2 workers cannot share a file of SQLite" in said
    assert "Traceback" not in said

    publish(config)
    said = refused(gunicorn(free_port()), as_environment(config))
    assert "SQLite has one writer. Start one worker, or name a server" in said


def test_more_workers_than_connections_are_refused(environment: dict[str, str]) -> None:
    said = refused([*QUIZ, "serve", "--workers", "20"], environment)

    assert re.search(r"need 202; the database has \d+ free \(100 allowed, 3 reserved", said)
    assert "Traceback" not in said


class Learner(threading.Thread):
    """Answers cards until told to stop; what fails is sent again, as a browser's reload does."""

    def __init__(self, address: str, over: threading.Event) -> None:
        super().__init__()
        self.address, self.over = address, over
        self.acknowledged: set[str] = set()
        self.begun = threading.Event()
        self.strange: set[int] = set()

    def run(self) -> None:
        with httpx2.Client(follow_redirects=True, timeout=PATIENCE_S) as client:
            while not self.over.is_set():
                with suppress(httpx2.TransportError):  # its worker was killed
                    self._answer_a_round(client)

    def _answer_a_round(self, client: httpx2.Client) -> None:
        card = str(client.post(f"{self.address}/rounds", data=ROUND).url)
        for position in range(1, 14):
            place = re.sub(r"\d+$", str(position), card)
            response = client.post(place, data={"unknown": "1"})
            if response.status_code == 200 and 'id="verdict"' in response.text:
                self.acknowledged.add(place.removeprefix(self.address))
                self.begun.set()
            elif response.status_code not in (200, 404, 503):
                self.strange.add(response.status_code)
            if self.over.is_set():
                return

    def goes_on(self) -> None:
        """Wait until another answer was stored."""
        self.begun.clear()
        assert self.begun.wait(PATIENCE_S)


def test_no_acknowledged_answer_is_lost_or_doubled_when_a_worker_or_the_server_goes(
    config: Settings, content: Path
) -> None:
    if not PostgreSQL.installed():
        missing("PostgreSQL")
    server = PostgreSQL(synchronous_commit="on")
    url = server.empty(DRIVERS["postgresql"])
    own = settings({"QUIZ_DATABASE_URL": url, "QUIZ_CONTENT": str(content.parent)})
    port, over = free_port(), threading.Event()
    with running([*QUIZ, "serve", "--workers", "2"], as_environment(own), port) as (process, at):
        learners = [Learner(at, over) for _ in range(4)]
        for learner in learners:
            learner.start()
        for mode in ("kill", "fast", "immediate"):
            for learner in learners:
                learner.goes_on()
            if mode == "kill":
                os.kill(children(process.pid)[0], signal.SIGKILL)
            else:
                server.restart(mode)
        for learner in learners:
            learner.goes_on()
        over.set()
        for learner in learners:
            learner.join()

    query = "SELECT '/rounds/' || public_id || '/cards/' || position FROM attempts JOIN rounds"
    kept = [place for (place,) in stored(own, f"{query} ON rounds.id = round_id")]
    server.close()
    assert {code for learner in learners for code in learner.strange} == set()
    assert len(kept) == len(set(kept))
    assert {place for learner in learners for place in learner.acknowledged} - set(kept) == set()
