"""Statistics in a terminal: tables, and under them what the words and the gaps mean."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from quiz.core.analysis import AnalysedQuestion, Analysis
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.items import QuestionStatistics, SetStatistics
from quiz.core.options import OptionStatistics
from quiz.packs.problems import flat

SET = [
    *("n", "mean", "median", "sd", "skewness", "kurtosis"),
    *("cic", "error_ratio", "standard_error", "median_time_s"),
]
QUESTION = [
    *("n", "n_unknown", "facility", "random_guess"),
    *("discrimination_index", "discriminative_efficiency", "effective_weight"),
    *("median_time_s", "hints_per_attempt"),
]
OPTION = ["n", "share", "share_top27", "share_bottom27", "point_biserial_rest"]
"""Columns, by the names of their numbers."""

LONGEST = 40
"""Signs of an option that are shown."""
WIDTH = 130
"""Signs of a line that tables have, also where the terminal is narrower or there is none."""


Numbers = SetStatistics | QuestionStatistics | OptionStatistics


@dataclass(slots=True)
class Notes:
    """Why cells are empty: each reason once, by a number that stands in the cell."""

    reasons: dict[str, int] = field(default_factory=dict)

    def cells(self, numbers: Numbers, names: Sequence[str]) -> list[str]:
        """Return the numbers with these names as cells."""
        return [self._cell(getattr(numbers, name), numbers.reasons.get(name, "")) for name in names]

    def mark(self, reason: str) -> str:
        """Return the number of a reason as it stands in a cell."""
        return f"[{self.reasons.setdefault(reason, len(self.reasons) + 1)}]"

    def _cell(self, value: float | None, reason: str) -> str:
        if value is None:
            return self.mark(reason)
        return str(value) if isinstance(value, int) else f"{value:.2f}"


def print_analysis(found: Analysis, console: Console) -> None:
    """Print the set, its questions, their options, and what all of it means."""
    console.width = max(console.width, WIDTH)
    notes, whole = Notes(), found.whole
    console.print(f"{found.pack_id}: {found.basis}")
    unit = f"marks of {whole.maximum:g}" if whole.fixed else "shares of what each was shown"
    console.print(f"{whole.n} learners, {whole.questions} questions tried; scores are {unit}\n")
    summary = table_of(SET)
    summary.add_row(*notes.cells(whole, SET))
    console.print(summary, end="\n\n")
    questions = table_of(QUESTION, "question", flags=True)
    for question in found.questions:
        cells = notes.cells(question.numbers, QUESTION)
        questions.add_row(question.question_id, *cells, _flags(question.numbers.flags))
    console.print(questions)
    for question in found.questions:
        if question.revisions and question.numbers.n:
            console.print(_options(question, notes))
    raised = {flag for question in found.questions for flag in question.numbers.flags}
    print_meanings([*QUESTION, *OPTION, *SET], raised, notes, console)


def _options(question: AnalysedQuestion, notes: Notes) -> Table:
    revision = question.revisions[0]
    table = table_of(OPTION, question.question_id, flags=True)
    for option in revision.options:
        choice = option.numbers.choice
        mark = "✓" if choice.right else "✗"
        cells = notes.cells(option.numbers, OPTION)
        flags = _flags(option.numbers.flags)
        table.add_row(f"{mark} {choice.key} {short(choice.text)}", *cells, flags)
    return table


def print_meanings(
    names: Iterable[str], raised: Container[str], notes: Notes, console: Console
) -> None:
    """Print why cells are empty, and what flags that were raised and numbers so called mean."""
    for reason, number in notes.reasons.items():
        console.print(f"[{number}] {reason}")
    for flag, sentence in FLAGS.items():
        if flag in raised:
            console.print(f"{flag}: {sentence}")
    for name in dict.fromkeys(names):
        console.print(f"{DEFINITIONS[name].label}: {DEFINITIONS[name].sentence}")


def table_of(names: Sequence[str], title: str = "", *, flags: bool = False) -> Table:
    """Return a table without rows: a column a number, what it is of before, flags behind."""
    table = Table(box=None, pad_edge=False)
    if title:
        table.add_column(title, no_wrap=True)
    for name in names:
        table.add_column(DEFINITIONS[name].label, justify="right", no_wrap=True)
    if flags:
        table.add_column("flags")
    return table


def short(text: str) -> str:
    """Return the beginning of an option's text, on one line."""
    line = flat(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _flags(flags: Sequence[str]) -> str:
    return ", ".join(flags)
