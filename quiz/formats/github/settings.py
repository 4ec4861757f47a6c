"""Settings of quizdown-js: `key: value` lines between `---`, above all questions or in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PAIR = re.compile(r"[ \t]*(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$")
RULE = re.compile(r"[ \t]*---[ \t]*$")
SHUFFLE = "shuffleAnswers"


@dataclass(frozen=True, slots=True)
class Setting:
    """A pair, and its line, from 0."""

    line: int
    key: str
    value: str


def cut_settings(lines: Sequence[str]) -> tuple[list[str], list[Setting]]:
    """Return the lines with the settings made empty, and these.

    They stand at the beginning of the file, or directly under a heading.
    """
    left, found = list(lines), list[Setting]()
    above = "#"
    for start, line in enumerate(lines):
        if RULE.match(line) and above.startswith("#"):
            end, pairs = _block(lines, start)
            found += pairs
            left[start : end + 1] = [""] * (end + 1 - start)
        above = left[start].lstrip() or above
    return left, found


def _block(lines: Sequence[str], start: int) -> tuple[int, list[Setting]]:
    """Return the last line of the settings that start there; one before it where there are none."""
    pairs: list[Setting] = []
    for number in range(start + 1, len(lines)):
        pair = PAIR.match(lines[number])
        if pair:
            pairs.append(Setting(number, pair[1], pair[2]))
        elif RULE.match(lines[number]) and pairs:
            return number, pairs
        elif lines[number].strip():
            break
    return start - 1, []


def shuffles(settings: Sequence[Setting], otherwise: bool) -> bool:
    """Return whether the settings let options be shuffled."""
    said = [setting.value for setting in settings if setting.key == SHUFFLE]
    return said[-1].lower() != "false" if said else otherwise
