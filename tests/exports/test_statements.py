"""Statements of xAPI: for every kind, after the specification."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from quiz.core.kinds import JSON, Pending, Seed
from quiz.core.questions import Question
from quiz.core.tried import Tried
from quiz.exports.asked import Asked
from quiz.exports.files.statements import record_of
from quiz.exports.interactions import interaction_of, response_of
from quiz.exports.learners import Learner
from quiz.kinds import kinds
from quiz.packs.loader import load_pack
from tests.conftest import EXAMPLE, NOW

SCHEMA = json.loads((Path(__file__).parent / "statement.json").read_text())
SEED = Seed(b"secret", "question")
PACK = load_pack(EXAMPLE / "example-pack.md").pack
assert PACK
QUESTIONS = {question.id: question for question in PACK.questions}


def tried(response: JSON, *, correct: bool | None = True, score: float = 1.0) -> Tried:
    return Tried(
        id=7,
        round_id="round",
        secret="ab",
        learner_id="learner",
        learner_name="Ann",
        external_id="x-1",
        pack_id="pack",
        topic_id="loops",
        objective_id="end",
        question_id="question",
        v=2,
        rev="0123456789ab",
        mode="practice",
        position=3,
        response=None if response is None else json.dumps(response),
        score=score,
        correct=correct,
        counted=True,
        misconceptions='["same-list"]',
        hints=1,
        shown_at=NOW,
        answered_at=NOW + timedelta(seconds=9, milliseconds=250),
        level="recall",
        tags="[]",
        points=1.0,
        shuffle=True,
        commentary_hash="",
        try_no=1,
    )


def statement(question: Question, response: JSON, learner: Learner | None = None) -> Any:
    asked = Asked(question.wording.body, title=question.commentary.title)
    who = learner or Learner("learner", "Ann", "ann@example.org")
    return record_of(tried(response), asked, who, "https://quiz.example/app")


def read(question: Question, sample: str) -> JSON:
    body = question.wording.body
    response = body.read(getattr(body.samples(SEED), sample), SEED)
    assert not isinstance(response, Pending)
    return response


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_statement_of_every_question_is_what_the_specification_asks(id: str) -> None:
    for sample in ("right", "wrong"):
        made = statement(QUESTIONS[id], read(QUESTIONS[id], sample))

        Draft202012Validator(SCHEMA).validate(made)


def test_the_example_asks_with_every_kind() -> None:
    assert {question.wording.body.name for question in QUESTIONS.values()} == set(kinds())


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_right_response_fits_a_pattern_and_a_wrong_one_none(id: str) -> None:
    body = QUESTIONS[id].wording.body
    patterns = interaction_of(body).patterns
    right, wrong = (response_of(body, read(QUESTIONS[id], each)) for each in ("right", "wrong"))

    assert interaction_of(body).type == body.interaction
    if body.name == "number":
        low, _, high = patterns[0].partition("[:]")
        assert float(low) <= float(right) <= float(high or low)
        assert not float(low) <= float(wrong) <= float(high or low)
    elif not body.self_graded:
        assert right in patterns
        assert wrong not in patterns or body.name == "order"  # perhaps only its indentation


def test_who_did_not_know_gave_no_response() -> None:
    (first, *_) = QUESTIONS.values()
    asked = Asked(first.wording.body, title="t")
    made: Any = record_of(
        tried(None, correct=None, score=0.0), asked, Learner("x"), "http://127.0.0.1:8000"
    )

    Draft202012Validator(SCHEMA).validate(made)
    assert "response" not in made["result"]
    assert "success" not in made["result"]
    assert made["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "http://127.0.0.1:8000", "name": "x"},
    }


def test_what_a_statement_says_of_an_answer() -> None:
    (first, *_) = QUESTIONS.values()
    made = statement(first, read(first, "right"))

    assert made["result"]["duration"] == "PT9.25S"
    assert made["result"]["score"] == {"scaled": 1.0}
    assert made["context"]["extensions"]["https://quiz.example/app/xapi/revision"] == "0123456789ab"
    assert made["result"]["extensions"]["https://quiz.example/app/xapi/misconceptions"] == [
        "same-list"
    ]
    assert "ann@example.org" not in json.dumps(made)


def test_the_same_attempt_has_the_same_id_and_another_learner_another() -> None:
    (first, *_) = QUESTIONS.values()
    response = read(first, "right")

    assert statement(first, response)["id"] == statement(first, response)["id"]
    assert statement(first, response)["id"] != statement(first, response, Learner("other"))["id"]
