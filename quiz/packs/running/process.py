"""Starting the interpreter of one question, and hearing what it has to say.

It is no sandbox: a pack that is run must be trusted like any program. What is caught is what can
happen to honest authors: programs that never end, flood, fork, exit, or fill the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path
from typing import Any

from quiz.core.errors import OperatorError

CHILD = Path(__file__).with_name("child.py")
SCRIPT = "program.py"
DATABASE = "QUIZ_EVIDENCE_POSTGRESQL_URL"
MEMORY = Path("/dev/shm")  # noqa: S108  the folder in it is made by tempfile
GRACE_S = 3.0
"""Seconds beyond the limit after which an interpreter that says nothing is killed from outside."""

SWEEPS = 100
"""How often we look for what is still running before we give up."""

JSON = Any


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may use: seconds a case and in all, bytes, and numbers of things."""

    seconds: float = 10.0
    all_seconds: float = 120.0
    output: int = 64 * 1024
    memory: int = 2 * 1024**3
    file: int = 64 * 1024**2
    open_files: int = 512
    processes: int = 200
    """More than our user has now; without effect for root."""

    def rlimits(self, running: int) -> dict[str, int]:
        """Return them as resources of POSIX; `running` is the number of our user's tasks now."""
        found = {
            "RLIMIT_CPU": int(self.all_seconds) + 1,
            "RLIMIT_AS": self.memory,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }
        return found if os.geteuid() == 0 else {**found, "RLIMIT_NPROC": running + self.processes}


@dataclass(frozen=True, slots=True)
class Job:
    """What an interpreter is given: pieces as (code, first line), and cases of their numbers.

    `rounds` are lists of cases in the order they are run in, or the name of the script.
    `databases` are addresses, one for each case and one more for the script, round by round.
    """

    pieces: Sequence[tuple[str, int]]
    cases: Sequence[tuple[Sequence[int], Sequence[str] | None]]
    rounds: Sequence[Sequence[int] | str]
    script: str = ""
    databases: Sequence[str] = ()
    once: bool = False
    """Whether a case may be left out that begins like one that failed."""
    stuck: Sequence[tuple[Sequence[int], Sequence[Sequence[int]]]] = ()
    """With `once`: the pieces of cases that did not end, and in which (piece, line)."""

    def dump(self, folder: Path, limits: Limits) -> JSON:
        """Return the job as the interpreter reads it."""
        spare = list(self.databases)
        cases = [{"pieces": pieces, "args": args} for pieces, args in self.cases]
        return {
            "pieces": self.pieces,
            "cases": cases,
            "rounds": self.rounds,
            "script": self.script,
            "once": self.once,
            "stuck": self.stuck,
            "environments": [
                [{DATABASE: spare.pop(0)} if spare else {} for _ in self._places(round_)]
                for round_ in self.rounds
            ],
            "folder": str(folder),
            "seconds": limits.seconds,
            "output": limits.output,
            "limits": limits.rlimits(_running()),
        }

    @property
    def places(self) -> int:
        """How many databases it needs, where it needs any."""
        return sum(len(self._places(round_)) for round_ in self.rounds)

    def _places(self, round_: Sequence[int] | str) -> Sequence[object]:
        return [SCRIPT] if isinstance(round_, str) else round_


@dataclass(slots=True)
class Heard:
    """What an interpreter said: by round and case, with the script under the name of its file.

    `at` is the case and piece that was the last to begin; `ended` maps a round to its status.
    """

    outcomes: dict[tuple[int, int | str], JSON] = field(default_factory=dict)
    at: dict[int, tuple[int, int]] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)
    last: int = 0
    silent: bool = False
    """Whether it was killed because it said nothing for too long."""

    def take(self, said: JSON) -> None:
        """Take note of one line."""
        self.last = number = said["round"]
        if "at" in said:
            self.at[number] = (said["at"][0], said["at"][1])
        elif "status" in said:
            self.ended[number] = said["status"]
        else:
            case = SCRIPT if "script" in said else said["case"]
            self.outcomes.setdefault((number, case), {}).update(said)


def hear(job: Job, python: Path | None, limits: Limits) -> Heard:
    """Run a job to its end, or to the end of its time, and return what was said."""
    heard = Heard()
    with _temporary() as name:
        folder = Path(name)
        (folder / "home").mkdir()
        (folder / "job.json").write_text(json.dumps(job.dump(folder, limits)))
        reading, writing = os.pipe()
        with open(reading, "rb", buffering=0) as pipe:  # noqa: PTH123  it is no path
            process = _start(folder, python, writing)
            try:
                for line in _lines(pipe, limits, heard):
                    with contextlib.suppress(ValueError, KeyError, TypeError, IndexError):
                        heard.take(json.loads(line))
                    # What was started may keep the pipe open; we do not wait for it.
                    if len(heard.ended) == len(job.rounds):
                        break
            finally:
                _end(process, folder)
    return heard


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Kill all that was started: nothing may outlive its question."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # Who left the group still carries our environment, and may be starting others.
    for _ in range(SWEEPS):
        if not _kill_all(str(folder / "home").encode()):
            return


def _kill_all(mark: bytes) -> bool:
    """Kill each process with that mark in its environment; return whether there was one."""
    found = False
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes():
                os.kill(int(path.parent.name), signal.SIGKILL)
                found = True
    return found


def _temporary() -> tempfile.TemporaryDirectory[str]:
    """Return a folder in memory where there is one: small databases are written again and again."""
    memory = MEMORY if os.access(MEMORY, os.W_OK | os.X_OK) else None
    return tempfile.TemporaryDirectory(
        prefix="quiz-evidence-", dir=memory, ignore_cleanup_errors=True
    )


def _start(folder: Path, python: Path | None, writing: int) -> subprocess.Popen[bytes]:
    try:
        with (folder / "job.json").open("rb") as job:
            return subprocess.Popen(  # noqa: S603  the interpreter that the author chose
                [str(python or sys.executable), "-sP", str(CHILD)],
                stdin=job,
                stdout=writing,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"PYTHONHASHSEED": "0", "HOME": str(folder / "home")},
                start_new_session=True,
            )
    except OSError as error:
        raise OperatorError(f"{python} cannot be started: {error.strerror}.") from None
    finally:
        os.close(writing)


def _lines(pipe: RawIOBase, limits: Limits, heard: Heard) -> Iterator[bytes]:
    """Yield lines as they come; ends when the pipe does, or after too long a silence."""
    rest = b""
    end = time.monotonic() + limits.all_seconds
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while time.monotonic() < end and selector.select(limits.seconds + GRACE_S):
            data = pipe.read(65536)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            yield from lines
    heard.silent = True


def _running() -> int:
    """Return how many tasks our user has, 0 where that cannot be seen."""
    if os.geteuid() == 0:
        return 0
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                count += len(list((folder / "task").iterdir()))
    return count
