"""Quizzes of mdbook-quiz, in and out: TOML that follows its schema, and what becomes of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from quiz.core.errors import OperatorError
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.formats import mdbook
from quiz.formats.mdbook.reading import schema
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.reading import again, imported, read, revisions
from tests.formats.test_json import PACKS, loaded
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

CHOICE = """\
[[questions]]
id = "b230bed3-d6ba-4048-8b06-aa655d837b04"
type = "MultipleChoice"
prompt.prompt = "What is 1 + 1?"
prompt.distractors = ["1", "**three**"]
answer.answer = "2"
context = "Count *them*."
"""

TYPED = """
[[questions]]
type = "ShortAnswer"
prompt.prompt = \"\"\"
What binds a name?

It is a keyword.
\"\"\"
prompt.response = "code"
answer.answer = "let"
answer.alternatives = ["LET", "let mut"]
"""

TRACED = """
[[questions]]
type = "Tracing"
prompt.program = "fn main() {}\\n"
answer.doesCompile = true
answer.stdout = "1\\n"

[[questions]]
type = "Tracing"
prompt.program = "fn main( {}"
answer.doesCompile = false
answer.lineNumber = 1
"""


def written(pack: Pack) -> JSON:
    return tomllib.loads(mdbook.write(pack).data.decode())


def pack_of(folder: Path, text: str) -> Pack:
    return loaded(write(folder, {"pack.md": FRONT + TOPIC + text}))


def errors(quiz: JSON) -> list[str]:
    return [error.message for error in Draft202012Validator(schema()).iter_errors(quiz)]


def body(text: str) -> JSON:
    """Return the kind and the payload of the only question of a quiz."""
    (question,) = imported("mdbook", text).pack.questions
    return question.wording.body.name, question.wording.body.dump()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_follows_the_schema_and_comes_back(path: Path) -> None:
    pack = loaded(path)
    quiz, losses = written(pack), mdbook.write(pack).losses

    assert errors(quiz) == []
    left_out = [loss.place for loss in losses if loss.what == "question"]
    assert len(quiz["questions"]) == len(pack.questions) - len(left_out)
    assert len(again("mdbook", pack).pack.questions) == len(quiz["questions"])


@pytest.mark.parametrize("kind", kinds_to_start())
def test_a_question_of_every_kind_is_written_or_told(tmp_path: Path, kind: str) -> None:
    pack = pack_of(tmp_path, started(kind, frozenset(), "", "", ""))

    out = [loss for loss in mdbook.write(pack).losses if loss.what == "question"]

    assert len(written(pack)["questions"]) + len(out) == 1


def test_true_or_false_and_options_in_their_order_come_back_as_they_were(tmp_path: Path) -> None:
    def asked(id: str, meta: str, options: str) -> str:
        return f"\n## {id}?\n<!-- id: {id}; {meta} -->\n\n{options}\n{SOURCE}"

    pack = pack_of(
        tmp_path,
        asked("first", "level: recall", "- [ ] False\n- [x] True")
        + asked("second", "shuffle: no", "- [ ] a\n- [ ] b\n- [x] c")
        + asked("third", "shuffle: no; kind: multiple", "- [ ] a\n- [x] b\n- [x] c\n- [ ] d"),
    )

    assert revisions(again("mdbook", pack).pack) == revisions(pack)


def test_a_text_that_questions_share_stays_shared(tmp_path: Path) -> None:
    prose = "\n## Told\n<!-- id: told; kind: prose -->\n\nA row has cells.\n"
    asked = (
        "\n## {0}?\n<!-- id: {0}; uses: told -->\n\n### Answer\n\n```answer match=text\nx\n```\n"
    )
    pack = pack_of(tmp_path, prose + asked.format("one") + asked.format("two"))

    assert written(pack)["multipart"] == {"part-1": "A row has cells."}
    assert revisions(again("mdbook", pack).pack) == revisions(pack)


def test_what_is_said_of_wrong_options_stands_in_the_context() -> None:
    pack = loaded(PACKS[1])
    single = next(q for q in pack.questions if q.wording.body.name == "single")
    quiz = written(replace(pack, topics=(replace(pack.topics[0], questions=(single,)),)))

    (entry,) = quiz["questions"]

    for option in single.wording.body.dump():
        assert single.commentary.remarks[option["key"]].text in entry["context"]


def test_the_source_comes_back_from_the_context() -> None:
    pack = loaded(PACKS[0])

    sources = {q.id: q.commentary.source for q in again("mdbook", pack).pack.questions}

    assert sources
    assert sources.items() <= {q.id: q.commentary.source for q in pack.questions}.items()


def test_one_answer_is_a_single_choice_and_several_are_multiple() -> None:
    kind, options = body(CHOICE)

    assert kind == "single"
    assert {(o["text"], o["right"]) for o in options} == {
        ("1", False),
        ("**three**", False),
        ("2", True),
    }
    assert body(CHOICE.replace('= "2"', '= ["2"]'))[0] == "multiple"
    assert body(CHOICE.replace('["1", "**three**"]', '["False"]').replace('"2"', '"True"'))[0] == (
        "truefalse"
    )


@pytest.mark.parametrize(
    ("said", "texts"),
    [("prompt.answerIndex = 1", ["1", "2", "**three**"]), ("prompt.sortAnswers = true", None)],
)
def test_an_order_that_is_said_is_kept(said: str, texts: list[str] | None) -> None:
    (question,) = read("mdbook", CHOICE + said).pack.questions

    found = [option["text"] for option in question.wording.body.dump()]

    assert found == (texts or sorted(found))
    assert not question.shuffle


def test_a_typed_line_forgives_what_it_did_and_its_losses_have_lines() -> None:
    found = read("mdbook", CHOICE + TYPED)
    question = found.pack.questions[1]

    assert question.wording.body.dump() == {"accepted": ["let", "let mut"], "match": "text"}
    assert question.commentary.title == "What binds a name? It is a keyword."
    assert [(loss.place.line, loss.what) for loss in found.losses] == [(9, "prompt.response")]


def test_a_program_that_runs_is_predicted_and_another_is_kept_as_prose() -> None:
    found = imported("mdbook", TRACED)
    (question,) = found.pack.questions

    assert question.wording.body.dump() == {
        "code": "fn main() {}",
        "language": "rust",
        "output": "1",
        "raises": "",
    }
    assert [(loss.place.line, loss.what) for loss in found.losses] == [(8, "question")]
    (topic,) = (data.decode() for name, data in found.files.items() if name != "pack.md")
    assert 'prompt.program = "fn main( {}"' in topic.partition("kind: prose")[2]


def test_keys_that_mean_nothing_here_are_told() -> None:
    text = CHOICE + 'promptExplanation = true\nmultipart = "none"\nprompt.hint = "?"\nxyz = 1\n'

    assert [loss.what for loss in read("mdbook", text).losses] == [
        "xyz",
        "prompt.hint",
        "promptExplanation",
        "multipart",
    ]


def test_ids_are_those_of_the_file_or_the_same_at_every_reading() -> None:
    ids = [[q.id for q in read("mdbook", CHOICE + TYPED).pack.questions] for _ in range(2)]

    assert ids[0] == ids[1]
    assert ids[0][0] == "b230bed3-d6ba-4048-8b06-aa655d837b04"


def test_more_options_than_letters_are_kept_as_prose() -> None:
    many = CHOICE.replace('["1", "**three**"]', str([f"x{n}" for n in range(26)]))

    assert [loss.said for loss in read("mdbook", many).losses] == [
        "kept as prose: more than 26 options"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", "quiz.txt is no TOML: Invalid value (at end of document)"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = 1", "quiz.txt:1: the file: `questions` is missing"),
        ("questions = 1", "questions: '1' is not of the type array"),
        (CHOICE + TYPED.replace("ShortAnswer", "Essay"), ":9: questions[1].type: 'Essay' is not"),
        (CHOICE + TYPED.replace('"let"\n', "3\n"), ":9: questions[1].answer.answer: '3' is not"),
        (
            CHOICE + "prompt.answerIndex = 1\nprompt.sortAnswers = true",
            ":1: questions[0].prompt: ",
        ),
    ],
)
def test_what_is_no_quiz_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(OperatorError) as error:
        read("mdbook", text)

    assert said in str(error.value)
