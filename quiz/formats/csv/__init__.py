"""A pack as a table: one row a question, which a spreadsheet opens and a teacher can fill in.

Cells hold Markdown or plain text, never a notation of their own; what there may be several of has
a column each, such as `option 1` and `why 1`.
"""

from quiz.formats.csv.reading import read
from quiz.formats.csv.writing import write

__all__ = ["read", "write"]
