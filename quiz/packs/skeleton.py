"""Packs, topics and questions to start from: Markdown that passes and says what to write where."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from string import Template

from quiz.core.exchange import slug

FOLDER = Path(__file__).parent / "skeletons"
PREFIX = "question-"
HEADING = re.compile(r"\A## .*")


def kinds_to_start() -> list[str]:
    """Return the kinds of which there is a question to start from."""
    return sorted(path.stem.removeprefix(PREFIX) for path in FOLDER.glob(f"{PREFIX}*.md"))


def free_id(title: str, taken: Collection[str]) -> str:
    """Return an id made from a title that is not taken."""
    base = slug(title)
    names = (f"{base}-{n}" if n > 1 else base for n in range(1, len(taken) + 3))
    return next(name for name in names if len(name) > 1 and name not in taken)


def pack(id: str, title: str, belief: str) -> str:
    """Return the front matter, description and misconceptions of a pack."""
    # JSON is YAML, so any title is one.
    return _filled("pack", id=id, title=json.dumps(title, ensure_ascii=False), belief=belief)


def topic(id: str, title: str, objective: str) -> str:
    """Return a topic with one objective and no question."""
    return _filled("topic", id=id, title=title, objective=objective)


def question(kind: str, taken: Collection[str], objective: str, title: str, belief: str) -> str:
    """Return a question with an id that is not taken.

    Without a title it has that of the example; `objective` and `belief` may be "".
    """
    text = (FOLDER / f"{PREFIX}{kind}.md").read_text(encoding="utf-8")
    shown = title or HEADING.findall(text)[0].removeprefix("## ")
    text = HEADING.sub("## $title", text)
    if not objective:
        text = text.replace(" objective: $objective;", "", 1)
    return Template(text).substitute(
        id=free_id(shown, taken),
        title=shown,
        objective=objective,
        belief=f"`{belief}` " if belief else "",
    )


def _filled(name: str, **values: str) -> str:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute(values)
