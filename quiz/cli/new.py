"""`quiz new`: packs, topics and questions to start from. What is there is never written over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.files import write_file
from quiz.cli.packs import console
from quiz.core.drafts import did_you_mean
from quiz.core.errors import OperatorError
from quiz.core.exchange import slug
from quiz.core.packs import Pack
from quiz.packs import skeleton
from quiz.packs.files import FIRST, find_packs, pack_files
from quiz.packs.loader import load_pack
from quiz.packs.problems import format_text

BELIEF = "say-the-belief"
FIRST_TOPIC = "A first topic"

app = typer.Typer(help="Start a pack, a topic or a question.", no_args_is_help=True)

Title = Annotated[str, typer.Option(help="What it is called.")]


@app.callback()
def group() -> None:
    """Start a pack, a topic or a question."""


@app.command()
def pack(
    path: Annotated[Path, typer.Argument(help="A folder to make, or a file ending in .md.")],
    title: Title = "",
) -> None:
    """Make a pack with a topic and a question; its name becomes its id."""
    name = slug(path.stem.replace("_", " "))
    front = skeleton.pack(name, title or path.stem.replace("-", " ").capitalize(), BELIEF)
    first = _topic(FIRST_TOPIC, frozenset(), BELIEF)
    if path.suffix == ".md":
        files = {path: f"{front}\n{first}"}
    else:
        files = {path / FIRST: front, path / "01-first-topic.md": first}
    for file in files:
        if file.exists():
            raise OperatorError(f"{file} is there already. Choose another name.")
    _write(files, path)


@app.command()
def topic(
    path: Annotated[Path, typer.Argument(help="The pack: its folder, or its file.")],
    title: Annotated[str, typer.Argument(help="What the topic is called.")],
) -> None:
    """Add a topic with a question to a pack: a file in its folder, or the end of its file."""
    found = _pack_at(path)
    text = _topic(title, _taken(_loaded(found)))
    if found.is_file():
        _write({found: f"{_text(found)}\n{text}"}, found)
        return
    number = len(pack_files(found))
    _write({found / f"{number:02}-{slug(title)}.md": text}, found)


@app.command()
def question(
    path: Annotated[Path, typer.Argument(help="The file that gets the question at its end.")],
    kind: Annotated[str, typer.Option(help="The kind of the question.")] = "single",
    title: Title = "",
) -> None:
    """Add a question of a kind to the last topic of a file."""
    known = skeleton.kinds_to_start()
    if kind not in known:
        raise OperatorError(f"There is no kind '{kind}' to start from. {did_you_mean(kind, known)}")
    found = _pack_at(path)
    if path.is_dir():
        raise OperatorError(f"{path} is a folder. Name the file of the topic in it.")
    loaded = _loaded(found)
    topics = [topic for topic in loaded.topics if topic.place.file == path.name]
    if not topics:
        raise OperatorError(f"{path} has no topic yet. Add one with `quiz new topic`.")
    objective = topics[-1].objectives[0].id if topics[-1].objectives else ""
    text = skeleton.question(kind, _taken(loaded), objective, title, "")
    _write({path: f"{_text(path)}\n{text}"}, found)


def _topic(title: str, taken: frozenset[str], belief: str = "") -> str:
    name = skeleton.free_id(title, taken)
    objective = skeleton.free_id(f"{title} objective", taken)
    first = skeleton.question("single", taken | {name, objective}, objective, "", belief)
    return f"{skeleton.topic(name, title, objective)}\n{first}"


def _pack_at(path: Path) -> Path:
    packs = find_packs([path])
    if len(packs) != 1:
        raise OperatorError(f"{path} holds {len(packs) or 'no'} packs. Name one of them.")
    return packs[0]


def _loaded(path: Path) -> Pack:
    loaded = load_pack(path)
    if loaded.pack is None:
        raise OperatorError(f"{path} has errors. Mend what `quiz check` finds, then add to it.")
    return loaded.pack


def _taken(pack: Pack) -> frozenset[str]:
    """Return every id of a pack, also those given up: a new one is like none of them."""
    objectives = (objective.id for topic in pack.topics for objective in topic.objectives)
    return frozenset(
        (
            *(topic.id for topic in pack.topics),
            *(question.id for question in pack.questions),
            *objectives,
            *(belief.id for belief in pack.misconceptions),
            *pack.retired,
        )
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n") + "\n"


def _write(files: Mapping[Path, str], pack: Path) -> None:
    """Write the files, and take them back if the pack has an error then."""
    before = {file: file.read_bytes() if file.exists() else None for file in files}
    for file, text in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(f"{file.parent} cannot be made: {error.strerror}.") from None
        ends = b"\r\n" if b"\r\n" in (before[file] or b"") else b"\n"
        write_file(file, text.encode().replace(b"\n", ends))
    loaded = load_pack(pack)
    if loaded.pack is None:
        for file, data in before.items():
            file.unlink() if data is None else write_file(file, data)
        told = format_text(loaded.findings)
        raise OperatorError(f"Nothing was added, as it would not fit there:\n{told}")
    for file in files:
        console().print(f"Wrote {file}")
    console().print(f"Check it with `quiz check --strict {pack}`.")
