"""Quizzes written as task lists, in the dialects of both quizdowns, and what is no question."""

from __future__ import annotations

import pytest

from quiz.core.errors import OperatorError
from quiz.core.questions import Question
from quiz.formats import readers, writers
from tests.formats.reading import imported, read

QUIZDOWN_JS = """\
---
primaryColor: steelblue
shuffleQuestions: true
---

### Which sign starts a comment in Python?

> Think of *music*.

1. [x] `#`
    > A line's end ends it.
1. [ ] `//`
2. [ ] `--`

### Which of these are mutable?

---
shuffleAnswers: false
---

- [x] `[]`
- [ ] `()`
    > A tuple stays
    > as it is.
- [X] `{}`

#### Put the planets in order, from the sun.

Only the *inner* ones.

1. Mercury
2. **Venus**
3. Earth

## A thought

Nothing is asked here.
"""

FOLEY = """\
### A. Sums

```python
print(sum([1, 2]))
```

1. [ ] 2
1. [x] 3

### B. Primes

Which are prime?

1. [x] 2
1. [x] 3
1. [ ] 4

### C. Colours

- [x] red
- [ ] loud
"""


def questions(text: str) -> list[Question]:
    return list(imported("github", text).pack.questions)


def kinds(text: str) -> list[str]:
    return [question.wording.body.name for question in questions(text)]


def ticks(question: Question) -> list[tuple[str, bool]]:
    return [(option["text"], option["right"]) for option in question.wording.body.dump()]


def test_a_numbered_list_asks_for_one_option_bullets_for_several_and_none_for_an_order() -> None:
    assert kinds(QUIZDOWN_JS) == ["single", "multiple", "order"]


def test_a_quote_is_a_hint_or_speaks_of_its_option() -> None:
    one, several, _ = questions(QUIZDOWN_JS)

    assert one.commentary.hints == ("Think of *music*.",)
    assert one.commentary.remarks["a"].text == "A line's end ends it."
    assert ticks(one) == [("`#`", True), ("`//`", False), ("`--`", False)]
    assert several.commentary.remarks["b"].text == "A tuple stays as it is."


def test_settings_count_where_they_stand() -> None:
    assert [question.shuffle for question in questions(QUIZDOWN_JS)] == [True, False, True]
    top = "---\nshuffleAnswers: false\n---\n" + QUIZDOWN_JS.partition("---\n\n")[2]
    assert [question.shuffle for question in questions(top)] == [False, False, False]


def test_a_sequence_is_plain_text_under_its_heading() -> None:
    order = questions(QUIZDOWN_JS)[2]

    assert order.wording.stem == (
        "Put the planets in order, from the sun.\n\nOnly the *inner* ones."
    )
    assert order.wording.body.dump()["solution"] == [["Mercury", 0], ["Venus", 0], ["Earth", 0]]


def test_every_loss_has_its_line() -> None:
    found = imported("github", QUIZDOWN_JS).losses

    assert [(loss.place.line, loss.what) for loss in found] == [
        (2, "primaryColor"),
        (3, "shuffleQuestions"),
        (27, "formatting"),
        (35, "question"),
    ]


def test_what_asks_nothing_is_kept_as_prose() -> None:
    files = imported("github", QUIZDOWN_JS).files

    topic = next(data.decode() for name, data in files.items() if name != "pack.md")
    assert "```markdown\n## A thought\n\nNothing is asked here.\n```" in topic


def test_where_numbered_lists_have_several_ticks_they_are_only_not_shuffled() -> None:
    sums, primes, colours = questions(FOLEY)

    assert kinds(FOLEY) == ["multiple", "multiple", "multiple"]
    assert [sums.shuffle, primes.shuffle, colours.shuffle] == [False, False, True]
    assert primes.wording.stem == "B. Primes\n\nWhich are prime?"
    assert sums.wording.stem == "A. Sums\n\n```python\nprint(sum([1, 2]))\n```"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<quiz>\nOne?\n- [ ] a\n- [ ] b\n</quiz>", "nothing is ticked"),
        ("<quiz>\n- [x] a\n- [ ] b\n</quiz>", "no question before options"),
        ("<quiz>\nOne?\n---\n[[a]]\n</quiz>", "no blank before the line `---`"),
        ("# One?\n\n1. [ ] a\n2. [ ] b", "nothing is ticked"),
        ("# One?\n\n- [x] a\n- b", "an item without a box"),
        ("# One?\n\nText.", "there is no list that answers"),
        ("# One?\n\n" + "".join(f"- [x] {n}\n" for n in range(27)), "more than 26 options"),
        ("# One?\n\n- [x] same\n- [ ] same", "E204 two options are the same"),
        ("# One?\n\n- [x] a <b>\n- [ ] c", "E114 raw HTML: <b>"),
    ],
)
def test_what_cannot_be_asked_is_kept_and_the_reason_told(text: str, said: str) -> None:
    found = imported("github", text)

    assert [loss.said for loss in found.losses] == [f"kept as prose: {said}"]
    assert found.pack.questions == ()
    assert any("kind: prose" in data.decode() for data in found.files.values())


@pytest.mark.parametrize("text", ["", "Only text.", "<quiz>\nnever closed\n- [x] a"])
def test_a_file_without_questions_is_told(text: str) -> None:
    assert "no question was found in it" in [loss.said for loss in read("github", text).losses]


def test_ids_are_the_same_at_every_reading_wherever_a_question_moves() -> None:
    parts = FOLEY.partition("### B. Primes")
    moved = parts[1] + parts[2] + "\n" + parts[0]

    assert {q.id for q in questions(moved)} == {q.id for q in questions(FOLEY)}


def test_mathematics_is_told() -> None:
    found = read("github", "# What is $x$?\n\n1. [x] `$5`\n2. [ ] 6")

    assert [(loss.place.line, loss.what) for loss in found.losses] == [(1, "math")]


def test_what_is_too_long_is_refused_in_a_sentence() -> None:
    with pytest.raises(OperatorError, match="more than 1000000 signs"):
        read("github", "# One?\n" + "x\n" * 500_000)


def test_a_question_that_is_nested_too_deeply_is_kept() -> None:
    found = imported("github", "# One?\n\n" + "> " * 20_000 + "a\n\n- [x] a\n- [ ] b")

    assert [loss.what for loss in found.losses] == ["question"]


def test_the_format_is_only_read() -> None:
    assert "github" in readers()
    assert "github" not in writers()
