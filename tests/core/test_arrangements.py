"""An arrangement changes by one move at a time and never loses a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.arrangements import DEEPEST, Arrangement, read_arrangement
from quiz.core.errors import AnswerError

THREE = Arrangement(("a", "b", "c"), (0, 1, 2), ("d",))


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("up b", Arrangement(("b", "a", "c"), (1, 0, 2), ("d",))),
        ("down b", Arrangement(("a", "c", "b"), (0, 2, 1), ("d",))),
        ("up a", THREE),
        ("down c", THREE),
        ("in a", Arrangement(("a", "b", "c"), (1, 1, 2), ("d",))),
        ("out b", Arrangement(("a", "b", "c"), (0, 0, 2), ("d",))),
        ("out a", THREE),
        ("drop b", Arrangement(("a", "c"), (0, 2), ("d", "b"))),
        ("use d", Arrangement(("a", "b", "c", "d"), (0, 1, 2, 0))),
    ],
)
def test_a_move_changes_one_thing(move: str, after: Arrangement) -> None:
    assert THREE.moved(move) == after


@pytest.mark.parametrize("move", ["up", "up d", "use a", "jump a", "up  a", "drop x"])
def test_a_move_that_no_button_sends_is_refused(move: str) -> None:
    with pytest.raises(AnswerError):
        THREE.moved(move)


VERBS = st.sampled_from(["up", "down", "in", "out", "drop", "use"])


@given(st.lists(st.tuples(VERBS, st.sampled_from("abcd"))))
def test_no_walk_of_moves_loses_a_line_or_leaves_the_form(moves: list[tuple[str, str]]) -> None:
    now = THREE
    for verb, token in moves:
        held = now.spare if verb == "use" else now.line
        if token in held:
            now = now.moved(f"{verb} {token}")

    assert sorted(now.line + now.spare) == ["a", "b", "c", "d"]
    assert all(0 <= level <= DEEPEST for level in now.indent)
    assert read_arrangement(now.form(), "abcd") == now


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"line": ["a", "b", "c"]},
        {"line": ["a", "b", "c", "c"], "spare": ["d"]},
        {"line": ["a", "b", "c", "x"]},
        {"line": ["a", "b", "c"], "spare": ["d"], "indent": ["0"]},
        {"line": ["a", "b", "c"], "spare": ["d"], "indent": ["0", "0", "-1"]},
        {"line": ["a", "b", "c"], "spare": ["d"], "indent": ["0", "0", "99"]},
    ],
)
def test_a_form_that_does_not_hold_each_line_once_is_refused(form: dict[str, list[str]]) -> None:
    with pytest.raises(AnswerError):
        read_arrangement(form, "abcd")


def test_levels_may_be_left_out() -> None:
    read = read_arrangement({"line": ["b", "a"]}, "ab")

    assert read == Arrangement(("b", "a"), (0, 0))
