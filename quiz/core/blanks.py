"""Code with blanks, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quiz.core.blocks import Item, ItemList, Quote
from quiz.core.drafts import item_remark, report_unseen
from quiz.core.kinds import Draft, Remark
from quiz.core.typed import normal

BLANK = re.compile(r"(?<!\w)_{3,}(?!\w)")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
WORD = re.compile(r"\w+")
MARK = "____"
SHORTEST_GIVEAWAY = 4


@dataclass(frozen=True, slots=True)
class Fills:
    """What may stand in one blank: `accepted` as written, the model first; wrong ones by value."""

    accepted: tuple[str, ...]
    remarks: Mapping[str, Remark] = field(default_factory=dict)


def pieces(code: str) -> list[list[str]]:
    """Return the lines of the code, each cut at its blanks."""
    return [BLANK.split(line) for line in code.removesuffix("\n").split("\n")]


def read_fills(draft: Draft, listed: ItemList) -> tuple[Fills, ...] | None:
    """Return the fills of each blank; None after reporting what is wrong (E303, E304, E323)."""
    fills = [_read_item(draft, item) for item in listed.items]
    whole = tuple(fill for fill in fills if fill is not None)
    return whole if len(whole) == len(fills) else None


def visible(answer: str, texts: Iterable[str]) -> bool:
    """Return whether the answer stands as a whole in one of the texts.

    A short answer or a mere sign says nothing where it stands, so it counts as hidden.
    """
    if len(answer) < SHORTEST_GIVEAWAY or not re.search(r"\w", answer):
        return False
    whole = re.compile(rf"(?<!\w){re.escape(answer)}(?!\w)")
    return any(whole.search(normal(text, "code")) for text in texts)


def _read_item(draft: Draft, item: Item) -> Fills | None:
    accepted: dict[str, str] = {}
    for code in item.text.codes:
        value = normal(code, "code")
        if value in accepted:
            message = f"`{code}` is accepted already, as `{accepted[value]}`"
            draft.report(item.place, "E303", message, "Remove one of them.")
        accepted.setdefault(value, code)
    if not accepted:
        hint = "Write what is accepted in code spans: 1. `>` or `>=`."
        draft.report(item.place, "E323", "answer without a code span", hint)
        return None
    _check_beside(draft, item)
    return Fills(tuple(accepted.values()), _read_wrong(draft, item, accepted))


def _check_beside(draft: Draft, item: Item) -> None:
    """Report what is no code span, no wrong fill and no single word between spans (E112)."""
    hint = "Write code spans, with “or” between them; a reason stands under a wrong fill."
    others = (block for block in item.blocks[1:] if not isinstance(block, ItemList))
    report_unseen(draft, others, "text beside the answer to a blank", hint)
    words = [len(WORD.findall(text)) for text in CODE_SPAN.split(item.text.source)[::3]]
    if words[0] or words[-1] or max(words) > 1:
        message = "words beside the answer to a blank would never be shown"
        draft.report(item.place, "E112", message, hint)


def _read_wrong(draft: Draft, item: Item, accepted: Mapping[str, str]) -> dict[str, Remark]:
    remarks: dict[str, Remark] = {}
    lists = (block for block in item.blocks if isinstance(block, ItemList))
    for inner in (inner for listed in lists for inner in listed.items):
        said = item_remark(draft, inner, wrong=True)
        fill = inner.text.leading_code()
        if fill is None or fill[1] or said is None:
            hint = "Write the fill in a code span, and why it is wrong in a blockquote under it."
            draft.report(inner.place, "E323", "not a wrong fill with its reason", hint)
            continue
        others = (block for block in inner.blocks[1:] if not isinstance(block, Quote))
        hint = "Move it into the quote."
        report_unseen(draft, others, "text beside the reason of a wrong fill", hint)
        value = normal(fill[0], "code")
        if value in accepted:
            message = f"feedback for `{fill[0]}`, which is an accepted answer"
            draft.report(inner.place, "E304", message, "Change the fill or the answer.")
        elif value in remarks:
            message = f"a second reason for `{fill[0]}` would never be shown"
            draft.report(inner.place, "E112", message, "Join the two.")
        remarks[value] = said
    return remarks
