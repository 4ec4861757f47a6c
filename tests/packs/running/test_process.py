"""What honest programs can do to whoever runs them, and how little comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.packs.running.cases import Case, Ending, Outcome, Piece
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.process import Limits

LAB = Interpreter(limits=Limits(seconds=0.5))
FIRST = 40
"""The line of the pack in which the code of these tests begins."""


def piece(code: str) -> Piece:
    return Piece(code, Place("pack.md", FIRST))


def outcome(code: str, lab: Interpreter = LAB) -> Outcome:
    return lab.run([Case((piece(code),))]).first[0]


@pytest.mark.parametrize(
    ("lines", "line", "ending", "raised"),
    [
        ("x = 1 | while True: x += 1", 2, Ending.stuck, ""),
        ("import asyncio | | await asyncio.sleep(99)", 3, Ending.stuck, ""),
        (
            "import asyncio | async def f(): |  await asyncio.sleep(9) | asyncio.run(f())",
            3,
            Ending.stuck,
            "",
        ),
        ("import os | | os._exit(0)", 3, Ending.left, ""),
        ("import ctypes | ctypes.string_at(0)", 1, Ending.left, ""),
        ("import os | os.closerange(3, 99) | print(1)", 1, Ending.left, ""),
        ("import os | os.kill(os.getppid(), 9) | print(1)", 1, Ending.left, ""),
        ("x = 1 | while True: |  print('x' * 1000)", 3, Ending.flooded, "TooMuch"),
        ("import os | os.write(1, b'x' * 1_000_000)", 1, Ending.flooded, ""),
        ("x = 1 | input()", 2, Ending.over, "EOFError"),
        ("x = 1 | raise SystemExit(3)", 2, Ending.over, "SystemExit"),
        ("x = 1 | x = bytearray(1 << 40)", 2, Ending.over, "MemoryError"),
        ("f = open('big', 'wb') | f.truncate(1 << 40)", 2, Ending.over, "OSError"),
        ("x = 1 | y = (1", 2, Ending.over, "SyntaxError"),
        ("x = 1 | return x", 2, Ending.over, "SyntaxError"),
        ("x = 1 | import quiz_is_not_here", 2, Ending.over, "ModuleNotFoundError"),
        ("def f(): |  return 1 / 0 | | f()", 2, Ending.over, "ZeroDivisionError"),
    ],
)
def test_a_program_is_survived_and_told_of_by_its_line(
    lines: str, line: int, ending: Ending, raised: str
) -> None:
    found = outcome("\n".join(line.removeprefix(" ").rstrip() for line in lines.split("|")))

    assert (found.place.line - FIRST + 1, found.ending, found.raised) == (line, ending, raised)


def test_nothing_that_a_program_starts_outlives_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        f"    open({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "    time.sleep(600)\n"
        f"while not os.path.exists({str(pid)!r}): pass\n"
    )

    assert outcome(code).ending is Ending.over
    assert not is_alive(int(pid.read_text() or 0))


def is_alive(pid: int) -> bool:
    """Return whether a process still has memory; one that was killed has none."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes() != b""
    except OSError:
        return False


def test_a_program_sees_an_empty_environment_and_a_folder_of_its_own() -> None:
    code = (
        "import os, sys\n"
        "names = sorted(set(os.environ) - {'LC_CTYPE'})\n"  # Python itself may add it
        "print(names, os.environ['PYTHONHASHSEED'], os.listdir(), sys.argv, '' in sys.path)\n"
    )

    found = outcome(code).output

    assert found == "['HOME', 'PYTHONHASHSEED'] 0 [] ['program.py'] False"


def test_each_case_starts_anew_and_the_second_round_goes_backwards() -> None:
    first = piece(
        "import sys\nsys.turns = [*getattr(sys, 'turns', []), 1]\nopen('x', 'x')\nn = 0\n"
    )
    second = piece("n += 1\nprint(n, len(sys.turns))\n")

    runs = LAB.run([Case((first, second)), Case((first, second))])

    assert [found.output for found in runs.first] == ["1 1", "1 2"]
    assert [found.output for found in runs.second] == ["1 2", "1 1"]


def test_awaiting_pieces_share_a_loop_and_others_have_none() -> None:
    shared = "import asyncio\nbell = asyncio.Event()\nlater = asyncio.create_task(bell.wait())\n"
    alone = "async def one():\n    return 1\nprint(asyncio.run(one()))\n"
    check = "async def check(x):\n    await asyncio.sleep(0)\n    return x == 'a'\n"
    codes = (f"{shared}await asyncio.sleep(0)\n", alone, f"bell.set()\nprint(await later)\n{check}")
    pieces = tuple(piece(code) for code in codes)

    found = LAB.run([Case(pieces, ("a",)), Case(pieces, ("b",))])

    assert [(said.output, said.value) for said in found.first] == [
        ("1\nTrue", True),
        ("1\nTrue", False),
    ]


def test_what_never_ends_does_not_keep_others_from_being_run_once() -> None:
    cases = [Case((piece(code),)) for code in ("print(1)\n", "while True: pass\n", "print(3)\n")]

    found = LAB.run_once(cases, 0.2)

    assert [(said.ending, said.output) for said in found] == [
        (Ending.over, "1"),
        (Ending.stuck, ""),
        (Ending.over, "3"),
    ]


def test_a_program_that_begins_like_one_that_failed_is_not_run_again(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    note = f"open({str(seen)!r}, 'a').write('x')\n"
    starts = [f"{note}1 / 0\n", f"{note}1 / 0\nprint(2)\n", f"{note}print(2)\n"]

    found = LAB.run_once([Case((piece(code),)) for code in starts], 0.5)

    assert [bool(said.raised) for said in found] == [True, True, False]
    assert seen.read_text() == "xx"


def test_an_interpreter_that_is_not_there_is_named() -> None:
    with pytest.raises(OperatorError, match="/nowhere/python cannot be started"):
        outcome("print(1)\n", Interpreter(Path("/nowhere/python")))


def test_limits_for_processes_hold_for_all_but_root() -> None:
    assert ("RLIMIT_NPROC" in Limits().rlimits(5)) == (os.geteuid() != 0)
