"""Processes that are measured: servers on one core, the load client on another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from tests.bench import machine
from tests.bench.client import Measured, Plan, Step

PATIENCE_S = 90
"""Seconds after which a server that does not answer counts as broken."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    pid: int
    port: int
    ready_s: float


@contextmanager
def serving(
    command: Iterable[str], *, path: str, cores: Iterable[int], **environ: str
) -> Iterator[Server]:
    """Run `python -m COMMAND` with a port in PORT and QUIZ_PORT until `path` answers with 200."""
    port = machine.free_port()
    own = {**clean_environment(), "PORT": str(port), "QUIZ_PORT": str(port), **environ}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    os.sched_setaffinity(process.pid, cores)
    try:
        _wait(process, port, path)
        yield Server(process.pid, port, time.perf_counter() - start)
    finally:
        process.terminate()
        process.communicate()


def clean_environment() -> dict[str, str]:
    """Return our environment without settings of the app."""
    return {name: value for name, value in os.environ.items() if not name.startswith("QUIZ_")}


def load(
    server: Server,
    connections: list[list[Step]],
    *,
    cores: Iterable[int],
    seconds: float,
    expect: str,
    warm_up_s: float = 0.0,
    again: bool = False,
    think: tuple[float, float] = (0, 0),
) -> Measured:
    """Run the load client to its end. Raises RuntimeError when a response was not as expected."""
    plan = Plan(
        port=server.port,
        connections=connections,
        again=again,
        expect=expect,
        warm_up_s=warm_up_s,
        seconds=seconds,
        think=think,
    )
    before = machine.cpu_s(server.pid)
    client = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.client"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    os.sched_setaffinity(client.pid, cores)
    out, _ = client.communicate(json.dumps(plan))
    measured = Measured(**json.loads(out))
    measured.cpu_s = machine.cpu_s(server.pid) - before
    if measured.failures:
        raise RuntimeError(f"{measured.failures} failed, first: {measured.first_failure}")
    if not measured.latencies_ms:
        raise RuntimeError("nothing was left to send when the window opened")
    return measured


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    end = time.perf_counter() + PATIENCE_S
    while process.poll() is None and time.perf_counter() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.01)
        finally:
            connection.close()
    process.kill()
    raise RuntimeError(process.communicate()[1].decode() or "the server did not answer")
