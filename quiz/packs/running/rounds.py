"""One run of all cases of a question, in a process of its own; loaded by `child.py`."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
import os
import runpy
import shutil
import signal
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from quiz.packs.running.codes import Codes

Said = dict[str, Any]
Lines = list[tuple[str, int]]
"""Files and lines that a program passed, outermost first."""

SCRIPT = "program.py"
WHOLE = -1
"""The number of the piece that stands for the whole program."""

leave_at_once = os._exit


class TooMuch(BaseException):
    """Raised at the print that goes over the limit; no program catches it by accident."""


class Captured(io.TextIOWrapper):
    """Standard output that ends at a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(io.FileIO(1, "wb", closefd=False), "utf-8", "backslashreplace")
        self.left = limit

    def write(self, text: str) -> int:
        self.left -= len(text)
        if self.left < 0:
            raise TooMuch
        return super().write(text)


class Round:
    """Runs the cases of a job in the order of one of its rounds, and tells of each."""

    def __init__(self, job: Said, number: int, answers: int, codes: Codes) -> None:
        self.job, self.number, self.answers = job, number, answers
        self.codes = codes
        self.names = {SCRIPT: WHOLE, **{f"piece-{n}": n for n in range(len(job["pieces"]))}}
        self.now = (WHOLE, WHOLE)
        self.output = os.open(Path(job["folder"], f"output-{number}"), os.O_RDWR | os.O_CREAT)
        self.stdout = Captured(0)

    def run(self) -> None:
        """Run the cases of this round, or the whole program; ends the process."""
        os.dup2(self.output, 1)
        signal.signal(signal.SIGALRM, self.stop)
        os._exit = self.leave  # who calls it is told, not lost
        todo = self.job["rounds"][self.number]
        if todo == SCRIPT:
            self.environment(0)
            self.script()
        for at, number in enumerate(todo):
            self.environment(at)
            case = self.job["cases"][number]
            known = self.codes.fails(case["pieces"])
            self.send(case=number, **({"known": True} if known else self.case(number, case)))
        leave_at_once(0)

    def case(self, number: int, case: Said) -> Said:
        """Return what became of one case: setups, code and check in one new namespace."""
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.begin(f"{self.number}-{number}")
        with asyncio.Runner() as runner:
            try:
                for piece in case["pieces"]:
                    self.codes.code(piece)
                for piece in case["pieces"]:
                    self.now = (number, piece)
                    self.send(at=self.now)
                    self.execute(piece, module.__dict__, runner)
                said = check(case["args"], module.__dict__, runner)
            except BaseException as error:  # noqa: BLE001  what a program raises is its outcome
                said = {"fault": self.fault(error)}
                self.codes.learn(case["pieces"], self.last_piece(said["fault"]["lines"]))
            close_engines(module.__dict__, runner)
        return {**said, **self.end()}

    def script(self) -> None:
        """Run the whole program as anyone would, up to the end of the interpreter."""
        self.begin(f"{self.number}-script")
        Path(SCRIPT).write_text(self.job["script"], encoding="utf-8")
        said: Said = {}
        try:
            runpy.run_path(SCRIPT, run_name="__main__")
        except BaseException as error:  # noqa: BLE001  what a program raises is its outcome
            said = {"fault": self.fault(error)}
        self.send(script=True, **said, **self.end())
        signal.setitimer(signal.ITIMER_REAL, self.job["seconds"])
        sys.exit()

    def execute(self, piece: int, names: Said, runner: asyncio.Runner) -> None:
        """Run a piece: in the one event loop where it awaits, otherwise with no loop running."""
        code = self.codes.code(piece)
        if code.co_flags & inspect.CO_COROUTINE:
            runner.run(types.FunctionType(code, names)())
        else:
            exec(code, names)  # noqa: S102  this is what we are for

    def environment(self, at: int) -> None:
        """Set what the case at that place of the round finds in its environment."""
        os.environ.update(self.job["environments"][self.number][at])

    def begin(self, folder: str) -> None:
        """Open a folder, an output and a time limit of its own for what comes."""
        signal.setitimer(signal.ITIMER_REAL, self.job["seconds"])
        path = Path(self.job["folder"], folder)
        path.mkdir()
        os.chdir(path)
        sys.argv = [SCRIPT]
        os.ftruncate(self.output, 0)
        os.lseek(self.output, 0, os.SEEK_SET)
        self.stdout = sys.stdout = Captured(self.job["output"])

    def end(self) -> Said:
        """Return what was printed, and close what `begin` opened."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            self.stdout.flush()
        except (OSError, ValueError):
            self.stdout.left = -1
        limit = self.job["output"]
        data = os.pread(self.output, 4 * limit + 1, 0)
        much = self.stdout.left < 0 or len(data) > 4 * limit
        shutil.rmtree(Path.cwd(), ignore_errors=True)
        return {"output": data.decode(errors="replace")[:limit], "much": much}

    def fault(self, error: BaseException) -> Said:
        """Return an exception with the lines of ours that it passed."""
        lines: Lines = []
        trace = error.__traceback__
        while trace:
            lines.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
        if isinstance(error, SyntaxError) and error.filename in self.names:
            lines.append((error.filename, error.lineno or 1))
        return {"type": type(error).__name__, "message": text_of(error), "lines": self.mine(lines)}

    def last_piece(self, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the first of the lines that is of the piece under way, in a list."""
        return [line for line in lines if line[0] == self.now[1]][:1]

    def mine(self, lines: Lines) -> list[tuple[int, int]]:
        """Return the lines that are of pieces, each with the number of its piece."""
        return [(self.names[file], line) for file, line in lines if file in self.names]

    def stop(self, _signal: int, frame: types.FrameType | None) -> None:
        """Tell where the program is when its time is over, and end."""
        self.last_words("stuck", stacked(frame) + waiting())

    def leave(self, status: int) -> NoReturn:
        """Stand in for `os._exit`: tell who called it, and end."""
        self.last_words("left", stacked(sys._getframe(1)))

    def last_words(self, what: str, lines: Lines) -> NoReturn:
        """Tell how a case ended that cannot go on."""
        self.send(case=self.now[0], **{what: self.mine(lines)})
        leave_at_once(1)

    def send(self, **said: Any) -> None:
        """Write one line of answer."""
        os.write(self.answers, json.dumps({"round": self.number, **said}).encode() + b"\n")


