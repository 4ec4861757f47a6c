"""How far an arrangement is from a right one, held against a search through all of them."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.ordering import (
    Piece,
    Ranges,
    count_moves,
    first_wrong,
    levels,
    longest_in_order,
    nearest_keys,
    ranks,
    read_ranges,
)

SOLUTION = tuple(Piece(str(n), f"line {n}", n % 2) for n in range(1, 6))
RIGHT = {piece.key: piece.level for piece in SOLUTION}


def longest_common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return the length of the longest common subsequence, by trying them all."""
    both = (
        size
        for size in range(len(one), 0, -1)
        for picked in combinations(one, size)
        if picked in set(combinations(other, size))
    )
    return next(both, 0)


def right_orders(blocks: int, free: Ranges) -> list[tuple[int, ...]]:
    """Return every order of the blocks in which only those of a range changed places."""
    return [
        order
        for order in permutations(range(1, blocks + 1))
        if all(
            at == key or any(a <= at <= b and a <= key <= b for a, b in free)
            for at, key in enumerate(order, 1)
        )
    ]


@st.composite
def arrangements(draw: st.DrawFn) -> tuple[list[str], int, Ranges]:
    blocks = draw(st.integers(2, 5))
    first = draw(st.integers(1, blocks - 1))
    free = draw(st.sampled_from([(), ((first, draw(st.integers(first + 1, blocks))),)]))
    keys = draw(st.permutations([str(n) for n in range(1, blocks + 1)] + ["d1"]))
    return keys[: draw(st.integers(0, blocks + 1))], blocks, free


@given(arrangements())
def test_the_moves_are_those_to_the_nearest_of_all_right_orders(
    case: tuple[list[str], int, Ranges],
) -> None:
    keys, blocks, free = case
    solution = [Piece(str(n), str(n)) for n in range(1, blocks + 1)]
    orders = right_orders(blocks, free)
    nearest = max(longest_common(tuple(keys), tuple(map(str, order))) for order in orders)

    moves = count_moves(dict.fromkeys(keys, 0), solution, free)

    assert moves == blocks - nearest + keys.count("d1")


@st.composite
def with_equal_blocks(draw: st.DrawFn) -> tuple[list[Piece], dict[str, int], Ranges]:
    blocks = draw(st.integers(2, 4))
    pieces = [
        Piece(str(n), draw(st.sampled_from("xxy")), draw(st.integers(0, 1)))
        for n in range(1, blocks + 1)
    ]
    free = draw(st.sampled_from([(), ((1, 2),), ((blocks - 1, blocks),), ((1, blocks),)]))
    keys = draw(st.permutations([*(piece.key for piece in pieces), "d1"]))
    used = keys[: draw(st.integers(1, blocks + 1))]
    return pieces, {key: draw(st.integers(0, 1)) for key in used}, free


@given(with_equal_blocks())
def test_blocks_of_equal_text_are_taken_for_each_other(
    case: tuple[list[Piece], dict[str, int], Ranges],
) -> None:
    pieces, given_levels, free = case
    by_key = {piece.key: piece for piece in pieces}
    mine = [(by_key[key].text, level) for key, level in given_levels.items() if key in by_key]
    strangers = len(given_levels) - len(mine)
    # Whatever right order and whatever block each line is taken for: the best of all counts.
    expected = min(
        len(pieces)
        - longest_common(tuple(piece.key for piece in taken), tuple(map(str, order)))
        + strangers
        + sum(piece.level != level for piece, (_, level) in zip(taken, mine, strict=True))
        for order in right_orders(len(pieces), free)
        for taken in permutations(pieces, len(mine))
        if [piece.text for piece in taken] == [text for text, _ in mine]
    )

    assert count_moves(given_levels, pieces, free) == expected


def test_a_line_left_out_among_equals_is_one_move() -> None:
    pieces = [Piece("1", "x"), Piece("2", "y"), Piece("3", "x")]

    assert count_moves({"2": 0, "1": 0}, pieces, ()) == 1


def test_many_equal_lines_take_no_time_to_count() -> None:
    pieces = [Piece(str(n), "pass", n % 2) for n in range(1, 25)]

    assert count_moves({piece.key: piece.level for piece in pieces}, pieces, ()) == 0


@given(st.lists(st.integers(0, 8), max_size=30))
def test_a_run_that_never_falls_is_found_whole(given_ranks: list[int]) -> None:
    length = longest_in_order(given_ranks)

    assert length == longest_in_order([-rank for rank in reversed(given_ranks)])
    assert max((given_ranks.count(rank) for rank in given_ranks), default=0) <= length
    assert length <= len(given_ranks)
    assert (length == len(given_ranks)) == (given_ranks == sorted(given_ranks))


def test_the_solution_itself_takes_no_move() -> None:
    assert count_moves(RIGHT, SOLUTION, ()) == 0


def test_one_line_out_of_order_is_one_move_however_far_it_went() -> None:
    moved = {"5": 1, "1": 1, "2": 0, "3": 1, "4": 0}

    assert count_moves(moved, SOLUTION, ()) == 1


def test_a_wrong_indentation_a_stranger_and_a_missing_line_are_one_move_each() -> None:
    assert count_moves({**RIGHT, "2": 3}, SOLUTION, ()) == 1
    assert count_moves({**RIGHT, "d1": 0}, SOLUTION, ()) == 1
    assert count_moves({key: RIGHT[key] for key in "1245"}, SOLUTION, ()) == 1


def test_lines_of_a_free_range_may_stand_in_any_order() -> None:
    swapped = {key: RIGHT[key] for key in "13245"}

    assert count_moves(swapped, SOLUTION, ((2, 3),)) == 0
    assert count_moves(swapped, SOLUTION, ((3, 4),)) == 1


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("2-3", ((2, 3),)), ("5-6,1-2", ((1, 2), (5, 6))), ("1-6", ((1, 6),))],
)
def test_ranges_are_read_in_the_order_of_the_lines(text: str, ranges: Ranges) -> None:
    assert read_ranges(text, 6) == ranges


@pytest.mark.parametrize("text", ["", "3-2", "2-2", "0-1", "5-7", "1-3,3-4", "a-b", "1-2,", "1"])
def test_a_range_that_means_nothing_is_refused(text: str) -> None:
    assert read_ranges(text, 6) is None


def test_the_first_wrong_place_is_named_also_where_a_line_is_missing_or_too_many() -> None:
    right = ranks(4, ((2, 3),))

    assert right == [1, 2, 2, 4]
    assert first_wrong([1, 2, 2, 4], right) == 0
    assert first_wrong([1, 4, 2, 2], right) == 2
    assert first_wrong([1, 2, 2], right) == 4
    assert first_wrong([1, 2, 2, 4, 0], right) == 5


def test_equal_lines_are_taken_in_the_order_that_is_right() -> None:
    pieces = [Piece("1", "x"), Piece("2", "y"), Piece("3", "x"), Piece("d1", "z")]

    assert nearest_keys(["3", "2", "1"], pieces) == ["1", "2", "3"]
    assert nearest_keys(["d1", "3"], pieces) == ["d1", "1"]


def test_levels_are_counted_in_the_steps_of_the_program() -> None:
    assert levels([0, 4, 8, 4]) == [0, 1, 2, 1]
    assert levels([0, 2, 6]) == [0, 1, 3]
    assert levels([0, 0]) == [0, 0]
