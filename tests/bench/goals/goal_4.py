"""Pages over a long log, of their cost over a short one."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from tests.bench.client import Step
from tests.bench.log import CLASS, COOKIE, LOGIN
from tests.bench.pack import PACK
from tests.bench.plan import Bench
from tests.bench.processes import Server, load
from tests.bench.results import Result, ratios
from tests.bench.school import School
from tests.bench.wire import get, post

TITLE = "pages over a long log"

TEACHER = f"{COOKIE}; login={LOGIN}"
REVIEW = urlencode({"pack": PACK, "size": 5, "mode": "review"})
PAGES = {
    "home": get("/", COOKIE),
    "progress": get("/progress", COOKIE),
    "pack": get(f"/packs/{PACK}", COOKIE),
    "topic": get(f"/packs/{PACK}/topics/t-0", COOKIE),
    "class": get(f"/classes/{CLASS}?pack={PACK}", TEACHER),
    "class, a learner": get(f"/classes/{CLASS}/learners/{'e' * 22}?pack={PACK}", TEACHER),
    "class, a question": get(f"/classes/{CLASS}/questions/{PACK}/q-0", TEACHER),
    "review started": post("/rounds", REVIEW, COOKIE),
}
"""What a learner with as many answers in both logs asks for, and what the class shows of them."""


def measure(bench: Bench) -> Iterator[Result]:
    """Ask for each page over both logs by turns, one request at a time."""
    sizes = bench.sizes
    short, long_ = bench.filled(sizes.small_log), bench.filled(sizes.log)
    few: dict[str, list[float]] = {name: [] for name in PAGES}
    many: dict[str, list[float]] = {name: [] for name in PAGES}
    with short.ours() as small, long_.ours() as large:
        for _ in range(sizes.rounds):
            for name, request in PAGES.items():
                few[name].append(_cost_ms(bench, short, small, request))
                many[name].append(_cost_ms(bench, long_, large, request))
    for name in PAGES:
        what = f"{name} over {sizes.log:,} attempts ÷ {sizes.small_log:,}"
        values = ratios(many[name], few[name])
        yield Result("4", what, values, must=1.1, stretch=1.05, more=False)
        yield Result("4", f"{name} over the long log", many[name], " ms")


def _cost_ms(bench: Bench, school: School, server: Server, request: str) -> float:
    steps: list[Step] = [(True, request)] * bench.sizes.pages
    measured = load(server, [steps], cores=school.cores.client, seconds=60, expect="")
    return median(measured.latencies_ms)
