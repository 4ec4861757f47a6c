"""Lines of code to put in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial, prod
from typing import ClassVar, Self

from quiz.core.arrangements import Arrangement, read_arrangement
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import (
    JSON,
    Draft,
    Fences,
    Form,
    Grade,
    Parsed,
    Pending,
    Samples,
    Seed,
    single_value,
)
from quiz.core.lines import told_apart
from quiz.core.ordering import (
    Piece,
    Ranges,
    count_moves,
    first_wrong,
    nearest,
    nearest_keys,
    ranks,
)
from quiz.core.pieces import read_pieces

STEP = "    "


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line that waits; `text` is the line alone, `code` with the indentation it has now."""

    token: str
    text: str
    code: str
    level: int


@dataclass(frozen=True, slots=True)
class OrderAsk:
    """The lines in use in their present order, and those not in use."""

    language: str
    indent: bool
    line: tuple[OrderLine, ...]
    spare: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class OrderReview:
    """The learner's lines beside a right order; `first_wrong` counts from 1, 0 where all are right.

    `first_wrong` may be one more than there are lines: then one is missing at the end.
    """

    language: str
    mine: tuple[str, ...]
    solution: tuple[str, ...]
    first_wrong: int


@dataclass(frozen=True, slots=True)
class Order:
    """Blocks to arrange; the response lists keys in order, with `indent` as `key:level`.

    Keys are `1`, `2` … for the solution in file order, `d1` … for what belongs nowhere.
    """

    language: str
    solution: tuple[Piece, ...]
    distractors: tuple[Piece, ...] = ()
    free: Ranges = ()
    indent: bool = False

    name: ClassVar[str] = "order"
    interaction: ClassVar[str] = "sequencing"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset({"Distractors"})
    many: ClassVar[frozenset[str]] = frozenset({"line", "spare", "indent"})
    roles: ClassVar[Mapping[str, Fences]] = {
        "order": Fences(frozenset({"indent", "blocks"}), frozenset({"free", "setup"}))
    }
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.body_fence("order") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence = draft.body_fence("order")
        if fence is None:
            return None
        stem = stem_before(draft, fence)
        read = read_pieces(draft, fence)
        if read is None:
            return None
        body = cls(fence.language, *read, indent="indent" in fence.flags)
        return Parsed(body, stem)

    def dump(self) -> JSON:
        return {
            "language": self.language,
            "solution": [[piece.text, piece.level] for piece in self.solution],
            "distractors": [piece.text for piece in self.distractors],
            "free": [list(ends) for ends in self.free],
            "indent": self.indent,
        }

    @classmethod
    def load(cls, payload: JSON) -> Self:
        solution = (Piece(str(n), *piece) for n, piece in enumerate(payload["solution"], 1))
        distractors = (Piece(f"d{n}", text) for n, text in enumerate(payload["distractors"], 1))
        free = tuple((first, last) for first, last in payload["free"])
        language, indent = payload["language"], payload["indent"]
        return cls(language, tuple(solution), tuple(distractors), free, indent)

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> OrderAsk:
        pieces = self._by_token(seed)
        try:
            now = read_arrangement(typed, pieces)
        except AnswerError:
            now = Arrangement(tuple(sorted(pieces)), (0,) * len(pieces))
        placed = zip(now.line, now.indent, strict=True)
        line = tuple(self._shown(token, pieces[token], level) for token, level in placed)
        spare = tuple(self._shown(token, pieces[token], 0) for token in now.spare)
        return OrderAsk(self.language, self.indent, line, spare)

    def read(self, form: Form, seed: Seed) -> JSON | Pending:
        pieces = self._by_token(seed)
        now = read_arrangement(form, pieces)
        move = single_value(form, "move")
        if move:
            return Pending(now.moved(move).form())
        if not now.line:
            raise AnswerError("No line is in use. Use those that belong to the program.")
        keys = nearest_keys([pieces[token].key for token in now.line], self._pieces())
        if not self.indent:
            return keys
        return [f"{key}:{level}" for key, level in zip(keys, now.indent, strict=True)]

    def grade(self, response: JSON) -> Grade:
        moves = count_moves(self._levels(response), self.solution, self.free)
        return Grade(max(0.0, 1 - moves / len(self.solution)))

    def review(self, seed: Seed, response: JSON) -> OrderReview:
        pieces = {piece.key: piece for piece in self._pieces()}
        given = nearest(self._levels(response or ()), self.solution, self.free)
        mine = tuple(_code(pieces[key].text, level) for key, level in given.items())
        solution = tuple(_code(piece.text, piece.level) for piece in self.solution)
        rank = dict(zip(pieces, ranks(len(self.solution), self.free), strict=False))
        places = [
            rank.get(key, 0) if level == pieces[key].level else 0 for key, level in given.items()
        ]
        wrong = first_wrong(places, list(rank.values())) if response else 0
        return OrderReview(self.language, mine, solution, wrong)

    def describe(self, response: JSON) -> str:
        texts = {piece.key: piece.text for piece in self._pieces()}
        return "\n".join(_code(texts[k], level) for k, level in self._levels(response).items())

    def expected(self) -> str:
        return "\n".join(_code(piece.text, piece.level) for piece in self.solution)

    def guess(self) -> float:
        right = prod(factorial(last - first + 1) for first, last in self.free)
        return right / factorial(len(self.solution))

    def samples(self, seed: Seed) -> Samples:
        tokens = {piece.key: token for token, piece in self._by_token(seed).items()}
        line = [tokens[piece.key] for piece in self.solution]
        indent = [str(piece.level) for piece in self.solution]
        spare = [tokens[piece.key] for piece in self.distractors]
        return Samples(
            right={"line": line, "indent": indent, "spare": spare},
            wrong={"line": line[1:], "indent": indent[1:], "spare": [*spare, line[0]]},
            unreadable={"line": line[1:], "indent": indent[1:], "spare": spare},
        )

    def _pieces(self) -> tuple[Piece, ...]:
        return self.solution + self.distractors

    def _by_token(self, seed: Seed) -> dict[str, Piece]:
        apart = told_apart(piece.text for piece in self._pieces())
        return {seed.token(text): p for text, p in zip(apart, self._pieces(), strict=True)}

    def _shown(self, token: str, piece: Piece, level: int) -> OrderLine:
        return OrderLine(token, piece.text.strip(), _code(piece.text, level), level)

    def _levels(self, response: JSON) -> dict[str, int]:
        pairs = (placed.partition(":") for placed in response)
        return {key: int(level or 0) for key, _, level in pairs}


def _code(text: str, level: int) -> str:
    return "\n".join(f"{STEP * level}{line}" for line in text.split("\n"))
