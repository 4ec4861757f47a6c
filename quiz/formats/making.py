"""Questions made of what other formats say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from markdown_it import MarkdownIt

from quiz.core.blocks import Place
from quiz.core.exchange import Names, plain, slug
from quiz.core.kinds import JSON, Remark
from quiz.core.packs import Topic
from quiz.core.questions import Commentary, Question, Wording
from quiz.core.tasklists import LETTERS
from quiz.core.typed import normal
from quiz.core.words import visible
from quiz.kinds import kinds

LONGEST_HEADING, LONGEST_TITLE = 200, 60
"""Signs of a heading that asks, and of one that only names."""

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def made(
    kind: str,
    payload: JSON,
    text: str,
    *,
    id: str,
    place: Place,
    title: str = "",
    remarks: Mapping[str, Remark] | None = None,
    hints: Sequence[str] = (),
    explanation: str = "",
    shared: str = "",
    shuffle: bool = True,
) -> Question:
    """Return a question of the kind; without a title its text makes one."""
    heading, stem = headed(text)
    return Question(
        id=id,
        place=place,
        objective=id,
        wording=Wording(stem, kinds()[kind].load(payload), shared=shared),
        commentary=Commentary(
            title=title or heading,
            remarks=remarks or {},
            hints=tuple(hints),
            explanation=explanation,
        ),
        shuffle=shuffle,
    )


def topic_of(
    file: str, questions: Iterable[Question | None], title: str = "", notes: str = ""
) -> Topic:
    """Return the one topic of a file, by its own title or the name of the file."""
    name = title or file.rpartition("/")[2].partition(".")[0].replace("-", " ").replace("_", " ")
    name = name or "Questions"
    return Topic(
        id=Names().take(slug(name), "", ""),
        title=name if title else plain(name[:1].upper() + name[1:]),
        place=Place(file, 1),
        notes=notes,
        questions=tuple(question for question in questions if question is not None),
    )


def headed(text: str) -> tuple[str, str]:
    """Return the heading of Markdown that asks, and that Markdown.

    A paragraph that stands alone or before code is a heading that asks; else its first words name.
    """
    tokens = PARSER.parse(text)
    tops = [token for token in tokens if token.level == 0 and token.map]
    if not tops or tops[0].type != "paragraph_open" or any(t.type != "fence" for t in tops[1:]):
        return _named(text), text
    source = tokens[1].content
    line = " ".join(source.split())
    if "  \n" in source or "\\\n" in source or len(line) > LONGEST_HEADING:
        return _named(text), text
    rest = text.split("\n")[tops[1].map[0] if len(tops) > 1 and tops[1].map else None :]
    return line, "\n\n".join([line, "\n".join(rest)]) if len(tops) > 1 else line


def _named(text: str) -> str:
    words = visible(text)
    if len(words) > LONGEST_TITLE:
        words = words[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return plain(words) or "Question"


def options(texts: Iterable[tuple[str, bool]]) -> JSON:
    """Return the payload of a kind of options; None for more than there are letters."""
    found = list(texts)
    if len(found) > len(LETTERS):
        return None
    keyed = zip(LETTERS, found, strict=False)
    return [{"key": key, "text": text, "right": right} for key, (text, right) in keyed]


def chosen(payload: JSON, *, several: bool) -> str:
    """Return the kind of a question with these options."""
    texts = sorted(option["text"] for option in payload)
    if several:
        return "multiple"
    return "truefalse" if texts == ["False", "True"] else "single"


def accepted(texts: Iterable[str], match: str) -> list[str]:
    """Return what is accepted, each once as it is compared."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(normal(text, match), text)
    return [text for value, text in found.items() if value]


def anywhere(right: Sequence[str], wrong: Sequence[str]) -> list[tuple[str, bool]]:
    """Return options whose file order is not known in one that is always the same.

    By their hashes: so none stands first because it is right.
    """
    marked = [*((text, True) for text in right), *((text, False) for text in wrong)]
    return sorted(marked, key=lambda option: hashlib.sha256(option[0].encode()).hexdigest())
