"""The answer of a row: which kind it is, and what that kind loads."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quiz.core.kinds import JSON, Remark
from quiz.core.numbers import normal_number, read_accepted
from quiz.core.ordering import levels, read_ranges
from quiz.core.tasklists import LETTERS
from quiz.core.typed import normal_output
from quiz.formats.csv.sheet import Row
from quiz.formats.making import accepted, chosen, options

NUMBER = re.compile(r"[0-9]{1,4}")
NONE = frozenset({"none", "0"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A kind, what it loads, and remarks by what they speak of."""

    kind: str
    payload: JSON
    remarks: Mapping[str, Remark] = field(default_factory=dict)


Found = Answered | str
"""An answer, or why there is none."""


def answered(row: Row) -> Found:
    """Return the answer of a row by its kind, which it states or which it looks like."""
    stated = row.text("kind").strip().lower()
    if stated and stated not in BODIES:
        return f"the kind '{stated}' is none of {', '.join(sorted(BODIES))}"
    if stated:
        return BODIES[stated](row)
    if row.numbered("option"):
        return _options(row)
    return _number(row) if read_accepted(row.text("right"), lambda *_: None) else _text(row)


def _options(row: Row) -> Found:
    texts = row.numbered("option")
    numbers = list(texts)
    right = _numbers(row.text("right"), texts)
    if not right:
        return f"`right` is '{row.text('right')}'; write numbers of options, such as 1, 3"
    payload = options((text, number in right) for number, text in texts.items())
    if payload is None:
        return "more than 26 options"
    keys = dict(zip(numbers, LETTERS, strict=False))
    whys = row.numbered("why").items()
    remarks = {keys[number]: Remark(text) for number, text in whys if number in keys}
    stated = row.text("kind").strip().lower()
    kind = stated or chosen(payload, several=len(right) > 1)
    return Answered(kind, payload, remarks)


def _numbers(said: str, texts: Mapping[int, str]) -> set[int]:
    """Return the numbers of the options said: by number, by letter, or by the text of one."""
    found: set[int] = set()
    for word in re.findall(r"[^\s,;]+", said.lower()):
        number = int(word) if NUMBER.fullmatch(word) else LETTERS.find(word) + 1
        if number not in texts or not (word.isdigit() or len(word) == 1):
            return {n for n, text in texts.items() if text.strip() == said.strip()}
        found.add(number)
    return found


def _said(row: Row) -> dict[str, Remark]:
    wrong, why = row.numbered("wrong"), row.numbered("why")
    return {value: Remark(why[number]) for number, value in wrong.items() if number in why}


def _text(row: Row) -> Found:
    match = row.text("compare").strip().lower() or "code"
    if match not in ("code", "text", "exact"):
        return f"`compare` is '{match}'; write code, text or exact"
    lines = accepted(row.text("right").split("\n"), match)
    if not lines:
        return "the cell `right` is empty"
    return Answered("text", {"accepted": lines, "match": match}, _said(row))


def _number(row: Row) -> Found:
    said: list[str] = []
    text = row.text("right").strip()
    found = read_accepted(text, lambda _code, message, hint: said.append(f"{message}. {hint}"))
    if found is None:
        return said[0]
    model = " ± ".join(part.strip() for part in text.replace("+-", "±").split("±"))
    low, high = normal_number(found.low), normal_number(found.high)
    return Answered("number", {"low": low, "high": high, "model": model}, _said(row))


def _cloze(row: Row) -> Found:
    fills = [accepted(text.split("\n"), "code") for text in row.numbered("option").values()]
    payload = {"code": row.text("code"), "language": row.text("language").strip()}
    return Answered("cloze", {**payload, "accepted": fills}, _said(row))


def _order(row: Row) -> Found:
    lines = list(row.numbered("option").values())
    indented = row.text("indent").strip().lower() in ("yes", "true", "1")
    ranges = row.text("free").replace("to", "-").replace(" ", "")
    free = read_ranges(ranges, len(lines)) if ranges else ()
    if free is None:
        return f"`free` is '{row.text('free')}'; write ranges of options, such as 2 to 3"
    margins = [len(line) - len(line.lstrip(" ")) for line in lines]
    depths = levels(margins) if indented else [0] * len(lines)
    texts = [textwrap.dedent(line) if indented else line for line in lines]
    payload = {
        "language": row.text("language").strip(),
        "solution": [list(piece) for piece in zip(texts, depths, strict=True)],
        "distractors": list(row.numbered("wrong").values()),
        "free": [list(ends) for ends in free],
        "indent": indented,
    }
    return Answered("order", payload)


def _match(row: Row) -> Found:
    lefts, rights = row.numbered("option"), row.numbered("match")
    if not lefts.keys() <= rights.keys():
        return "an option has no `match` of its number"
    first, _, second = row.text("columns").partition("\n")
    payload = {
        "titles": [first, second],
        "pairs": [[left, rights[number]] for number, left in lefts.items()],
        "extras": [text for number, text in rights.items() if number not in lefts],
    }
    return Answered("match", payload)


def _pick(row: Row) -> Found:
    lines = row.text("code").split("\n")
    said = row.text("right").strip().lower()
    numbers = dict(enumerate(lines, 1))
    marked = set() if said in NONE else _numbers(said, numbers)
    if not marked and said not in NONE:
        return f"`right` is '{said}'; write numbers of lines, or none"
    remarks = {str(number): Remark(text) for number, text in row.numbered("why").items()}
    payload = {"lines": lines, "language": row.text("language").strip(), "marked": sorted(marked)}
    return Answered("pick", payload, remarks)


def _predict(row: Row) -> Found:
    payload = {
        "code": row.text("code"),
        "language": row.text("language").strip() or "python",
        "output": normal_output(row.text("right")),
        "raises": row.text("raises").strip(),
    }
    return Answered("predict", payload, _said(row))


def _recall(row: Row) -> Found:
    points = list(row.numbered("option").values())
    return Answered("recall", {"model": row.text("right"), "points": points})


BODIES: Mapping[str, Callable[[Row], Found]] = {
    "cloze": _cloze,
    "match": _match,
    "multiple": _options,
    "number": _number,
    "order": _order,
    "pick": _pick,
    "predict": _predict,
    "recall": _recall,
    "single": _options,
    "text": _text,
    "truefalse": _options,
}
