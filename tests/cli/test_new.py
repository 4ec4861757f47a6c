"""`quiz new`: what it writes passes as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quiz.cli.new import app
from quiz.core.errors import OperatorError
from quiz.core.packs import Pack
from quiz.kinds import kinds
from quiz.packs.formatter import formatted
from quiz.packs.loader import load_pack
from quiz.packs.skeleton import kinds_to_start
from tests.packs.test_loader import FRONT, TOPIC, write


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def passing(path: Path) -> Pack:
    """Return the pack; it has no finding, however strict, and its files have their form."""
    loaded = load_pack(path, strict=True)
    assert loaded.findings == ()
    assert loaded.pack
    for file in [path] if path.is_file() else path.glob("*.md"):
        assert formatted(file.read_text()) == file.read_text()
    return loaded.pack


@pytest.mark.parametrize("name", ["night-sky", "night_sky.md"])
def test_a_new_pack_passes_and_holds_a_question(tmp_path: Path, name: str) -> None:
    result = run("pack", tmp_path / name, "--title", 'Stars: "how" # many?')

    pack = passing(tmp_path / name)
    assert result.exit_code == 0
    assert (pack.id, pack.title) == ("night-sky", 'Stars: "how" # many?')
    assert len(pack.questions) == 1
    assert pack.questions[0].commentary.beliefs


@pytest.mark.parametrize("name", ["sky", "sky.md"])
def test_a_topic_is_added_behind_the_others(tmp_path: Path, name: str) -> None:
    run("pack", tmp_path / name)

    run("topic", tmp_path / name, "The $5 moon")
    run("topic", tmp_path / name, "The $5 moon")

    topics = passing(tmp_path / name).topics
    assert [(topic.id, len(topic.questions)) for topic in topics] == [
        ("a-first-topic", 1),
        ("the-5-moon", 1),
        ("the-5-moon-2", 1),
    ]


def test_topics_of_a_folder_are_numbered(tmp_path: Path) -> None:
    run("pack", tmp_path / "sky")
    run("topic", tmp_path / "sky", "The moon")

    assert sorted(path.name for path in (tmp_path / "sky").iterdir()) == [
        "01-first-topic.md",
        "02-the-moon.md",
        "pack.md",
    ]


def test_only_known_kinds_can_be_started() -> None:
    assert kinds_to_start()
    assert set(kinds_to_start()) <= set(kinds())


def test_a_file_keeps_its_line_ends(tmp_path: Path) -> None:
    pack = tmp_path / "pack.md"
    pack.write_bytes((FRONT + TOPIC).replace("\n", "\r\n").encode())

    run("question", pack)

    data = pack.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 20


def test_a_question_of_every_kind_passes(tmp_path: Path) -> None:
    pack = tmp_path / "sky"
    run("pack", pack)

    for kind in kinds_to_start():
        run("question", pack / "01-first-topic.md", "--kind", kind)

    asked = passing(pack).questions[1:]
    assert [question.wording.body.name for question in asked] == kinds_to_start()
    assert {question.objective for question in asked} == {"a-first-topic-objective"}


def test_a_question_gets_its_title_and_goes_without_an_objective(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": FRONT + TOPIC})

    run("question", pack / "pack.md", "--title", "What costs $id?")

    made = load_pack(pack).pack
    assert made
    (question,) = made.questions
    assert (question.commentary.title, question.id) == ("What costs $id?", "what-costs-id")
    assert question.objective == question.id


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pack", "sky"), "is there already"),
        (("question", "sky"), "is a folder. Name the file"),
        (("question", "sky/pack.md"), "has no topic yet"),
        (("question", "sky/01-first-topic.md", "--kind", "clozed"), "Did you mean 'cloze'?"),
        (("topic", "nowhere", "T"), "There is no file or folder"),
        (("topic", ".", "T"), "holds 2 packs"),
        (("topic", "broken.md", "T"), "has errors"),
        (("topic", "sky", "<b>"), "E114"),
        (("pack", "x"), "E005"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"broken.md": FRONT + "## Lost\n"})
    run("pack", "sky")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}

    result = run(*arguments)

    assert isinstance(result.exception, OperatorError)
    assert said in str(result.exception)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.md")} == before
