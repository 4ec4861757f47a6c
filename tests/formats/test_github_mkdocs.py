"""Quizzes between `<quiz>` and `</quiz>`, as mkdocs-quiz has them."""

from __future__ import annotations

from quiz.core.kinds import JSON
from tests.formats.reading import imported, read
from tests.formats.test_github import kinds, questions, ticks

MKDOCS = """\
---
title: Page
---
# Numbers

Read this first.

<!-- mkdocs-quiz intro -->

~~~markdown
<quiz>
Not a question.
- [x] a
</quiz>
~~~

<quiz>
What is the sum?
```
2 + 2
```
- [ ] 3
> Close,
> but no.
- [x] 4 _(not `four`)_

- [] 5

Did you *know*?
</quiz>

=== "Example"

    <quiz>
    Which are even?
    * [x] 2
    * [X] 4
    * [ ] 5
    </quiz>

<quiz>
A snake is a [[python]] here.

---
It is a language, too.
</quiz>
"""


def payload(text: str) -> JSON:
    (question,) = questions(text)
    return question.wording.body.dump()


def test_only_what_stands_between_tags_is_a_quiz() -> None:
    assert kinds(MKDOCS) == ["single", "multiple", "text"]


def test_a_quiz_has_reasons_and_an_explanation() -> None:
    first = questions(MKDOCS)[0]

    assert ticks(first) == [("3", False), ("4 _(not `four`)_", True), ("5", False)]
    assert first.commentary.remarks["a"].text == "Close, but no."
    assert first.commentary.explanation == "Did you *know*?"
    assert first.wording.stem == "What is the sum?\n\n```\n2 + 2\n```"


def test_the_page_around_becomes_the_topic_and_its_notes() -> None:
    (topic,) = imported("github", MKDOCS).pack.topics

    assert topic.title == "Numbers"
    assert topic.notes.startswith("Read this first.\n\n```markdown\n<quiz>")
    told = [(loss.place.line, loss.what) for loss in read("github", MKDOCS).losses]
    assert told == [(1, "front matter"), (8, "comment")]


def test_one_blank_is_typed_and_several_are_a_cloze() -> None:
    blank = questions(MKDOCS)[2]
    assert blank.wording.stem == r"A snake is a \_\_\_\_ here."
    assert blank.wording.body.dump() == {"accepted": ["python"], "match": "text"}
    assert blank.commentary.explanation == "It is a language, too."

    assert payload("<quiz>\n[[One]] and *[[two]]*.\n</quiz>") == {
        "code": "____ and *____*.",
        "language": "text",
        "accepted": [["One"], ["two"]],
    }
    code = "<quiz>\nComplete it.\n\n```python\n[[print]]([[1]])\n```\n</quiz>"
    assert payload(code) == {
        "code": "____(____)",
        "language": "python",
        "accepted": [["print"], ["1"]],
    }
    assert [loss.what for loss in read("github", code).losses] == ["match"]
