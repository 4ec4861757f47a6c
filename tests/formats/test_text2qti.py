"""A pack as text for text2qti, judged by text2qti itself."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Question as Judged
from text2qti.quiz import Quiz

from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.formats import text2qti
from quiz.kinds import kinds
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.test_json import PACKS, loaded
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

ESSAY, SHORT = "essay_question", "short_answer_question"


def judged(pack: Pack) -> dict[str, Any]:
    """Return what text2qti reads of a pack, by the titles of the questions."""
    quiz = Quiz(text2qti.write(pack).data.decode(), config=Config())
    return {one.title_raw: one for one in quiz.questions_and_delims if isinstance(one, Judged)}


def pack_of(folder: Path, text: str) -> Pack:
    return loaded(write(folder, {"pack.md": FRONT + TOPIC + text}))


def with_body(question: Question, kind: str, payload: JSON) -> Question:
    body = kinds()[kind].load(payload)
    return replace(question, wording=replace(question.wording, body=body))


def asking(pack: Pack, kind: str, payload: JSON) -> Pack:
    """Return the pack with its first question alone, asked in another way."""
    topic = pack.topics[0]
    question = with_body(topic.questions[0], kind, payload)
    return replace(pack, topics=(replace(topic, questions=(question,)),))


def told(pack: Pack) -> dict[str, str]:
    return {loss.what: loss.said for loss in text2qti.write(pack).losses}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_question_is_converted_without_a_complaint(path: Path, tmp_path: Path) -> None:
    pack = loaded(path)
    quiz = Quiz(text2qti.write(pack).data.decode(), config=Config())

    QTI(quiz).save(tmp_path / "quiz.zip")

    asked = [one for one in quiz.questions_and_delims if isinstance(one, Judged)]
    assert len(asked) == sum(q.wording.score != "void" for q in pack.questions)
    assert zipfile.ZipFile(tmp_path / "quiz.zip").testzip() is None


@pytest.mark.parametrize("kind", kinds_to_start())
def test_a_question_of_every_kind_is_converted(tmp_path: Path, kind: str) -> None:
    pack = pack_of(tmp_path, started(kind, frozenset(), "", "", ""))

    assert len(judged(pack)) == 1


def test_options_keep_their_ticks_and_their_reasons() -> None:
    pack = loaded(PACKS[1])
    single = next(q for q in pack.questions if q.wording.body.name == "single")
    options = single.wording.body.dump()

    found = judged(pack)[single.commentary.title.replace("`", "")]

    assert found.type == "multiple_choice_question"
    assert [choice.correct for choice in found.choices] == [o["right"] for o in options]
    remarks = single.commentary.remarks
    assert [choice.feedback_raw for choice in found.choices] == [
        remarks[o["key"]].text for o in options
    ]


@pytest.mark.parametrize(
    ("kind", "payload", "type_", "lost"),
    [
        ("number", {"low": "1.4", "high": "1.42", "model": "x"}, "numerical_question", None),
        ("number", {"low": "1e3", "high": "1e3", "model": "x"}, "numerical_question", None),
        (
            "number",
            {"low": "0", "high": "0", "model": "0"},
            SHORT,
            "becomes text",
        ),
        (
            "number",
            {"low": "-1", "high": "0", "model": "[-1, 0]"},
            ESSAY,
            "becomes recall",
        ),
        ("text", {"accepted": ["a", "b"], "match": "text"}, SHORT, None),
        ("text", {"accepted": ["a"], "match": "code"}, SHORT, None),
        (
            "cloze",
            {"code": "____", "language": "", "accepted": [["a"]]},
            SHORT,
            "becomes text",
        ),
        (
            "cloze",
            {"code": "____ ____", "language": "", "accepted": [["a"], ["b"]]},
            ESSAY,
            "becomes recall",
        ),
        (
            "predict",
            {"code": "1", "language": "python", "output": "1", "raises": ""},
            SHORT,
            "becomes text",
        ),
        (
            "predict",
            {"code": "1", "language": "python", "output": "1", "raises": "E"},
            ESSAY,
            "becomes recall",
        ),
        ("recall", {"model": "Words.", "points": ["One"]}, ESSAY, None),
    ],
)
def test_the_nearest_question_is_asked_and_what_it_costs_is_told(
    kind: str, payload: Mapping[str, Any], type_: str, lost: str | None
) -> None:
    pack = asking(loaded(PACKS[1]), kind, payload)

    (found,) = judged(pack).values()

    assert found.type == type_
    said = told(pack).get("kind")
    assert (said is None) if lost is None else (said is not None and lost in said)


def test_what_typed_answers_forgive_is_told() -> None:
    pack = asking(loaded(PACKS[1]), "text", {"accepted": ["a"], "match": "code"})

    assert told(pack)["match"] == "capitals do not matter there"


def test_an_essay_holds_the_answer_in_its_feedback() -> None:
    pairs = {"titles": ["A", "B"], "pairs": [["`a`", "one"], ["b", "two"]], "extras": ["three"]}
    pack = asking(loaded(PACKS[1]), "match", pairs)

    (found,) = judged(pack).values()

    assert "<td>three</td>" in found.question_html_xml.replace("&lt;", "<").replace("&gt;", ">")
    assert found.feedback_raw.startswith("- `a` → one\n- b → two")


def test_lines_to_pick_are_options_and_none_of_them_is_one_too() -> None:
    picked = {"lines": ["a = 1", "", "    a = 1"], "language": "python", "marked": []}
    pack = asking(loaded(PACKS[1]), "pick", picked)

    (found,) = judged(pack).values()

    assert [(choice.choice_raw, choice.correct) for choice in found.choices] == [
        ("Line 1: `a = 1`", False),
        ("Line 3: `a = 1`", False),
        ("No line is wrong.", True),
    ]


def test_what_means_more_in_its_markdown_is_escaped(tmp_path: Path) -> None:
    text = r"It costs $5 or \$6, not `$7`: \<b>, \num{1}."
    pack = pack_of(tmp_path, f"\n## One?\n<!-- id: one -->\n\n{text}\n\n- [x] a\n- [ ] b\n{SOURCE}")

    (found,) = judged(pack).values()

    html = found.question_html_xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert html == r"<p>It costs $5 or $6, not <code>$7</code>: &lt;b&gt;, \num{1}.</p>"


def test_pictures_and_what_a_quiz_cannot_say_are_told(tmp_path: Path) -> None:
    text = f"\n![A row](row.png)\n\n- [x] a\n- [ ] b\n{SOURCE}\n### Hint\n\nLook.\n"
    meta = "<!-- id: one; level: recall; tags: x; points: 0.7; shuffle: no -->"
    (tmp_path / "row.png").write_bytes(b"\x89PNG")
    pack = pack_of(tmp_path, f"\n## One?\n{meta}\n{text}\n## Two?\n\n- [x] a\n- [ ] b\n{SOURCE}")

    assert judged(pack)["One?"].points_possible_raw == "0.5"
    assert told(pack) == {
        "picture": "row.png",
        "hint": "1 hint",
        "level": "recall",
        "tags": "x",
        "points": "0.7 became 0.5",
        "shuffle": "the whole quiz is shuffled",
    }


def test_a_question_that_must_not_count_is_left_out(tmp_path: Path) -> None:
    one = f"\n## One?\n<!-- id: one; score: void -->\n\n- [x] a\n- [ ] b\n{SOURCE}"
    pack = pack_of(tmp_path, one + one.replace("one; score: void", "two"))

    assert [loss.said for loss in text2qti.write(pack).losses] == ["left out, as its score is void"]
    assert len(judged(pack)) == 1


def test_questions_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    one = f"\n## One?\n<!-- id: one -->\n\n- [x] a\n- [ ] b\n{SOURCE}"
    pack = pack_of(tmp_path, one + one.replace("id: one", "id: two"))

    text = text2qti.write(pack).data.decode()

    assert "1.  One?\n... Source:" in text
    assert "1.  One?\n\n    (2)\n" in text
    assert len(Quiz(text, config=Config()).questions_and_delims) == 3
