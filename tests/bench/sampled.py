"""Runs a module as `python -m` does and samples what the processor does meanwhile.

`python -m tests.bench.sampled STACKS MODULE [ARGUMENT ...]`. A timer of the process's own CPU time
asks where it is. The stack is the main thread's; while that waits, the one of a thread that works.
Sampling begins with SIGUSR1, or at once with `SAMPLE_AT_ONCE=1`, and STACKS gets JSON at the end.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
import threading
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Never

INTERVAL_S = 0.001
"""The kernel may round it up to its own tick."""
WAITING = frozenset({"get", "wait", "select", "_bootstrap", "_worker", "run_until_complete"})
"""Functions of threads and loops that have nothing to do."""

Stack = tuple[str, ...]

greenlet = import_module("greenlet")  # comes with SQLAlchemy; a plain import would want types


def main(stacks: Path, module: str, *arguments: str) -> None:
    """Run the module to its end, or until SIGTERM."""
    seen: Counter[Stack] = Counter()
    signal.signal(signal.SIGPROF, lambda _signal, frame: seen.update([_stack(frame)]))
    signal.signal(signal.SIGUSR1, lambda _signal, _frame: _begin())
    signal.signal(signal.SIGTERM, _end)
    if os.environ.get("SAMPLE_AT_ONCE"):
        _begin()
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        stacks.write_text(json.dumps([[list(stack), count] for stack, count in seen.items()]))


def _begin() -> None:
    signal.setitimer(signal.ITIMER_PROF, INTERVAL_S, INTERVAL_S)


def _end(_signal: int, _frame: FrameType | None) -> Never:
    raise SystemExit(0)


def _stack(frame: FrameType | None) -> Stack:
    if frame and frame.f_code.co_name in WAITING and (busy := _working()):
        return _named([busy])
    frames = [frame]
    current = greenlet.getcurrent()
    while current.parent is not None:  # SQLAlchemy works in one; who awaits it is in its parent
        current = current.parent
        frames.append(current.gr_frame)
    return _named(frames)


def _named(frames: list[FrameType | None]) -> Stack:
    """Return the names of frames and of all that called them, the outermost first."""
    names: list[str] = []
    for frame in frames:
        while frame:
            names.append(f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}")
            frame = frame.f_back
    names.reverse()
    return tuple(names[_start(names) :])


def _working() -> FrameType | None:
    """Return the frame of a thread that does not wait, if there is one."""
    main_id = threading.main_thread().ident
    return next(
        (
            frame
            for ident, frame in sys._current_frames().items()
            if ident != main_id and frame.f_code.co_name not in WAITING
        ),
        None,
    )


def _start(names: list[str]) -> int:
    """Return where the interesting part begins: behind this module and `runpy`."""
    inner = [n for n, name in enumerate(names) if name.startswith(("runpy.", __name__))]
    return inner[-1] + 1 if inner else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
