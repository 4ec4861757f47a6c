"""Questions and responses in the words of xAPI (IEEE 9274.1.1, interaction activities).

Several ids or texts of one response are parted by `[,]`, the two sides of a pair by `[.]`, the ends
of a range by `[:]`. A kind that is not known here is told in words for people, as `other`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from itertools import islice, product
from typing import Any

from quiz.core.kinds import JSON, Kind
from quiz.core.numbers import normal_number
from quiz.core.ticking import Options
from quiz.kinds.cloze import Cloze
from quiz.kinds.match import Match
from quiz.kinds.number import Number
from quiz.kinds.order import Order
from quiz.kinds.pick import NONE, Pick
from quiz.kinds.predict import Predict
from quiz.kinds.recall import Recall
from quiz.kinds.text import Text
from quiz.kinds.truefalse import TrueFalse

AND, TO, UNTIL = "[,]", "[.]", "[:]"
MOST_PATTERNS = 50
"""Right answers that are listed: blanks with several fills each have many."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """What is asked: its type, right answers, and what can be chosen, in lists by their name."""

    type: str
    patterns: tuple[str, ...]
    components: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@singledispatch
def interaction_of(body: Any) -> Interaction:
    """Return what a question asks."""
    return Interaction("other", (body.expected(),))


@singledispatch
def response_of(body: Any, response: JSON) -> str:
    """Return a response that was given."""
    return str(body.describe(response))


@interaction_of.register
def _(body: Options) -> Interaction:
    right = AND.join(option.key for option in body.options if option.right)
    choices = {option.key: option.text for option in body.options}
    return Interaction(body.interaction, (right,), {"choices": choices})


@response_of.register
def _(body: Options, response: JSON) -> str:
    return AND.join(response)


@interaction_of.register
def _(body: TrueFalse) -> Interaction:
    return Interaction(body.interaction, (_truth(body, [o.key for o in body.options if o.right]),))


@response_of.register
def _(body: TrueFalse, response: JSON) -> str:
    return _truth(body, response)


def _truth(body: TrueFalse, keys: Iterable[str]) -> str:
    return next(option.text for option in body.options if option.key in keys).lower()


@interaction_of.register
def _(body: Pick) -> Interaction:
    choices = {str(n): line.strip() for n, line in enumerate(body.lines, 1) if line}
    right = AND.join(map(str, body.marked)) or NONE
    choices[NONE] = "No line is wrong"
    return Interaction(body.interaction, (right,), {"choices": choices})


@response_of.register
def _(body: Pick, response: JSON) -> str:
    return AND.join(response) or NONE


@interaction_of.register
def _(body: Match) -> Interaction:
    sources = {str(n): left for n, (left, _) in enumerate(body.pairs, 1)}
    rights = [right for _, right in body.pairs] + list(body.extras)
    targets = {str(n): right for n, right in enumerate(rights, 1)}
    pairs = AND.join(f"{number}{TO}{number}" for number in sources)
    return Interaction(body.interaction, (pairs,), {"source": sources, "target": targets})


@response_of.register
def _(body: Match, response: JSON) -> str:
    return AND.join(f"{left}{TO}{right}" for left, right in response.items())


@interaction_of.register
def _(body: Order) -> Interaction:
    keys = [str(n) for n, _ in enumerate(body.solution, 1)]
    others = [f"d{n}" for n, _ in enumerate(body.distractors, 1)]
    pieces = zip([*keys, *others], body.solution + body.distractors, strict=True)
    choices = {key: piece.text.strip() for key, piece in pieces}
    return Interaction(body.interaction, (AND.join(keys),), {"choices": choices})


@response_of.register
def _(body: Order, response: JSON) -> str:
    # The indentation of a line is no part of an id: the score knows of it.
    return AND.join(placed.partition(":")[0] for placed in response)


@interaction_of.register
def _(body: Number) -> Interaction:
    low, high = normal_number(body.accepted.low), normal_number(body.accepted.high)
    return Interaction(body.interaction, (low if low == high else f"{low}{UNTIL}{high}",))


@interaction_of.register
def _(body: Text) -> Interaction:
    return Interaction(body.interaction, body.accepted)


@interaction_of.register
def _(body: Cloze) -> Interaction:
    fills = islice(product(*body.accepted), MOST_PATTERNS)
    return Interaction(body.interaction, tuple(map(AND.join, fills)))


@response_of.register
def _(body: Cloze, response: JSON) -> str:
    return AND.join(response.values())


@interaction_of.register(Predict)
@interaction_of.register(Recall)
def _(body: Kind) -> Interaction:
    return Interaction(body.interaction, (body.expected(),))
