"""A file of a pack in its usual form: only what carries no meaning is changed.

An edit is kept only if the file reads as the same tree of blocks afterwards, so that no change of
meaning can slip in, whatever Markdown makes of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from quiz.core.blocks import Comment, Inline, Place
from quiz.core.tasklists import BOX
from quiz.packs.inline import PARSER
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks
from quiz.packs.usual import RULES, Edit, comments, pairs_of, span

ROUNDS = 5
"""How often the rules run at most, as one may make room for another."""


def formatted(text: str, ids: Mapping[int, str] | None = None) -> str:
    """Return the text of a file in its usual form; one in that form comes back as it is.

    Line ends are plain. `ids` are new ids by the line, from 1, of the heading that lacks one.
    """
    before = text.split("\n")
    head = _front_matter(before)
    if head is None:
        return text
    lines = [*[""] * head, *before[head:]]
    lines = _apply(lines, sorted(_new_ids(lines, ids or {}), key=lambda edit: edit.start))
    meaning = _meaning(lines)
    for _ in range(ROUNDS):
        after = _usual(lines, meaning)
        if after == lines:
            break
        lines = after
    body = "\n".join(lines).lstrip("\n")
    front = "\n".join(before[:head]) + "\n" if head else ""
    return front + ("\n" if front and body else "") + body + "\n" * bool(body[-1:].strip("\n"))


def _front_matter(lines: Sequence[str]) -> int | None:
    """Return the number of lines that front matter has, None where it is never closed."""
    if lines[0].rstrip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines) if n and line.rstrip() == "---"), None)


def _usual(lines: list[str], meaning: object) -> list[str]:
    for rule in RULES:
        edits = rule(lines, PARSER.parse("\n".join(lines)))
        lines = _kept(lines, [edit for edit in edits if _changes(lines, edit)], meaning)
    return lines


def _changes(lines: Sequence[str], edit: Edit) -> bool:
    return tuple(lines[edit.start : edit.end]) != edit.lines


def _kept(lines: list[str], edits: Sequence[Edit], meaning: object) -> list[str]:
    """Apply those edits that leave the meaning as it is, found by halving."""
    if not edits:
        return lines
    after = _apply(lines, edits)
    if _meaning(after) == meaning:
        return after
    if len(edits) == 1:
        return lines
    half = len(edits) // 2
    # From the end, so that the line numbers of the first half stay true.
    return _kept(_kept(lines, edits[half:], meaning), edits[:half], meaning)


def _apply(lines: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    result = list(lines)
    for edit in reversed(edits):
        result[edit.start : edit.end] = edit.lines
    return result


def _meaning(lines: Sequence[str]) -> object:
    log = Log()
    blocks = read_blocks("\n".join(lines), "", log)
    return _bare(blocks), sorted((f.code, f.message) for f in log.findings)


def _bare(thing: object) -> object:
    """Return a tree of blocks without its places: metadata as pairs, tick boxes in one form."""
    if isinstance(thing, Comment):
        pairs = pairs_of(thing)
        return "Comment", thing.text if pairs is None else sorted(pairs.items())
    if isinstance(thing, Inline):
        return BOX.sub(lambda found: f"[{found[1].lower()}] ", thing.source), thing.codes
    if isinstance(thing, tuple):
        return tuple(_bare(part) for part in thing)
    if is_dataclass(thing):
        values = [getattr(thing, field.name) for field in fields(thing)]
        return type(thing), *(_bare(value) for value in values if not isinstance(value, Place))
    return thing


def _new_ids(lines: Sequence[str], ids: Mapping[int, str]) -> Iterator[Edit]:
    """Write ids under their headings, or first into the comment that stands there."""
    tokens = PARSER.parse("\n".join(lines)) if ids else []
    starts = {start for start, _ in comments(tokens)}
    for at, token in enumerate(tokens):
        name = ids.get(span(token)[0] + 1) if token.type == "heading_open" else None
        if name is None:
            continue
        # A heading is three tokens: its start, its text, its end.
        below = span(tokens[at + 3])[0] if at + 3 < len(tokens) else -1
        if below in starts:
            first = lines[below].replace("<!--", f"<!-- id: {name};", 1)
            yield Edit(below, below + 1, (first,))
        else:
            end = span(token)[1]
            yield Edit(end, end, (f"<!-- id: {name} -->",))
