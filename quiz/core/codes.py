"""Codes that people read aloud and type: no sign in them looks like another.

Every sign carries five bits, so a code of 8 has 40 and one of 12 has 60.
"""

from __future__ import annotations

import hashlib

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals but for 0 and O, 1 and I."""
GROUP = 4
"""Signs between two dashes."""
JOIN = 8
"""Signs of the code of a class."""
ONCE = 12
"""Signs of a code that works once and opens what is somebody's own."""


def code_from(chance: str, length: int) -> str:
    """Return a code of so many signs, up to 51, drawn from a text that nobody can guess."""
    number = int.from_bytes(hashlib.sha256(chance.encode()).digest())
    return "".join(SIGNS[number >> (5 * place) & 31] for place in range(length))


def read_code(text: str, length: int) -> str:
    """Return the code that somebody typed, "" where it can be none.

    Case, spaces and dashes do not matter.
    """
    code = "".join(sign for sign in text.upper() if sign not in " -‐‑‒–—\t")
    return code if len(code) == length and set(code) <= set(SIGNS) else ""


def shown_code(code: str) -> str:
    """Return a code as people see it, such as 7KQM-2WXP."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
