"""A quiz of mdbook-quiz: one TOML file that a chapter of a book names.

`schema.json` beside this describes it as its program reads it, in our words.
"""

from quiz.formats.mdbook.reading import read
from quiz.formats.mdbook.writing import write

__all__ = ["read", "write"]
