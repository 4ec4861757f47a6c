"""The packs we ship can be asked, answered right and answered wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.errors import AnswerError
from quiz.packs.loader import find_packs
from tests.kinds.asking import asked, questions, reviewed, seed_of

CONTENT = Path(__file__).parents[2] / "content"


@pytest.mark.parametrize("path", find_packs([CONTENT]), ids=lambda path: path.name)
def test_every_question_of_a_pack_keeps_the_contract(path: Path) -> None:
    found = questions(path)
    assert found
    for question in found:
        body, seed = question.wording.body, seed_of(question)
        samples = body.samples(seed)
        right, wrong = body.read(samples.right, seed), body.read(samples.wrong, seed)

        assert body.grade(right).score == 1.0, question.id
        assert body.grade(wrong).score < 1.0, question.id
        with pytest.raises(AnswerError):
            body.read(samples.unreadable, seed)
        assert asked(question, {})
        assert len({reviewed(question, response) for response in (right, wrong, None)}) >= 2
