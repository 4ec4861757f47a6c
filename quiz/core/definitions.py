"""What statistics and flags mean, for people: a page or a file never has one without the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """What a statistic is called on a page, and what it says in one sentence."""

    label: str
    sentence: str


DEFINITIONS: Mapping[str, Definition] = {
    "n": Definition("answers", "How many learners answered, each counted once, by the first try."),
    "n_unknown": Definition("don’t know", "How many of them said that they don’t know."),
    "facility": Definition(
        "facility", "The mean score on the question: 1 when everybody was right, 0 when nobody was."
    ),
    "sd": Definition(
        "deviation", "The standard deviation of the marks: how far apart learners were, in points."
    ),
    "random_guess": Definition("blind guess", "The score that somebody earns who guesses blindly."),
    "discrimination_index": Definition(
        "discrimination",
        "The correlation, in percent, of the marks here with the scores on the other questions: "
        "high when those who know the rest know this, negative when those who know the rest fail.",
    ),
    "discriminative_efficiency": Definition(
        "efficiency",
        "The discrimination as a percentage of the most that so easy or hard a question can reach.",
    ),
    "effective_weight": Definition(
        "weight", "How much of the differences between total scores the question makes, in percent."
    ),
    "median_time_s": Definition(
        "time", "The median of the seconds from the card to the answer, 600 at most each."
    ),
    "hints_per_attempt": Definition("hints", "How many hints were opened an answer, on average."),
    "share": Definition("chosen", "The share of those asked who chose the option."),
    "share_top27": Definition(
        "top 27 %", "The share of those who chose it among the best 27 % on the other questions."
    ),
    "share_bottom27": Definition(
        "bottom 27 %", "The share of those who chose it among the last 27 % on the other questions."
    ),
    "point_biserial_rest": Definition(
        "point-biserial",
        "The correlation, from -1 to 1, of choosing the option with the scores on the other "
        "questions: positive for a right option, negative for a wrong one when all is well.",
    ),
    "mean": Definition("mean", "The mean of the scores."),
    "median": Definition("median", "The score that half of the learners reached."),
    "skewness": Definition(
        "skewness", "Which way the scores lean: negative when few are far below the others."
    ),
    "kurtosis": Definition(
        "kurtosis", "How the scores gather: above 0 with more at the edges than a bell curve has."
    ),
    "cic": Definition(
        "consistency",
        "The coefficient of internal consistency (100 times Cronbach’s alpha): how well the "
        "questions agree on who knows more; above 75 is good, below 64 the scores say little.",
    ),
    "error_ratio": Definition(
        "error ratio", "How much of the deviation of the scores is chance, in percent."
    ),
    "standard_error": Definition(
        "standard error", "How far, by chance, a learner’s score may be from what they know."
    ),
}
"""By the names of columns and fields."""

FLAGS: Mapping[str, str] = {
    "key-suspect": "Those who know the rest choose a wrong option, or fail: is the key right?",
    "dead-distractor": "Hardly anybody chooses a wrong option: it asks nothing.",
    "too-easy": "Nearly everybody was right.",
    "too-hard": "Learners did hardly better than by guessing blindly.",
    "dubious": "The answers say little about who knows the rest: is something else asked here?",
    "slow": "It took more than three times as long as the others.",
}
"""What a flag means, in one sentence."""
