"""What is no error, but no good question either (W211 to W217, W404)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.blocks import Item, Paragraph, Quote
from quiz.core.kinds import Draft, Parsed
from quiz.core.tasklists import BOX, is_true_false, task_lists
from quiz.core.words import ALL_OF
from quiz.packs.meta import Settings
from quiz.packs.problems import Log

CODE_OR_EMPHASIS = re.compile(r"(`+).*?\1|\*+[^*]*\*+|(?<!\w)_+[^_]*_+(?!\w)")
QUESTION = re.compile(r"[^.?!]*\?")
NOT = re.compile(r"\b(?:not|Not)\b")


def check_missing(draft: Draft, settings: Settings, source: Paragraph | None, log: Log) -> None:
    """Report what a question should have (W404, W216, W217)."""
    if source is None:
        hint = "Write `Source: [title](address)` behind the body."
        log(draft.place, "W404", "this question has no source", hint)
    elif not source.text.links:
        hint = (
            "Write `[title](address)`; only `https` and files inside the pack count as addresses."
        )
        log(source.place, "W404", "this source has no link that can be followed", hint)
    if not draft.named("Explanation"):
        hint = "Write `### Explanation`."
        log(draft.place, "W216", "this question has no explanation", hint)
    if not settings.objective:
        hint = "Name one of the topic's objectives: `objective: id`."
        log(draft.place, "W217", "this question names no objective", hint)


def check_wording(draft: Draft, settings: Settings, parsed: Parsed, log: Log) -> None:
    """Report what reads badly, or says too little (W211 to W215)."""
    if task_lists(draft):
        _check_options(draft, settings, log)
    texts = [(b.place, b.text) for b in parsed.stem if isinstance(b, Paragraph)]
    for place, text in texts or [(draft.place, draft.title)]:
        if any(NOT.search(question) for question in _questions(text.source)):
            hint = "Ask for what is true, or write **not**."
            log(place, "W214", "“not” is easily overlooked", hint)


def _check_options(draft: Draft, settings: Settings, log: Log) -> None:
    items = task_lists(draft)[0].items
    if settings.shuffle and not is_true_false(draft):
        for item in items:
            if ALL_OF.search(item.text.plain):
                hint = "Name what is meant, or say `shuffle: no`."
                log(item.place, "W211", "this option points at others, which are shuffled", hint)
    if all(_ticked(item) for item in items):
        hint = "Add a wrong option, or ask otherwise."
        log(draft.place, "W213", "every option is right", hint)
    for item in items:
        if not any(isinstance(block, Quote) and block.blocks for block in item.blocks):
            hint = "Write why under it: `> because …`."
            log(item.place, "W215", "this option has no rationale", hint)


def _ticked(item: Item) -> bool:
    box = BOX.match(item.text.source)
    return box is not None and box[1] in "xX"


def _questions(source: str) -> Iterator[str]:
    for found in QUESTION.finditer(CODE_OR_EMPHASIS.sub("x", source)):
        yield found[0]
