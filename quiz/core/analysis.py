"""What first tries say of a pack: of every question, of its options, and of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from quiz.core.choices import Choice
from quiz.core.items import (
    QuestionStatistics,
    SetStatistics,
    Tries,
    question_statistics,
    set_statistics,
    totals_of,
)
from quiz.core.kinds import JSON, Remark
from quiz.core.options import OptionStatistics, option_statistics
from quiz.core.showing import (
    flag_options,
    flag_question,
    shown_option,
    shown_question,
    shown_set,
)

MODES: Mapping[str, tuple[str, ...]] = {
    "practice": ("practice", "redo", "review"),
    "exam": ("exam",),
}
"""The modes of rounds whose answers are counted together, by what that is called."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The choices of one wording, with the remarks on them by key."""

    choices: tuple[Choice, ...]
    remarks: Mapping[str, Remark]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its first tries at the present `v`; `revs` and `chosen` run like the tries.

    `chosen` holds the keys that were chosen, none after "I don't know". `offers` holds the choices
    by revision, the present one first; it is empty where nothing is chosen.
    """

    question_id: str
    topic_id: str
    v: int
    rev: str
    kind: str
    title: str
    tries: Tries
    revs: Sequence[str]
    chosen: Sequence[frozenset[str]]
    offers: Mapping[str, Offer]


@dataclass(frozen=True, slots=True)
class AnalysedOption:
    """An option in numbers, with the id of the misconception behind it, "" without one."""

    misconception: str
    numbers: OptionStatistics


@dataclass(frozen=True, slots=True)
class AnalysedRevision:
    """How the options of one wording were chosen, by the `n` learners who met it first."""

    rev: str
    n: int
    options: tuple[AnalysedOption, ...]


@dataclass(frozen=True, slots=True)
class AnalysedQuestion:
    """A question in numbers: over all revisions of its present `v`, options by revision.

    `rev` is the present revision, and the first of `revisions`, which are empty for a kind without
    choices. `title` is Markdown.
    """

    question_id: str
    topic_id: str
    v: int
    rev: str
    kind: str
    title: str
    numbers: QuestionStatistics
    revisions: tuple[AnalysedRevision, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The questions of a pack in numbers, as far as they may be shown, in pack order.

    `mode` is a key of MODES, `scope` says whose answers are meant; answers up to the id `through`
    were counted, at `computed_at`.
    """

    pack_id: str
    mode: str
    scope: str
    through: int
    computed_at: datetime
    whole: SetStatistics
    questions: tuple[AnalysedQuestion, ...]

    @property
    def basis(self) -> str:
        """What was counted, for a file's reader."""
        return f"first try of each learner at the present v; {self.mode}; {self.scope}"

    def question(self, question_id: str) -> AnalysedQuestion | None:
        """Return a question by its present id, None for one that is not asked."""
        return next((q for q in self.questions if q.question_id == question_id), None)


def analyse(answered: Sequence[Answered]) -> tuple[SetStatistics, tuple[AnalysedQuestion, ...]]:
    """Return the whole and its questions in numbers that may be shown, flags raised."""
    asked = {each.question_id: each.tries for each in answered}
    whole, numbers = shown_set(set_statistics(asked)), question_statistics(asked)
    totals = totals_of(asked.values())
    questions = []
    for each in answered:
        revisions = _revisions(each, totals.rests(each.tries)) if each.offers else ()
        present = [option.numbers for found in revisions[:1] for option in found.options]
        shown = shown_question(numbers[each.question_id], whole)
        questions.append(
            AnalysedQuestion(
                question_id=each.question_id,
                topic_id=each.topic_id,
                v=each.v,
                rev=each.rev,
                kind=each.kind,
                title=each.title,
                numbers=flag_question(shown, present, whole),
                revisions=revisions,
            )
        )
    return whole, tuple(questions)


def dump_analysis(analysis: Analysis) -> JSON:
    """Return the numbers as `load_analysis` reads them."""
    return {
        "whole": asdict(analysis.whole),
        "questions": [asdict(question) for question in analysis.questions],
    }


def load_analysis(payload: JSON) -> tuple[SetStatistics, tuple[AnalysedQuestion, ...]]:
    """Return the whole and the questions that were dumped."""
    whole = SetStatistics(**{**payload["whole"], "histogram": tuple(payload["whole"]["histogram"])})
    return whole, tuple(_load_question(question) for question in payload["questions"])


def _revisions(answered: Answered, rests: Sequence[float | None]) -> tuple[AnalysedRevision, ...]:
    found = []
    for rev, offer in answered.offers.items():
        mine = [number for number, each in enumerate(answered.revs) if each == rev]
        chosen = [answered.chosen[number] for number in mine]
        options = _options(offer, chosen, [rests[number] for number in mine])
        found.append(AnalysedRevision(rev, len(mine), options))
    return tuple(found)


def _options(
    offer: Offer, chosen: Sequence[frozenset[str]], rests: Sequence[float | None]
) -> tuple[AnalysedOption, ...]:
    """Return the options worth a line: right, offered, remarked upon, or chosen by somebody."""
    asked, compared = len(chosen), sum(rest is not None for rest in rests)
    choices = [
        replace(choice, offered=choice.offered or choice.key in offer.remarks)
        for choice in offer.choices
    ]
    shown = [
        shown_option(option, asked=asked, compared=compared)
        for option in option_statistics(choices, chosen, rests)
        if option.choice.right or option.choice.offered or option.n
    ]
    remarks, none = offer.remarks, Remark("")
    return tuple(
        AnalysedOption(remarks.get(option.choice.key, none).misconception, option)
        for option in flag_options(shown, asked)
    )


def _load_question(payload: JSON) -> AnalysedQuestion:
    numbers = _flagged(payload["numbers"])
    revisions = tuple(
        AnalysedRevision(found["rev"], found["n"], tuple(map(_load_option, found["options"])))
        for found in payload["revisions"]
    )
    return AnalysedQuestion(
        **{**payload, "numbers": QuestionStatistics(**numbers), "revisions": revisions}
    )


def _load_option(payload: JSON) -> AnalysedOption:
    numbers = _flagged(payload["numbers"])
    choice = Choice(**numbers["choice"])
    return AnalysedOption(
        payload["misconception"], OptionStatistics(**{**numbers, "choice": choice})
    )


def _flagged(payload: JSON) -> JSON:
    return {**payload, "flags": tuple(payload["flags"])}
