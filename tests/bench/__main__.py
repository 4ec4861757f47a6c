"""`python -m tests.bench [GOAL ...]`: measures the goals and prints one table."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from tests.bench import machine
from tests.bench.goals import goals
from tests.bench.plan import TINY, Bench, Sizes
from tests.bench.results import Result, as_markdown, as_table

START, END = "<!-- figures -->", "<!-- end of figures -->"


def main(argv: Sequence[str] | None = None) -> list[Result]:
    """Measure the goals that were named, else all, and print what came out."""
    args = _parser().parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 130)
    progress = Console(stderr=True, highlight=False, soft_wrap=True)
    sizes = TINY if args.tiny else Sizes()
    where = machine.describe()
    progress.print(where)
    with tempfile.TemporaryDirectory(prefix="selfquiz-bench-") as folder, ExitStack() as stack:
        bench = Bench(
            Path(folder),
            replace(sizes, rounds=args.rounds or sizes.rounds),
            progress.print,
            stack,
            args.postgres,
        )
        results = [result for name in args.goals or goals() for result in _measured(bench, name)]
    if args.json:
        figures = {"machine": where, "results": [result.as_json() for result in results]}
        args.json.write_text(json.dumps(figures, indent=2) + "\n")
    told = f"Measured on {where}.\n\n{as_markdown(results)}"
    if args.into:
        args.into.write_text(_with_figures(args.into.read_text(), told))
    if args.markdown:
        console.print(told, markup=False, soft_wrap=True)
    else:
        console.print(as_table(results))
    return results


def _with_figures(text: str, figures: str) -> str:
    """Return a document with new figures between its two marks. Raises ValueError without them."""
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the file needs the lines {START} and {END}")
    return f"{before}{start}\n{figures}\n{end}{after}"


def _measured(bench: Bench, name: str) -> list[Result]:
    goal = goals()[name]
    bench.say(f"goal {name}: {goal.TITLE}")
    results = []
    try:
        for result in goal.measure(bench):
            results.append(result)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        # The other goals may still be measured, and this takes minutes.
        results.append(Result(name, goal.TITLE, (), note=str(error), broken=True))
    return results


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    # No choices here: argparse holds an empty list against them.
    parser.add_argument("goals", nargs="*", metavar="GOAL", help=f"of {', '.join(goals())}")
    parser.add_argument("--rounds", type=int, help="paired rounds of each measurement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--into", type=Path, metavar="FILE", help="put it between a file's marks")
    parser.add_argument("--postgres", default="", metavar="URL", help="database for goal 7")
    parser.add_argument("--tiny", action="store_true", help="only show that the program works")
    return parser


if __name__ == "__main__":
    sys.exit(int(any(result.broken for result in main())))
