"""Options written as a task list: shared by the kinds one ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quiz.core.blocks import Block, Inline, Item, ItemList, Paragraph, Quote, markdown
from quiz.core.drafts import item_remark
from quiz.core.kinds import Draft, Remark

BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
NEARLY_BOX = re.compile(r"\[[^\]]{0,3}\](?!\()|\[[xX ]?\s|[xX ]\]\s")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: `key` is its letter in file order, `text` Markdown."""

    key: str
    text: str
    right: bool


def task_lists(draft: Draft) -> list[ItemList]:
    """Return the lists of the body in which an item starts with something like a tick box."""
    lists = (block for block in draft.body if isinstance(block, ItemList))
    return [found for found in lists if any(_starts_box(item) for item in found.items)]


def read_options(draft: Draft) -> tuple[tuple[Option, ...], dict[str, Remark]] | None:
    """Return options and remarks by key; None after reporting what is wrong (E201 to E210)."""
    first, *more = task_lists(draft)
    problems: list[bool] = [_whole(draft, first, more)]
    options: list[Option] = []
    remarks: dict[str, Remark] = {}
    for key, item in zip(LETTERS, first.items, strict=False):
        option = _read_option(draft, key, item)
        problems.append(option is not None)
        if option is None:
            continue
        options.append(option)
        said = item_remark(draft, item, wrong=not option.right)
        if said:
            remarks[key] = said
    problems.append(_distinct(draft, first, options))
    return (tuple(options), remarks) if all(problems) else None


def is_true_false(draft: Draft) -> bool:
    """Return whether the task list is one of `True` and `False`."""
    lists = task_lists(draft)
    texts = [BOX.sub("", item.text.source) for item in lists[0].items] if lists else []
    return sorted(texts) == ["False", "True"]


def _starts_box(item: Item) -> bool:
    source = item.text.source
    return bool(BOX.match(source) or NEARLY_BOX.match(source))


def _whole(draft: Draft, first: ItemList, more: Sequence[ItemList]) -> bool:
    """Report a list that is broken, numbered, nested, too short or too long."""
    if more:
        draft.report(
            more[0].place,
            "E207",
            "the options are broken into two lists",
            "Remove the text between them, and use one bullet sign throughout.",
        )
    if first.ordered:
        draft.report(first.place, "E208", "options stand in a numbered list", "Use `- [ ]`.")
    nested = [
        block
        for item in first.items
        for block in item.blocks
        if isinstance(block, ItemList) and any(_starts_box(inner) for inner in block.items)
    ]
    if nested:
        draft.report(nested[0].place, "E208", "options are nested", "Take the indentation away.")
    count = len(first.items)
    if count < 2 and not more:
        draft.report(first.place, "E205", "there is only one option", "Write 2 to 26 options.")
    if count > len(LETTERS):
        draft.report(first.place, "E206", f"there are {count} options", "Write 2 to 26 options.")
    return not (more or first.ordered or nested) and 2 <= count <= len(LETTERS)


def _read_option(draft: Draft, key: str, item: Item) -> Option | None:
    source = item.text.source
    box = BOX.match(source)
    if box is None:
        if NEARLY_BOX.match(source):
            draft.report(
                item.place,
                "E201",
                f"malformed tick box in '{source[:40]}'",
                "Write `[ ]` or `[x]` and a space before the text.",
            )
        else:
            draft.report(
                item.place, "E210", "option without a tick box", "Start it with `[ ]` or `[x]`."
            )
        return None
    text = markdown(_option_blocks(item, source[box.end() :]))
    if not text:
        draft.report(item.place, "E209", "empty option", "Write a text behind the box.")
        return None
    return Option(key, text, box[1] in "xX")


def _option_blocks(item: Item, rest: str) -> list[Block]:
    blocks: list[Block] = [block for block in item.blocks if not isinstance(block, Quote)]
    first = blocks[0]
    if isinstance(first, Paragraph):
        head = [replace(first, text=Inline(rest))] if rest else []
        return [*head, *blocks[1:]]
    return blocks


def _distinct(draft: Draft, first: ItemList, options: Sequence[Option]) -> bool:
    seen: dict[str, str] = {}
    for option in options:
        if option.text in seen:
            item = first.items[LETTERS.index(option.key)]
            draft.report(
                item.place, "E204", "two options are the same", "Change or remove one of them."
            )
            return False
        seen[option.text] = option.key
    return True
