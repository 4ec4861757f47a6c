"""Quizzes written as task lists on GitHub and such hosts: mkdocs-quiz, and both quizdowns.

A page with `<quiz>` in it is one of mkdocs-quiz; any other has a question under each heading.
"""

from __future__ import annotations

from quiz.core.errors import OperatorError
from quiz.core.exchange import Imported, decoded
from quiz.formats.github.mkdocs import is_page, read_page
from quiz.formats.github.quizdown import read_quiz

MOST_SIGNS = 1_000_000


def read(data: bytes, file: str) -> Imported:
    """Return one topic of all questions. Raises OperatorError for what is too long or no text."""
    text = decoded(data, file)
    if len(text) > MOST_SIGNS:
        message = f"{file} has more than {MOST_SIGNS} signs."
        raise OperatorError(f"{message} Divide it, and import all parts at once.")
    return read_page(text, file) if is_page(text) else read_quiz(text, file)
