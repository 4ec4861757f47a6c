"""Moodle XML: what the question bank of Moodle exports and imports.

Texts go out as Markdown, which Moodle shows and keeps, so they come back as they were; only code
with blanks must be HTML there. What a question says of itself beyond that goes into its tags.
"""

from quiz.formats.moodle.reading import read
from quiz.formats.moodle.writing import write

__all__ = ["read", "write"]
