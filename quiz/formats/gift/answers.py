"""What stands between the braces of GIFT, as one of our kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from quiz.core.exchange import plain
from quiz.core.kinds import JSON, Remark
from quiz.core.numbers import normal_number
from quiz.core.tasklists import LETTERS
from quiz.core.typed import normal
from quiz.formats.asked import RULE, Asked, UnaskedError, without_points, without_titles
from quiz.formats.gift.signs import FORMAT, show
from quiz.formats.html import to_markdown
from quiz.formats.numbers import interval, with_margin
from quiz.formats.settings import Told

WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%")
TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.DOTALL)
WILD = re.compile(r"(?<!\\)\*")
TAGS = re.compile(r"</?[a-zA-Z][^>]*>")
ALL = 99.9
"""Percent that count as all of them, as weights are rounded."""

GAP = "\\_\\_\\_\\_\\_"


@dataclass(slots=True)
class Entry:
    """A question taken apart: its stem, what its braces hold with escapes hidden, and losses."""

    stem: str
    answers: str
    format: str
    feedback: str = ""
    lost: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, hidden: str, title: str) -> Entry:
        """Return the question taken apart. Raises UnaskedError where the braces do not fit."""
        start, end = hidden.find("{"), hidden.find("}")
        if start < 0 and end < 0:
            raise UnaskedError("a description without a question")
        if start < 0 or end < start:
            raise UnaskedError("braces that do not fit")
        before, after = hidden[:start], hidden[end + 1 :]
        gap = GAP if after.strip() else ""
        found = FORMAT.match(before)
        format = found[1] if found else "moodle"
        entry = cls("", hidden[start + 1 : end], format)
        before = before[found.end() :] if found else before
        parts = [entry.markdown(before), gap, entry.markdown(after)]
        entry.stem = " ".join(part for part in parts if part) or title
        entry._take_feedback()
        return entry

    def markdown(self, hidden: str) -> str:
        """Return a text as Markdown, in its own format or in that of the question."""
        found = FORMAT.match(hidden.strip())
        format = found[1] if found else self.format
        text = show(hidden.strip()[found.end() if found else 0 :]).strip()
        if format == "markdown":
            return text
        if format.startswith("plain") or not TAGS.search(text):
            return "\n\n".join(plain(part) for part in re.split(r"\n\s*\n", text) if part)
        if format == "moodle":
            text = text.replace("\n", "<br>")
        made, lost = to_markdown(text)
        self.lost += (("markup", f"<{name}>") for name in lost)
        return made

    def remark(self, hidden: str) -> Remark | None:
        """Return a feedback, None where it is empty."""
        text = self.markdown(hidden)
        return Remark(text) if text else None

    def _take_feedback(self) -> None:
        answers, mark, feedback = self.answers.rpartition("####")
        if mark:
            self.answers, self.feedback = answers, self.markdown(feedback)
        self.answers = self.answers.strip()


@dataclass(frozen=True, slots=True)
class _Row:
    worth: float
    text: str
    why: str


def ask(entry: Entry, said: Told) -> Asked:
    """Return what an entry asks, by Moodle's rules. Raises UnaskedError with a reason."""
    answers = entry.answers
    if not answers:
        return _essay(entry)
    if answers.startswith("#"):
        return _numerical(entry)
    if "~" in answers:
        return _choice(entry)
    if "=" in answers and "->" in answers:
        return _match(entry)
    return _truth(entry) if TRUTH.fullmatch(answers) else _short(entry, said)


def _essay(entry: Entry) -> Asked:
    model, _, rest = entry.feedback.partition(f"\n\n{RULE}\n\n")
    if not model:
        raise UnaskedError("an essay without a model answer")
    entry.feedback = rest
    return Asked("recall", without_points(model), entry.stem)


def _choice(entry: Entry) -> Asked:
    single = "=" in entry.answers
    rows = _rows(re.sub("=", "~=", entry.answers).split("~"), 0)
    if not rows:
        raise UnaskedError("no option")
    if len(rows) > len(LETTERS):
        raise UnaskedError(f"more than {len(LETTERS)} options")
    options: list[JSON] = []
    remarks: dict[str, Remark] = {}
    for key, row in zip(LETTERS, rows, strict=False):
        right = row.worth >= ALL if single else row.worth > 0
        if single and 0 < row.worth < ALL:
            entry.lost.append(("weight", f"{row.worth:g} % for one option"))
        options.append({"key": key, "text": entry.markdown(row.text), "right": right})
        why = entry.remark(row.why)
        if why:
            remarks[key] = why
    exact = single or min(row.worth for row in rows) <= -ALL
    kind, score = "single" if single else "multiple", "exact" if exact else "partial"
    if single and sorted(option["text"] for option in options) == ["False", "True"]:
        kind = "truefalse"
    return Asked(kind, options, entry.stem, remarks, score)


