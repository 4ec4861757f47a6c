"""Rosters as people paste them, and what is wrong with a line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.names import wrong_with
from quiz.core.rosters import MOST, MOST_TEXT, Roster, read_roster

HOSTILE = '=HYPERLINK("http://x")'


def pairs(roster: Roster) -> list[tuple[str, str]]:
    assert roster.troubles == ()
    return [(one.name, one.external_id) for one in roster.listed]


def told(text: str) -> list[tuple[int, str]]:
    return [(trouble.line, trouble.sentence) for trouble in read_roster(text).troubles]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Müller,1\nBjörk,2",
        "Anna Müller;1\r\nBjörk;2\r\n",
        "Anna Müller\t1\n\n\nBjörk\t2\n\n",
        '\ufeffname;external_id\n"Anna Müller" ; 1\nBjörk;2',
        "External ID,Name\n1,Anna Müller\n2,Björk",
        " Anna Müller , 1 \n  Björk,2,,",
    ],
)
def test_a_roster_is_read_however_its_columns_are_parted(text: str) -> None:
    assert pairs(read_roster(text)) == [("Anna Müller", "1"), ("Björk", "2")]


def test_names_alone_are_a_roster() -> None:
    assert pairs(read_roster("Anna\nBen\nname-less")) == [
        ("Anna", ""),
        ("Ben", ""),
        ("name-less", ""),
    ]


def test_a_comma_in_a_name_parts_nothing_where_something_else_does() -> None:
    assert pairs(read_roster("Müller, Anna;1\nBen;2")) == [("Müller, Anna", "1"), ("Ben", "2")]
    assert pairs(read_roster('"Müller, Anna",1')) == [("Müller, Anna", "1")]


def test_a_name_that_looks_like_a_formula_is_a_name() -> None:
    assert pairs(read_roster(f"{HOSTILE};=1+1\n-1;@x")) == [(HOSTILE, "=1+1"), ("-1", "@x")]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "There is no line with a name."),
        ("\n ; \n", 1, "There is no line with a name."),
        ("Anna;1\n;2", 2, "A name has 1 to 60 characters; this one is empty."),
        (f"Anna\n{'x' * 61}", 2, "A name has 1 to 60 characters; this one has 61."),
        (f"Anna;{'9' * 61}", 1, "An external id has at most 60 characters; this one has 61."),
        ("Anna;1\nBen;1", 2, "The external id “1” stands in line 1 already."),
        ("Anna;1\n\nANNA ", 3, "The name “ANNA” stands in line 1 already."),
        ("name;mail\nAnna;a@b", 1, "There is no column “mail”; the columns are"),
        ("external_id\n1", 1, "The headings name each column once, and “name” is one of them."),
        ("Anna;1\nBen;2;3", 2, "There are 3 columns; a line has a name and"),
        ('Anna;1\n"Ben;2\nEve;3', 2, "A name has 1 to 60 characters; this one has a line break"),
        ("x\n" * (MOST + 1), MOST + 1, "A roster has at most 2,000 lines."),
        ("x" * (MOST_TEXT + 1), 1, "A roster has at most 100,000 characters."),
    ],
)
def test_what_is_wrong_is_told_by_line(text: str, line: int, sentence: str) -> None:
    assert (line, True) in [(at, said.startswith(sentence)) for at, said in told(text)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert [line for line, _ in told(";1\nAnna;2\nBen;2\n;3")] == [1, 3, 4]


def test_a_sign_that_ends_no_line_in_a_file_is_told() -> None:
    assert [line for line, _ in told("Anna\x1eBen;1")] == [1]


def test_two_of_one_name_are_told_apart_by_their_ids() -> None:
    assert pairs(read_roster("Anna;1\nAnna;2")) == [("Anna", "1"), ("Anna", "2")]


@given(st.lists(st.tuples(st.text(max_size=70), st.text(max_size=70)), max_size=6))
def test_any_text_is_a_roster_or_is_told_why_not(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([("name", "external_id"), *rows])

    roster = read_roster(written.getvalue())

    assert all(not wrong_with(one.name) for one in roster.listed)
    if not roster.troubles:
        kept = [(name.strip(), id.strip()) for name, id in rows if name.strip() or id.strip()]
        assert pairs(roster) == kept


@given(st.text())
def test_nothing_breaks_the_reader(text: str) -> None:
    roster = read_roster(text)

    assert bool(roster.listed) or bool(roster.troubles)
