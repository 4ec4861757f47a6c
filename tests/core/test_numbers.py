"""Numbers are read as people write them, and compared exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.numbers import normal_number, read_accepted, read_number


def codes(text: str) -> list[str]:
    found: list[str] = []
    assert read_accepted(text, lambda code, message, hint: found.append(code)) is None
    return found


def bounds(text: str) -> tuple[str, str]:
    found: list[str] = []
    interval = read_accepted(text, lambda code, message, hint: found.append(code))
    assert interval is not None
    assert found == []
    return normal_number(interval.low), normal_number(interval.high)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("42", "42"),
        (" +42 ", "42"),
        ("-0.50", "-0.5"),
        ("−3", "-3"),
        ("3,5", "3.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("6.02e23", "6.02E+23"),
        ("-0", "0"),
        ("1e-3", "0.001"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, value: str) -> None:
    number = read_number(typed)

    assert number is not None
    assert normal_number(number) == value


@pytest.mark.parametrize(
    "typed",
    [
        *("", "many", "1,,4", "1 000", "1,234.5", "1.234,5", "1_000", "3 ms", "0x10", "٣", "inf"),
        *("nan", "1e9999", "1" * 201, "--1", "5%", "1,2,3"),
    ],
)
def test_what_is_no_number_is_not_guessed_at(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("42", "42", "42"),
        ("1.41 +- 0.01", "1.4", "1.42"),
        ("1.41±0.01", "1.4", "1.42"),
        ("2.5 +- 1%", "2.475", "2.525"),
        ("-200 +- 10%", "-220", "-180"),
        ("[1.4, 1.42]", "1.4", "1.42"),
        ("0.3 +- 0", "0.3", "0.3"),
    ],
)
def test_an_author_states_a_number_with_what_is_near_enough(
    written: str, low: str, high: str
) -> None:
    assert bounds(written) == (low, high)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("about three", "E311"),
        ("1,41 +- 0.01", "E311"),
        ("1.41 +- much", "E311"),
        ("[1.4; 1.42]", "E311"),
        ("1.41", "E312"),
        ("1e3", "E312"),
        ("1.41 +- -0.01", "E313"),
        ("[2, 1]", "E314"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_number(written: str, code: str) -> None:
    assert codes(written) == [code]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_the_normal_form_of_a_number_is_that_number(number: Decimal) -> None:
    again = read_number(normal_number(number))

    assert again == number
    assert normal_number(again) == normal_number(number)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused_without_a_crash(typed: str) -> None:
    number = read_number(typed)

    assert number is None or number.is_finite()
