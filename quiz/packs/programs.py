"""The program that a learner can open after answering: setup and code, as one script to start."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from quiz.core.blocks import Fence
from quiz.core.questions import Question
from quiz.kinds.cloze import Cloze
from quiz.kinds.match import Match
from quiz.kinds.order import Order
from quiz.kinds.pick import Pick
from quiz.kinds.text import Text
from quiz.kinds.truefalse import TrueFalse
from quiz.packs.evidence.cloze import filled_in
from quiz.packs.evidence.match import sides
from quiz.packs.evidence.order import written
from quiz.packs.exhibits import Exhibit
from quiz.packs.running.program import whole_program
from quiz.packs.running.ticks import offered

Values = tuple[str, ...]
"""What `check` is called with."""


def program_of(exhibit: Exhibit) -> str:
    """Return the script that shows the answer, "" where its pieces make none.

    It is the right program with its test; where a `check` judges, the check and what it says of
    each option, pair or answer, the wrong ones too.
    """
    question = exhibit.question
    setups = [exhibit.setup.code] if exhibit.setup else []
    setups += [fence.code for fence in question.evidence if fence.role == "setup"]
    codes = list(_codes(question))
    try:
        return whole_program(*setups, *codes).text if codes else ""
    except SyntaxError:
        return ""


def _codes(question: Question) -> Iterator[str]:
    draft, body = question.written, question.wording.body
    if draft is None:
        return
    fences = {fence.role: fence for fence in reversed(question.evidence)}
    program = draft.body_fence("run") or fences.get("run")
    if program:
        yield program.code
    elif isinstance(body, Cloze) and (cloze := draft.body_fence("cloze")):
        yield filled_in(cloze, [accepted[0] for accepted in body.accepted])
    elif isinstance(body, Order):
        yield written(body.solution)
    elif isinstance(body, Pick):
        yield fences["fix"].code if "fix" in fences else "\n".join(body.lines) + "\n"
    if "test" in fences:
        yield fences["test"].code
    if not program and "check" in fences:
        yield fences["check"].code
        yield _asking(fences["check"], list(_values(question)))


def _values(question: Question) -> Iterator[Values]:
    """Yield what the check of a question is called with."""
    draft, body = question.written, question.wording.body
    if draft is None:
        return
    if isinstance(body, TrueFalse):
        yield ()
    elif isinstance(body, Match):
        lefts, rights = (sides(draft, column) for column in (0, 1))
        for left, _ in body.pairs:
            for right in (*(right for _, right in body.pairs), *body.extras):
                yield lefts[left][0], rights[right][0]
    elif isinstance(body, Text):
        yield from ((answer,) for answer in body.accepted)
        yield from ((part.value.replace("\\n", "\n"),) for part in draft.named("Feedback"))
    else:
        yield from ((one.content,) for one in offered(body, draft))


def _asking(check: Fence, values: Sequence[Values]) -> str:
    """Return code that prints what `check` says of each; who raises is no answer, and is named."""
    names = ("", "answer", "left, right")[len(values[0])]
    call = f"{'await ' if _is_async(check.code) else ''}check({names})"
    if not names:
        return f"print({call})\n"
    cases = "".join(f"    {(case[0] if len(case) == 1 else case)!r},\n" for case in values)
    return (
        f"for {names} in [\n{cases}]:\n"
        "    try:\n"
        f"        print({call}, {names})\n"
        "    except Exception as error:\n"
        f"        print(type(error).__name__, {names})\n"
    )


def _is_async(code: str) -> bool:
    return any(
        isinstance(node, ast.AsyncFunctionDef) and node.name == "check"
        for node in ast.parse(code).body
    )
