"""A pack as an Anki package, opened by Anki's own library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.notes import Note

from quiz.cli.packs import now_utc
from quiz.core.packs import Pack
from quiz.formats import anki as written
from quiz.formats import writers
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.test_json import PACKS, loaded
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

DAY = datetime(2026, 1, 1, tzinfo=UTC)

ONE = f"""
## Which row?
<!-- id: row-one; level: recall; tags: two words, plain; kind: multiple -->

![A row](row.png)

- [x] `a < b`
- [ ] Another
  > It is no row.
{SOURCE}
### Hint

Look *closely*.

### Explanation

Rows are rows.
"""


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def taken(collection: Collection, pack: Pack, now: datetime = DAY) -> tuple[int, int, int]:
    """Import a pack; return how many notes are new, updated and as they were."""
    path = Path(collection.path).with_name("pack.apkg")
    path.write_bytes(written.write_at(pack, now).data)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path))).log
    return len(log.new), len(log.updated), len(log.duplicate)


def notes(collection: Collection) -> dict[str, Note]:
    found = (collection.get_note(id) for id in collection.find_notes(""))
    return {note.guid: note for note in found}


def pack_of(folder: Path, text: str = ONE) -> Pack:
    folder.mkdir()
    (folder / "row.png").write_bytes(b"\x89PNG\x00")
    return loaded(write(folder, {"pack.md": FRONT + TOPIC + text}))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_question_is_a_note_under_the_question_s_id(
    path: Path, collection: Collection
) -> None:
    pack = loaded(path)
    counted = [q for q in pack.questions if q.wording.score != "void"]

    assert taken(collection, pack) == (len(counted), 0, 0)
    assert notes(collection).keys() == {f"{pack.id}/{question.id}" for question in counted}
    assert collection.card_count() == len(counted)
    assert collection.fix_integrity()[1]


def test_a_second_import_updates_what_is_newer_and_doubles_nothing(
    tmp_path: Path, collection: Collection
) -> None:
    pack = pack_of(tmp_path / "pack")
    first = pack.questions[0]
    mended = replace(first, commentary=replace(first.commentary, explanation="Better."))
    later = replace(pack, topics=(replace(pack.topics[0], questions=(mended,)),))

    assert taken(collection, pack) == (1, 0, 0)
    assert taken(collection, pack) == (0, 0, 1)
    assert taken(collection, later, DAY + timedelta(seconds=1)) == (0, 1, 0)
    (note,) = notes(collection).values()
    assert "Better." in note["More"]
    assert [card.due for card in note.cards()] == [1]


def test_a_card_shows_the_question_and_then_the_answer_with_all_that_is_said(
    tmp_path: Path, collection: Collection
) -> None:
    taken(collection, pack_of(tmp_path / "pack"))
    (note,) = notes(collection).values()
    (card,) = note.cards()
    front, back = card.question(), card.answer().partition("<hr id=answer>")[2]

    assert "<code>a &lt; b</code>" in front
    assert "Another" in front
    assert "<em>closely</em>" in front
    assert "It is no row" not in front
    for said in ("<code>a &lt; b</code>", "It is no row", "Rows are rows.", "Source: "):
        assert said in back
    assert "<strong>Which row?</strong>" in back


def test_tags_decks_and_pictures_come_along(tmp_path: Path, collection: Collection) -> None:
    pack = pack_of(tmp_path / "pack")

    taken(collection, pack)

    (note,) = notes(collection).values()
    assert note.tags == ["level::recall", "plain", "two-words"]
    deck = collection.decks.get(note.cards()[0].did)
    assert deck
    assert deck["name"] == f"{pack.title}::{pack.topics[0].title}"
    assert f'<img src="{pack.id}-row.png" alt="A row"' in note["Question"]
    media = Path(collection.media.dir()) / f"{pack.id}-row.png"
    assert media.read_bytes() == b"\x89PNG\x00"


@pytest.mark.parametrize("kind", kinds_to_start())
def test_a_question_of_every_kind_has_an_answer(
    tmp_path: Path, collection: Collection, kind: str
) -> None:
    taken(collection, pack_of(tmp_path / "pack", started(kind, frozenset(), "", "", "")))

    (note,) = notes(collection).values()
    assert note["Question"]
    assert note["Answer"]


def test_what_cards_cannot_do_is_told_and_what_must_not_count_is_left_out(tmp_path: Path) -> None:
    void = ONE.replace("row-one;", "row-two; score: void;")
    found = written.write_at(pack_of(tmp_path / "pack", ONE + void), DAY).losses

    told = [(loss.what, loss.said) for loss in found]

    assert told[0] == ("grading", written.TURNED)
    assert ("question", "left out, as its score is void") in told
    assert "hint" not in dict(told)


def test_equal_packs_written_at_one_time_are_equal_bytes() -> None:
    pack, now = loaded(PACKS[1]), now_utc()

    assert writers(now)["anki"](pack) == written.write_at(pack, now)
