"""Rules of item writing that a program can decide, for packs of `style: item-writing` (S codes).

They follow T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice
item-writing guidelines for classroom assessment" (2002); the numbers are those of our guide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.blocks import Fence, Item, ItemList, Paragraph, Place, Quote
from quiz.core.kinds import Remark, Report
from quiz.core.questions import Question
from quiz.core.tasklists import BOX, Option
from quiz.core.ticking import Options
from quiz.core.words import ABSOLUTES, ALL_OF, FENCE, HEDGES, prose, telling, visible, words
from quiz.kinds.pick import MARK
from quiz.packs.sections import QuestionSection, walk

OPTIONS = {"single": (3, 4), "multiple": (3, 5)}
"""The fewest and most options of a kind; other kinds have no options to write."""

CODE_LINES, CODE_COLUMNS = 15, 72
STEM_WORDS, OPTION_WORDS, OPTION_LINES = 60, 15, 2
RATIONALE_WORDS = range(6, 61)
LENGTHS = (1.3, 12)
"""The longest option may have so many times the signs of the next, or so many more."""

SHORTEST_TELLING = 4
"""Letters of a word that tells something when stem and key share it."""

CHOOSING = re.compile(r"\b(?:which|what)\b[^.?!]*\?", re.I)
SUBORDINATE = re.compile(
    r",|\b(?:after|although|because|before|if|that|unless|when|where|while)\b", re.I
)
NEGATIVE = re.compile(
    r"\b(?:not|except|\w+n[’']t)\b|which\b.*\b(?:is|are) (?:false|incorrect|untrue|wrong)\b", re.I
)
POINTING = re.compile(r"\b(?:both )?[A-E] and [A-E]\b|\b(?i:both|all|none) of (?:them|these)\b")
DANGLING = re.compile(r"\b(?:an?|is|are|was|were|to|the|of)\W*$", re.I)
ALL_CODE = re.compile(r"(`+)[^`].*?\1", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Choice:
    """An option with where it stands and what is said of it."""

    option: Option
    item: Item
    remark: Remark | None

    @property
    def text(self) -> str:
        return visible(self.option.text)

    @property
    def is_code(self) -> bool:
        text = self.option.text
        return bool(ALL_CODE.fullmatch(text) or FENCE.fullmatch(text))


def check_style(section: QuestionSection, question: Question, report: Report) -> None:
    """Report what breaks a rule of item writing (S101 to S113)."""
    body = question.wording.body
    _check_code(section, report)
    place, stem = _stem(section, body)
    _check_stem(place, stem, report)
    if not isinstance(body, Options) or body.name not in OPTIONS:
        return
    items = _listed(section).items
    remarks = question.commentary.remarks
    choices = [
        _Choice(option, item, remarks.get(option.key))
        for option, item in zip(body.options, items, strict=True)
    ]
    _check_choosing(place, stem, report)
    _check_together(section.heading.place, body.name, choices, report)
    for choice in choices:
        _check_choice(choice, report)
    _check_cues(choices, stem, report)


def _stem(section: QuestionSection, body: object) -> tuple[Place, str]:
    """Return the prose that asks, and where it begins."""
    blocks = list(section.body)
    if isinstance(body, Options):
        blocks = blocks[: blocks.index(_listed(section))]
    found = [block for block in walk(blocks) if isinstance(block, Paragraph)]
    if not found:
        return section.heading.place, section.heading.text.source
    return found[0].place, "\n\n".join(block.text.source for block in found)


def _listed(section: QuestionSection) -> ItemList:
    """Return the options of a question that has some."""
    lists = (block for block in section.body if isinstance(block, ItemList))
    return next(found for found in lists if any(BOX.match(i.text.source) for i in found.items))


def _check_code(section: QuestionSection, report: Report) -> None:
    for fence in (block for block in walk(section.body) if isinstance(block, Fence)):
        lines = [MARK.sub("", x) if fence.role == "pick" else x for x in fence.lines()]
        if len(lines) > CODE_LINES:
            hint = f"{CODE_LINES} lines are what a phone shows: move the rest into a setup."
            report(fence.place, "S106", f"this code has {len(lines)} lines", hint)
        for number, line in enumerate(lines):
            if len(line) > CODE_COLUMNS:
                message = f"this line of code has {len(line)} columns"
                hint = f"Break it: {CODE_COLUMNS} at most, better 60."
                report(fence.line_place(number), "S106", message, hint)
                break


def _check_stem(place: Place, stem: str, report: Report) -> None:
    size = len(visible(stem).split())
    if size > STEM_WORDS:
        hint = f"{STEM_WORDS} at most: a learner reads it many times."
        report(place, "S107", f"the question has {size} words", hint)


def _check_choosing(place: Place, stem: str, report: Report) -> None:
    asked = (SUBORDINATE.split(question)[0] for question in CHOOSING.findall(prose(stem)))
    if any(NEGATIVE.search(clause) for clause in asked):
        hint = "Ask for what is true: negations are overlooked, emphasised ones too."
        report(place, "S103", "the question asks for what is not so", hint)
    if DANGLING.search(prose(stem)):
        hint = "End it as a question that can be answered with the options covered."
        report(place, "S113", "the question ends in the middle of a sentence", hint)


def _check_together(place: Place, kind: str, choices: Sequence[_Choice], report: Report) -> None:
    """Check the options as a set: how many, how long, how they end."""
    fewest, most = OPTIONS[kind]
    if not fewest <= len(choices) <= most:
        hint = f"Write {fewest} to {most}: more wrong ones are seldom chosen."
        report(place, "S101", f"there are {len(choices)} options", hint)
    by_length = sorted(choices, key=lambda choice: len(choice.text))
    longest, following = len(by_length[-1].text), len(by_length[-2].text)
    times, more = LENGTHS
    if longest > max(times * following, following + more):
        message = f"this option has {longest} signs, the next longest {following}"
        report(by_length[-1].item.place, "S102", message, "Make options alike in length.")
    ends = {choice.text[-1:] in ".!?" for choice in choices if not choice.is_code}
    if len(ends) > 1:
        odd = next(c for c in choices if not c.is_code and c.text[-1:] not in ".!?")
        hint = "End all with a full stop, or none."
        report(odd.item.place, "S112", "only some options end with a full stop", hint)


def _check_choice(choice: _Choice, report: Report) -> None:
    place, text = choice.item.place, choice.option.text
    size = len(visible(text).split())
    fences = [block for block in choice.item.blocks if isinstance(block, Fence)]
    lines = max((len(fence.lines()) for fence in fences), default=0)
    if lines > OPTION_LINES or (not fences and not choice.is_code and size > OPTION_WORDS):
        found = f"{lines} lines of code" if lines > OPTION_LINES else f"{size} words"
        hint = f"{OPTION_WORDS} words or {OPTION_LINES} lines of code at most."
        report(place, "S108", f"this option has {found}", hint)
    if ALL_OF.search(text) or POINTING.search(prose(text)):
        hint = "Say what is meant instead."
        report(place, "S111", "this option points at others", hint)
    said = len(visible(choice.remark.text).split()) if choice.remark else 0
    quote = next((b for b in choice.item.blocks if isinstance(b, Quote)), None)
    if quote and said not in RATIONALE_WORDS:
        hint = f"{RATIONALE_WORDS[0]} to {RATIONALE_WORDS[-1]} words say which thought leads here."
        report(quote.place, "S109", f"this rationale has {said} words", hint)


def _check_cues(choices: Sequence[_Choice], stem: str, report: Report) -> None:
    """Check what gives the key away by words alone."""
    right = [choice for choice in choices if choice.option.right]
    wrong = [choice for choice in choices if not choice.option.right]
    for choice, found in _in_one_camp(wrong, right, ABSOLUTES):
        hint = "Who knows nothing strikes such options out: qualify it, or use it in the key, too."
        report(choice.item.place, "S104", f"only wrong options say “{found}”", hint)
    for choice, found in _in_one_camp(right, wrong, HEDGES):
        hint = "Careful words give the key away: be exact, or use them in wrong options, too."
        report(choice.item.place, "S104", f"only right options say “{found}”", hint)
    shared = {w for w in telling(prose(stem)) if len(w) >= SHORTEST_TELLING}
    elsewhere = set().union(*(words(choice.text) for choice in wrong))
    for choice in right:
        alone = sorted((shared & telling(choice.text)) - elsewhere) if not choice.is_code else []
        if alone:
            message = f"of all options only the right one repeats “{alone[0]}”"
            hint = "Use the question's words in a wrong option, too, or in none."
            report(choice.item.place, "S105", message, hint)
    for choice, other in ((a, b) for a in choices for b in choices if a is not b):
        if not choice.is_code and f" {_plain(other.text)} " in f" {_plain(choice.text)} ":
            hint = "Either both are right or the short one cannot be: tell them apart."
            report(choice.item.place, "S110", f"this option contains “{other.text}”", hint)


def _in_one_camp(
    camp: Sequence[_Choice], others: Sequence[_Choice], listed: frozenset[str]
) -> list[tuple[_Choice, str]]:
    """Return the options of one camp that say a listed word which no other option says."""
    elsewhere = {word for choice in others for word in words(prose(choice.option.text))}
    if elsewhere & listed:
        return []
    said = ((choice, words(prose(choice.option.text))) for choice in camp)
    found = ((choice, next((w for w in own if w in listed), "")) for choice, own in said)
    return [(choice, word) for choice, word in found if word]


def _plain(text: str) -> str:
    return " ".join(words(text))
