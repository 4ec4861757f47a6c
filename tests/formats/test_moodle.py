"""Moodle XML: what Moodle itself exports, what it should import, and what is hostile."""

from __future__ import annotations

import pytest

from quiz.formats.moodle import read
from quiz.packs.importing import Settled, settle

PICTURE = "iVBORw0KGgo="


def question(kind: str, inner: str, text: str = "<p>Why?</p>") -> str:
    return f"""\
<question type="{kind}"><name><text>A *name*</text></name>
<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>
{inner}
</question>"""


def taken(*questions: str) -> Settled:
    data = "\n".join(["<?xml version='1.0' encoding='UTF-8'?>", "<quiz>", *questions, "</quiz>"])
    return settle(read(data.encode(), "bank.xml"), "bank")


def answer(fraction: str, text: str, feedback: str = "") -> str:
    said = f"<feedback format='html'><text>{feedback}</text></feedback>" if feedback else ""
    return f"<answer fraction='{fraction}' format='html'><text>{text}</text>{said}</answer>"


def asked(done: Settled) -> tuple[str, object, str]:
    (one,) = done.pack.questions
    return one.wording.body.name, one.wording.body.dump(), one.wording.stem


def lost(done: Settled) -> list[tuple[int, str, str]]:
    return [(loss.place.line, loss.what, loss.said) for loss in done.losses]


def test_a_choice_keeps_feedback_hints_tags_and_its_id() -> None:
    done = taken(
        question(
            "multichoice",
            answer("100", "&lt;b&gt;x&lt;/b&gt; and <![CDATA[<code>a_b</code>]]>", "Yes")
            + answer("0", "No")
            + "<single>true</single><shuffleanswers>false</shuffleanswers>"
            "<defaultgrade>2</defaultgrade><idnumber>my-id</idnumber>"
            "<generalfeedback format='plain_text'><text>So *it* is.</text></generalfeedback>"
            "<hint format='html'><text>Look</text></hint>"
            "<tags><tag><text>level:trace</text></tag><tag><text>level:odd</text></tag></tags>",
        )
    )

    (one,) = done.pack.questions
    assert (one.id, one.points, one.shuffle, one.level) == ("my-id", 2, False, "trace")
    assert one.tags == ("level:odd",)
    assert one.commentary.title == "A \\*name\\*"
    assert one.commentary.hints == ("Look",)
    assert one.commentary.explanation == "So \\*it\\* is."
    assert one.commentary.remarks["a"].text == "Yes"
    assert [option["text"] for option in one.wording.body.dump()] == ["**x** and `a_b`", "No"]
    assert lost(done) == []


@pytest.mark.parametrize(
    ("worst", "score"), [("-100", "exact"), ("-50", "partial"), ("0", "partial")]
)
def test_shares_say_how_several_choices_are_graded(worst: str, score: str) -> None:
    done = taken(
        question(
            "multichoice",
            "<single>false</single>" + answer("50", "A") + answer("50", "B") + answer(worst, "C"),
        )
    )

    assert done.pack.questions[0].wording.score == score


def test_what_a_person_types_is_compared_as_moodle_does() -> None:
    inner = answer("100", "Cat") + answer("100", "the cat") + answer("0", "dog", "No.")

    loose = taken(question("shortanswer", f"<usecase>0</usecase>{inner}"))
    strict = taken(question("shortanswer", f"<usecase>1</usecase>{inner}"))

    assert asked(loose)[1] == {"accepted": ["Cat", "the cat"], "match": "text"}
    assert asked(strict)[1] == {"accepted": ["Cat", "the cat"], "match": "code"}
    assert loose.pack.questions[0].commentary.remarks["dog"].text == "No."


def test_numbers_keep_their_tolerance() -> None:
    inner = "<answer fraction='100'><text>1.5</text><tolerance>0.25</tolerance></answer>"

    done = taken(question("numerical", inner + answer("0", "*", "Elsewhere")))

    assert asked(done)[1] == {"low": "1.25", "high": "1.75", "model": "1.5 ± 0.25"}
    assert lost(done) == [(5, "feedback", "for *")]


def test_embedded_answers_become_blanks_in_code() -> None:
    text = (
        "<p>Fill in.</p><pre>x = {1:SHORTANSWER_C:=1~=one~%0%2#No, &lt;1}\n"
        "y = {2:NUMERICAL:=3:0.1}{1:SAC:=\\}}</pre>"
    )

    done = taken(question("cloze", "", text))

    kind, payload, stem = asked(done)
    assert (kind, stem) == ("cloze", "Fill in.")
    assert payload == {
        "code": "x = ____\ny = ____ ____",
        "language": "text",
        "accepted": [["1", "one"], ["3"], ["}"]],
    }
    assert done.pack.questions[0].commentary.remarks["1=2"].text == "No, <1"
    assert [what for _, what, _ in lost(done)] == ["tolerance", "weight"]


