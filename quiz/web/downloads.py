"""Files that are sent while they are made."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from urllib.parse import quote

from starlette.responses import StreamingResponse

from quiz.exports.lines import media_type_of
from quiz.teaching.exporting import Chunk

LONGEST_NAME = 80
"""Signs of a file's name that come from a title."""

NOT_IN_NAMES = frozenset('\\/:*?"<>|%')
"""Signs that some system refuses in the name of a file, or that some browser takes for others."""


async def download(made: AsyncGenerator[Chunk], headers: Mapping[str, str]) -> StreamingResponse:
    """Return a response that sends a file as it is made.

    It waits for the first bytes, so that what goes wrong before them is still told on a page.
    """
    first = await anext((chunk.data async for chunk in made if chunk.data), b"")

    async def body() -> AsyncIterator[bytes]:
        async with aclosing(made):
            yield first
            async for chunk in made:
                if chunk.data:
                    yield chunk.data

    return StreamingResponse(body(), headers=headers)


def headers_of(name: str, file_format: str) -> Mapping[str, str]:
    """Return the headers of a file: its name as RFC 6266 has it, for readers of ASCII too."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = " ".join(plain.split())
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "Content-Type": media_type_of(file_format),
        "Content-Disposition": named,
        "Cache-Control": "no-store",
    }


def file_name(stem: str, title: str, ending: str) -> str:
    """Return the name of a file with a title in it, such as `attempts Python 2026.csv`."""
    signs = (s if s.isprintable() and s not in NOT_IN_NAMES else " " for s in title)
    shown = " ".join("".join(signs).split())[:LONGEST_NAME].strip(" .")
    return f"{stem} {shown}.{ending}" if shown else f"{stem}.{ending}"
