"""Whatever stands in a file of another program: a pack without an error, or a sentence."""

from __future__ import annotations

from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.errors import OperatorError
from quiz.core.exchange import Reader
from quiz.formats import gift, moodle
from quiz.packs.importing import settle
from tests.packs.test_fuzz import HOSTILE

PIECES = [
    *("{", "}", "=", "~", "#", "\\", "::", "->", "%50%", "%-100%", "[html]", "[x]", "..", ":", "*"),
    *(
        "{1:SA:=a~b#c}",
        "{2:NM:=1:x}",
        "{:MC:a}",
        "<p>",
        "</p>",
        "<pre><code>",
        "<script>",
        "<sup>2",
    ),
    *(
        "$CATEGORY: a/b//c",
        "// [id:é] [tag:level:odd]",
        "####",
        "\n",
        "\n\n",
        "True",
        "nan",
        "1e999",
    ),
    *(
        "@@PLUGINFILE@@/x.png",
        "&lt;",
        "&#1;",
        "\u2028",
        "**Points**\n\n- a",
        "**Objectives**\n\n- `a` b",
    ),
]
TEXT = st.lists(st.sampled_from([*PIECES, *HOSTILE]) | st.text(max_size=8), max_size=8).map("".join)
TYPES = st.sampled_from(
    ["category", "multichoice", "shortanswer", "cloze", "matching", "essay", "x"]
)


def assert_sound(read: Reader, text: str) -> None:
    try:
        imported = read(text.encode(errors="replace"), "file")
    except OperatorError:
        return
    settled = settle(imported, "pack")
    assert {loss.place.file for loss in settled.losses} <= {"file", "pack.md"}


@settings(max_examples=60)
@given(TEXT, TEXT, TEXT)
def test_any_gift_is_a_pack_or_a_sentence(name: str, stem: str, answers: str) -> None:
    assert_sound(gift.read, f"::{name}::{stem}{{{answers}}}\n\n{stem}\n")


@settings(max_examples=60)
@given(TYPES, TEXT, TEXT, TEXT)
def test_any_moodle_xml_is_a_pack_or_a_sentence(
    kind: str, name: str, stem: str, answer: str
) -> None:
    one, two, three = (escape(text) for text in (name, stem, answer))
    assert_sound(
        moodle.read,
        f"<quiz><question type='{kind}'><name><text>{one}</text></name>"
        f"<category><text>{one}</text></category><info><text>{two}</text></info>"
        f"<questiontext format='markdown'><text>{two}</text></questiontext>"
        f"<answer fraction='100'><text>{three}</text></answer>"
        f"<answer fraction='{one[:3].replace(chr(39), '')}'><text>{two}</text></answer>"
        f"<subquestion><text>{two}</text><answer><text>{three}</text></answer></subquestion>"
        f"<graderinfo><text>{three}</text></graderinfo><tags><tag><text>{one}</text></tag></tags>"
        f"</question></quiz>",
    )
