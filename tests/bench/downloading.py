"""An instructor who takes the attempts of a class from its page, in a process of their own.

`python -m tests.bench.downloading PORT FILE COSTS [SECONDS between two reads]`
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.log import LOGIN
from tests.bench.processes import Server, clean_environment
from tests.bench.school import School

CLASS = "a-class-of-everybody"
BLOCK = 16_384
LONG_AGO = "2000-01-01 00:00:00.000000"

ROWS = (
    "INSERT INTO classes (id, public_id, owner_id, name, code, created_at) "
    "SELECT 2, :class, owner_id, 'Everybody', 'CODE', :then FROM classes WHERE id = 1",
    "INSERT INTO enrolments (public_id, class_id, learner_id, name, external_id, shares_certainty, "
    "created_at, joined_at, since_at) "
    "SELECT 'e' || id, 2, id, 'Learner ' || id, id, 0, :then, :then, :then FROM learners",
)


def make_class(school: School) -> None:
    """Put everybody into a class of the teacher."""
    connection = sqlite3.connect(school.data / "quiz.db")
    with connection:
        for statement in ROWS:
            connection.execute(statement, {"then": LONG_AGO, "class": CLASS})
    connection.close()


def downloading(
    school: School, server: Server, file: str, costs: Path, pause_s: float = 0.0
) -> subprocess.Popen[bytes]:
    """Begin to take a file, on the core of the clients."""
    words = [str(server.port), file, str(costs), str(pause_s)]
    command = [sys.executable, "-m", "tests.bench.downloading", *words]
    process = subprocess.Popen(command, env=clean_environment())
    os.sched_setaffinity(process.pid, school.cores.client)
    return process


def main(port: str, file: str, costs: str, pause_s: str) -> None:
    """Take a file, and write when its first bytes came and how many there were."""
    connection = HTTPConnection("127.0.0.1", int(port))
    start = time.perf_counter()
    connection.request(
        "GET", f"/classes/{CLASS}/exports/{file}", headers={"Cookie": f"login={LOGIN}"}
    )
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{response.status} {response.read(300).decode()}")
    taken = len(response.read(1))
    first = time.perf_counter()
    while block := response.read(BLOCK):
        taken += len(block)
        time.sleep(float(pause_s))
    told = {"first_ms": (first - start) * 1000, "bytes": taken, "s": time.perf_counter() - start}
    Path(costs).write_text(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
