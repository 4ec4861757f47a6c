"""`python -m tests.bench.profiling SCENARIO [SVG]`: where the time goes, as a flame graph."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from tests.bench.answering import answer_all, view_all
from tests.bench.client import Measured
from tests.bench.flame import Stacks, below, flame_graph, shares
from tests.bench.learners import answers_and_ways_on, start_rounds
from tests.bench.plan import TINY, Bench, Cards, Sizes
from tests.bench.processes import Server, clean_environment, load
from tests.bench.school import School

AtWork = Callable[[Bench, School, Server, Cards], Measured]

SERVED: dict[str, AtWork] = {"answers": answer_all, "cards": view_all}
SCENARIOS = (*SERVED, "export", "publish")


def main(argv: Sequence[str] | None = None) -> Path:
    """Sample a scenario, write its flame graph and tell the largest shares."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.profiling", description=__doc__)
    parser.add_argument("scenario", choices=SCENARIOS, nargs="?", default="answers")
    parser.add_argument("svg", type=Path, nargs="?")
    parser.add_argument("--tiny", action="store_true", help="only show that the program works")
    args = parser.parse_args(argv)
    svg = args.svg or Path(tempfile.gettempdir()) / f"selfquiz-{args.scenario}.svg"
    with tempfile.TemporaryDirectory(prefix="selfquiz-profile-") as folder, ExitStack() as stack:
        sizes = TINY if args.tiny else Sizes(seconds=8.0, rate=600)
        bench = Bench(Path(folder), sizes, Console(stderr=True).print, stack)
        stacks = sampled(bench, args.scenario)
    svg.write_text(flame_graph(stacks, args.scenario))
    _tell(stacks, svg)
    return svg


def sampled(bench: Bench, scenario: str) -> Stacks:
    """Return how often the processor was where during a scenario."""
    stacks = bench.folder / "stacks.json"
    if scenario in SERVED:
        _serve(bench, stacks, SERVED[scenario])
    else:
        _command(bench, stacks, scenario)
    return {tuple(stack): count for stack, count in json.loads(stacks.read_text())}


def _serve(bench: Bench, stacks: Path, work: AtWork) -> None:
    school = bench.school("profiled")
    with school.ours(["tests.bench.sampled", str(stacks), "quiz", "serve"]) as server:
        made = start_rounds(server, school.url, learners=1, topics=bench.sizes.topics)
        steps = answers_and_ways_on(school.pack, made[0])
        load(server, [steps], cores=school.cores.client, seconds=60, expect="")
        cards = bench.cards(school, server, bench.sizes.connections)
        os.kill(server.pid, signal.SIGUSR1)
        work(bench, school, server, cards)


def _command(bench: Bench, stacks: Path, scenario: str) -> None:
    if scenario == "export":
        school = bench.filled(bench.sizes.exported)
        database, costs = school.data / "quiz.db", bench.folder / "costs.json"
        command = ["tests.bench.exporting", "ours", str(database), str(costs)]
    else:
        school = bench.school("published", topics=bench.sizes.topics * 10)
        command = ["tests.bench.publishing", str(school.content), str(school.data)]
    subprocess.run(
        [sys.executable, "-m", "tests.bench.sampled", str(stacks), *command],
        env={**clean_environment(), "SAMPLE_AT_ONCE": "1"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _tell(stacks: Stacks, svg: Path) -> None:
    console = Console(highlight=False)
    for title, rows in (
        ("in the package", shares(stacks)),
        ("in or below the function", below(stacks, "quiz.", 20)),
    ):
        console.print(f"share of time {title}:")
        for name, share in rows:
            console.print(f"  {share:6.1%}  {name}")
    console.print(f"flame graph: {svg}", soft_wrap=True)


if __name__ == "__main__":
    main()
