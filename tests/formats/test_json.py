"""A pack as JSON: it follows its schema and loses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import quiz.formats.json as quiz_json
from quiz.cli.convert import convert
from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.packs import Pack
from quiz.formats import readers, writers
from quiz.kinds.single import Single
from quiz.packs.loader import load_pack
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.reading import NOWHERE
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(Path(quiz_json.__file__).with_name("schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
PACKS = [
    ROOT / "content" / "async-databases",
    ROOT / "tests" / "packs" / "example" / "example-pack.md",
    ROOT / "tests" / "kinds" / "unusual.md",
]

FULL = f"""\
---
format: quizpack/1
id: full
title: Full
authors: [Ann, Bob]
license: MIT
version: "3.10"
setup: users
tested-with: [sqlalchemy]
retired:
  gone: It was wrong.
---

Described.

# Misconceptions

- `all-rows` All are rows. (was: old-rows)

# Topic
<!-- id: topic; was: former -->

![A row](row.png)

### Objectives

- `rows` Know rows. (was: row)

## Told
<!-- id: told; kind: prose -->

A row has cells.

## Asked
<!-- id: asked; was: once; objective: rows; uses: told; points: 2.5; v: 3; shuffle: no -->

Which one?

- [x] Row
- [ ] Cell
  > `all-rows` No row.
{SOURCE}
### Hint

Look.

## Withdrawn?
<!-- id: withdrawn; score: void; tags: a, b -->

- [x] True
- [ ] False
{SOURCE}"""


def bare(thing: Any) -> Any:
    """Return a pack as it is without places."""
    if isinstance(thing, Place):
        return NOWHERE
    if isinstance(thing, tuple):
        return tuple(bare(part) for part in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: bare(getattr(thing, f.name)) for f in fields(thing)})
    return thing


def loaded(path: Path) -> Pack:
    pack = load_pack(path).pack
    assert pack, path
    return pack


def assert_whole(pack: Pack) -> None:
    data = quiz_json.write(pack).data
    read = quiz_json.read(data, "pack.json")

    assert [error.message for error in VALIDATOR.iter_errors(json.loads(data))] == []
    assert bare(read.pack) == bare(pack)
    assert (read.losses, read.originals) == ((), ())


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(convert)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_follows_the_schema_and_can_be_rebuilt(path: Path) -> None:
    assert_whole(loaded(path))


def test_nothing_of_a_pack_that_says_everything_is_lost(tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": FULL})
    (tmp_path / "row.png").write_bytes(b"\x89PNG\x00\xff")

    assert_whole(loaded(tmp_path))


@pytest.mark.parametrize("kind", kinds_to_start())
def test_no_kind_loses_anything(tmp_path: Path, kind: str) -> None:
    text = started(kind, frozenset(), "", "", "")
    write(tmp_path, {"pack.md": FRONT + TOPIC + text})

    assert_whole(loaded(tmp_path))


def test_the_schema_refuses_what_is_no_pack() -> None:
    data = json.loads(quiz_json.write(loaded(PACKS[1])).data)
    question = data["topics"][0]["questions"][0]

    spoilt: list[dict[str, object]] = [
        {"options": []},
        {"level": "hard"},
        {"kind": "match"},
        {"extra": 1},
    ]
    for change in spoilt:
        data["topics"][0]["questions"][0] = {**question, **change}
        assert not VALIDATOR.is_valid(data), change


@dataclass(frozen=True, slots=True)
class Guess(Single):
    """A kind that this format has never heard of."""

    name: ClassVar[str] = "guess"


def odd_pack() -> Pack:
    pack = loaded(PACKS[1])
    first = pack.questions[0]
    body = Guess.load(first.wording.body.dump())
    odd = replace(first, wording=replace(first.wording, body=body))
    return replace(pack, topics=(replace(pack.topics[0], questions=(odd,)),))


def dumped(data: object) -> bytes:
    return json.dumps(data, indent=2).encode()


def test_a_kind_not_known_is_written_as_it_is_stored() -> None:
    pack = odd_pack()

    data = json.loads(quiz_json.write(pack).data)

    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    (question,) = data["topics"][0]["questions"]
    assert question["payload"] == pack.questions[0].wording.body.dump()
    assert [said["value"] for said in question["remarks"]] == ["a", "b", "c", "d"]


def test_the_format_is_found_by_its_name() -> None:
    assert writers()["json"] is quiz_json.write
    assert readers()["json"] is quiz_json.read


def test_a_pack_is_written_to_a_file_or_to_standard_output(tmp_path: Path) -> None:
    target = tmp_path / "out.json"

    shown = run(PACKS[1], "--to", "json")
    written = run(PACKS[1], "--to", "json", "-o", target)

    assert shown.stdout_bytes == target.read_bytes() == quiz_json.write(loaded(PACKS[1])).data
    assert written.stdout == f"Wrote {target}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pack.md", "--to", "jsno"), "Did you mean 'json'?"),
        (("pack.md", "--to", "json"), "has errors"),
        (("none", "--to", "json"), "There is no file or folder none"),
    ],
)
def test_what_cannot_be_converted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(write(tmp_path, {"pack.md": FRONT + "## Lost\n"}))

    result = run(*arguments)

    assert isinstance(result.exception, OperatorError)
    assert said in str(result.exception)
