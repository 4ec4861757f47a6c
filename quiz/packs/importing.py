"""What another format held, as files of a pack that our own checker finds no error in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from quiz.core.blocks import Fence, Place, markdown
from quiz.core.errors import OperatorError
from quiz.core.exchange import ID, Imported, Loss, Original, slug
from quiz.core.packs import Finding, Pack
from quiz.core.questions import Question
from quiz.packs.files import FIRST
from quiz.packs.links import PICTURES
from quiz.packs.loader import Loaded, load_pack
from quiz.packs.problems import format_text
from quiz.packs.writing import markdown_files
from quiz.packs.writing.links import unlinked
from quiz.packs.writing.questions import can_write, question

ROUNDS = 5
"""How often what is refused is taken back at most, as one error may hide another."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A pack without an error, with its files by their paths, and all that was lost."""

    pack: Pack
    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]


def settle(imported: Imported, name: str) -> Settled:
    """Return the files of the pack; `name` is its id and title where the source has none.

    A question that our checker refuses is kept as prose. Raises OperatorError where even that
    does not help.
    """
    pack = imported.pack
    id = pack.id if ID.fullmatch(pack.id) else slug(pack.id or name)
    id = id if ID.fullmatch(id) else f"pack-{id}"
    now = replace(imported, pack=replace(pack, id=id, title=pack.title or name))
    now = _keep_unknown(_safe_pictures(now))
    for _ in range(ROUNDS):
        files, loaded, lost = _linked(markdown_files(now.pack, now.originals), now)
        if loaded.pack:
            losses = tuple(sorted({*now.losses, *lost}))
            return Settled(_placed(loaded.pack, now.pack), files, losses)
        errors = [finding for finding in loaded.findings if finding.severity == "error"]
        before, now = now, _take_back(now, loaded, errors)
        if now == before:
            break
    raise OperatorError(f"This cannot become a pack:\n{format_text(errors)}")


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a pack into a folder that is there."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _placed(pack: Pack, source: Pack) -> Pack:
    """Return the pack with its questions where the source has them."""
    places = {one.id: one.place for one in source.questions}
    topics = (
        replace(topic, questions=tuple(replace(q, place=places[q.id]) for q in topic.questions))
        for topic in pack.topics
    )
    return replace(pack, topics=tuple(topics))


def _loaded(files: Mapping[str, bytes]) -> Loaded:
    with tempfile.TemporaryDirectory(prefix="quiz-import-") as folder:
        write_files(files, Path(folder))
        return load_pack(Path(folder))


def _linked(
    files: Mapping[str, bytes], imported: Imported
) -> tuple[Mapping[str, bytes], Loaded, list[Loss]]:
    """Return the files without links that lead nowhere, as read, and those links as losses."""
    loaded = _loaded(files)
    files, mended = unlinked(files, loaded.findings)
    places = {one.id: one.place for one in imported.pack.questions}
    nowhere = Place(FIRST, 1)
    lost = [
        Loss(places.get(_section(loaded, finding), nowhere), "link", finding.message)
        for finding in mended
    ]
    return files, _loaded(files) if mended else loaded, lost


def _section(loaded: Loaded, finding: Finding) -> str:
    """Return the id of the section that a finding stands in, "" for none."""
    place = finding.place
    above = [s for s in loaded.sections if s.place.file == place.file]
    return next((s.id for s in reversed(above) if s.place.line <= place.line), "")


def _safe_pictures(imported: Imported) -> Imported:
    """Return it without pictures that would land elsewhere, or be no picture."""
    pictures = imported.pack.pictures
    safe = tuple(picture for picture in pictures if _is_safe(PurePosixPath(picture.path)))
    lost = (Loss(Place(p.path, 1), "picture", "its path is not allowed") for p in pictures)
    odd = tuple(loss for loss, p in zip(lost, pictures, strict=True) if p not in safe)
    pack = replace(imported.pack, pictures=safe)
    return replace(imported, pack=pack, losses=(*imported.losses, *odd))


def _is_safe(path: PurePosixPath) -> bool:
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in str(path)
    return inside and path.suffix.lower() in PICTURES


def _keep_unknown(imported: Imported) -> Imported:
    """Return it without questions of a kind that nobody here can write."""
    odd = [one for one in imported.pack.questions if not can_write(one)]
    reasons = {one.id: f"no Markdown for the kind {one.wording.body.name}" for one in odd}
    return _without(imported, reasons) if odd else imported


def _take_back(imported: Imported, loaded: Loaded, errors: list[Finding]) -> Imported:
    """Return it without the questions and notes in which the errors are."""
    reasons: dict[str, str] = {}
    files: set[str] = set()
    for error in errors:
        section = _section(loaded, error)
        if section:
            reasons.setdefault(section, f"{error.code} {error.message}")
        else:
            files.add(error.place.file)
    return _without(_quiet(imported, loaded, files), reasons)


def _quiet(imported: Imported, loaded: Loaded, files: set[str]) -> Imported:
    """Return it with the notes at the head of those files in a fence."""
    pack = imported.pack
    at = [topic.place.file for topic in loaded.draft.topics]
    topics = tuple(
        replace(topic, notes=_fenced(topic.notes)) if file in files and topic.notes else topic
        for topic, file in zip(pack.topics, at, strict=False)
    )
    named = {topic.place.file for topic in loaded.draft.topics}
    if files - named and pack.description:
        pack = replace(pack, description=_fenced(pack.description))
    return replace(imported, pack=replace(pack, topics=(*topics, *pack.topics[len(topics) :])))


def _fenced(text: str) -> str:
    shown = markdown([Fence(Place("", 1), ("text",), text)])
    return text if text.startswith("```") else shown


def _without(imported: Imported, reasons: Mapping[str, str]) -> Imported:
    """Return it with some questions kept as prose, each a loss with its reason."""
    known = {original.id: original for original in imported.originals}
    topics = []
    for at, topic in enumerate(imported.pack.topics):
        for one in topic.questions:
            if one.id in reasons:
                known.setdefault(one.id, _original(one, at))
        left = tuple(one for one in topic.questions if one.id not in reasons)
        topics.append(replace(topic, questions=left))
    lost = {one.id for one in imported.pack.questions if one.id in reasons}
    losses = (
        Loss(known[id].place, "question", f"kept as prose: {why}")
        for id, why in reasons.items()
        if id in lost
    )
    return Imported(
        pack=replace(imported.pack, topics=tuple(topics)),
        losses=(*imported.losses, *losses),
        originals=tuple(known.values()),
    )


def _original(one: Question, topic: int) -> Original:
    text = question(one) if can_write(one) else repr(one.wording.body.dump())
    return Original(one.id, one.place, one.commentary.title, "markdown", text, topic)
