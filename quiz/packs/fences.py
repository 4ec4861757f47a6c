"""The words behind the signs of a fence: which may stand where (E113, E116, E110, E112)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from quiz.core.blocks import Block, Fence, ItemList
from quiz.core.drafts import did_you_mean
from quiz.core.kinds import Fences, Part, Report
from quiz.kinds import kinds
from quiz.packs.sections import walk

RUN = "run"
COMMON = frozenset({"setup"})
"""Options that every fence with a role may have."""

ANSWERS: Mapping[str, Fences] = {
    "answer": Fences(options=frozenset({"match"})),
    "number": Fences(),
    "output": Fences(options=frozenset({"raises"})),
}
EVIDENCE = frozenset({RUN, "check", "test", "fix", "setup"})
HIDDEN = "Move it under `### Answer` or `### Evidence`: learners would see it here."


@cache
def body_roles() -> Mapping[str, Fences]:
    """Return the roles that a fence of the body may have: `run`, and those of the kinds."""
    roles = {RUN: Fences()}
    for kind in kinds().values():
        for role, fences in kind.roles.items():
            known = roles.get(role, Fences())
            roles[role] = Fences(known.flags | fences.flags, known.options | fences.options)
    return roles


def check_body(body: Iterable[Block], report: Report) -> None:
    """Check the fences of a body: one role at most, no answer in sight."""
    blocks = tuple(body)
    roles: list[Fence] = []
    for fence in _fences(blocks):
        if fence.language in ANSWERS:
            report(fence.place, "E113", f"`{fence.language}` in the visible part", HIDDEN)
        elif fence in blocks:
            _check_role(fence, body_roles(), report)
            roles += [fence] if fence.role else []
        else:
            check_plain([fence], report)
    for fence in roles[1:]:
        report(
            fence.place,
            "E110",
            f"a second fence with a role, `{fence.role}`",
            "Only one fence of a body may have a role.",
        )


def check_answer(part: Part, report: Report) -> None:
    """Check that an Answer holds one known fence or list and nothing else."""
    known: list[Block] = []
    for block in part.blocks:
        if isinstance(block, Fence) and block.language not in ANSWERS:
            words = " ".join(block.words)
            hint = did_you_mean(block.language, ANSWERS)
            report(block.place, "E116", f"unknown fence `{words}` in an answer", hint)
        elif isinstance(block, Fence):
            _check_words(block, ANSWERS[block.language], block.words[1:], report)
            known.append(block)
        elif isinstance(block, ItemList):
            known.append(block)
        else:
            hint = "Move it under `### Explanation`."
            report(block.place, "E112", "text beside the answer would never be shown", hint)
    for block in known[1:]:
        report(block.place, "E110", "a second answer in `### Answer`", "Leave one of them.")


def check_evidence(blocks: Iterable[Block], report: Report) -> tuple[Fence, ...]:
    """Return the fences of an Evidence part after checking their words."""
    fences = tuple(_fences(blocks))
    roles = {role: Fences() for role in EVIDENCE}
    for fence in fences:
        if fence.language == "output":
            _check_words(fence, ANSWERS["output"], fence.words[1:], report)
        elif not fence.role:
            words = " ".join(fence.words)
            hint = f"Write the language and one of {', '.join(sorted(EVIDENCE))}; or `output`."
            report(fence.place, "E116", f"evidence without a role: `{words}`", hint)
        else:
            _check_role(fence, roles, report)
    return fences


def check_plain(blocks: Iterable[Block], report: Report, *, before: bool = False) -> None:
    """Check fences where no role means anything; with `before`, a learner has not answered."""
    for fence in _fences(blocks):
        if before and fence.language in ANSWERS:
            report(fence.place, "E113", f"`{fence.language}` in the visible part", HIDDEN)
        elif len(fence.words) > 1:
            report(
                fence.place,
                "E116",
                f"`{' '.join(fence.words[1:])}` means nothing here",
                "Roles count in a body and in `### Evidence`, outside of lists and quotes.",
            )


def _fences(blocks: Iterable[Block]) -> list[Fence]:
    return [block for block in walk(blocks) if isinstance(block, Fence)]


def _check_role(fence: Fence, roles: Mapping[str, Fences], report: Report) -> None:
    if fence.role and fence.role not in roles:
        where = "It belongs under `### Evidence`." if fence.role in EVIDENCE else ""
        hint = where or did_you_mean(fence.role, roles)
        report(fence.place, "E116", f"unknown role `{fence.role}`", hint)
        return
    allowed = roles.get(fence.role, Fences())
    if fence.role:
        allowed = Fences(allowed.flags, allowed.options | COMMON)
    _check_words(fence, allowed, fence.words[2 if fence.role else 1 :], report)


def _check_words(fence: Fence, allowed: Fences, words: Iterable[str], report: Report) -> None:
    known = allowed.flags | {f"{option}=…" for option in allowed.options}
    seen: set[str] = set()
    for word in words:
        key, equals, value = word.partition("=")
        if key not in (allowed.options if equals else allowed.flags):
            hint = did_you_mean(key, known) or "No words may follow."
            report(fence.place, "E116", f"unknown word `{word}` in this fence", hint)
        elif key in seen:
            report(fence.place, "E116", f"`{key}` stands twice in this fence", "Leave one of them.")
        elif key in _NAMES and not _NAMES[key][0].fullmatch(value):
            report(fence.place, "E116", f"`{key}` cannot be '{value}'", _NAMES[key][1])
        seen.add(key)


_NAMES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "raises": (
        re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"),
        "Name the class of the exception alone: `raises=IndexError`.",
    ),
    "setup": (
        re.compile(r"\w[\w-]*"),
        "Name a file of `setups/` without its `.py`, or say `setup=none`.",
    ),
}
