"""Publishing in a process of its own: `python -m tests.bench.publishing CONTENT DATA`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console

from quiz.cli.packs import prepare
from quiz.config import settings
from quiz.core.questions import Question
from quiz.kinds.single import Single
from quiz.packs.render import render, render_inline
from tests.bench.learners import questions
from tests.bench.pack import PACK
from tests.bench.school import NOW


def main(content: str, data: str) -> None:
    """Publish, publish again, render every text once, and write the seconds of each."""
    config = settings({"QUIZ_CONTENT": content, "QUIZ_DATA": data})
    config.data.mkdir()

    def publish() -> None:
        asyncio.run(prepare(config, Console(quiet=True), now=NOW))

    asked = list(questions(Path(content) / PACK).values())
    times = {
        "publish": _seconds(publish),
        "again": _seconds(publish),
        "render": _seconds(lambda: _render(asked)),
    }
    json.dump(times, sys.stdout)


def _render(asked: Iterable[Question]) -> None:
    """Make the HTML of all that cards show before and after their answer."""
    for question in asked:
        body, told = question.wording.body, question.commentary
        assert isinstance(body, Single)
        for text in (question.wording.stem, told.explanation, *told.hints):
            render(text)
        options = [option.text for option in body.options]
        remarks = [remark.text for remark in told.remarks.values()]
        for text in (*options, *remarks, told.title, told.source):
            render_inline(text)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
