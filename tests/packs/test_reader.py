"""Markdown to blocks, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.blocks import Block, Fence, Heading, ItemList, Paragraph, Place, Quote, Table
from quiz.core.blocks import markdown as write
from quiz.packs.problems import Log
from quiz.packs.reader import MAX_BLOCK, read_blocks
from quiz.packs.sections import walk

EXAMPLE = Path(__file__).parent / "example"


def read(text: str) -> tuple[Block, ...]:
    log = Log()
    blocks = read_blocks(text, "pack.md", log)
    assert log.findings == []
    return blocks


def codes(text: str) -> list[tuple[str, int, int]]:
    log = Log()
    read_blocks(text, "pack.md", log)
    return [(found.code, found.place.line, found.place.col) for found in log.findings]


def test_a_nested_block_knows_the_column_of_its_first_sign() -> None:
    blocks = read(
        "> - one\n>\n>   ```python\n>   x = 1\n>   ```\n>\n>   1. two\n>\n>      > three\n"
    )

    places = {type(block).__name__: block.place for block in walk(blocks)}

    assert places == {
        "Quote": Place("pack.md", 9, 8),
        "ItemList": Place("pack.md", 7, 5),
        "Fence": Place("pack.md", 3, 5),
        "Paragraph": Place("pack.md", 9, 10),
    }


def test_soft_breaks_are_spaces_and_hard_breaks_stay() -> None:
    (block,) = read("one\n  two `a\nb`  \nthree\\\nfour\n")

    assert isinstance(block, Paragraph)
    assert block.text.source == "one two `a b`\\\nthree\\\nfour"
    assert block.text.plain == "one two a b three four"
    assert block.text.codes == ("a b",)


def test_links_and_pictures_know_where_they_stand() -> None:
    (block,) = read("See [`one`](a.md#x)\nand ![two](b.png) or <https://example.org>.\n")

    assert isinstance(block, Paragraph)
    assert [(link.target, link.text, link.image) for link in block.text.links] == [
        ("a.md#x", "one", False),
        ("b.png", "two", True),
        ("https://example.org", "https://example.org", False),
    ]
    assert [(link.place.line, link.place.col) for link in block.text.links] == [
        (1, 5),
        (2, 5),
        (2, 22),
    ]


def test_a_link_keeps_its_address_when_its_definition_is_gone() -> None:
    (block,) = read('A [link][one] and [two].\n\n[one]: a.md "A \\"title\\""\n[two]: b.md\n')

    assert isinstance(block, Paragraph)
    assert block.text.source == 'A [link](<a.md> "A \\"title\\"") and [two](<b.md>).'


def test_a_table_has_rows_of_cells() -> None:
    (block,) = read("| A | B |\n| - | :-: |\n| `a\\|b` | |\n")

    assert isinstance(block, Table)
    assert [cell.source for cell in block.head.cells] == ["A", "B"]
    assert [[cell.source for cell in row.cells] for row in block.rows] == [["`a|b`", ""]]
    assert block.rows[0].place == Place("pack.md", 3, 1)


def test_a_fence_has_words_and_code() -> None:
    (block,) = read("~~~python order  free=2-3\na\n\nb\n~~~\n")

    assert isinstance(block, Fence)
    assert (block.words, block.code) == (("python", "order", "free=2-3"), "a\n\nb\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```python\nx\n", [("E115", 1, 1)]),
        ("```python\nx", [("E115", 1, 1)]),
        ("- a\n\n  ```\n  x\n\nb\n", [("E115", 3, 3)]),
        ("```python\nx\n\n## Two\n\n```python\ny\n```\n", [("E115", 1, 1)]),
        ("<!-- a: b\n\n## Two\n", [("E115", 1, 1)]),
        ("a <b>c</b>\n", [("E114", 1, 3)]),
        ("<table>\n</table>\n", [("E114", 1, 1)]),
        ("<!-- a --> b\n", [("E106", 1, 1)]),
        ("> <!-- a -->\n", [("E106", 1, 3)]),
        ("a <!-- b --> c\n", [("E106", 1, 3)]),
        ("- " * 30 + "x\n", [("E121", 1, 1)]),
    ],
)
def test_what_cannot_be_a_block_is_reported_at_its_place(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert codes(text) == found


def test_a_longer_fence_may_show_a_fence() -> None:
    assert codes("````markdown\n```python\nx\n```\n````\n") == []


@pytest.mark.parametrize("text", ["x" * (MAX_BLOCK + 1), "```\n" + "x" * MAX_BLOCK + "\n```\n"])
def test_a_block_of_too_many_signs_is_refused_before_it_costs_time(text: str) -> None:
    assert codes(text) == [("E121", 1, 1)]


def test_the_example_comes_back_unchanged_when_written_and_read_again() -> None:
    text = (EXAMPLE / "example-pack.md").read_text().split("---\n", 2)[2]
    once = write(read(text))

    assert write(read(once)) == once


def test_headings_of_both_styles_and_lists_of_both_kinds() -> None:
    blocks = read("One\n===\n\n## Two ##\n\n1) a\n\n* b\n")

    headings = [(b.level, b.text.source) for b in blocks if isinstance(b, Heading)]
    assert headings == [(1, "One"), (2, "Two")]
    assert [b.ordered for b in blocks if isinstance(b, ItemList)] == [True, False]


def test_a_numbered_list_keeps_its_numbers() -> None:
    text = "3. three\n4. four\n\nand later\n\n0. zero"

    assert write(read(text)) == text


def test_a_quote_holds_blocks() -> None:
    (block,) = read("> one\n>\n> two\n")

    assert isinstance(block, Quote)
    assert [type(inner) for inner in block.blocks] == [Paragraph, Paragraph]