def test_text_with_blanks_becomes_plain_text() -> None:
    done = taken(question("cloze", "", "<p>The <b>sky</b> is {1:SA:=blue}.</p>"))

    assert asked(done)[1] == {
        "code": "The **sky** is ____.",
        "language": "text",
        "accepted": [["blue"]],
    }
    assert ("markup", "a text with blanks becomes plain text") in [x[1:] for x in lost(done)]


def test_lines_to_order_and_pairs_to_match() -> None:
    lines = "".join(
        answer(str(n), f"<![CDATA[<p>{text}</p>]]>") for n, text in ((2, "b"), (1, "a"))
    )
    pair = (
        "<subquestion format='html'><text>{}</text><answer><text>{}</text></answer></subquestion>"
    )
    pairs = pair.format("one", "1_") + pair.format("two", "2") + pair.format("", "3")

    ordered = taken(question("ordering", f"<gradingtype>ALL_OR_NOTHING</gradingtype>{lines}"))
    matched = taken(question("matching", pairs))

    assert asked(ordered)[1] == {
        "language": "text",
        "solution": [["a", 0], ["b", 0]],
        "distractors": [],
        "free": [],
        "indent": False,
    }
    assert asked(matched)[1] == {
        "titles": ["Item", "Match"],
        "pairs": [["one", "1\\_"], ["two", "2"]],
        "extras": ["3"],
    }
    assert [d.pack.questions[0].wording.score for d in (ordered, matched)] == ["exact", "partial"]


def test_an_essay_is_recalled_with_what_graders_are_told() -> None:
    done = taken(question("essay", "<graderinfo format='html'><text>Because.</text></graderinfo>"))

    assert asked(done) == ("recall", {"model": "Because.", "points": []}, "Why?")


@pytest.mark.parametrize(
    ("kind", "inner", "reason"),
    [
        ("ddwtos", "", "Moodle's type ddwtos"),
        ("essay", "", "an essay without a model answer"),
        ("shortanswer", answer("100", "c*t"), "no answer that is right without wildcards"),
        ("multichoice", "<single>true</single>" + answer("100", "x") * 2, "E204 two options"),
        ("multichoice", answer("lots", "x"), "a fraction that is no number"),
        ("numerical", answer("100", "about three"), "no number that is right"),
        ("cloze", "", "there is no blank"),
    ],
)
def test_what_cannot_be_asked_is_kept_as_prose(kind: str, inner: str, reason: str) -> None:
    done = taken("", question(kind, inner))

    assert done.pack.questions == ()
    (loss,) = [loss for loss in done.losses if loss.what == "question"]
    assert (loss.place.file, loss.place.line) == ("bank.xml", 4)
    assert loss.said.startswith(f"kept as prose: {reason}")
    (topic,) = [data.decode() for name, data in done.files.items() if name != "pack.md"]
    assert f'kind: prose -->\n\n```xml\n<question type="{kind}">' in topic


def test_what_has_no_place_is_told_with_its_line() -> None:
    inner = answer("100", "x<![CDATA[<sup>2</sup>]]>") + answer("50", "y") + "<units>m</units>"

    done = taken(question("multichoice", f"<single>true</single>\n{inner}"))

    assert lost(done) == [
        (6, "fraction", "50 % for one option"),
        (6, "markup", "<sup>"),
        (6, "units", "m"),
    ]


def test_pictures_come_along_and_strangers_do_not() -> None:
    files = (
        f'<file name="a.png" path="/" encoding="base64">{PICTURE}</file>'
        f'<file name="a.svg" path="/" encoding="base64">{PICTURE}</file>'
    )
    text = (
        '<questiontext format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/a.png" alt="A">]]>'
        f"</text>{files}</questiontext>"
    )
    inner = f"<question type='truefalse'>{text}{answer('100', 'true')}{answer('0', 'false')}"

    done = taken(f"{inner}</question>")

    assert done.files["a.png"].startswith(b"\x89PNG")
    assert asked(done)[2] == "![A](a.png)"
    assert [x[1:] for x in lost(done)] == [("file", "a.svg")]


def test_ids_stay_the_same_whatever_stands_around() -> None:
    first = question("truefalse", answer("100", "true") + answer("0", "false"))
    other = question("essay", "<graderinfo><text>x</text></graderinfo>", "<p>Other</p>")

    before = {q.wording.stem: q.id for q in taken(first, other).pack.questions}
    after = {q.wording.stem: q.id for q in taken(other, first, first).pack.questions[:2]}

    assert before == after
