"""The benchmark runs, with sizes that measure nothing: so it is there when it is wanted."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import profiling
from tests.bench.__main__ import main
from tests.bench.flame import below, flame_graph, shares
from tests.bench.goals import goals
from tests.bench.results import Result, as_markdown


def test_goals_can_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = [goal for goal in goals() if goal != "7"]  # which wants a database server
    written, told = tmp_path / "figures.json", tmp_path / "told.md"
    told.write_text("Before.\n<!-- figures -->\nold\n<!-- end of figures -->\nAfter.\n")

    results = main([*named, "--tiny", "--json", str(written), "--into", str(told), "--markdown"])

    assert [r.note for r in results if r.broken] == []
    assert {result.goal for result in results} == set(named)
    assert all(len(r.values) > 0 for r in results if r.must is not None)
    assert "machine" in json.loads(written.read_text())
    assert "| goal | what | must |" in capsys.readouterr().out
    assert told.read_text().startswith("Before.\n<!-- figures -->\nMeasured on ")
    assert told.read_text().endswith(" |\n<!-- end of figures -->\nAfter.\n")


def test_a_profile_is_drawn_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = profiling.main(["publish", str(tmp_path / "publish.svg"), "--tiny"])

    root = ElementTree.parse(drawn).getroot()  # noqa: S314 - we have just written it
    assert root.tag.endswith("svg")
    assert "quiz.publishing" in drawn.read_text()
    assert "flame graph: " in capsys.readouterr().out


def test_a_flame_graph_is_as_wide_as_what_was_sampled() -> None:
    drawn = flame_graph({("quiz.a", "sqlalchemy.b"): 3, ("quiz.a",): 1, ("?.root",): 4}, "a & b")

    assert "a &amp; b, 8 samples" in drawn
    assert "<title>quiz.a: 50.0%</title>" in drawn
    assert "<title>sqlalchemy.b: 37.5%</title>" in drawn


def test_shares_go_to_the_innermost_package_that_is_known() -> None:
    stacks = {("quiz.a", "sqlalchemy.b", "json.c"): 3, ("quiz.a", "?.root"): 1}

    assert shares(stacks) == [("sqlalchemy", 0.75), ("jinja2", 0.25)]
    assert below(stacks, "quiz.", 5) == [("quiz.a", 1.0)]


@pytest.mark.parametrize(
    ("values", "more", "verdict"),
    [
        ((9.0, 1.0, 2.0), True, "missed"),
        ((3.0,), True, "must"),
        ((4.0,), True, "stretch"),
        ((3.5,), False, "missed"),
        ((), True, "not measured"),
    ],
)
def test_a_verdict_is_that_of_the_median(
    values: tuple[float, ...], more: bool, verdict: str
) -> None:
    assert (
        Result("1", "speed", values, must=3, stretch=4 if more else 2, more=more).verdict == verdict
    )


def test_a_table_tells_bounds_median_and_spread() -> None:
    result = Result("3", "lonely answer", (1.5, 2.0, 7.25), " ms", must=4, stretch=1.5, more=False)

    assert as_markdown([result]).splitlines()[2] == (
        "| 3 | lonely answer | ≤ 4 ms | ≤ 1.5 ms | 2 ms | 1.5 to 7.25 | must |"
    )
