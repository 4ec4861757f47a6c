"""From start to first page, memory, and what a first visit weighs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from itertools import chain

from tests.bench.answering import VERDICT
from tests.bench.learners import answers_and_ways_on, start_rounds
from tests.bench.machine import peak_mb
from tests.bench.plan import Bench
from tests.bench.processes import Server, load
from tests.bench.results import Result
from tests.bench.school import School

TITLE = "start, memory and weight"

LOADED = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*?\ssrc=\"([^\"]+)\"|<link\b[^>]*?\shref=\"([^\"]+)\""
)
"""What a browser fetches by itself."""
IN_STYLE = re.compile(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)")


def measure(bench: Bench) -> Iterator[Result]:
    """Start on an empty folder and again; then let a learner answer a few rounds."""
    first, again, memory = [], [], []
    weights: list[tuple[float, int]] = []
    for turn in range(min(3, bench.sizes.rounds)):
        school = bench.school(f"start-{turn}", topics=1)
        with school.ours() as server:
            first.append(server.ready_s)
        with school.ours() as server:
            again.append(server.ready_s)
            weights.append(_first_visit(server, _card(school, server)))
            memory.append(peak_mb(server.pid))
    yield Result("8", "start to first page", again, " s", must=2.5, stretch=1.5, more=False)
    yield Result("8", "the same on an empty folder", first, " s")
    yield Result("8", "peak memory", memory, " MB", must=120, stretch=90, more=False)
    sizes, strangers = [size for size, _ in weights], [float(n) for _, n in weights]
    yield Result("8", "first visit to a card", sizes, " KB", must=60, stretch=40, more=False)
    yield Result("8", "requests to other hosts", strangers, "", must=0, more=False)


def _card(school: School, server: Server) -> tuple[str, str]:
    """Answer all topics once and return the address of a further card and the cookie."""
    made = start_rounds(server, school.url, learners=2, topics=1)
    steps = answers_and_ways_on(school.pack, made[0])
    load(server, [steps], cores=school.cores.client, seconds=60, expect=VERDICT)
    return made[1][0].path, made[1][0].cookie


def _first_visit(server: Server, where: tuple[str, str]) -> tuple[float, int]:
    """Return the KB a browser with an empty cache gets, and how many addresses are elsewhere."""
    path, cookie = where
    size, page = _fetch(server, path, cookie)
    wanted = {*chain.from_iterable(LOADED.findall(page))} - {""}
    strangers = {address for address in wanted if _elsewhere(address)}
    for address in sorted(wanted - strangers):
        weight, text = _fetch(server, address, cookie)
        size += weight
        if address.endswith(".css"):
            found = {*chain.from_iterable(IN_STYLE.findall(text))} - {""}
            strangers |= {inner for inner in found if _elsewhere(inner)}
    return size / 1024, len(strangers)


def _elsewhere(address: str) -> bool:
    return "//" in address


def _fetch(server: Server, path: str, cookie: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port)
    headers = {"Accept-Encoding": "gzip", "Cookie": f"sid={cookie}"}
    connection.request("GET", path, headers=headers)
    response: HTTPResponse = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answers with {response.status}")
    packed = response.headers.get("Content-Encoding") == "gzip"
    text = gzip.decompress(body) if packed else body
    return len(body), text.decode(errors="replace")
