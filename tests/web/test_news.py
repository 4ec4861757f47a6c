"""Word of a save: who listens hears at once, then of each save, and ends when it is over."""

from __future__ import annotations

import asyncio

from quiz.web.preview.news import News


async def test_a_listener_hears_at_once_and_then_of_each_save() -> None:
    news = News()
    heard = news.listen()

    first = await anext(heard)
    waiting = asyncio.ensure_future(anext(heard))
    await news.tell()
    second = await waiting

    assert second > first
    await heard.aclose()


async def test_saves_while_nobody_waits_are_one_word() -> None:
    news = News()
    heard = news.listen()
    await anext(heard)
    for _ in range(3):
        await news.tell()
    await anext(heard)
    await news.close()

    assert [word async for word in heard] == []


async def test_all_listeners_end_when_it_is_over() -> None:
    news = News()

    async def listen() -> int:
        return len([word async for word in news.listen()])

    listeners = [asyncio.create_task(listen()) for _ in range(3)]
    await asyncio.sleep(0)  # each gets its first word
    await news.close()

    assert await asyncio.gather(*listeners) == [1, 1, 1]
