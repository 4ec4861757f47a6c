"""What every kind must be able to do, tried on every question there is."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.choices import Choosing
from quiz.core.errors import AnswerError
from quiz.core.kinds import Form, Pending
from quiz.core.questions import Question
from quiz.kinds import kinds
from tests.kinds.asking import QUESTIONS, asked, named, reviewed, seed_of

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


def read(question: Question, form: Form) -> object:
    """Return the response in a form that answers, as it comes back from the database."""
    response = question.wording.body.read(form, seed_of(question))
    assert not isinstance(response, Pending)
    return json.loads(json.dumps(response))


def test_there_is_a_question_of_every_kind() -> None:
    assert {question.wording.body.name for question in QUESTIONS} == set(kinds())


@every_question
def test_its_own_right_answer_is_right(question: Question) -> None:
    body = question.wording.body

    response = read(question, body.samples(seed_of(question)).right)

    assert body.grade(response).score == 1.0


@every_question
def test_its_own_wrong_answer_is_not_right(question: Question) -> None:
    body = question.wording.body

    response = read(question, body.samples(seed_of(question)).wrong)

    assert 0.0 <= body.grade(response).score < 1.0


@every_question
def test_its_own_unreadable_answer_is_refused_with_a_sentence(question: Question) -> None:
    seed = seed_of(question)

    with pytest.raises(AnswerError) as refused:
        question.wording.body.read(question.wording.body.samples(seed).unreadable, seed)

    assert re.fullmatch(r"[A-Z].*[.?]", str(refused.value))


@every_question
def test_an_empty_form_is_unreadable(question: Question) -> None:
    with pytest.raises(AnswerError):
        question.wording.body.read({}, seed_of(question))


@every_question
def test_it_comes_back_from_the_database_as_it_was(question: Question) -> None:
    body = question.wording.body

    again = type(body).load(json.loads(json.dumps(body.dump())))

    assert again == body
    assert again.graded_content() == body.graded_content()


@every_question
def test_what_is_graded_is_json_and_holds_no_remark(question: Question) -> None:
    content = json.dumps(question.wording.body.graded_content())

    assert [r.text for r in question.commentary.remarks.values() if r.text in content] == []


@every_question
def test_only_fields_that_may_repeat_do(question: Question) -> None:
    body = question.wording.body
    samples = body.samples(seed_of(question))

    for form in (samples.right, samples.wrong):
        assert {name for name, values in form.items() if len(values) > 1} <= body.many


@every_question
def test_answers_are_described_for_people(question: Question) -> None:
    body = question.wording.body
    response = read(question, body.samples(seed_of(question)).wrong)

    assert body.describe(response).strip()
    assert body.expected().strip()
    assert body.describe(response) != body.expected() or body.self_graded


@every_question
def test_guessing_earns_a_share_of_the_score_if_it_can_be_said(question: Question) -> None:
    chance = question.wording.body.guess()

    assert chance is None or 0.0 <= chance <= 0.5


@every_question
def test_what_is_chosen_is_among_the_choices_and_right_where_the_answer_is(
    question: Question,
) -> None:
    body, samples = question.wording.body, question.wording.body.samples(seed_of(question))
    if not isinstance(body, Choosing):
        return
    choices = body.choices()

    right = body.chosen(read(question, samples.right))
    assert right == {choice.key for choice in choices if choice.right}
    assert body.chosen(read(question, samples.wrong)) <= {choice.key for choice in choices}
    assert len({choice.key for choice in choices}) == len(choices)
    assert all(choice.text for choice in choices)


def test_options_lines_and_pairs_are_what_can_be_chosen() -> None:
    choosing = {name for name, kind in kinds().items() if issubclass(kind, Choosing)}

    assert choosing == {"single", "multiple", "truefalse", "pick", "match"}


@every_question
def test_a_card_shows_every_field_that_the_answer_needs(question: Question) -> None:
    shown = asked(question, {})
    needed = set(question.wording.body.samples(seed_of(question)).right) - {"self_grade", "spare"}
    if question.wording.body.name == "order":
        needed -= set() if 'name="indent"' in shown else {"indent"}

    assert {name for name in needed if f'name="{name}"' not in shown} == set()


@every_question
def test_ids_are_unique_and_labels_lead_to_fields(question: Question) -> None:
    body, seed = question.wording.body, seed_of(question)
    response = read(question, body.samples(seed).right)
    for html in (asked(question, {}, "An error."), reviewed(question, response)):
        ids = Counter(re.findall(r'\sid="([^"]*)"', html))
        led_to = re.findall(r'\s(?:for|aria-labelledby)="([^"]*)"', html)
        said = " ".join(re.findall(r'\saria-describedby="([^"]*)"', html)).split()

        assert [name for name, count in ids.items() if count > 1] == []
        assert set(led_to) <= set(ids)
        assert set(said) <= {*ids, "card-error"}


@every_question
def test_nothing_typed_is_lost_when_it_could_not_be_read(question: Question) -> None:
    samples = question.wording.body.samples(seed_of(question))
    form = {**samples.right, **samples.unreadable}
    again = unescape(asked(question, form, "An error."))

    typed = {value for name in form.keys() - {"self_grade"} for value in form[name]} - {"forged"}
    assert {value for value in typed if value.strip() and value not in again} == set()
    assert again != unescape(asked(question, {}))


@every_question
def test_the_answered_card_says_in_words_what_is_right(question: Question) -> None:
    body = question.wording.body
    samples = body.samples(seed_of(question))
    right, wrong = (read(question, form) for form in (samples.right, samples.wrong))
    unknown = reviewed(question, None)

    assert unknown not in (reviewed(question, right), reviewed(question, wrong))
    if not body.self_graded:
        assert reviewed(question, right) != reviewed(question, wrong)
        # Where every option is right, the wrong answer chose too few, and none that is wrong.
        assert ('data-outcome="wrong"' in reviewed(question, wrong)) is (question.id != "all-right")
        assert 'data-outcome="wrong"' not in reviewed(question, right)
    assert 'data-outcome="wrong"' not in unknown


@pytest.mark.parametrize("id", ["default-list", "hashable", "assign-copies", "mean-bug"])
def test_every_reason_is_shown_beside_its_option_chosen_or_not(id: str) -> None:
    question = named(id)
    html = reviewed(question, None)

    assert len(question.commentary.remarks) >= 2
    for key in question.commentary.remarks:
        assert f'id="remark-{key}"' in html
        assert f'aria-describedby="remark-{key}"' in html


tokens = st.sampled_from(
    [seed_of(q).token(o.text) for q in QUESTIONS for o in getattr(q.wording.body, "options", ())]
)
names = st.sampled_from(
    [
        *("choice", "answer", "line", "spare", "indent", "move", "output", "ends", "exception"),
        *("words", "self_grade", "none", "blank-1", "blank-2"),
    ]
)
values = st.one_of(st.text(), tokens, st.sampled_from(["0", "1", "yes", "raises", "normally"]))


@given(st.sampled_from(QUESTIONS), st.dictionaries(names, st.lists(values, max_size=3)))
def test_no_form_whatever_breaks_a_kind(question: Question, form: Form) -> None:
    body, seed = question.wording.body, seed_of(question)
    asked(question, form)
    try:
        response = body.read(form, seed)
    except AnswerError:
        return
    if not isinstance(response, Pending):
        assert 0.0 <= body.grade(response).score <= 1.0
        reviewed(question, response)
