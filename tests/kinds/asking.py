"""Questions to try every kind on, and how a card shows them."""

from __future__ import annotations

from pathlib import Path

from quiz.core.kinds import Form, Seed
from quiz.core.questions import Question
from quiz.packs.loader import load_pack
from quiz.web.templates import environment

EXAMPLE = Path(__file__).parents[1] / "packs" / "example" / "example-pack.md"
UNUSUAL = Path(__file__).parent / "unusual.md"
SECRET = b"the secret of a round"

CALLS = '{% import "kinds/" ~ kind ~ ".html" as card %}'
ASK = environment().from_string(CALLS + "{{ card.ask(view, error) }}")
REVIEW = environment().from_string(CALLS + "{{ card.review(view, remarks) }}")


def questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a pack that has no error."""
    loaded = load_pack(path)
    assert loaded.pack is not None, loaded.findings
    return loaded.pack.questions


QUESTIONS = [*questions(EXAMPLE), *questions(UNUSUAL)]
"""At least one question of every kind, and what is allowed but rare."""


def named(id: str) -> Question:
    """Return the question with that id."""
    return next(question for question in QUESTIONS if question.id == id)


def seed_of(question: Question) -> Seed:
    """Return the seed a round would ask the question with."""
    return Seed(SECRET, question.id, question.shuffle)


def asked(question: Question, typed: Form, error: str = "") -> str:
    """Return the fields of a card that waits."""
    body = question.wording.body
    return ASK.render(kind=body.name, view=body.ask(seed_of(question), typed), error=error)


def reviewed(question: Question, response: object) -> str:
    """Return the answered card."""
    body = question.wording.body
    return REVIEW.render(
        kind=body.name,
        view=body.review(seed_of(question), response),
        remarks=question.commentary.remarks,
    )
