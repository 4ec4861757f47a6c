"""The instructors' guide names every file and each of its columns."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from quiz.exports.lines import Columns
from quiz.teaching.files import files

GUIDE = (Path(__file__).parents[2] / "docs" / "instructors.md").read_text()


@pytest.mark.parametrize("name", files())
def test_a_file_stands_in_the_guide_with_its_columns(name: str) -> None:
    module = importlib.import_module(f"quiz.exports.files.{name.replace('-', '_')}")
    columns: Columns | None = getattr(module, "COLUMNS", None)
    names = columns.names if columns and "csv" in module.FILE.formats else ()

    assert f"`{name}`" in GUIDE
    assert [column for column in names if f"`{column}`" not in GUIDE] == []


@pytest.mark.parametrize("name", files())
def test_names_of_columns_are_plain_and_told_apart(name: str) -> None:
    module = importlib.import_module(f"quiz.exports.files.{name.replace('-', '_')}")
    columns: Columns | None = getattr(module, "COLUMNS", None)
    if columns is None:
        return
    special = columns.text | columns.times | columns.truths | columns.structures

    assert len(set(columns.names)) == len(columns.names)
    assert all(column.replace("_", "").isalnum() and column.islower() for column in columns.names)
    assert special <= set(columns.names)
