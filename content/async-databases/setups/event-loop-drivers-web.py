"""A FastAPI app with a client, and a synchronous query that notes in which thread it runs, and how many do."""

import asyncio
import threading
import time

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from httpx2 import ASGITransport, AsyncClient

loop_thread = threading.get_ident()
froze: list[bool] = []
busy = {"now": 0, "most": 0}
lock = threading.Lock()


def legacy_query() -> int:
    """Stand for a query of a driver that makes its thread wait, for 0.25 seconds."""
    froze.append(threading.get_ident() == loop_thread)
    with lock:
        busy["now"] += 1
        busy["most"] = max(busy["most"], busy["now"])
    time.sleep(0.25)
    with lock:
        busy["now"] -= 1
    return 1


app = FastAPI()
client = AsyncClient(transport=ASGITransport(app), base_url="http://test")


async def settled(numbers: list) -> None:
    """Wait until the list has not grown for a while."""
    before = -1
    while len(numbers) != before:
        before = len(numbers)
        await asyncio.sleep(0.7)


await client.get("/")  # the first request builds what the others pass through
