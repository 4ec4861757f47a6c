"""What each format does to each kind, seen by writing packs and reading them again."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from quiz.core.exchange import Written
from quiz.core.packs import Pack
from quiz.formats import readers, writers
from quiz.kinds import kinds
from quiz.packs.importing import settle
from quiz.packs.revision import rev
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.test_json import PACKS, loaded
from tests.packs.test_loader import FRONT, TOPIC, write

BECOMES = " becomes "


@cache
def packs() -> tuple[Pack, ...]:
    """Return packs with every kind: the published one, the examples, and the starts."""
    texts = [started(kind, frozenset(), "", "", "") for kind in kinds_to_start()]
    with tempfile.TemporaryDirectory() as folder:
        starts = loaded(write(Path(folder), {"pack.md": FRONT + TOPIC + "\n".join(texts)}))
    return (*(loaded(path) for path in PACKS), starts)


def table() -> dict[str, dict[str, str]]:
    """Return by kind and format: `same`, `partly`, `out`, `as …` or `left out`."""
    seen = {name: _seen(name) for name in writers()}
    return {kind: {name: _cell(found[kind]) for name, found in seen.items()} for kind in kinds()}


def markdown() -> str:
    """Return the table as the author's guide has it."""
    names = list(writers())
    lines = [
        f"| kind | {' | '.join(f'`{name}`' for name in names)} |",
        "| --- " * (len(names) + 1) + "|",
    ]
    for kind, cells in table().items():
        lines.append(f"| {kind} | {' | '.join(cells[name] for name in names)} |")
    return "\n".join(lines)


def _seen(name: str) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pack in packs():
        written = writers()[name](pack)
        became = _became(pack, written)
        for kind, outcome in _outcomes(name, pack, written, became):
            found[kind].add(outcome)
    return found


def _outcomes(
    name: str, pack: Pack, written: Written, became: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    back = {}
    if name in readers():
        again = settle(readers()[name](written.data, "file"), "again").pack
        back = {question.id: question for question in again.questions}
    for question in pack.questions:
        kind = question.wording.body.name
        if question.id in became:
            yield kind, became[question.id]
        elif name not in readers():
            yield kind, "out"
        else:
            same = question.id in back and rev(back[question.id]) == rev(question)
            yield kind, "same" if same else "partly"


def _became(pack: Pack, written: Written) -> dict[str, str]:
    """Return what writing says of questions that are not what they were."""
    at = {question.place: question.id for question in pack.questions}
    told = {}
    for loss in written.losses:
        if loss.what == "question":
            told[at[loss.place]] = "left out"
        elif loss.what == "kind" and BECOMES in loss.said:
            told[at[loss.place]] = loss.said.partition(BECOMES)[2].partition(",")[0]
    return told


def _cell(outcomes: set[str]) -> str:
    if len(outcomes) == 1 and outcomes <= {"same", "partly", "out", "left out"}:
        return outcomes.pop()
    if outcomes == {"same", "partly"}:
        return "nearly"
    others = sorted(outcomes & kinds().keys())
    rest = sorted(outcomes - kinds().keys())
    return ", ".join([*([f"as {', '.join(others)}"] if others else []), *rest])
