"""Codes that people type, and names that they give."""

from __future__ import annotations

import pytest

from quiz.core.codes import JOIN, ONCE, SIGNS, code_from, read_code, shown_code
from quiz.core.errors import FormError
from quiz.core.names import key_of, read_name


def test_no_sign_of_a_code_looks_like_another() -> None:
    assert len(set(SIGNS)) == 32
    assert not set(SIGNS) & set("01OIabcdefghijklmnopqrstuvwxyz")


def test_a_code_is_drawn_from_chance_and_read_back() -> None:
    codes = {code_from(str(n), JOIN) for n in range(1000)}

    assert len(codes) == 1000
    assert set("".join(codes)) == set(SIGNS)
    assert all(read_code(shown_code(code).lower(), JOIN) == code for code in codes)
    assert len(shown_code(code_from("x", ONCE)).split("-")) == 3


@pytest.mark.parametrize("text", ["", "7KQM", "7KQM-2WXPA", "7KQM-2WX0", "7KQM-2WXI", "7KQM_2WXP"])
def test_what_can_be_no_code_is_none(text: str) -> None:
    assert read_code(text, JOIN) == ""


def test_a_name_is_kept_as_it_was_typed_but_for_spaces_around_it() -> None:
    assert read_name(' =HYPERLINK("http://x")  ', "A name") == '=HYPERLINK("http://x")'
    assert read_name("\u202eevil", "A name") == "\u202eevil"


@pytest.mark.parametrize("name", ["", " ", "\u200b\u200d", "a\nb", "a\x07", "x" * 61])
def test_a_name_that_cannot_be_read_is_refused_with_its_field(name: str) -> None:
    with pytest.raises(FormError, match="A name has 1 to 60 characters; this one") as refused:
        read_name(name, "A name", field="who")

    assert refused.value.field == "who"


def test_names_are_compared_without_case_spaces_and_ways_to_write_them() -> None:
    assert key_of("  Anna   MU\u0308LLER ") == key_of("anna müller")
    assert key_of("Anna") != key_of("Anne")
