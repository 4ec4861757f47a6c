"""GIFT as people write it, all of its escapes, and what it cannot hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quiz.core.errors import OperatorError
from quiz.core.packs import Pack
from quiz.formats.gift import read, write
from quiz.formats.gift.signs import escape, hide, show
from quiz.packs.importing import Settled, settle
from tests.formats.test_json import loaded
from tests.packs.test_loader import FRONT, TOPIC
from tests.packs.test_loader import write as write_files

ODD = "~ = # { } : \\ \\n -> %50% [html] // :: ####"


def taken(text: str) -> Settled:
    return settle(read(text.encode(), "quiz.gift"), "quiz")


def asked(done: Settled) -> tuple[str, object, str]:
    (one,) = done.pack.questions
    return one.wording.body.name, one.wording.body.dump(), one.wording.stem


def lost(done: Settled) -> list[tuple[int, str, str]]:
    return [(loss.place.line, loss.what, loss.said) for loss in done.losses]


def options(done: Settled) -> list[tuple[str, bool]]:
    payload = done.pack.questions[0].wording.body.dump()
    return [(option["text"], option["right"]) for option in payload]


def pack_of(folder: Path, text: str) -> Pack:
    return loaded(write_files(folder, {"pack.md": FRONT + TOPIC + text}))


@pytest.mark.parametrize("text", [ODD, ODD + "\nline\n\n  indented", "\\\\n", ""])
def test_escapes_come_back_whatever_stands_beside_them(text: str) -> None:
    assert show(hide(escape(text))) == text
    assert not {"\n", "~", "="} & set(hide(escape(text)))


def test_code_stands_in_a_question_when_its_signs_are_escaped() -> None:
    done = taken(
        "::Dict::[markdown]What?\\n\\n```python\\nd \\= \\{1\\: 2\\}\\n```"
        "{ =[markdown]`d \\= \\{\\}` ~no }"
    )

    assert asked(done)[2] == "What?\n\n```python\nd = {1: 2}\n```"
    assert options(done) == [("`d = {}`", True), ("no", False)]


def test_a_choice_as_people_write_it() -> None:
    done = taken(
        "// a comment\n"
        "// [id:who] [tag:history] [tag:level:recall]\n"
        "::Tomb:: Who is buried \\: there?{\n"
        "\t~Grant # He is \\#1\n\t=no one # Right.\n\t~%50%Jefferson\n\t#### Nobody is _buried_.\n}"
    )

    (one,) = done.pack.questions
    assert (one.id, one.tags, one.level) == ("who", ("history",), "recall")
    assert one.wording.stem == "Who is buried : there?"
    assert options(done) == [("Grant", False), ("no one", True), ("Jefferson", False)]
    assert one.commentary.remarks["a"].text == "He is #1"
    assert one.commentary.explanation == "Nobody is \\_buried\\_."
    assert lost(done) == [(1, "weight", "50 % for one option")]


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("2+2?{=4 =four}", "text", {"accepted": ["4", "four"], "match": "text"}),
        ("Born?{#1822:5}", "number", {"low": "1817", "high": "1827", "model": "1822 ± 5"}),
        ("Pi?{#3.1..3.2}", "number", {"low": "3.1", "high": "3.2", "model": "3.15 ± 0.05"}),
        (
            "Six?{#=%100%6:0#yes =%50%7#near ~#far}",
            "number",
            {"low": "6", "high": "6", "model": "6"},
        ),
        (
            "Match{=a -> 1 =b -> 2 = -> 3}",
            "match",
            {"titles": ["Item", "Match"], "pairs": [["a", "1"], ["b", "2"]], "extras": ["3"]},
        ),
        ("Say.{####Because}", "recall", {"model": "Because", "points": []}),
    ],
)
def test_each_sign_makes_its_kind(text: str, kind: str, payload: object) -> None:
    assert asked(taken(text))[:2] == (kind, payload)


@pytest.mark.parametrize(
    ("text", "right", "remarks"),
    [
        ("Sun rises.{T}", "True", {}),
        ("Sun rises.{FALSE#no#yes}", "False", {"a": "no", "b": "yes"}),
        ("Sun rises.{TRUE#no}", "True", {"b": "no"}),
    ],
)
def test_truth_has_feedback_on_wrong_and_right(
    text: str, right: str, remarks: dict[str, str]
) -> None:
    done = taken(text)

    (one,) = done.pack.questions
    assert next(option for option, ticked in options(done) if ticked) == right
    assert {key: said.text for key, said in one.commentary.remarks.items()} == remarks


@pytest.mark.parametrize(("weight", "score"), [("-100", "exact"), ("-50", "partial")])
def test_weights_make_several_choices(weight: str, score: str) -> None:
    done = taken(f"Which?{{~%50%a ~%50%b ~%{weight}%c}}")

    assert asked(done)[0] == "multiple"
    assert done.pack.questions[0].wording.score == score


def test_a_missing_word_leaves_a_gap() -> None:
    done = taken("Grant is {=buried ~living} in a tomb.")

    assert asked(done)[2] == "Grant is \\_\\_\\_\\_\\_ in a tomb."


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("[html]<p>a &lt; <b>b</b></p>{=x}", "a \\< **b**"),
        ("[plain]a *b*{=x}", "a \\*b\\*"),
        ("[markdown]a *b*{=x}", "a *b*"),
        ("a <i>b</i>{=x}", "a *b*"),
        ("[odd]a{=x}", "\\[odd\\]a"),
    ],
)
def test_texts_have_formats(text: str, stem: str) -> None:
    assert asked(taken(text))[2] == stem


def test_categories_are_topics_and_lines_are_told() -> None:
    done = taken(
        "$CATEGORY: $course$/top/Cats//Dogs/Big\n\nA?{=a}\n\n$CATEGORY: Small\n\n\nB?{=b*}\n"
    )

    assert [(t.title, len(t.questions)) for t in done.pack.topics] == [("Big", 1), ("Small", 0)]
    assert lost(done) == [
        (8, "question", "kept as prose: no answer that is right without wildcards")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only text.", "a description without a question"),
        ("Open {=a", "braces that do not fit"),
        ("Essay {}", "an essay without a model answer"),
        ("About?{#three}", "three is no number"),
        ("Match{=a -> 1 =b}", "a pair without an arrow"),
    ],
)
def test_what_cannot_be_asked_is_kept_as_prose(text: str, reason: str) -> None:
    done = taken(f"Fine?{{=yes}}\n\n{text}")

    assert [loss for loss in lost(done) if loss[1] == "question"] == [
        (3, "question", f"kept as prose: {reason}")
    ]
    (topic,) = [data.decode() for name, data in done.files.items() if name != "pack.md"]
    assert f"```gift\n{text}\n```" in topic


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "holds no question"), (b"\xff{=a}", "quiz.gift:1: byte 0xff is not UTF-8")],
)
def test_what_is_no_gift_is_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        read(data, "quiz.gift")


def test_every_sign_of_an_option_comes_back(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, "## One?\n<!-- id: one -->\n\n- [x] Yes\n- [ ] No\n")
    first = pack.questions[0]
    body = type(first.wording.body).load(
        [
            {"key": "a", "text": f"`{ODD}`", "right": True},
            {"key": "b", "text": "%50% of it", "right": False},
            {"key": "c", "text": "[x](https://a.b)", "right": False},
        ]
    )
    odd = replace(first, wording=replace(first.wording, body=body))
    topic = replace(pack.topics[0], questions=(odd,))

    back = settle(read(write(replace(pack, topics=(topic,))).data, "file"), "again").pack

    assert back.questions[0].wording == odd.wording


def test_an_arrow_in_a_left_side_is_told(tmp_path: Path) -> None:
    rows = "| A | B |\n| --- | --- |\n| `() -> int` | 1 |\n| x | 2 |\n"
    pack = pack_of(tmp_path, f"## Match\n<!-- id: one; kind: match -->\n\n{rows}")

    written = write(pack)

    assert "arrow" in {loss.what for loss in written.losses}
    (one,) = read(written.data, "file").pack.questions
    assert one.wording.body.dump()["pairs"][0] == ["`() → int`", "1"]