def check(args: list[str] | None, names: Said, runner: asyncio.Runner) -> Said:
    """Return what the program's `check` says of the arguments; None asks for no check."""
    if args is None:
        return {}
    function = names.get("check")
    if not callable(function):
        return {"odd": "missing"}
    value = function(*args)
    if inspect.isawaitable(value):
        value = runner.run(awaited(value))
    return {"value": value} if isinstance(value, bool) else {"odd": type(value).__name__}


def close_engines(names: Said, runner: asyncio.Runner) -> None:
    """Dispose of the engines that a case leaves open: their threads would outlive it."""
    for thing in list(names.values()):
        if type(thing).__name__ == "AsyncEngine":
            try:
                runner.run(thing.dispose())
            except Exception:  # noqa: BLE001, S112  it may be broken, or belong to another loop
                continue


def stacked(frame: types.FrameType | None) -> Lines:
    """Return the lines that are under way, outermost first."""
    lines: Lines = []
    while frame:
        lines.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return lines[::-1]


def waiting() -> Lines:
    """Return the lines in which tasks wait, where the running loop has nothing to do."""
    try:
        idle = asyncio.current_task() is None
    except RuntimeError:
        return []
    lines: Lines = []
    for task in asyncio.all_tasks() if idle else ():
        awaited: Any = task.get_coro()
        while awaited is not None:
            frame = getattr(awaited, "cr_frame", None) or getattr(awaited, "ag_frame", None)
            if frame:
                lines.append((frame.f_code.co_filename, frame.f_lineno))
            awaited = getattr(awaited, "cr_await", None) or getattr(awaited, "ag_await", None)
    return lines


def text_of(error: BaseException) -> str:
    """Return the message of an exception, "" where it cannot be had."""
    try:
        return str(error.msg if isinstance(error, SyntaxError) else error)[:500]
    except Exception:  # noqa: BLE001  it is the program's own method
        return ""


async def awaited(value: Any) -> Any:
    """Make a coroutine of anything that can be awaited."""
    return await value
