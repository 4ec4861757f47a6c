"""What kinds share when they make sense of a draft."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from quiz.core.blocks import Block, Inline, Item, Place, Quote, markdown
from quiz.core.kinds import Draft, Remark

MISCONCEPTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return `Did you mean 'x'?` for the nearest allowed word, else the list of allowed words."""
    words = sorted(allowed)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Allowed: {', '.join(words)}." if words else "None is declared yet: declare it first."


def report_unseen(draft: Draft, blocks: Iterable[Block], what: str, hint: str) -> None:
    """Report the first of the blocks, which no learner would ever see (E112)."""
    for block in islice(blocks, 1):
        draft.report(block.place, "E112", f"{what} would never be shown", hint)


def stem_before(draft: Draft, answer: Block) -> tuple[Block, ...]:
    """Return the blocks before the answer block; report the text after it (E112)."""
    at = draft.body.index(answer)
    hint = "Move it above, or under `### Explanation`."
    report_unseen(draft, draft.body[at + 1 :], "text after the answer block", hint)
    return draft.body[:at]


def remark(draft: Draft, text: str, place: Place, *, wrong: bool) -> Remark:
    """Return the remark that Markdown `text` makes, its misconception checked (E117, E120)."""
    found = Inline(text).leading_code()
    if not found or not MISCONCEPTION.fullmatch(found[0]):
        return Remark(text)
    belief, rest = found
    if belief not in draft.misconceptions:
        draft.report(
            place,
            "E117",
            f"misconception '{belief}' is not declared under `# Misconceptions`",
            did_you_mean(belief, draft.misconceptions),
        )
    elif not wrong:
        draft.report(
            place,
            "E120",
            f"misconception '{belief}' stands beside something right",
            "Only what is wrong can carry a misconception: remove it here.",
        )
    return Remark(rest, belief)


def item_remark(draft: Draft, item: Item, *, wrong: bool) -> Remark | None:
    """Return the remark in the item's blockquote, None where there is none or it is empty.

    Reports a second quote (E112).
    """
    quotes = [block for block in item.blocks if isinstance(block, Quote)]
    hint = "Join the two: a line with `>` alone between them parts paragraphs."
    report_unseen(draft, quotes[1:], "a second quote in one item", hint)
    if not quotes or not quotes[0].blocks:
        return None
    return remark(draft, markdown(quotes[0].blocks), quotes[0].place, wrong=wrong)


def feedback(
    draft: Draft, normal: Callable[[str], str], accepted: Iterable[str]
) -> Mapping[str, Remark]:
    """Return the `### Feedback` parts by the normal form of their value.

    Reports a value that is accepted (E304), and one that stands twice (E112): `accepted` are
    normal forms.
    """
    remarks: dict[str, Remark] = {}
    right = set(accepted)
    for part in draft.named("Feedback"):
        value = normal(part.value.replace("\\n", "\n"))
        if value in right:
            draft.report(
                part.place,
                "E304",
                f"feedback for '{part.value}', which is an accepted answer",
                "Feedback answers a wrong answer: change the value or the answer.",
            )
        elif value in remarks:
            message = f"a second feedback for '{part.value}' would never be shown"
            draft.report(part.place, "E112", message, "Join the two.")
        remarks[value] = remark(draft, markdown(part.blocks), part.place, wrong=True)
    return remarks
