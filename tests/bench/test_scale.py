"""What one PostgreSQL holds can be measured: with sizes that tell nothing."""

from __future__ import annotations

import pytest

from tests.bench.scale import Run, extrapolated, main, table
from tests.bench.scale_log import Log
from tests.postgresql import PostgreSQL
from tests.server import missing
from tests.servers import engines


def test_a_small_log_is_measured_whole_and_in_parts(capsys: pytest.CaptureFixture[str]) -> None:
    if "postgresql" not in engines() or not PostgreSQL.installed():
        missing("PostgreSQL")

    runs = main(["--tiny"])

    assert [run.log.attempts for run in runs] == [400, 2000, 8000, 8000, 8000]
    common = set.intersection(*(set(run.figures) for run in runs))
    assert {"bytes of the log", "ms: a card", "ms: 32 answers stored"} <= common
    assert "s: a month detached" in runs[3].figures
    assert "ms: a card, as written now" in runs[3].figures
    assert "| bytes of the log |" in capsys.readouterr().out


def test_too_few_rows_are_refused_with_the_fewest_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--rows", "100"])

    assert "--rows must be 8,000 or more" in capsys.readouterr().err


def run(attempts: int, size: float) -> Run:
    return Run(f"{attempts:,}", Log(attempts), {"bytes of the log": size, "ms: a card": size})


def test_what_grows_with_the_logarithm_is_drawn_on_to_100_million_attempts() -> None:
    growing = [run(100_000, 0), run(1_000_000, 300), run(10_000_000, 310)]

    assert extrapolated(growing, "bytes of the log") == pytest.approx(320)
    assert "| bytes of the log | 0 | 300 | 310 | 320 |" in table(growing)
    assert "| ms: a card | 0 | 300 | 310 |  |" in table(growing)


def test_what_shrank_is_taken_to_stay() -> None:
    shrinking = [run(100_000, 0), run(1_000_000, 310), run(10_000_000, 300)]

    assert extrapolated(shrinking, "bytes of the log") == 300
