"""What somebody earns who knows nothing of the matter and guesses by how options look.

The tail probability is that of a sum of independent scores, found by convolving their distributions
(the Poisson binomial one where every score is 0 or 1): no normal approximation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from quiz.core.guessers import GUESSERS, Sheet, Trial
from quiz.core.questions import Question
from quiz.core.ticking import Options

MARGIN = 0.05
"""The lift over chance that a pack may have, as a share of the score."""

ALPHA = 0.05
"""The probability of a false alarm over all strategies together."""

ENOUGH = 60
"""Option questions from which on a pack is judged."""

STRATEGIES = tuple(name for name, _ in GUESSERS)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a strategy earns: `n` questions show its cue, `carriers` are those it pays in.

    `score` and `chance` are means, 0.0 to 1.0. `p` is the exact one-sided probability to score as
    much by chance, None where the lift is within the margin.
    """

    strategy: str
    n: int
    score: float
    chance: float
    p: float | None
    carriers: tuple[str, ...]

    @property
    def lift(self) -> float:
        """How much the strategy beats chance, in shares of the score."""
        return self.score - self.chance

    @property
    def flagged(self) -> bool:
        """Whether the strategy works beyond margin and chance."""
        return self.p is not None and self.p < ALPHA / len(STRATEGIES)


def sheets(questions: Iterable[Question]) -> list[Sheet]:
    """Return what is counted: questions with options, but for true and false and withdrawn ones."""
    found = ((q, q.wording.body) for q in questions if q.wording.score != "void")
    return [
        Sheet(
            question.id or f"line {question.place.line}",
            question.wording.stem,
            body.options,
            many=body.name == "multiple",
            partial=question.wording.score == "partial",
        )
        for question, body in found
        if isinstance(body, Options) and body.name in ("single", "multiple")
    ]


def cues(asked: Sequence[Sheet]) -> list[Cue]:
    """Return what each strategy earns over the questions, the best lift first."""
    made = (_cue(name, [t for sheet in asked if (t := guess(sheet))]) for name, guess in GUESSERS)
    return sorted(made, key=lambda cue: -cue.lift)


def tail(trials: Sequence[Trial]) -> float:
    """Return the probability that chance scores as much in all trials together, or more."""
    scores = [trial.score for trial in trials]
    scale = lcm(*(s.denominator for t in trials for s in (t.score, *t.chance)))
    sums = {0: 1.0}
    for trial in trials:
        steps = [(int(score * scale), float(weight)) for score, weight in trial.chance.items()]
        after: dict[int, float] = {}
        for so_far, weight in sums.items():
            for step, share in steps:
                after[so_far + step] = after.get(so_far + step, 0.0) + weight * share
        sums = after
    reached = int(sum(scores, Fraction(0)) * scale)
    return min(1.0, sum(weight for total, weight in sums.items() if total >= reached))


def _cue(strategy: str, trials: Sequence[Trial]) -> Cue:
    n = len(trials)
    score = sum(float(trial.score) for trial in trials) / n if n else 0.0
    chance = sum(float(trial.expected) for trial in trials) / n if n else 0.0
    p = tail(trials) if score - chance > MARGIN else None
    carriers = tuple(trial.id for trial in trials if trial.score > trial.expected)
    return Cue(strategy, n, score, chance, p, carriers)
