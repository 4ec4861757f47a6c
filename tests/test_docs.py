"""The documentation says what the code does: tables, examples, commands and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from quiz.cli import app
from quiz.cli.check import summary
from quiz.config import DESCRIPTIONS
from quiz.core.blocks import Block, Fence, Heading, Link, Paragraph, Table
from quiz.kinds import kinds
from quiz.packs.fences import ANSWERS, EVIDENCE, body_roles
from quiz.packs.files import find_packs
from quiz.packs.frontmatter import LISTS, MAPPINGS, TEXTS
from quiz.packs.links import slug
from quiz.packs.loader import check_paths, load_pack
from quiz.packs.meta import DEFAULT_KEYS, LEVELS, QUESTION_KEYS, SCORES, TOPIC_KEYS
from quiz.packs.problems import CODES, Log, format_text
from quiz.packs.reader import read_blocks
from quiz.packs.sections import PARTS, walk

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "content" / "README.md"
INSTRUCTORS = ROOT / "docs" / "instructors.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"

FRONT = "---\nformat: quizpack/1\nid: example\ntitle: Example\n---\n\n"
TOPIC = "# Example\n<!-- id: example -->\n\n"
OBJECTIVE = re.compile(r"^<!--.*\bobjective: ([\w-]+)", re.MULTILINE)
MISCONCEPTION = re.compile(r"^ +> `([a-z0-9]+(?:-[a-z0-9]+)+)`", re.MULTILINE)


def blocks_of(path: Path) -> tuple[Block, ...]:
    return read_blocks(path.read_text(), path.name, Log())


def below(title: str) -> Iterator[Block]:
    """Yield the guide's blocks from that heading to the next one of its level or above."""
    level = 0
    for block in blocks_of(GUIDE):
        if isinstance(block, Heading) and level and block.level <= level:
            return
        if isinstance(block, Heading) and block.text.source == title:
            level = block.level
        if level:
            yield block
    assert level, f"the guide has no heading {title}"


def table(first: str, title: str) -> dict[str, str]:
    """Return the first column of a table, without code marks, with the text of its second."""
    found = (block for block in below(title) if isinstance(block, Table))
    rows = next(block.rows for block in found if block.head.cells[0].plain == first)
    return {row.cells[0].plain: row.cells[1].source for row in rows}


def examples(blocks: Iterator[Block] | tuple[Block, ...]) -> list[Fence]:
    return [block for block in blocks if isinstance(block, Fence) and block.language == "markdown"]


def declared(title: str, ids: list[str]) -> str:
    items = "\n".join(f"- `{id}` A sentence." for id in dict.fromkeys(ids))
    return f"{title}\n\n{items}\n\n" if items else ""


def saved(example: Fence, folder: Path) -> Path:
    """Write an example as a pack in one file; what is only part of one gets the rest."""
    code = example.code
    if code.startswith("## "):
        beliefs = declared("# Misconceptions", MISCONCEPTION.findall(code))
        code = beliefs + TOPIC + declared("### Objectives", OBJECTIVE.findall(code)) + code
    path = folder / "example.md"
    path.write_text(code if code.startswith("---\n") else FRONT + code)
    return path


def commands(group: typer.Typer, path: str = "quiz") -> Iterator[str]:
    for command in group.registered_commands:
        assert command.callback
        yield f"{path} {command.name or command.callback.__name__.replace('_', '-')}"
    for inner in group.registered_groups:
        assert inner.typer_instance
        yield from commands(inner.typer_instance, f"{path} {inner.name}")


def links_of(path: Path) -> Iterator[Link]:
    for block in walk(blocks_of(path)):
        if isinstance(block, Paragraph | Heading):
            yield from block.text.links
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                for cell in row.cells:
                    yield from cell.links


def anchors(path: Path) -> set[str]:
    return {slug(block.text.plain) for block in blocks_of(path) if isinstance(block, Heading)}


def leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not anchor or anchor in anchors(file))


def test_the_guide_lists_every_code_with_its_meaning_and_no_other() -> None:
    assert table("code", "All codes") == CODES


def test_the_guide_lists_every_key_of_the_front_matter_and_no_other() -> None:
    assert table("key", "The files of a pack").keys() == TEXTS | LISTS | MAPPINGS


def test_the_guide_lists_every_key_and_word_of_the_metadata() -> None:
    rows = table("key", "Topics and questions")

    assert rows.keys() == QUESTION_KEYS
    assert [word for word in LEVELS if f"`{word}`" not in rows["level"]] == []
    assert [word for word in SCORES if f"`{word}`" not in rows["score"]] == []
    assert table("score", "Scores").keys() == set(SCORES)


