"""Cells that a spreadsheet takes for what they are."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from quiz.core.formulas import FORMULA_SIGNS, guarded
from quiz.exports.cells import stored, structure, time_text, words


@pytest.mark.parametrize("sign", sorted(FORMULA_SIGNS))
def test_text_that_could_be_a_formula_is_made_harmless(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"
    assert guarded(f"  {sign}1+1") == f"'  {sign}1+1"


@pytest.mark.parametrize("text", ["", "1+1", "len(xs)", "'=1'", "a\tb"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_times_are_utc_with_milliseconds() -> None:
    east = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))

    assert time_text(east) == "2026-11-25T09:00:00.123Z"
    assert time_text(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00.000Z"


def test_structures_are_json_on_one_line() -> None:
    assert structure({"2": "b", "1": "ä\n"}).text == '{"1":"ä\\n","2":"b"}'
    assert words(("b", "a")).text == '["b","a"]'
    assert stored('{"b": 1, "a": [true, null]}').text == '{"a":[true,null],"b":1}'
