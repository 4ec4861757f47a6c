"""Text that a spreadsheet would take for a formula, and how it is made harmless."""

from __future__ import annotations

import re

FORMULA_SIGNS = tuple("=+-@\t\r\n\0＝＋－＠")
"""First characters that make a spreadsheet run a cell (OWASP, CSV Injection; ASVS 5.0 1.2.10)."""

RISKY = re.compile(f"[ ']*[{re.escape(''.join(FORMULA_SIGNS))}]")


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def escaped(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, and that `unescaped` gives back.

    So a text that looks guarded already is guarded once more.
    """
    return f"'{text}" if RISKY.match(text) else text


def unescaped(text: str) -> str:
    """Return what was escaped; other text stays as it is."""
    return text[1:] if text.startswith("'") and RISKY.match(text, 1) else text