def test_the_guide_names_the_keys_of_topics_and_of_the_defaults() -> None:
    said = "\n".join(b.text.source for b in blocks_of(GUIDE) if isinstance(b, Paragraph))
    defaults = table("key", "The files of a pack")["defaults"]

    assert re.findall(r"`(\w+)`", re.findall(r"A topic knows [^.]*\.", said)[0]) == sorted(
        TOPIC_KEYS
    )
    assert set(re.findall(r"`(\w+)`", defaults)) == DEFAULT_KEYS


def test_the_guide_lists_every_part_of_a_question_and_no_other() -> None:
    rows = table("part", "Topics and questions")

    assert {re.findall(r"\w+", name)[0] for name in rows} == set(PARTS)


def test_the_guide_lists_every_word_of_a_fence_and_no_other() -> None:
    fences = [block for block in below("The words of a fence") if isinstance(block, Table)]
    listed: dict[tuple[str, str], set[str]] = {}
    for row in fences[0].rows:
        where, said, words = row.cells
        for fence in said.codes:
            allowed = {word.partition("=")[0] for word in words.codes}
            listed[where.plain, fence.removeprefix("python ")] = allowed

    known = {("body", role): fence.flags | fence.options for role, fence in body_roles().items()}
    known |= {("Answer", word): fence.flags | fence.options for word, fence in ANSWERS.items()}
    known |= {("Evidence", role): frozenset() for role in EVIDENCE}
    # Every fence with a role may name its setup, and `output` means the same in both parts.
    with_role = {at: words | {"setup"} for at, words in known.items() if at[0] != "Answer"}
    output = {("Evidence", "output"): known["Answer", "output"], ("body", "python"): frozenset()}
    assert listed == known | with_role | output


@pytest.mark.parametrize("name", kinds())
def test_the_guide_shows_an_example_of_every_kind(name: str, tmp_path: Path) -> None:
    titles = [b.text.source for b in below("The eleven kinds") if isinstance(b, Heading)]
    (title,) = (title for title in titles if title.startswith(f"`{name}`"))
    (example,) = examples(below(title))

    pack = load_pack(saved(example, tmp_path)).pack

    assert pack
    assert [question.wording.body.name for question in pack.questions] == [name]


def test_the_guide_shows_no_kind_that_does_not_exist() -> None:
    shown = [
        b.text.codes[0]
        for b in below("The eleven kinds")
        if isinstance(b, Heading) and b.level == 3
    ]

    assert sorted(shown) == list(kinds())


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_example_can_be_published(page: Path, tmp_path: Path) -> None:
    found = examples(blocks_of(page))
    broken = {}
    for example in found:
        loaded = load_pack(saved(example, tmp_path))
        bad = [f for f in loaded.findings if f.severity == "error" or f.code == "W101"]
        if bad:
            broken[example.place.line] = bad

    assert found
    assert broken == {}


def test_the_first_example_is_a_whole_pack_without_a_finding(tmp_path: Path) -> None:
    first, *_ = examples(blocks_of(GUIDE))
    (tmp_path / "calendar.md").write_text(first.code)

    assert find_packs([tmp_path]) == [tmp_path / "calendar.md"]
    assert load_pack(tmp_path / "calendar.md", strict=True).findings == ()


def test_the_report_that_the_guide_shows_is_the_one_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = examples(blocks_of(GUIDE))
    monkeypatch.chdir(tmp_path)
    pack = Path("content", "calendar.md")
    pack.parent.mkdir()
    pack.write_text(first.code.replace("objective: leap-rule", "objective: leap-rul"))

    checked = check_paths([pack.parent])

    printed = f"{format_text(checked.findings)}\n{summary(checked, False)}\n"
    fences = (block for block in below("The checker") if isinstance(block, Fence))
    assert printed in [fence.code for fence in fences if fence.language == "text"]


def test_the_readme_describes_every_setting() -> None:
    (settings,) = (
        block
        for block in blocks_of(README)
        if isinstance(block, Table) and block.head.cells[0].source == "variable"
    )

    assert {row.cells[0].plain: row.cells[1].plain for row in settings.rows} == DESCRIPTIONS


@pytest.mark.parametrize("command", list(commands(app)))
def test_every_command_is_documented(command: str) -> None:
    documented = "".join(page.read_text() for page in (README, GUIDE, INSTRUCTORS))

    assert f"`{command}" in documented


@pytest.mark.parametrize(
    "page", [README, GUIDE, INSTRUCTORS, CONTRIBUTING], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_link_of_the_documentation_leads_somewhere(page: Path) -> None:
    inside = [link.target for link in links_of(page) if "://" not in link.target]

    assert inside
    assert [target for target in inside if not leads_somewhere(page, target)] == []
