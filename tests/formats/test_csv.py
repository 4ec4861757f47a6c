"""A pack as a table, there and back, and tables that a teacher fills in."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.core.errors import OperatorError
from quiz.core.formulas import FORMULA_SIGNS
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.formats import csv as table
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from tests.formats.reading import again, imported, read, revisions
from tests.formats.test_json import FULL, PACKS, loaded, odd_pack
from tests.packs.test_loader import FRONT, TOPIC, write

TEACHER = """\
Question;A;B;C;Correct;Explanation;Hint;Week
How many bits has a byte?;4;8;16;b;As ever.;It is a power.;1
Which are prime?;2;3;4;a, b;;;
Is it true?;True;False;;True;;;
What is 1 + 1?;;;;2;;;
What binds a name?;;;;let;;;
"""


def rows(pack: Pack) -> list[dict[str, str]]:
    text = table.write(pack).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def questions(text: str) -> list[Question]:
    return list(imported("csv", text).pack.questions)


def told(text: str) -> list[tuple[int, str, str]]:
    return [(loss.place.line, loss.what, loss.said) for loss in imported("csv", text).losses]


def titled(pack: Pack, stem: str) -> Pack:
    """Return the pack with its first question alone, asked in other words."""
    first = pack.questions[0]
    asked = replace(first, wording=replace(first.wording, stem=stem))
    return replace(pack, topics=(replace(pack.topics[0], questions=(asked,)),))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_comes_back_as_the_same_questions(path: Path) -> None:
    pack = loaded(path)

    back = again("csv", pack).pack

    assert revisions(back) == revisions(pack)
    assert [topic.id for topic in back.topics] == [topic.id for topic in pack.topics]
    for now, before in zip(back.questions, pack.questions, strict=True):
        said, was = now.commentary, before.commentary
        assert {key: r.text for key, r in said.remarks.items()} == {
            key: remark.text for key, remark in was.remarks.items()
        }
        assert (said.title, said.hints, said.explanation) == (was.title, was.hints, was.explanation)
        assert (now.level, now.tags, now.points) == (before.level, before.tags, before.points)


@pytest.mark.parametrize("kind", kinds_to_start())
def test_no_kind_loses_what_is_graded(tmp_path: Path, kind: str) -> None:
    text = started(kind, frozenset(), "", "", "")
    pack = loaded(write(tmp_path, {"pack.md": FRONT + TOPIC + text}))

    assert revisions(again("csv", pack).pack) == revisions(pack)


def test_settings_come_back_and_what_has_no_column_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": FULL})
    (tmp_path / "row.png").write_bytes(b"\x89PNG\x00\xff")
    pack = loaded(tmp_path)

    first, second = again("csv", pack).pack.questions

    assert (first.points, first.v, first.was, first.shuffle) == (2.5, 3, "once", False)
    assert first.wording.shared == "A row has cells."
    assert (second.wording.score, second.tags) == ("void", ("a", "b"))
    lost = {loss.what for loss in table.write(pack).losses}
    assert lost >= {"description", "picture", "notes", "objective", "misconception", "retired"}


@pytest.mark.parametrize("text", [*(f"{sign}1+1" for sign in FORMULA_SIGNS[:4]), "'=1", "''-1"])
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    pack = titled(loaded(PACKS[1]), text)

    (row,) = rows(pack)

    assert row["question"] == f"'{text}"
    (question,) = read("csv", table.write(pack).data.decode()).pack.questions
    assert question.wording.stem == text


def test_text_that_is_no_formula_stays_as_it_is() -> None:
    (row,) = rows(titled(loaded(PACKS[1]), "'x' = 'y'?"))

    assert row["question"] == "'x' = 'y'?"


def test_only_columns_that_say_something_are_there() -> None:
    text = table.write(titled(loaded(PACKS[1]), "Which one?")).data.decode("utf-8-sig")

    names = text.split("\r\n", 1)[0].split(",")

    assert names[:3] == ["topic", "topic id", "id"]
    assert "option 4" in names
    assert not {"code", "match 1", "free", "v"} & set(names)


def test_a_teacher_s_table_needs_few_columns() -> None:
    found = questions(TEACHER)

    assert [q.wording.body.name for q in found] == [
        "single",
        "multiple",
        "truefalse",
        "number",
        "text",
    ]
    first = found[0]
    assert [(o["text"], o["right"]) for o in first.wording.body.dump()] == [
        ("4", False),
        ("8", True),
        ("16", False),
    ]
    assert first.commentary.explanation == "As ever."
    assert first.commentary.hints == ("It is a power.",)
    assert told(TEACHER) == [(1, "column", "week")]


def body(cells: str, head: str = "question,option 1,option 2,right,kind") -> JSON:
    (question,) = questions(f"{head}\nOne?,{cells}\n")
    return question.wording.body.dump()


@pytest.mark.parametrize("right", ["2", "B", "no way", '"2,"'])
def test_the_right_option_is_named_by_number_letter_or_text(right: str) -> None:
    assert [option["right"] for option in body(f"yes,no way,{right},")] == [False, True]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("a,b,3,", "`right` is '3'; write numbers of options, such as 1, 3"),
        ("a,b,,", "`right` is ''; write numbers of options, such as 1, 3"),
        ("a,b,1,essay", "the kind 'essay' is none of cloze, match"),
        (",,,", "the cell `right` is empty"),
        (",,x,number", "'x' is not a number"),
        ("a,b,1,match", "an option has no `match` of its number"),
        ("a,b,x,pick", "`right` is 'x'; write numbers of lines, or none"),
        ("a,a,1,", "E204 two options are the same"),
        ("a <b>,c,1,", "E114 raw HTML: <b>"),
    ],
)
def test_a_row_that_cannot_be_asked_is_kept_and_the_reason_told(cells: str, said: str) -> None:
    text = f"question,option 1,option 2,right,kind\nOne?,{cells}\n"

    ((line, what, why),) = told(text)

    assert (line, what) == (2, "question")
    assert why.startswith(f"kept as prose: {said}")
    files = imported("csv", text).files
    assert any(f"```csv\nOne?,{cells}\n```" in data.decode() for data in files.values())


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("shuffle", "perhaps", "`shuffle` is 'perhaps'; write yes or no"),
        ("score", "half", "`score` is 'half'; write one of exact, partial, void"),
        ("points", "many", "`points` 'many' or `v` '1' is no number"),
        ("compare", "like", "`compare` is 'like'; write code, text or exact"),
        ("level", "hard", "E105 `level` cannot be 'hard'"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told(name: str, value: str, said: str) -> None:
    ((_, _, why),) = told(f"question,right,{name}\nOne?,x,{value}\n")

    assert why == f"kept as prose: {said}"


def test_rows_keep_their_lines_and_what_is_too_much_is_told() -> None:
    text = 'question,right\n"One\n\nline?",x\n\n,y\nTwo?,z,more\n'

    assert told(text) == [
        (6, "question", "kept as prose: the cell `question` is empty"),
        (7, "cell", "more"),
    ]


def test_ids_are_those_of_the_table_or_the_same_at_every_reading() -> None:
    text = "id,question,right\nmine,One?,x\n,Two?,y\n"

    ids = [[question.id for question in questions(text)] for _ in range(2)]

    assert ids[0] == ids[1]
    assert ids[0][0] == "mine"


def test_a_kind_without_columns_is_left_out_and_told() -> None:
    assert [loss.said for loss in table.write(odd_pack()).losses if loss.what == "question"] == [
        "left out: there are no columns for the kind guess"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "quiz.txt:1: there is no column `question`"),
        ("a,b\n1,2", "quiz.txt:1: there is no column `question`"),
        ("question,Right,answer\n", "quiz.txt:1: two columns are called `right`"),
        ('question,right\n"x', "quiz.txt: row 2 cannot be read: unexpected end of data"),
        ("question,right\n" + "x" * 200_000, "field larger than field limit"),
        ("question" + ",x" * 1000, "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(OperatorError) as error:
        read("csv", text)

    assert said in str(error.value)
