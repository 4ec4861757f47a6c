"""The usual form of a file: reached in one step, kept for ever, and never another meaning."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz.packs.formatter import formatted
from quiz.packs.loader import load_pack
from quiz.packs.revision import commentary_hash, rev
from tests.packs.findings_files import CASES, Case
from tests.packs.test_fuzz import ANY_LINE, EXAMPLE

ROOT = Path(__file__).parents[2]
PACKS = [
    *sorted((ROOT / "content" / "async-databases").glob("*.md")),
    *sorted((ROOT / "tests" / "packs" / "example").glob("*.md")),
    ROOT / "content" / "README.md",
]
FRONT = "---\nformat: quizpack/1\nid: demo\ntitle: Demo\n---\n"

UGLY = """\
#   Lists\x20\x20
<!--id:lists-->
Notes\x20\x20
with a break.\t
* one
* two
## One?

<!-- tags: a,b ;kind:multiple;   id: one -->


*  [X]   Yes
   > why


   ```python\x20
   x\x20\x20


   ```
+  [ ] No
Source: [Python](https://docs.python.org/3/)
### Explanation
- a

* b [X]

#### Deep
<!-- not metadata -->
"""

USUAL = """\
# Lists
<!-- id: lists -->

Notes\x20\x20
with a break.
- one
- two

## One?
<!-- id: one; kind: multiple; tags: a, b -->

*  [x] Yes
   > why

   ```python
   x\x20\x20


   ```
-  [ ] No
Source: [Python](https://docs.python.org/3/)

### Explanation

- a

* b [X]

#### Deep

<!-- not metadata -->
"""


def meaning(text: str) -> object:
    """Return all that is read from a pack of one file, places aside."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.md"
        path.write_bytes(text.encode(errors="replace"))
        loaded = load_pack(Path(folder), strict=True)
    pack = loaded.pack
    findings = sorted((finding.code, finding.message) for finding in loaded.findings)
    if pack is None:
        return findings
    topics = [
        (t.id, t.title, t.notes, [(o.id, o.sentence, o.was) for o in t.objectives])
        for t in pack.topics
    ]
    questions = [
        (
            *(q.id, rev(q), commentary_hash(q.commentary), q.level, q.tags, q.points, q.v, q.was),
            *(q.objective, q.shuffle, [(fence.words, fence.code) for fence in q.evidence]),
        )
        for q in pack.questions
    ]
    return findings, pack.description, topics, questions


def assert_same(text: str) -> None:
    after = formatted(text)

    assert formatted(after) == after
    assert meaning(after) == meaning(text)


def test_form_is_mended_and_nothing_else() -> None:
    assert formatted(UGLY) == USUAL


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_what_has_its_form_comes_back_byte_for_byte(path: Path) -> None:
    text = path.read_text()

    assert formatted(text) == text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_packs_with_findings_keep_them(case: Case) -> None:
    text = case.files.get("pack.md", b"").decode(errors="replace").replace("\r", "\n")

    assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "---\nformat: quizpack/1",
        "---\n---",
        "---\n---\n\n\n\n# One\n\n\n",
        "# A\n\n    code\n\n\n    more\n\n\ntext",
        "# A\n[a]: https://a.example\n# B\n",
        "A\n===\nText\n\n\n\nB\n---\n",
        "# A\n```\nnever closed\n\n\n",
        "# A\n<!-- id: a\n\nobjective: b -->\nText",
        "> # A\n> <!-- id: a -->\n\n\n> * [X] b\n",
    ],
)
def test_odd_texts_keep_their_meaning(text: str) -> None:
    assert_same(text)


def test_front_matter_is_left_as_it_is() -> None:
    front = "---\nformat:   quizpack/1\ntitle: >-\n  Demo  \n---\n"

    assert formatted(front + "# A") == front + "\n# A\n"


def test_an_id_is_written_under_its_heading_or_into_its_comment() -> None:
    text = "# A\n## B\n<!-- objective: of -->\n## C\n\n<!--\nobjective: of\n-->\nText\n\nD\n=\nText"

    after = formatted(text, {1: "aa", 2: "bb", 4: "cc", 11: "dd"})

    assert after == (
        "# A\n<!-- id: aa -->\n\n## B\n<!-- id: bb; objective: of -->\n\n"
        "## C\n<!--\nid: cc\nobjective: of\n-->\n\nText\n\nD\n=\n<!-- id: dd -->\n\nText\n"
    )


def distorted(lines: Sequence[str], data: st.DataObject) -> list[str]:
    """Return the lines with signs changed that mean nothing, most of the time."""
    result = list(lines)
    for _ in range(data.draw(st.integers(1, 40))):
        at = data.draw(st.integers(0, len(result) - 1))
        line = result[at]
        match data.draw(st.sampled_from(["space", "blank", "bullet", "box", "meta", "tight"])):
            case "space":
                result[at] = line + data.draw(st.sampled_from([" ", "  ", "\t"]))
            case "blank":
                result.insert(at, data.draw(st.sampled_from(["", "   "])))
            case "bullet":
                result[at] = line.replace("- ", data.draw(st.sampled_from(["* ", "+ "])), 1)
            case "box":
                result[at] = line.replace("[x] ", "[X]  ").replace("[ ] ", "[ ]   ")
            case "meta":
                result[at] = line.replace("; ", " ;").replace("<!-- ", "<!--")
            case _ if not line:
                del result[at]
    return result


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_pack_typed_otherwise_means_the_same_afterwards(data: st.DataObject) -> None:
    assert_same("\n".join([*EXAMPLE[:14], *distorted(EXAMPLE[14:], data)]))


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_LINE, max_size=25))
@example(["# T", "## Q", "- [X] a", "* [ ] b", "+ [ ] c"])
def test_lines_thrown_together_keep_their_meaning(lines: list[str]) -> None:
    text = "\n".join([*FRONT.splitlines(), *lines]).replace("\r", "\n")

    assert_same(text)


def test_packs_in_any_form_come_to_the_same() -> None:
    text = "\n".join(EXAMPLE)
    other = text.replace("\n- [", "\n* [").replace("* [x]", "* [X]").replace("\n\n#", "\n#")

    assert formatted(other.replace("; ", ";").replace("<!-- ", "<!--")) == formatted(text)
