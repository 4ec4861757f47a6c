"""The code of the pieces of a job, compiled once a round; loaded by `child.py`.

Where many programs differ in the order of their lines only, most begin like one that has failed
already. What raises in a statement would raise there again, whatever comes after: with `once`, such
a program need not be run.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Sequence


class Codes:
    """Pieces as (code, first line); a program is a list of their numbers."""

    def __init__(self, pieces: Sequence[tuple[str, int]], *, once: bool) -> None:
        self.pieces, self.once = pieces, once
        self.codes: dict[int, types.CodeType | SyntaxError | ValueError] = {}
        self.statements: dict[int, list[tuple[int, str]]] = {}
        self.failing: set[tuple[object, ...]] = set()

    def code(self, piece: int) -> types.CodeType:
        """Return the code of a piece. Raises SyntaxError or ValueError where it is none."""
        if piece not in self.codes:
            self.codes[piece] = compiled(piece, *self.pieces[piece])
        code = self.codes[piece]
        if isinstance(code, Exception):
            raise code.with_traceback(None)
        return code

    def fails(self, program: Sequence[int]) -> bool:
        """Return whether a program begins like one that failed."""
        return self.once and any(
            (*program[:at], *(text for _, text in self.read(piece)[:number])) in self.failing
            for at, piece in enumerate(program)
            for number in range(1, len(self.read(piece)) + 1)
        )

    def learn(self, program: Sequence[int], lines: Sequence[tuple[int, int]]) -> None:
        """Take note of the lines through which an exception came, as (piece, line)."""
        for piece, line in lines:
            if piece in program and self.once:
                read = self.read(piece)
                number = next((n for n, (end, _) in enumerate(read, 1) if line <= end), 0)
                before = program[: program.index(piece)]
                self.failing.add((*before, *(text for _, text in read[:number])))

    def read(self, piece: int) -> list[tuple[int, str]]:
        """Return the last line of each statement at the top of a piece, and what it says."""
        if piece not in self.statements:
            code, line = self.pieces[piece]
            try:
                body = ast.parse("\n" * (line - 1) + code).body
            except (SyntaxError, ValueError):
                body = []
            self.statements[piece] = [(node.end_lineno or 0, ast.dump(node)) for node in body]
        return self.statements[piece]


def compiled(piece: int, code: str, line: int) -> types.CodeType | SyntaxError | ValueError:
    """Return the code of a piece with the line numbers of the pack, or why it is none."""
    text = "\n" * (line - 1) + code
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        made: types.CodeType = compile(text, f"piece-{piece}", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return error
    return made
