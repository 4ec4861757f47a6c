"""One export: the rows of a file, made into bytes of a format, for a page and the command line."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from functools import partial
from time import perf_counter, sleep
from typing import NamedTuple

from quiz.exports.lines import BOM, MAKERS, Record
from quiz.exports.workbook import Sheet
from quiz.teaching.files import Rows
from quiz.teaching.source import Source

STEP_S, REST_S = 0.0003, 0.001
"""Seconds of work between two rests, and of a rest."""

BLOCK = 65_536
"""Bytes of a spreadsheet that are handed on at once."""


class Chunk(NamedTuple):
    """Bytes of a file, and how many rows were made since the chunk before."""

    data: bytes
    rows: int


def chunks(
    source: Source, rows: Rows, file_format: str, *, bom: bool = True
) -> AsyncGenerator[Chunk]:
    """Yield a file in pieces, some of them empty while a spreadsheet is made.

    `bom` begins CSV with a mark for spreadsheets. The first piece with bytes holds rows, so what is
    wrong with the database is told before anything is sent. Raises TooLongError.
    """
    if file_format == "xlsx":
        return _spreadsheet(source, rows)
    marked = bom and file_format == "csv" and rows.FILE.marked
    return _lines(source, rows, file_format, BOM if marked else "")


async def _lines(source: Source, rows: Rows, file_format: str, mark: str) -> AsyncGenerator[Chunk]:
    maker, columns = MAKERS[file_format], await rows.columns(source)
    head = (mark + maker.head(columns)).encode()

    def written(records: Iterable[Record]) -> Chunk:
        taken = _Taken(records, polite=source.polite)
        return Chunk(maker.body(columns, taken).encode(), taken.number)

    async for chunk in rows.pages(source, columns, written):
        yield Chunk(head + chunk.data, chunk.rows)
        head = b""
    if head:
        yield Chunk(head, 0)


async def _spreadsheet(source: Source, rows: Rows) -> AsyncGenerator[Chunk]:
    with Sheet(await rows.columns(source)) as sheet:

        def written(records: Iterable[Record]) -> Chunk:
            taken = _Taken(records, polite=source.polite)
            sheet.add(taken)
            return Chunk(b"", taken.number)

        async for chunk in rows.pages(source, sheet.columns, written):
            yield chunk
        path = await source.work(sheet.finish)
        with path.open("rb") as file:
            while block := await source.work(partial(file.read, BLOCK)):
                yield Chunk(block, 0)


class _Taken:
    """Records that are counted as they are taken, with rests in between where the source is polite.

    Python does one thing at a time: without them an answer would wait for a whole page, again and
    again. A rest is long enough for whoever waits to wake up.
    """

    def __init__(self, records: Iterable[Record], *, polite: bool) -> None:
        self._records = records
        self._polite = polite
        self.number = 0

    def __iter__(self) -> Iterator[Record]:
        begun = perf_counter()
        for record in self._records:
            self.number += 1
            yield record
            if self._polite and perf_counter() - begun > STEP_S:
                sleep(REST_S)
                begun = perf_counter()
