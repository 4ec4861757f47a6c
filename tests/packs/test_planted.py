"""Wrong keys planted by hand into the example pack: each is found, at the line where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.packs.exhibits import exhibits
from quiz.packs.loader import load_pack
from quiz.packs.proving import prove
from quiz.packs.running.bench import Proof, Result
from quiz.packs.running.interpreter import Interpreter
from tests.packs.test_check import run

Edits = list[tuple[str, str]]

MOVED_RETURN: Edits = [("            n += 1\n    return n", "            n += 1\n        return n")]
MOVED_START: Edits = [("    n = 0\n    for c in text:", "    for c in text:\n        n = 0")]
STATEMENT: Edits = [("> `equals-copies` No", "> No"), ("[ ] True", "[x] True")]
MARKS: Edits = [("# [x] Starts", "# [ ] Starts"), ("# [ ] This line", "# [x] This line")]

PLANTED: list[tuple[str, Edits, str, str]] = [
    (
        "default-list",
        [("[ ] `[1]`", "[x] `[1]`"), ("[x] `[1, 2]`", "[ ] `[1, 2]`")],
        "E504",
        "`[1]`",
    ),
    ("default-list", [("[x] `[1, 2]`", "[x] `[1, 3]`")], "E504", "`[1, 3]`"),
    ("hashable", [("[ ] `[1, 2]`", "[x] `[1, 2]`")], "E504", "`[1, 2]`"),
    ("hashable", [("[x] `(1, 2)`", "[ ] `(1, 2)`")], "E504", "`(1, 2)`"),
    ("hashable", [("[ ] `([1], 2)`", "[ ] `((1,), 2)`")], "E504", "`((1,), 2)`"),
    ("assign-copies", [*STATEMENT, ("[x] False", "[ ] False")], "E504", "True"),
    ("len-name", [("len\nlen()\n", "len\nsize\n")], "E501", "eval(name)"),
    ("len-name", [("len\nlen()\n", "len\nid\n")], "E504", "id"),
    ("range-count", [("```number\n3\n", "```number\n4\n")], "E504", "4"),
    ("sqrt2", [("1.414 +- 0.005", "1.424 +- 0.005")], "E504", "1.424"),
    ("largest-cloze", [("1. `xs[0]`", "1. `xs[-1]` or `len(xs)`")], "E501", "assert largest"),
    ("largest-cloze", [("`>` or `>=`", "`>` or `<`")], "E501", "assert largest"),
    ("largest-cloze", [("   - `0`", "   - `xs[1]`")], "E504", "`xs[1]`"),
    ("order-count", MOVED_RETURN, "E502", "3"),
    ("order-count", MOVED_START, "E502", "3"),
    ("match-slices", [("`'q'` ", "`'u'` ")], "E504", "[:1]"),
    ("match-slices", [('`"quiz"[-1]`', '`"quiz"[-2]`')], "E504", "[-2]"),
    ("mean-bug", MARKS, "E504", "total +="),
    ("finally-output", [("```output\nfinally\ntry\n", "```output\ntry\nfinally\n")], "E502", "try"),
    ("index-error", [("raises=IndexError", "raises=KeyError")], "E501", "xs[3]"),
    ("index-error", [("```output raises=IndexError", "```output")], "E501", "xs[3]"),
]
"""Question, edits, and a finding that must come: its code, and what its line holds."""


def plant(path: Path, edits: Edits) -> None:
    text = path.read_text()
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text)


def planted(pack: Path, id: str, edits: Edits) -> Proof:
    path = pack / "example-pack.md"
    plant(path, edits)
    loaded = load_pack(path)
    assert loaded.pack, loaded.findings
    (exhibit,) = (one for one in exhibits(loaded.pack, pack) if one.question.id == id)
    return prove(exhibit, Interpreter())


@pytest.mark.parametrize(
    ("id", "edits", "code", "line"), PLANTED, ids=[f"{n}-{one[0]}" for n, one in enumerate(PLANTED)]
)
def test_a_wrong_key_is_found_where_it_stands(
    id: str, edits: Edits, code: str, line: str, content: Path
) -> None:
    proof = planted(content, id, edits)

    lines = (content / "example-pack.md").read_text().split("\n")
    found = [(one.code, lines[one.place.line - 1]) for one in proof.findings]
    assert proof.result is Result.unproven
    assert any(told == code and line in where for told, where in found), found


def test_wrong_keys_are_found_together_and_beside_other_problems(content: Path) -> None:
    path = content / "example-pack.md"
    plant(path, [("[ ] `[2]`", "[x] `[2]`"), ("[x] `[1, 2]`", "[ ] `[1, 2]`")])
    plant(path, [("```number\n3\n", "```number\n4\n"), ("raises=IndexError", "raises=KeyError")])

    result = run(content, "--run")

    lines = path.read_text().split("\n")
    found = [line.split(":") for line in result.stdout.splitlines() if ".md:" in line]
    assert [(told[3].split()[0], lines[int(told[1]) - 1].strip()) for told in found] == [
        ("E504", "- [x] `[2]`"),
        ("E120", lines[int(found[1][1]) - 1].strip()),
        ("E504", "- [ ] `[1, 2]`"),
        ("E504", "4"),
        ("E501", "print(xs[3])"),
    ]
    assert not (content / "example-pack.lock.json").exists()
