"""What comes back from another format, to be compared with what went out."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.blocks import Place
from quiz.core.exchange import Imported
from quiz.core.packs import Pack
from quiz.formats import readers, writers
from quiz.packs.importing import Settled, settle
from quiz.packs.revision import rev

NOWHERE = Place("", 1)


def read(name: str, text: str) -> Imported:
    """Return what a format reads."""
    return readers()[name](text.encode(), "quiz.txt")


def imported(name: str, text: str) -> Settled:
    """Return what becomes of a file, checked by our own loader."""
    return settle(read(name, text), "quiz")


def again(name: str, pack: Pack) -> Settled:
    """Return a pack that was written in a format and read back."""
    data = writers()[name](pack).data
    return settle(readers()[name](data, "quiz.txt"), "quiz")


def revisions(pack: Pack, kinds: Iterable[str] = ()) -> dict[str, str]:
    """Return the revisions of a pack's questions by id, of some kinds or of all."""
    wanted = set(kinds)
    questions = (q for q in pack.questions if not wanted or q.wording.body.name in wanted)
    return {question.id: rev(question) for question in questions}
