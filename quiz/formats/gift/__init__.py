"""GIFT: questions as plain text, which Moodle and others read.

Texts go out as `[markdown]`, ids and tags in the comment above a question. What GIFT has no sign
for, such as hints, notes and objectives, is told as lost.
"""

from quiz.formats.gift.reading import read
from quiz.formats.gift.writing import write

__all__ = ["read", "write"]
