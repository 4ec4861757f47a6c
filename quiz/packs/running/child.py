"""What runs in the interpreter of one question: its cases, one after the other.

This file is started as a script, in whatever environment a pack is tested in. So it imports the
standard library only, and so do `codes.py` and `rounds.py` beside it. It reads a job from standard
input as JSON and writes one JSON object a line, to a descriptor that prints cannot reach:

    {"round": 0, "at": [case, piece]}          a piece begins
    {"round": 0, "case": 0, "output": …}       a case is over
    {"round": 0, "script": true, "output": …}  the whole program is over
    {"round": 0, "status": 0}                  the process of a round has ended

Each round is a fork of this process, made when nothing but imports has happened: a fresh
interpreter that need not load its libraries again.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import resource
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quiz.packs.running.codes import Codes
    from quiz.packs.running.rounds import Round

ANSWERS = 9
"""The descriptor for answers: high enough that no program expects it."""


def main() -> None:
    job = json.loads(sys.stdin.buffer.read())
    os.dup2(1, ANSWERS, inheritable=False)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    restrict(job["limits"])
    beside = Path(__file__)
    round_type: type[Round] = runpy.run_path(str(beside.with_name("rounds.py")))["Round"]
    codes_type: type[Codes] = runpy.run_path(str(beside.with_name("codes.py")))["Codes"]
    import_first(code for code, _ in job["pieces"])
    for number in range(len(job["rounds"])):
        pid = os.fork()
        if not pid:
            codes = codes_type(job["pieces"], once=job["once"])
            for program, lines in job["stuck"]:
                codes.learn(program, lines)
            round_type(job, number, ANSWERS, codes).run()
            return
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(ANSWERS, json.dumps({"round": number, "status": status}).encode() + b"\n")
        if status:
            return


def restrict(limits: dict[str, int]) -> None:
    """Lower the limits of this process and of all that it starts."""
    for name, value in limits.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def import_first(codes: Iterator[str]) -> None:
    """Import the libraries that are named, so that all rounds share the time it takes."""
    for name in sorted({name for code in codes for name in imported(code)}):
        if name.partition(".")[0] not in sys.stdlib_module_names:
            try:
                importlib.import_module(name)
            except BaseException:  # noqa: BLE001, S112  told at the line that imports it
                continue


def imported(code: str) -> Iterator[str]:
    """Yield the modules that a piece of code imports."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


if __name__ == "__main__":
    main()
