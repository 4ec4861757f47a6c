"""Nothing of the answer is in a page before the answer was given.

Proven as non-interference: whatever decides the grade, or explains it, is changed in the pack, and
every byte of every page stays the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings, settings
from quiz.web.app import create_app
from tests.answering import start, where
from tests.browsing import Browser
from tests.conftest import EXAMPLE, HOME, NOW, publish

QUESTIONS = 13

CHANGES: dict[str, list[tuple[str, str]]] = {
    "the tick of a single choice": [
        ("- [x] `[1, 2]`", "- [ ] `[1, 2]`"),
        ("- [ ] `[1]`", "- [x] `[1]`"),
        ("> `default-per-call` This", "> This"),
    ],
    "the order of options in the file": [
        ("- [ ] `None`\n  > `append` returns `None`, but `add` returns `xs`.\n", ""),
        ("- [ ] `[2]`\n", "- [ ] `None`\n  > Moved.\n- [ ] `[2]`\n"),
    ],
    "the ticks of a multiple choice": [
        ("- [x] `(1, 2)`", "- [ ] `(1, 2)`"),
        ("- [ ] `[1, 2]`\n  > Lists", "- [x] `[1, 2]`\n  > Lists"),
    ],
    "the truth of a statement": [
        ("- [ ] True\n  > `equals-copies` No", "- [x] True\n  > No"),
        ("- [x] False", "- [ ] False"),
    ],
    "accepted texts": [("```answer\nlen\nlen()\nlen(xs)", "```answer match=code\nsize")],
    "the number": [("```number\n3\n", "```number\n17\n")],
    "the tolerance": [("1.414 +- 0.005", "1.5 +- 10%")],
    "accepted fills": [("1. `xs[0]`", "1. `max(xs)`"), ("2. `>` or `>=`", "2. `<`")],
    "wrong fills": [("   - `0`\n     > It fails for a list of negative numbers.\n", "")],
    "the order of lines": [
        ("    n = 0\n    for c in text:\n", "    for c in text:\n    n = 0\n"),
    ],
    "a distractor and the line it stands beside": [
        ("    n = 0\n", "    n = 1\n"),
        ("    for c in letter:\n    n = 1\n", "    for c in letter:\n    n = 0\n"),
    ],
    "the pairs": [("`'uiz'` |", "`'q'`   |"), ("[:1]`  | `'q'`   |", "[:1]`  | `'uiz'` |")],
    "the line that is marked": [
        ("  # [x] Starts at index 1, so `xs[0]` is never added.", ""),
        ("    total = 0\n", "    total = 0  # [x] Now here.\n"),
    ],
    "the output": [("```output\nfinally\ntry\n", "```output\ntry\n")],
    "how a program ends": [("```output raises=IndexError\n2\n", "```output\n2\n")],
    "the model answer": [("It binds the name `b` to the object", "It copies the object")],
    "a rationale": [("Lists are mutable, so they have no hash.", "Because of reasons.")],
    "feedback": [("### Feedback: `length`", "### Feedback: `size`"), ("is Java and", "is C and")],
    "an explanation": [("A default value is evaluated **once**", "It is made **once**")],
    "evidence": [("assert largest([3, 9, 4]) == 9", "assert largest([3, 9, 8]) == 9")],
}


def all_pages(config: Settings) -> dict[str, bytes]:
    """Return every page there is before anything is answered, by its address."""
    publish(config)
    numbers = itertools.count()
    chance: Callable[[], str] = lambda: f"{next(numbers):043}"  # noqa: E731
    with TestClient(create_app(config, clock=lambda: NOW, chance=chance), base_url=HOME) as client:
        browser = Browser(client)
        round_id, _ = where(start(browser))
        cards = [f"/rounds/{round_id}/cards/{n + 1}" for n in range(QUESTIONS)]
        hinted = {f"{card}/hint": client.post(f"{card}/hint").content for card in cards}
        unread = {f"{card} 422": client.post(card, data={"x": "1"}).content for card in cards}
        addresses = ["/", "/progress", *_linked(client), *cards, f"/rounds/{round_id}"]
        return hinted | unread | {at: client.get(at).content for at in addresses}


def _linked(client: TestClient) -> Iterator[str]:
    pack = "/packs/python-basics"
    yield pack
    yield from sorted(set(re.findall(rf'"({pack}/topics/[^"]+)"', client.get(pack).text)))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every page of the pack as it is."""
    data = tmp_path_factory.mktemp("before")
    return all_pages(settings({"QUIZ_DATA": str(data), "QUIZ_CONTENT": str(EXAMPLE)}))


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_before_the_answer_depends_on(
    before: dict[str, bytes], config: Settings, content: Path, change: str
) -> None:
    pack = content / "example-pack.md"
    text = pack.read_text()
    for old, new in CHANGES[change]:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    pack.write_text(text)
    after = all_pages(config)

    assert len(before) > 3 * QUESTIONS
    assert [at for at in before if before[at] != after.get(at)] == []


def test_what_is_shown_does_make_a_difference(
    before: dict[str, bytes], config: Settings, content: Path
) -> None:
    """The proof above can fail: a changed stem changes a page, and nothing else does."""
    assert all_pages(config) == before
    (config.data / "quiz.db").unlink()
    pack = content / "example-pack.md"
    pack.write_text(
        pack.read_text().replace("return the list after", "x").replace("add(1)", "add(9)")
    )

    assert all_pages(config) != before
