"""What no reader may stumble over: other encodings, empty files, and files of other formats."""

from __future__ import annotations

import pytest

from quiz.core.errors import OperatorError
from quiz.formats import readers, writers
from quiz.packs.importing import settle
from tests.formats.test_json import PACKS, loaded


@pytest.mark.parametrize("name", sorted(readers()))
@pytest.mark.parametrize("data", ["Größe".encode("latin-1"), "Größe".encode("utf-16"), b"a\0b"])
def test_what_is_not_utf_8_is_refused_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(OperatorError, match="quiz"):
        readers()[name](data, "quiz")


@pytest.mark.parametrize("name", sorted(readers()))
@pytest.mark.parametrize("other", sorted(writers()))
def test_a_file_of_another_format_is_refused_or_becomes_a_pack(name: str, other: str) -> None:
    data = writers()[other](loaded(PACKS[2])).data

    said = outcome(name, data)

    assert "quiz" in said or said == "unusual"


def outcome(name: str, data: bytes) -> str:
    """Return the id of the pack that the data become, or the sentence that refuses them."""
    try:
        found = readers()[name](data, "quiz")
    except OperatorError as error:
        return str(error)
    return settle(found, "quiz").pack.id
