"""Guessers who know nothing: what they earn, and when it is more than chance."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest

from quiz.core.guessers import GUESSERS, Sheet, Trial
from quiz.core.guessing import STRATEGIES, Cue, cues, tail
from quiz.core.tasklists import LETTERS, Option

WORDS = [f"{a}{b}" for a in ("ka", "mo", "ti", "su") for b in ("ren", "lipo", "d", "vastu", "nee")]


def sheet(
    texts: Sequence[str], key: int | set[int], *, stem: str = "What is it?", partial: bool = False
) -> Sheet:
    keys = {key} if isinstance(key, int) else key
    options = (Option(LETTERS[n], text, n in keys) for n, text in enumerate(texts))
    return Sheet("q", stem, tuple(options), many=isinstance(key, set), partial=partial)


def guessed(strategy: str, asked: Sheet) -> Fraction | None:
    trial = dict(GUESSERS)[strategy](asked)
    return trial.score if trial else None


def earned(strategy: str, asked: Sequence[Sheet]) -> Cue:
    return next(cue for cue in cues(asked) if cue.strategy == strategy)


def random_sheet(chance: random.Random) -> Sheet:
    size = chance.choice([3, 4])
    texts = [" ".join(chance.sample(WORDS, chance.randint(1, 6))) for _ in range(size)]
    return sheet(texts, chance.randrange(size), stem=" ".join(WORDS[:9]))


@pytest.mark.parametrize(
    ("strategy", "stem", "texts"),
    [
        ("longest", "What is it?", ["A `long` row", "A row", "A map"]),
        ("shortest", "What is it?", ["**Row**", "A row", "A map"]),
        ("first", "What is it?", ["a", "b", "c"]),
        ("most hedged", "What is it?", ["It usually may", "It may", "`usually may often`"]),
        ("most absolute", "What is it?", ["It never works", "It works", "`any()`"]),
        ("most words of the stem", "What keeps a `row`?", ["The row", "The map", "What it keep"]),
        ("most words of other options", "What is it?", ["red box", "red hat", "old box"]),
        ("fits the grammar", "It is called an", ["array", "list", "map"]),
        ("fits the grammar", "The answer is a", ["list", "array", "object"]),
        ("fits the grammar", "What returns are", ["rows", "map", "class"]),
        ("all of the above", "What is it?", ["All of the above", "A row", "A map"]),
    ],
)
def test_a_strategy_picks_what_shows_its_cue(strategy: str, stem: str, texts: list[str]) -> None:
    assert guessed(strategy, sheet(texts, 0, stem=stem)) == 1
    assert guessed(strategy, sheet(texts, 1, stem=stem)) == 0


@pytest.mark.parametrize(
    ("strategy", "places"), [("first", {0}), ("middle", {1, 2}), ("last", {3})]
)
def test_places_are_those_of_the_file(strategy: str, places: set[int]) -> None:
    paid = {key for key in range(4) if guessed(strategy, sheet(["a", "b", "c", "d"], key))}

    assert paid == places


def test_options_alike_in_a_cue_share_the_pick() -> None:
    assert guessed("longest", sheet(["aa", "bb", "c"], 0)) == Fraction(1, 2)


def test_a_strategy_leaves_out_questions_without_its_cue() -> None:
    assert guessed("longest", sheet(["aa", "bb", "cc"], 0)) is None
    assert guessed("tick all", sheet(["aa", "bb", "cc"], 0)) is None
    assert guessed("longest", sheet(["aaa", "bb", "c"], {0, 1})) is None


def test_ticking_is_scored_by_the_rule_of_the_question() -> None:
    texts = ["a", "b", "c", "d"]

    assert guessed("tick all", sheet(texts, {0, 1, 2}, partial=True)) == Fraction(2, 3)
    assert guessed("tick all", sheet(texts, {0, 1, 2})) == 0
    assert guessed("tick all but one", sheet(texts, {0, 1, 2})) == Fraction(1, 4)
    # Of four ways to leave one out, one is all right and three lose a right tick.
    assert guessed("tick all but one", sheet(texts, {0, 1, 2}, partial=True)) == Fraction(
        1 * 3 + 3 * 1, 3 * 4
    )


@pytest.mark.parametrize("partial", [False, True])
def test_chance_of_ticking_is_that_of_every_choice_of_options(partial: bool) -> None:
    asked = sheet(["a", "b", "c", "d"], {0, 1}, partial=partial)
    trial = dict(GUESSERS)["tick all"](asked)

    choices = [c for n in range(1, 5) for c in itertools.combinations(range(4), n)]
    shares = [max(0, sum(1 if n < 2 else -1 for n in choice)) / 2 for choice in choices]
    scores = [share if partial else float(share == 1) for share in shares]

    assert trial
    assert math.isclose(float(trial.expected), sum(scores) / 15)
    assert sum(trial.chance.values()) == 1


def test_the_tail_is_that_of_a_binomial_where_all_questions_are_alike() -> None:
    asked = [sheet(["aaa", "bb", "c", "d"], 0 if n < 25 else 1) for n in range(60)]

    exact = sum(math.comb(60, hits) * 3 ** (60 - hits) for hits in range(25, 61)) / 4**60

    found = earned("longest", asked)
    assert found.p is not None
    assert math.isclose(found.p, exact, rel_tol=1e-9)
    assert (found.n, found.chance) == (60, 0.25)


def test_the_tail_counts_every_place_the_keys_could_have() -> None:
    texts = [["aa", "bb", "c"], ["a", "bb", "c", "d"], ["aaa", "b"], ["aa", "bb", "cc", "d"]]
    longest = dict(GUESSERS)["longest"]

    def total(keys: Sequence[int]) -> Fraction:
        trials = (longest(sheet(t, key)) for t, key in zip(texts, keys, strict=True))
        return sum((trial.score for trial in trials if trial), Fraction(0))

    keys = (0, 1, 1, 2)
    every = [total(keys) for keys in itertools.product(*(range(len(t)) for t in texts))]
    trials = [longest(sheet(t, key)) for t, key in zip(texts, keys, strict=True)]

    share = sum(score >= total(keys) for score in every) / len(every)
    assert math.isclose(tail([trial for trial in trials if trial]), share)


@pytest.mark.parametrize(
    ("strategy", "stem", "texts"),
    [
        ("longest", "What is it?", ["The longest one here", "A row", "A map", "A set"]),
        ("shortest", "What is it?", ["It", "A row", "A map", "A set"]),
        ("first", "What is it?", ["aa", "bb", "cc", "dd"]),
        ("most hedged", "What is it?", ["Often so", "Always", "Surely so", "Fast so"]),
        ("most absolute", "What is it?", ["Always so", "Often so", "Surely so", "Fast so"]),
        ("most words of the stem", "Why rows?", ["So rows", "So maps", "So sets", "So bags"]),
        ("most words of other options", "Why?", ["red box", "red hat", "old box", "dry tea"]),
        ("fits the grammar", "It is an", ["array", "list", "map", "set"]),
        ("all of the above", "Why?", ["All of the above", "It is so very long", "Hot", "Cold"]),
    ],
)
def test_a_pack_built_to_be_guessed_is_found(strategy: str, stem: str, texts: list[str]) -> None:
    asked = [sheet(texts, 0 if n % 2 else n // 2 % 4, stem=stem) for n in range(64)]

    found = earned(strategy, asked)

    assert found.flagged
    assert len(found.carriers) == 40


def test_a_pack_in_which_ticking_all_pays_is_found() -> None:
    texts = ["aa", "bb", "cc", "dd"]
    asked = [sheet(texts, {0, 1, 2, 3} if n % 4 == 0 else {0, 1}) for n in range(60)]

    assert earned("tick all", asked).flagged
    assert not earned("tick all but one", asked).flagged


def test_fair_packs_are_left_alone() -> None:
    chance = random.Random(60)
    packs = [[random_sheet(chance) for _ in range(60)] for _ in range(200)]

    flagged = [pack for pack in packs if any(cue.flagged for cue in cues(pack))]

    assert len(flagged) <= 10


def test_every_strategy_is_tried_and_the_best_comes_first() -> None:
    found = cues([sheet(["aaa", "bb", "c"], 0)])

    assert sorted(cue.strategy for cue in found) == sorted(STRATEGIES)
    assert found[0].lift == max(cue.lift for cue in found)


def test_nothing_asked_is_nothing_earned() -> None:
    assert all((cue.n, cue.lift, cue.p) == (0, 0.0, None) for cue in cues([]))
    assert tail([Trial("q", Fraction(0), Fraction(0), {Fraction(0): Fraction(1)})]) == 1.0
