"""Whatever stands in a pack: no crash, and every finding has a line that is there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.packs.loader import load_pack
from quiz.packs.problems import CODES
from tests.packs.findings_files import CASES

EXAMPLE = (Path(__file__).parent / "example" / "example-pack.md").read_text().split("\n")
HOSTILE = [
    *("---", "- - - - x", "> > > x", "\t- [x] a", "1. [x] a", "* [ ] b", "+ [x]", "- [ ]", "-"),
    *("```", "````", "~~~", "```answer", "```number", "```output raises=", "```python order free="),
    *("```python order blocks indent free=2-1,9-99", "```python cloze", "```python pick none"),
    *("```python run setup=../../x", "```python =", "``` = =x x="),
    *(
        "<!--",
        "-->",
        "<!-- id: a b; ; : ; kind: -->",
        "<!-- kind: match -->",
        "<!-- kind: prose -->",
    ),
    *("<!-- kind: recall; uses: a; points: 1e9; v: 99999999999 -->", "<b>", "<!---->", "<!-->"),
    *("# Misconceptions", "# ", "##", "### Answer", "### Feedback: ``", "### Feedback: `\\n`"),
    *("### Objectives", "### Distractors", "### Points", "### Evidence", "#### x", "===", "- # x"),
    *("| a | b |", "| - | - |", "| | |", "|", "|-", "![](/)", "![](images/%00)", "[a](%ff#%ff)"),
    *("Source: [a](#)", "Source: [a](//[x)", "Source: [a](a?b#c)", "Source: [x](http://[)"),
    *("[a]: <b> 'c'", "[a]", "[" * 50, "`" * 9, "\x00", "\x1b[31m", "\ufeff", "\u2028", "é\u0301"),
    *("____ ____ `____`", "x  # [x] `a-b` c", "x  # [ ]", "1,5 +- -1%", "[1, nan]", "1e999999999"),
    *("    " * 9 + "x", "  > `a-b` x", "  > - > `x", "title: *x", "id: &x y", "defaults: [{a: b}]"),
    *(f"Source: [a]({'a' * 300})", "x" * 300),
]
LINES = sorted(
    {
        line
        for case in CASES
        for data in case.files.values()
        for line in data.decode(errors="replace").split("\n")
    }
)
ANY_LINE = st.sampled_from(HOSTILE) | st.sampled_from(LINES) | st.text(max_size=12)


def assert_sound(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.md"
        path.write_bytes(text.encode(errors="replace"))
        loaded = load_pack(Path(folder), strict=True)

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in loaded.findings:
        assert finding.code in CODES
        assert finding.place.file == "pack.md"
        assert 1 <= finding.place.line <= len(lines), finding
        assert 1 <= finding.place.col <= len(lines[finding.place.line - 1]) + 1, finding
    assert (loaded.pack is None) == any(f.severity == "error" for f in loaded.findings)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_LINE, max_size=25), st.booleans())
def test_lines_thrown_together_are_read_or_refused(lines: list[str], front: bool) -> None:
    head = ["---", "format: quizpack/1", "id: demo", "title: Demo", "---", "# Topic", "## One"]

    assert_sound("\n".join([*(head if front else []), *lines]))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_pack_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EXAMPLE) - 40))
    lines = [*EXAMPLE[:14], *EXAMPLE[start : start + 40]]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "insert", "cut"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[at - 1] = lines[at - 1], lines[at]
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, 12))]
            case _:
                lines.insert(at, data.draw(ANY_LINE))

    assert_sound("\n".join(lines))
