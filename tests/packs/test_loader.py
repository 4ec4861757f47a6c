"""Folders and files to packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.kinds import kinds
from quiz.packs.loader import load_pack

EXAMPLE = Path(__file__).parent / "example"
FRONT = "---\nformat: quizpack/1\nid: demo\ntitle: Demo\n---\n"
TOPIC = "# Lists\n<!-- id: lists -->\n\n"
SOURCE = "\nSource: [Python](https://docs.python.org/3/)\n"
OPTIONS = "- [x] Yes.\n- [ ] No.\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def load(folder: Path, text: str) -> Pack:
    loaded = load_pack(write(folder, {"pack.md": text}))
    assert loaded.findings == ()
    assert loaded.pack
    return loaded.pack


def question(folder: Path, text: str) -> Question:
    (one,) = load(folder, FRONT + TOPIC + text).questions
    return one


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in load_pack(folder).findings]


def test_the_example_pack_has_every_kind_and_no_finding() -> None:
    loaded = load_pack(EXAMPLE / "example-pack.md")

    assert loaded.findings == ()
    assert loaded.pack
    assert {q.wording.body.name for q in loaded.pack.questions} == set(kinds())
    assert loaded.questions == len(loaded.pack.questions) == 13


def test_a_pack_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    topic = "# {0}\n<!-- id: {0} -->\n"
    write(tmp_path, {"pack.md": FRONT + topic.format("first")})
    write(tmp_path, {f"{name}.md": topic.format(name) for name in ("02-b", "01-a", "10-c")})
    write(tmp_path, {"_draft.md": "# Draft", "README.md": "# Read me", "sources/a.md": "# Source"})

    loaded = load_pack(tmp_path)

    assert loaded.pack
    assert [topic.id for topic in loaded.pack.topics] == ["first", "01-a", "02-b", "10-c"]


def test_the_front_matter_describes_the_pack_and_its_defaults_count(tmp_path: Path) -> None:
    front = FRONT.replace(
        "title: Demo\n",
        "title: 3.10\nversion: 1.0\nauthors: [Ann, Bob]\nlicense: no\ntested-with: starlette\n"
        "retired:\n  old-one: It was wrong.\n"
        "defaults:\n  level: trace\n  tags: [a, b]\n  shuffle: no\n  score: partial\n",
    )
    text = f"## Yes?\n<!-- id: one -->\n\n{OPTIONS}{SOURCE}\n## No?\n<!-- id: two; tags: c, c,d; "
    text += (
        f"shuffle: yes; level: judge; score: void; points: 2.5; v: 3; was: three -->\n\n{OPTIONS}"
    )

    pack = load(tmp_path, front + "About lists.\n\n" + TOPIC + text + SOURCE)

    assert (pack.title, pack.version, pack.license) == ("3.10", "1.0", "no")
    assert (pack.authors, pack.tested_with) == (("Ann", "Bob"), ("starlette",))
    assert (pack.description, pack.retired) == ("About lists.", {"old-one": "It was wrong."})
    one, two = pack.questions
    assert (one.level, one.tags, one.shuffle, one.wording.score) == (
        "trace",
        ("a", "b"),
        False,
        "partial",
    )
    assert (two.level, two.tags, two.shuffle, two.wording.score) == (
        "judge",
        ("c", "d"),
        True,
        "void",
    )
    assert (two.points, two.v, two.was) == (2.5, 3, "three")


def test_the_heading_asks_where_nothing_else_does(tmp_path: Path) -> None:
    code = "```python\nx = [1]\n```\n"
    asked = question(tmp_path / "a", f"## Is `x`\n<!-- id: one -->\n\n{OPTIONS}{SOURCE}")
    shown = question(tmp_path / "b", f"## Is it?\n<!-- id: one -->\n\n{code}\n{OPTIONS}{SOURCE}")
    told = question(tmp_path / "c", f"## Title\n<!-- id: one -->\n\nIs it?\n\n{OPTIONS}{SOURCE}")

    assert asked.wording.stem == "Is `x`"
    assert shown.wording.stem == "Is it?\n\n" + code.rstrip()
    assert (told.wording.stem, told.commentary.title) == ("Is it?", "Title")


def test_a_question_keeps_what_surrounds_it(tmp_path: Path) -> None:
    asked = question(
        tmp_path,
        "## Prints what?\n<!-- id: one -->\n\n```python run setup=none\nprint(1)\n```\n\n"
        f"{OPTIONS}  > Why\n  > not.\n{SOURCE}"
        "\n### Hint\n\nLook\nclosely.\n\n### Hint\n\nAgain.\n\n### Explanation\n\n*It* prints.\n"
        "\n### Evidence\n\nProof:\n\n```output\n1\n```\n\n```python check\nx\n```\n",
    )

    assert asked.commentary.hints == ("Look closely.", "Again.")
    assert asked.commentary.explanation == "*It* prints."
    assert asked.commentary.source == "[Python](https://docs.python.org/3/)"
    assert asked.commentary.remarks["b"].text == "Why not."
    assert [fence.words for fence in asked.evidence] == [
        ("python", "run", "setup=none"),
        ("output",),
        ("python", "check"),
    ]


def test_an_objective_is_named_or_is_the_question_itself(tmp_path: Path) -> None:
    text = "### Objectives\n\n- `kinds` Tell kinds\n  apart (was: old-kinds).\n"
    text = text.replace(").", ")")
    ask = f"\n{OPTIONS}{SOURCE}\n"
    text += f"\n## One?\n<!-- id: one; objective: kinds -->\n{ask}## Two?\n<!-- id: two -->\n{ask}"

    pack = load(tmp_path, FRONT + TOPIC + text)

    assert [q.objective for q in pack.questions] == ["kinds", "two"]
    (objective,) = pack.topics[0].objectives
    assert (objective.sentence, objective.was) == ("Tell kinds apart", "old-kinds")


def test_prose_is_shared_and_never_asked(tmp_path: Path) -> None:
    prose = "## Setting\n<!-- id: setting; kind: prose -->\n\nA shop sells *tea*.\n\n"
    asked = question(
        tmp_path, f"{prose}## Does it?\n<!-- id: one; uses: setting -->\n\n{OPTIONS}{SOURCE}"
    )

    assert asked.id == "one"
    assert asked.wording.shared == "A shop sells *tea*."


def test_a_pack_with_an_error_is_no_pack_and_one_with_a_warning_is(tmp_path: Path) -> None:
    text = FRONT + TOPIC + f"## One?\n\n{OPTIONS}"
    good = load_pack(write(tmp_path / "a", {"pack.md": text}))
    bad = load_pack(write(tmp_path / "b", {"pack.md": text.replace("[x]", "[ ]")}))

    assert {finding.code for finding in good.findings} == {"W101", "W404"}
    assert good.pack
    assert good.pack.questions[0].id == ""
    assert bad.pack is None


def test_windows_line_ends_change_no_place(tmp_path: Path) -> None:
    text = FRONT + TOPIC + "## One?\n<!-- id: one -->\n\n- [ ] Yes.\n- [ ] No.\n" + SOURCE
    found = load_pack(write(tmp_path / "a", {"pack.md": text})).findings
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "pack.md").write_bytes(text.replace("\n", "\r\n").encode())

    assert load_pack(tmp_path / "b").findings == found
    assert [(f.code, f.place.line) for f in found] == [("E202", 12)]


def test_a_nul_character_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": FRONT + "é\0\n"})

    (finding,) = load_pack(tmp_path).findings
    assert (finding.code, finding.place.line, finding.place.col) == ("E001", 6, 2)


def test_two_problems_at_one_place_are_both_told(tmp_path: Path) -> None:
    program = "```python run one two\n1\n```\n\n"
    text = FRONT + TOPIC + f"## One?\n<!-- id: one -->\n\n{program}{OPTIONS}{SOURCE}"
    found = load_pack(write(tmp_path, {"pack.md": text})).findings

    assert [finding.message for finding in found] == [
        "unknown word `one` in this fence",
        "unknown word `two` in this fence",
    ]
    assert len({finding.place for finding in found}) == 1


def test_an_empty_quote_is_no_rationale(tmp_path: Path) -> None:
    options = OPTIONS.replace("Yes.\n", "Yes.\n  >\n")
    one = question(tmp_path, f"## One?\n<!-- id: one -->\n\n{options}{SOURCE}")

    assert one.commentary.remarks == {}


def test_a_file_of_more_than_a_megabyte_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": FRONT, "01-long.md": "# A\n\n" + "x\n\n" * 400_000})

    assert codes(tmp_path) == ["E121"]


@pytest.mark.parametrize(
    "yaml",
    ["a: " + "[" * 5000, "&a [*a]", "!!python/object:os.system x", "x", "\tx: y", "? [a]\n: b"],
)
def test_hostile_front_matter_is_refused(yaml: str, tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": f"---\n{yaml}\n---\n"})

    assert codes(tmp_path) == ["E002"]


def test_a_source_may_not_leave_the_pack_through_a_link_of_the_file_system(tmp_path: Path) -> None:
    outside = write(tmp_path, {"secret.md": "# Secret\n"}) / "secret.md"
    source = "\nSource: [Secret](sources/secret.md#secret)\n"
    text = FRONT + TOPIC + f"## One?\n<!-- id: one -->\n\n{OPTIONS}{source}"
    pack = write(tmp_path / "pack", {"pack.md": text, "sources/a.md": "# A\n"})
    (pack / "sources" / "secret.md").symlink_to(outside)
    (pack / "01-secret.md").symlink_to(outside)

    found = [(f.place.file, f.place.line, f.code) for f in load_pack(pack).findings]

    assert found == [("01-secret.md", 1, "E403"), ("pack.md", 15, "E403")]


@pytest.mark.parametrize("target", ["a" * 300, f"{'a' * 300}/b", "a%00b", "%ff#%ff", "sources"])
def test_a_link_that_no_file_can_have_is_missing(target: str, tmp_path: Path) -> None:
    source = f"\nSource: [Odd]({target})\n"
    text = FRONT + TOPIC + f"## One?\n<!-- id: one -->\n\n{OPTIONS}{source}"
    write(tmp_path, {"pack.md": text, "sources/a.md": "# A\n"})

    assert codes(tmp_path)[0] in ("E401", "E403")


def test_what_can_be_read_of_a_broken_pack_is_its_draft(tmp_path: Path) -> None:
    broken = "## Broken?\n<!-- id: broken -->\n\n- [ ] Yes.\n- [ ] No.\n\n"
    text = FRONT + TOPIC + broken + "## Whole?\n<!-- id: whole -->\n\n" + OPTIONS

    loaded = load_pack(write(tmp_path, {"pack.md": text}))

    assert loaded.pack is None
    assert [question.id for question in loaded.draft.questions] == ["whole"]
    assert [(s.id, s.title, s.prose) for s in loaded.sections] == [
        ("broken", "Broken?", False),
        ("whole", "Whole?", False),
    ]
