"""Our JSON read back: the same questions, and a sentence for what is no pack."""

from __future__ import annotations

import json

import pytest

import quiz.formats.json as quiz_json
from quiz.core.errors import OperatorError
from tests.formats.reading import again, revisions
from tests.formats.test_json import PACKS, dumped, loaded, odd_pack


def test_a_pack_comes_back_as_the_same_questions() -> None:
    pack = loaded(PACKS[0])

    assert revisions(again("json", pack).pack) == revisions(pack)


def test_places_are_lines_of_the_file() -> None:
    data = quiz_json.write(loaded(PACKS[1])).data
    lines = data.decode().split("\n")

    questions = quiz_json.read(data, "pack.json").pack.questions

    assert [f'"id": "{q.id}"' in lines[q.place.line - 1] for q in questions] == [True] * 13


def test_an_id_that_is_missing_is_the_same_at_every_reading() -> None:
    data = json.loads(quiz_json.write(loaded(PACKS[1])).data)
    first = data["topics"][0]["questions"][0]
    first["id"] = None

    ids = {quiz_json.read(dumped(data), "x.json").pack.questions[0].id for _ in range(2)}

    assert len(ids) == 1


def test_a_kind_not_known_is_kept_as_it_is() -> None:
    data = json.loads(quiz_json.write(odd_pack()).data)

    read = quiz_json.read(dumped(data), "x.json")

    assert read.pack.questions == ()
    assert [loss.said for loss in read.losses] == ["kind guess is not known"]
    assert json.loads(read.originals[0].text) == data["topics"][0]["questions"][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "x.json is no JSON: Expecting value: line 1 column 1"),
        ("[1, 2", "x.json is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "x.json is no JSON"),
        ("[]", "x.json:1: the file: '[]' is not of the type object"),
        ('{"format": "quizpack-json/1"}', "x.json:1: the file: `id` is missing"),
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(OperatorError) as error:
        quiz_json.read(text.encode(), "x.json")

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": "hard"}, "questions[0].level: 'hard' is not allowed. Allowed: recall"),
        ({"points": 0}, "questions[0].points: '0' breaks the rule"),
        ({"options": []}, "topics[0].questions[0]"),
        ({"kind": "number", "low": "x"}, "topics[0].questions[0]"),
    ],
)
def test_the_place_of_what_does_not_follow_the_schema_is_told(
    change: dict[str, object], said: str
) -> None:
    data = json.loads(quiz_json.write(loaded(PACKS[1])).data)
    data["topics"][0]["questions"][0] |= change

    with pytest.raises(OperatorError) as error:
        quiz_json.read(dumped(data), "x.json")

    assert said in str(error.value)
    assert not str(error.value).startswith("x.json:1:")


def test_a_picture_that_is_none_is_refused() -> None:
    data = json.loads(quiz_json.write(loaded(PACKS[1])).data)
    data["pictures"] = [{"path": "a.png", "media_type": "image/png", "data": "?"}]

    with pytest.raises(OperatorError, match=r"a\.png is not base64"):
        quiz_json.read(dumped(data), "x.json")
