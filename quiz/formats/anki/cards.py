"""A question as the fields of a note, in HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.formats.anki.collection import Note
from quiz.formats.paper import answer, asked, items, reasons

NO_TAG = re.compile(r"[\s,\"]+")
PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

Media = Mapping[str, str]
"""The names of pictures in the package by their paths in the pack."""


def note_of(pack: Pack, question: Question, deck: str, media: Media) -> Note:
    """Return the note of a question; its key stays as long as the question's id does."""
    said = question.commentary
    body = question.wording.body
    text = "\n\n".join(part for part in (asked(question), _offered(question)) if part)
    source = f"Source: {said.source}" if said.source else ""
    name = "" if question.wording.stem.startswith(said.title) else f"**{said.title}**"
    parts = (name, said.explanation, reasons(question), source)
    more = "\n\n".join(part for part in parts if part)
    key = f"{pack.id}/{question.id or question.commentary.title}"
    fields = (text, answer(body), more, "\n\n".join(said.hints))
    return Note(key, deck, (*(_html(field, media) for field in fields), key), _tags(question))


def _offered(question: Question) -> str:
    body = question.wording.body
    if body.name not in ("single", "multiple", "truefalse"):
        return ""
    return items((option["text"] for option in body.dump()), "-")


def _tags(question: Question) -> tuple[str, ...]:
    """Return what Anki filters by: a tag has no spaces, and `::` makes groups of them."""
    objective = question.objective if question.objective != question.id else ""
    named = [("level", question.level), ("objective", objective)]
    tags = [*question.tags, *(f"{name}::{value}" for name, value in named if value)]
    return tuple(tag for tag in (NO_TAG.sub("-", tag).strip("-") for tag in tags) if tag)


def _html(text: str, media: Media) -> str:
    tokens = PARSER.parse(text)
    for token in tokens:
        for inner in token.children or ():
            _show_picture(inner, media)
    html: str = PARSER.renderer.render(tokens, PARSER.options, {})
    return html.strip()


def _show_picture(token: Token, media: Media) -> None:
    if token.type == "image":
        path = str(token.attrs.get("src", ""))
        token.attrSet("src", media.get(path, path))
