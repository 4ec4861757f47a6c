"""Publishing a large pack, and publishing it again unchanged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.pack import PACK, write_pack
from tests.bench.plan import Bench
from tests.bench.processes import clean_environment
from tests.bench.results import Result, ratios

TITLE = "publishing"

A_FILE = 100
"""Questions a file of the pack."""


def measure(bench: Bench) -> Iterator[Result]:
    """Publish into new databases; texts are rendered as the first visits would."""
    count, turns = bench.sizes.published, min(2, bench.sizes.rounds)
    found = [_publish(bench, count, turn) for turn in range(turns)]
    whole = [times["publish"] + times["render"] for times in found]
    again = [times["again"] for times in found]
    what = f"{count:,} questions published and rendered"
    yield Result("6", what, whole, " s", must=30, stretch=15, more=False)
    yield Result("6", "that ÷ publishing them unchanged", ratios(whole, again), must=20, stretch=34)
    for name, label in (("publish", "published"), ("render", "rendered"), ("again", "unchanged")):
        yield Result("6", f"{count:,} questions {label}", [times[name] for times in found], " s")


def _publish(bench: Bench, count: int, turn: int) -> dict[str, float]:
    folder = bench.folder / f"published-{turn}"
    write_pack(folder / PACK, max(1, count // A_FILE), a_topic=min(count, A_FILE))
    data = bench.folder / f"published-{turn}-data"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.publishing", str(folder), str(data)],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    times: dict[str, float] = json.loads(done.stdout)
    return times
