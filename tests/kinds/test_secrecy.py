"""What a card shows before the answer does not depend on the answer: not by a byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.questions import Question
from tests.kinds.asking import EXAMPLE, UNUSUAL, asked, questions, seed_of

Change = list[tuple[str, str]]

CHANGES: dict[str, tuple[Path, Change]] = {
    "a tick": (EXAMPLE, [("- [x] `[1, 2]`", "- [ ] `[1, 2]`"), ("- [ ] `[1]`", "- [x] `[1]`")]),
    "the ticks of a multiple choice": (
        EXAMPLE,
        [("- [x] `(1, 2)`", "- [ ] `(1, 2)`"), ("- [ ] `[1, 2]`\n  > L", "- [x] `[1, 2]`\n  > L")],
    ),
    "all ticks of a multiple choice": (UNUSUAL, [("- [x] `1 == 1`", "- [ ] `1 == 1`")]),
    "the truth of a statement": (
        UNUSUAL,
        [("- [ ] False\n- [x] True", "- [ ] True\n- [x] False")],
    ),
    "a tick without shuffling": (
        UNUSUAL,
        [("- [ ] zebra", "- [x] zebra"), ("- [x] apple", "- [ ] apple")],
    ),
    "accepted texts": (EXAMPLE, [("```answer\nlen\nlen()", "```answer\na much longer one\nsize")]),
    "a number": (EXAMPLE, [("```number\n3\n", "```number\n[-17.25, 4000]\n")]),
    "fills": (
        EXAMPLE,
        [
            ("1. `xs[0]`\n   - `0`\n     > It fails for a list of negative numbers.\n", "1. `1`\n"),
            ("2. `>` or `>=`", "2. `is not a member of`"),
        ],
    ),
    "the order of lines": (
        EXAMPLE,
        [("    n = 0\n    for c in text:\n", "    for c in text:\n    n = 0\n")],
    ),
    "a graded indentation": (EXAMPLE, [("    return n\n", "        return n\n")]),
    "a line and a distractor": (
        EXAMPLE,
        [
            ("    n = 0\n", "    n = 1\n"),
            ("    for c in letter:\n    n = 1", "    for c in letter:\nn = 0"),
        ],
    ),
    "the order of lines with equal ones and without shuffling": (
        UNUSUAL,
        [("y = 2\n\nprint(x)\n", "print(x)\n\ny = 2\n")],
    ),
    "which lines are free": (UNUSUAL, [("order blocks free=1-2", "order blocks")]),
    "a block and a distractor": (
        UNUSUAL,
        [("y = 2\n", "z = 4\n"), ("z += 1\n\nz = 4\n", "z += 1\n\ny = 2\n")],
    ),
    "pairs": (
        EXAMPLE,
        [("`'uiz'` |", "`'q'` |"), ("[:1]`  | `'q'`   |", "[:1]` | `'uiz'` |")],
    ),
    "a pair and an extra side": (
        EXAMPLE,
        [("[1:3]` | `'ui'`", "[1:3]` | `'iz'`"), ("|               | `'iz'`", "| | `'ui'`")],
    ),
    "pairs without shuffling": (
        UNUSUAL,
        [
            ("| `for` | *keyword* |", "| `for` | function \\| builtin |"),
            ("| `len` | function \\| builtin |", "| `len` | *keyword* |"),
        ],
    ),
    "the marked line": (
        EXAMPLE,
        [
            ("  # [x] Starts at index 1, so `xs[0]` is never added.", ""),
            (
                "total = 0\n    for i in range(1,",
                "total = 0  # [x] Now here.\n    for i in range(1,",
            ),
        ],
    ),
    "how many lines are marked": (UNUSUAL, [("  # [x] Once more.", "  # [ ] Not this one.")]),
    "that no line is wrong": (
        UNUSUAL,
        [("python pick none\nx = 1\n", "python pick\nx = 1  # [x] This one.\n")],
    ),
    "the output": (EXAMPLE, [("```output\nfinally\ntry\n", "```output\ntry\n")]),
    "how a program ends": (EXAMPLE, [("```output raises=IndexError\n2\n", "```output\n2\n")]),
    "the model answer": (EXAMPLE, [("It binds the name `b` to", "It copies")]),
    "the points of an answer": (UNUSUAL, [("- The second point\n", "")]),
    "a misconception": (UNUSUAL, [("     > `all-lines-run` A name", "     > A name")]),
}


def waiting(found: tuple[Question, ...]) -> dict[str, tuple[str, str]]:
    """Return view and HTML of each question before anything was answered."""
    return {
        question.id: (
            repr(question.wording.body.ask(seed_of(question), {})),
            asked(question, {}),
        )
        for question in found
    }


@pytest.mark.parametrize("change", CHANGES)
def test_a_waiting_card_does_not_depend_on(change: str, tmp_path: Path) -> None:
    path, replacements = CHANGES[change]
    before = questions(path)
    text = path.read_text()
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / path.name).write_text(text)
    (tmp_path / "example-source.md").write_text((EXAMPLE.parent / "example-source.md").read_text())
    after = questions(tmp_path / path.name)

    assert after != before
    assert waiting(after) == waiting(before)


def test_a_waiting_card_does_depend_on_what_it_shows(tmp_path: Path) -> None:
    """The proof above can fail: another option is another card."""
    changed = tmp_path / UNUSUAL.name
    changed.write_text(UNUSUAL.read_text().replace("zebra", "zebu"))

    before, after = waiting(questions(UNUSUAL)), waiting(questions(changed))

    assert {id for id in before if before[id] != after[id]} == {"as-written"}