def _truth(entry: Entry) -> Asked:
    found = TRUTH.fullmatch(entry.answers)
    word, whys = (found[1], found[2] or "") if found else ("", "")
    wrong, _, right = whys.partition("#")
    true = word.startswith("T")
    options = [
        {"key": "a", "text": "True", "right": true},
        {"key": "b", "text": "False", "right": not true},
    ]
    said_of = {"a": right if true else wrong, "b": wrong if true else right}
    remarks = {key: entry.remark(why) for key, why in said_of.items()}
    return Asked("truefalse", options, entry.stem, {k: v for k, v in remarks.items() if v})


def _short(entry: Entry, said: Told) -> Asked:
    match = said.get("match", "text")
    accepted: dict[str, str] = {}
    remarks: dict[str, Remark] = {}
    for row in _rows(entry.answers.split("="), 100):
        found = FORMAT.match(row.text)
        value = show(row.text[found.end() :] if found else row.text)
        value = value if match == "exact" else value.strip()
        if WILD.search(value):
            entry.lost.append(("wildcard", value))
            continue
        value = value.replace("\\*", "*")
        why = entry.remark(row.why)
        if row.worth >= ALL:
            accepted.setdefault(normal(value, match), value)
        elif why:
            remarks[normal(value, match)] = why
        if 0 < row.worth < ALL:
            entry.lost.append(("weight", f"{row.worth:g} % for {value}"))
        if why and row.worth >= ALL:
            entry.lost.append(("feedback", f"for the right answer {value}"))
    if not accepted:
        raise UnaskedError("no answer that is right without wildcards")
    payload = {"accepted": list(accepted.values()), "match": match}
    return Asked("text", payload, entry.stem, remarks)


def _numerical(entry: Entry) -> Asked:
    body, tilde, other = entry.answers[1:].partition("~")
    if tilde and other.strip("# \t\n"):
        entry.lost.append(("feedback", "for any other answer"))
    payload: JSON = None
    remarks: dict[str, Remark] = {}
    for row in _rows(body.split("="), 100):
        value, margin = _value(show(row.text).strip())
        why = entry.remark(row.why)
        if row.worth >= ALL and payload is None:
            payload = interval(value, margin)
        elif row.worth >= ALL:
            entry.lost.append(("answer", f"{value} is right, too"))
        elif why:
            remarks[normal_number(value)] = why
        if 0 < row.worth < ALL:
            entry.lost.append(("weight", f"{row.worth:g} % for {value}"))
    if payload is None:
        raise UnaskedError("no number that is right")
    return Asked("number", payload, entry.stem, remarks)


def _value(text: str) -> tuple[Decimal, Decimal]:
    found = with_margin(text)
    if found is None:
        raise UnaskedError(f"{text[:40]} is no number")
    return found


def _match(entry: Entry) -> Asked:
    pairs: list[list[str]] = []
    extras: list[str] = []
    for part in entry.answers.split("="):
        left, arrow, right = part.partition("->")
        if not part.strip():
            continue
        if not arrow:
            raise UnaskedError("a pair without an arrow")
        shown = " ".join(entry.markdown(left).split())
        # The right side has no format of its own; ours is Markdown where the text is.
        known = entry.format == "markdown"
        other = show(right).strip() if known else plain(show(right))
        if shown:
            pairs.append([shown, other])
        else:
            extras.append(other)
    stem, titles = without_titles(entry.stem)
    payload = {"titles": titles, "pairs": pairs, "extras": extras}
    return Asked("match", payload, stem, score="partial")


def _rows(parts: list[str], other: float) -> list[_Row]:
    """Return the answers with their weights in percent, `other` where none is given."""
    rows: list[_Row] = []
    for part in parts:
        text = part.strip()
        if not text:
            continue
        worth = other
        if text.startswith("="):
            worth, text = 100.0, text[1:]
        found = WEIGHT.match(text)
        if found:
            worth, text = float(found[1]), text[found.end() :]
        value, _, why = text.partition("#")
        rows.append(_Row(worth, value.strip(), why))
    return rows
