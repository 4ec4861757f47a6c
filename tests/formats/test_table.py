"""The author's guide says what each format does to each kind, and the round trips show it."""

from __future__ import annotations

import pytest

from quiz.core.blocks import Table
from quiz.formats import readers, writers
from quiz.packs.importing import settle
from tests.formats.table import markdown, packs, table
from tests.test_docs import below


def test_the_guide_tells_what_the_round_trips_show() -> None:
    found = (block for block in below("To and from other programs") if isinstance(block, Table))
    told = next(block for block in found if block.head.cells[0].plain == "kind")
    names = [cell.plain for cell in told.head.cells[1:]]
    said = {
        row.cells[0].plain: dict(zip(names, (c.plain for c in row.cells[1:]), strict=True))
        for row in told.rows
    }

    assert said == table(), f"the table should be\n{markdown()}"


BOTH_WAYS = sorted(readers().keys() & writers().keys())


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_no_question_is_lost_in_silence(name: str) -> None:
    for pack in packs():
        written = writers()[name](pack)

        done = settle(readers()[name](written.data, "file"), "again")

        told = {loss.place for loss in written.losses if loss.what == "question"}
        expected = {question.id for question in pack.questions if question.place not in told}
        assert {question.id for question in done.pack.questions} == expected
        assert [loss for loss in done.losses if loss.what != "link"] == []


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_repeated_import_gives_the_same_files(name: str) -> None:
    written = writers()[name](packs()[-1])

    files = [settle(readers()[name](written.data, "file"), "again").files for _ in range(2)]

    assert files[0] == files[1]
