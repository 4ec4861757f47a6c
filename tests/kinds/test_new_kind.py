"""A new kind is two files, a module and a template, and no edit elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader

import quiz.kinds
from quiz.core.kinds import Seed
from quiz.kinds import kinds
from quiz.packs.loader import load_pack
from quiz.web.templates import environment

MODULE = '''"""Anything at all."""

from quiz.core.errors import AnswerError
from quiz.core.kinds import Grade, Parsed, Samples, single_value


class Anything:
    name = "anything"
    interaction = "other"
    stated = True
    parts = frozenset()
    many = frozenset()
    roles = {}
    self_graded = False

    @classmethod
    def claims(cls, draft):
        return not draft.parts

    @classmethod
    def parse(cls, draft):
        return Parsed(cls(), draft.body)

    def dump(self):
        return {}

    @classmethod
    def load(cls, payload):
        return cls()

    def ask(self, seed, typed):
        return single_value(typed, "anything")

    def read(self, form, seed):
        if not single_value(form, "anything"):
            raise AnswerError("Write anything.")
        return single_value(form, "anything")

    def grade(self, response):
        return Grade(1.0)
'''

TEMPLATE = """{# Anything at all. #}
{% macro ask(view, field_error) %}<input name="anything" value="{{ view }}">{% endmacro %}
"""

PACK = """---
format: quizpack/1
id: new
title: New
---

# Topic
<!-- id: topic -->

## Say anything.
<!-- id: say; kind: anything -->

Source: [somewhere](https://example.org)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the new kind's two files, looked at beside our own."""
    (tmp_path / "anything.py").write_text(MODULE)
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "anything.html").write_text(TEMPLATE)
    monkeypatch.setattr(quiz.kinds, "__path__", [*quiz.kinds.__path__, str(tmp_path)])
    kinds.cache_clear()
    yield tmp_path
    kinds.cache_clear()


def test_a_new_kind_is_found_by_its_file(folder: Path) -> None:
    assert kinds()["anything"].__module__ == "quiz.kinds.anything"


def test_packs_can_use_a_new_kind_and_cards_can_ask_it(folder: Path) -> None:
    (folder / "pack.md").write_text(PACK)

    loaded = load_pack(folder / "pack.md")

    assert loaded.findings == ()
    assert loaded.pack is not None
    body = loaded.pack.questions[0].wording.body
    ours = environment()
    assert ours.loader is not None
    env = ours.overlay(loader=ChoiceLoader([ours.loader, FileSystemLoader(folder)]))
    card = env.from_string('{% import "kinds/" ~ kind ~ ".html" as card %}{{ card.ask(view, "") }}')
    view = body.ask(Seed(b"", "say"), {"anything": ["a < b"]})
    assert card.render(kind=body.name, view=view) == '<input name="anything" value="a &lt; b">'
