"""R's psych package finds the same numbers, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from quiz.core.items import question_statistics, set_statistics
from tests.core.tables import ORACLES, WORKED, Table, tries

SCRIPT = """
marks <- as.matrix(read.csv(file("stdin"), header = FALSE))
found <- suppressWarnings(suppressMessages(
  psych::alpha(marks, check.keys = FALSE, warnings = FALSE, delete = FALSE)))
numbers <- c(found$item.stats$r.drop, found$total$raw_alpha)
cat("[", paste(sprintf("%.12f", numbers), collapse = ", "), "]")
"""


def why_not() -> str:
    """Return why R cannot be asked here, "" where it can."""
    if not shutil.which("Rscript"):
        return "Rscript is not installed"
    look = ["Rscript", "-e", "stopifnot(requireNamespace('psych', quietly = TRUE))"]
    missing = subprocess.run(look, capture_output=True, check=False).returncode
    return "R has no package psych" if missing else ""


REASON = why_not()


@pytest.mark.skipif(bool(REASON), reason=REASON)
@pytest.mark.parametrize("table", [WORKED, ORACLES["B"]["marks"]], ids=["worked", "B"])
def test_r_finds_the_same_discrimination_and_consistency(table: Table) -> None:
    lines = "\n".join(",".join(map(str, row)) for row in table)
    call = ["Rscript", "-e", SCRIPT]
    told = subprocess.run(call, input=lines, capture_output=True, text=True, check=True).stdout
    *indices, alpha = json.loads(told)

    asked = tries(table)
    found = [q.discrimination_index for q in question_statistics(asked).values()]

    assert found == pytest.approx([100 * index for index in indices], rel=1e-6)
    assert set_statistics(asked).cic == pytest.approx(100 * alpha, rel=1e-6)
