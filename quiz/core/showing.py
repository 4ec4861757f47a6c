"""Which statistics may be shown, and what they warn of.

Few answers make loud numbers. What may not be shown, or is undefined, becomes None, with the reason
in words for a page or a file's reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from quiz.core.items import QuestionStatistics, SetStatistics
from quiz.core.options import OptionStatistics

ENOUGH = 10
"""Answers from which on indices and shares of options are shown, and anything is flagged."""
ENOUGH_FOR_DEAD = 20
"""Answers from which on an option that hardly anybody chose is flagged."""
ENOUGH_QUESTIONS = 3
"""Questions from which on their agreement is shown."""

NO_ANSWERS = "nobody has answered yet"
FIXED_ONLY = "only where everybody got the same questions"
NO_DIFFERENCE = "all answers, or all scores on the other questions, are the same"

T = TypeVar("T", QuestionStatistics, SetStatistics, OptionStatistics)


def shown_set(found: SetStatistics) -> SetStatistics:
    """Return the statistics of a set without those that may not be shown."""
    few = _few(found.n)
    agreement = few or ("" if found.fixed else FIXED_ONLY)
    if not agreement and found.questions < ENOUGH_QUESTIONS:
        agreement = f"needs {ENOUGH_QUESTIONS} questions"
    none = "" if found.n else NO_ANSWERS
    held_back = {
        "mean": none,
        "median": none,
        "sd": none,
        "median_time_s": none,
        "skewness": few,
        "kurtosis": few,
        "cic": agreement,
        "error_ratio": agreement,
        "standard_error": agreement,
    }
    otherwise = {"sd": "needs 2 answers", "median_time_s": "no times are known"}
    return _without(found, held_back, otherwise, "all scores are the same")


def shown_question(found: QuestionStatistics, whole: SetStatistics) -> QuestionStatistics:
    """Return the statistics of a question of a set without those that may not be shown."""
    few, alone = _few(found.n), _few(found.n, found.n_compared)
    none = "" if found.n else NO_ANSWERS
    held_back = {
        "facility": none,
        "sd": none,
        "random_guess": "",
        "discrimination_index": alone,
        "discriminative_efficiency": alone,
        "effective_weight": few or ("" if whole.fixed else FIXED_ONLY),
        "median_time_s": none,
        "hints_per_attempt": none,
    }
    otherwise = {
        "facility": "it is worth no points",
        "sd": "needs 2 answers",
        "random_guess": "it depends on how one guesses",
        "effective_weight": "those who do better here do worse in all, or all do alike",
        "median_time_s": "no times are known",
    }
    return _without(found, held_back, otherwise, NO_DIFFERENCE)


def shown_option(found: OptionStatistics, *, asked: int, compared: int) -> OptionStatistics:
    """Return the statistics of an option without those that may not be shown.

    `asked` learners answered its question, `compared` of them another one, too.
    """
    few, alone = _few(asked), _few(asked, compared)
    held_back = {
        "share": few,
        "share_top27": alone,
        "share_bottom27": alone,
        "point_biserial_rest": alone,
    }
    usual = "everybody chose it, or nobody, or all scores on the other questions are the same"
    return _without(found, held_back, {}, usual)


def flag_options(options: Sequence[OptionStatistics], asked: int) -> tuple[OptionStatistics, ...]:
    """Return shown options, of a question asked so often, with what they warn of.

    A wrong option is suspected of being the key when it goes with the rest better than every right
    one does.
    """
    keys = [o.point_biserial_rest for o in options if o.choice.right]
    best = max((key for key in keys if key is not None), default=None)
    return tuple(replace(option, flags=_option_flags(option, best, asked)) for option in options)


def flag_question(
    found: QuestionStatistics, options: Sequence[OptionStatistics], whole: SetStatistics
) -> QuestionStatistics:
    """Return a shown question with what it, or one of its flagged options, warns of."""
    if found.n < ENOUGH:
        return found
    raised = {flag for option in options for flag in option.flags}
    facility, index = found.facility, found.discrimination_index
    efficiency, time = found.discriminative_efficiency, found.median_time_s
    usual = whole.median_time_s
    told = {
        "key-suspect": "key-suspect" in raised or (index is not None and index < 0),
        "dead-distractor": "dead-distractor" in raised,
        "too-easy": facility is not None and facility > 0.95,
        "too-hard": facility is not None and facility < (found.random_guess or 0.0) + 0.05,
        "dubious": efficiency is not None and efficiency < 15,
        "slow": time is not None and usual is not None and time > 3 * usual,
    }
    return replace(found, flags=tuple(flag for flag, raised in told.items() if raised))


def _few(asked: int, compared: int = ENOUGH) -> str:
    """Return why so few answers, and so few learners to compare, are not enough; "" if they are."""
    if asked < ENOUGH:
        return f"needs {ENOUGH} answers"
    return "" if compared >= ENOUGH else f"needs {ENOUGH} learners who answered other questions too"


def _option_flags(option: OptionStatistics, best_key: float | None, asked: int) -> tuple[str, ...]:
    if option.choice.right:
        return ()
    mine = option.point_biserial_rest
    told = {
        "key-suspect": mine is not None and best_key is not None and mine > best_key,
        "dead-distractor": asked >= ENOUGH_FOR_DEAD
        and option.choice.offered
        and (option.share or 0.0) < 0.05,
    }
    return tuple(flag for flag, raised in told.items() if raised)


def _without(found: T, held_back: Mapping[str, str], otherwise: Mapping[str, str], usual: str) -> T:
    """Return statistics without those held back, with a reason for each that is None.

    Its reason is in `held_back`, "" where it may be shown; one that is undefined anyway has it in
    `otherwise`, or it is the `usual` one.
    """
    reasons = {
        name: reason or otherwise.get(name, usual)
        for name, reason in held_back.items()
        if reason or getattr(found, name) is None
    }
    nothing: dict[str, Any] = dict.fromkeys(reasons)
    return replace(found, reasons=reasons, **nothing)
