"""The load client, a process of its own: reads a plan from its input, writes what it measured.

Closed loop: every connection sends its next request when it has the answer to the one before and
has thought for as long as the plan says. The measured window opens after the warm-up and ends when
the time is up or the first connection has nothing left to send, so all are at work throughout.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle
from typing import TypedDict

import uvloop

from tests.bench.wire import BrokenError, Connection, Reply

Step = tuple[bool, str]
"""Whether the request is timed, and the request."""


class Plan(TypedDict):
    """What to send: a list of steps a connection, sent once or `again` and again.

    `expect` stands in the body of every timed response; `think` are the shortest and the longest
    pause in seconds before each timed request.
    """

    port: int
    connections: list[list[Step]]
    again: bool
    expect: str
    warm_up_s: float
    seconds: float
    think: tuple[float, float]


@dataclass
class Measured:
    """What came back within the window; responses and failures are those of the whole run.

    `cpu_s` is what the server used for all of it; who started the client adds it.
    """

    seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    responses: int = 0
    cpu_s: float = 0.0
    failures: int = 0
    first_failure: str = ""
    ran_out: bool = False


class Run:
    """One run of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.measured = Measured()
        self.over = False
        self.opened = self.closed = 0.0

    async def run(self) -> Measured:
        now = time.perf_counter()
        self.opened = now + self.plan["warm_up_s"]
        self.closed = self.opened + self.plan["seconds"]
        lists = enumerate(self.plan["connections"])
        await asyncio.gather(*(self._walk(random.Random(n), steps) for n, steps in lists))
        self.measured.seconds = self.closed - self.opened
        return self.measured

    async def _walk(self, chance: random.Random, steps: list[Step]) -> None:
        connection = Connection(self.plan["port"])
        low, high = self.plan["think"]
        for timed, request in self._steps(steps):
            if timed and high:
                # The first pause is drawn from 0, or all would come in step.
                await asyncio.sleep(chance.uniform(0 if self._warming() else low, high))
            if self.over:
                break
            await self._exchange(connection, request.encode(), timed=timed)
        else:
            self._end(time.perf_counter(), ran_out=True)
        connection.close()

    def _steps(self, steps: list[Step]) -> Iterator[Step]:
        return iter(cycle(steps) if self.plan["again"] else steps)

    def _warming(self) -> bool:
        return time.perf_counter() < self.opened

    async def _exchange(self, connection: Connection, request: bytes, *, timed: bool) -> None:
        start = time.perf_counter()
        try:
            reply = await connection.exchange(request)
        except (BrokenError, OSError) as error:
            self._fail(f"{type(error).__name__}: {error}")
            return
        end = time.perf_counter()
        self.measured.responses += 1
        if self._wrong(reply, timed=timed):
            self._fail(f"{reply.status}: {reply.body[:300].decode(errors='replace')}")
        elif timed and end >= self.opened:
            self._count(start, end)
        if end >= self.closed and self.measured.latencies_ms:
            self._end(end)

    def _count(self, start: float, end: float) -> None:
        if end > self.closed and not self.measured.latencies_ms:
            self.closed = end  # the first answer may be later than the window is long
        if end <= self.closed:
            self.measured.latencies_ms.append((end - start) * 1000)

    def _wrong(self, reply: Reply, *, timed: bool) -> bool:
        if timed and self.plan["expect"].encode() not in reply.body:
            return True
        return reply.status >= 400

    def _fail(self, why: str) -> None:
        self.measured.failures += 1
        self.measured.first_failure = self.measured.first_failure or why
        self._end(time.perf_counter())  # what failed is not measured any further

    def _end(self, now: float, *, ran_out: bool = False) -> None:
        if not self.over:
            self.over = True
            self.closed = min(self.closed, now)
            self.measured.ran_out = ran_out


def main() -> None:
    """Run the plan on the standard input."""
    plan: Plan = json.load(sys.stdin)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(Run(plan).run())
    json.dump(asdict(measured), sys.stdout)


if __name__ == "__main__":
    main()
