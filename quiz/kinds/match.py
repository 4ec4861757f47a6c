"""Rows of two columns to match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.blocks import Table
from quiz.core.choices import Choice
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.tasklists import task_lists


@dataclass(frozen=True, slots=True)
class RightSide:
    """A right side that may be chosen, by the token a form posts for it."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A left side that waits; `chosen` is the token of the right side chosen so far, or ""."""

    field: str
    text: str
    chosen: str


@dataclass(frozen=True, slots=True)
class MatchAsk:
    """The rows, the titles of both columns, and all right sides in the order offered."""

    titles: tuple[str, str]
    rows: tuple[MatchRow, ...]
    rights: tuple[RightSide, ...]


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A left side after the answer; `mine` is None where nothing was chosen."""

    text: str
    mine: str | None
    expected: str
    right: bool


@dataclass(frozen=True, slots=True)
class MatchReview:
    """The rows in the order asked."""

    titles: tuple[str, str]
    rows: tuple[MatchedRow, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Pairs to find; the response maps the number of each left row to that of a right side.

    Numbers are text and count from 1; right sides without a left one count on after the pairs.
    """

    titles: tuple[str, str]
    pairs: tuple[tuple[str, str], ...]
    extras: tuple[str, ...] = ()

    name: ClassVar[str] = "match"
    interaction: ClassVar[str] = "matching"
    stated: ClassVar[bool] = True
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        # A body without any answer of another kind is a match whose table is missing (E345).
        return bool(_tables(draft)) or not (draft.answer or task_lists(draft))

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        tables = _tables(draft)
        if not tables:
            hint = "Write a table of two columns under the question."
            draft.report(draft.place, "E345", "no table", hint)
            return None
        table = tables[-1]
        stem = stem_before(draft, table)
        sides = _read_rows(draft, table)
        if sides is None:
            return None
        first, second = table.head.cells
        pairs = tuple((left, right) for left, right in sides if left)
        extras = tuple(right for left, right in sides if not left)
        if len(pairs) < 2:
            draft.report(table.place, "E342", "fewer than two pairs", "Write two rows or more.")
            return None
        return Parsed(cls((first.source, second.source), pairs, extras), stem)

    def dump(self) -> JSON:
        return {
            "titles": list(self.titles),
            "pairs": [list(pair) for pair in self.pairs],
            "extras": list(self.extras),
        }

    @classmethod
    def load(cls, payload: JSON) -> Self:
        first, second = payload["titles"]
        pairs = tuple((left, right) for left, right in payload["pairs"])
        return cls((first, second), pairs, tuple(payload["extras"]))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> MatchAsk:
        rows = [
            MatchRow(field, left, single_value(typed, field))
            for field, left in ((_field(seed, left), left) for left in self._lefts(seed))
        ]
        # The file gives the pairs away, so right sides are never shown in its order.
        rights = sorted(self._tokens(seed).items())
        shown = tuple(RightSide(token, self._rights()[number]) for token, number in rights)
        return MatchAsk(self.titles, tuple(rows), shown)

    def read(self, form: Form, seed: Seed) -> JSON:
        tokens = self._tokens(seed)
        response = {}
        for number, (left, _) in enumerate(self.pairs, 1):
            chosen = single_value(form, _field(seed, left))
            if not chosen:
                raise AnswerError(f"Nothing is chosen beside {left}. Choose one for every row.")
            if chosen not in tokens:
                raise AnswerError(f"What was sent beside {left} is not in the list. Choose anew.")
            response[str(number)] = tokens[chosen]
        return response

    def grade(self, response: JSON) -> Grade:
        hits = sum(response[number] == number for number in self._numbers())
        return Grade(hits / len(self.pairs))

    def review(self, seed: Seed, response: JSON) -> MatchReview:
        mine = self._chosen(response or {})
        rights = dict(self.pairs)
        rows = (
            MatchedRow(left, mine.get(left), rights[left], mine.get(left) == rights[left])
            for left in self._lefts(seed)
        )
        return MatchReview(self.titles, tuple(rows))

    def describe(self, response: JSON) -> str:
        return "\n".join(f"{left} → {right}" for left, right in self._chosen(response).items())

    def expected(self) -> str:
        return "\n".join(f"{left} → {right}" for left, right in self.pairs)

    def guess(self) -> float:
        return 1 / len(self._rights())

    def choices(self) -> tuple[Choice, ...]:
        lefts = enumerate((left for left, _ in self.pairs), 1)
        return tuple(
            Choice(
                _pair(str(n), right), f"{left} → {text}", str(n) == right, offered=str(n) == right
            )
            for n, left in lefts
            for right, text in self._rights().items()
        )

    def chosen(self, response: JSON) -> frozenset[str]:
        return frozenset(_pair(left, right) for left, right in response.items())

    def samples(self, seed: Seed) -> Samples:
        fields = [_field(seed, left) for left, _ in self.pairs]
        rights = [_right_token(seed, right) for _, right in self.pairs]
        turned = rights[1:] + rights[:1]
        return Samples(
            right={field: [right] for field, right in zip(fields, rights, strict=True)},
            wrong={field: [right] for field, right in zip(fields, turned, strict=True)},
            unreadable={fields[0]: [rights[0]]},
        )

    def _numbers(self) -> list[str]:
        return [str(number) for number in range(1, len(self.pairs) + 1)]

    def _lefts(self, seed: Seed) -> list[str]:
        return seed.order((left for left, _ in self.pairs), lambda left: _field(seed, left))

    def _rights(self) -> dict[str, str]:
        rights = [right for _, right in self.pairs] + list(self.extras)
        return {str(number): right for number, right in enumerate(rights, 1)}

    def _tokens(self, seed: Seed) -> dict[str, str]:
        return {_right_token(seed, right): number for number, right in self._rights().items()}

    def _chosen(self, response: JSON) -> dict[str, str]:
        lefts = {str(number): left for number, (left, _) in enumerate(self.pairs, 1)}
        return {lefts[left]: self._rights()[right] for left, right in response.items()}


def _pair(left: str, right: str) -> str:
    return f"{left}-{right}"


def _field(seed: Seed, left: str) -> str:
    return f"match-{seed.token(f'left {left}')}"


def _right_token(seed: Seed, right: str) -> str:
    return seed.token(f"right {right}")


def _tables(draft: Draft) -> list[Table]:
    return [block for block in draft.body if isinstance(block, Table)]


def _read_rows(draft: Draft, table: Table) -> list[tuple[str, str]] | None:
    """Return left and right of every row; None after reporting (E341, E343, E344)."""
    two = "Write two columns: what is asked, and what belongs to it."
    if len(table.head.cells) != 2:
        draft.report(table.place, "E341", f"{len(table.head.cells)} columns", two)
        return None
    sides = []
    lefts: set[str] = set()
    rights: set[str] = set()
    for row in table.rows:
        left, right = (cell.source for cell in row.cells[:2])
        if not right:
            draft.report(row.place, "E341", "a row without a right side", two)
        elif left in lefts:
            draft.report(row.place, "E343", f"{left} stands left twice", "Change or remove one.")
        elif right in rights:
            hint = "Change or remove one, so that every left side has one right side."
            draft.report(row.place, "E344", f"{right} stands right twice", hint)
        else:
            sides.append((left, right))
        lefts |= {left} - {""}
        rights.add(right)
    return sides if len(sides) == len(table.rows) else None
