"""What the dialects of task lists share: how options become a question, and what is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quiz.core.blocks import Place
from quiz.core.exchange import Imported, Loss, Names, Original
from quiz.core.kinds import JSON, Remark
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.core.tasklists import LETTERS
from quiz.formats.making import chosen, headed, made, options, topic_of


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list; `reason` is what is said of it, "" for nothing."""

    text: str
    right: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its file has it: its text in Markdown, where it starts, and its own lines.

    `title` is "" where the text has no heading of its own.
    """

    place: Place
    text: str
    source: str
    title: str = ""
    hints: tuple[str, ...] = ()
    explanation: str = ""
    shuffle: bool = True


class Collected:
    """The questions of one file, and what could not be taken."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.names = Names()
        self.questions: list[Question] = []
        self.losses: list[Loss] = []
        self.originals: list[Original] = []

    def lose(self, place: Place, what: str, said: str = "") -> None:
        self.losses.append(Loss(place, what, said))

    def keep(self, asked: Asked, why: str) -> None:
        """Keep what cannot be asked as prose, and tell why."""
        self._original(asked)
        self.lose(asked.place, "question", f"kept as prose: {why}")

    def ask(self, asked: Asked, kind: str, payload: JSON, reasons: Iterable[str] = ()) -> None:
        """Take a question; `reasons` are remarks on its options in their order."""
        remarks = zip(LETTERS, reasons, strict=False)
        question = made(
            kind,
            payload,
            asked.text,
            id=self._original(asked),
            place=asked.place,
            title=asked.title,
            remarks={key: Remark(reason) for key, reason in remarks if reason},
            hints=asked.hints,
            explanation=asked.explanation,
            shuffle=asked.shuffle,
        )
        self.questions.append(question)

    def ask_options(self, asked: Asked, choices: Sequence[Choice], *, several: bool) -> None:
        """Take a question with options; without a tick, or with too many options, keep it."""
        ticks = sum(choice.right for choice in choices)
        payload = options((choice.text, choice.right) for choice in choices)
        if not ticks:
            self.keep(asked, "nothing is ticked")
        elif payload is None:
            self.keep(asked, "more than 26 options")
        else:
            kind = chosen(payload, several=several or ticks > 1)
            self.ask(asked, kind, payload, (choice.reason for choice in choices))

    def imported(self, title: str = "", notes: str = "") -> Imported:
        """Return the file as one topic."""
        if not (self.questions or self.originals):
            self.lose(Place(self.file, 1), "file", "no question was found in it")
        topic = topic_of(self.file, self.questions, title, notes)
        return Imported(Pack("", "", topics=(topic,)), tuple(self.losses), tuple(self.originals))

    def _original(self, asked: Asked) -> str:
        title = asked.title or headed(asked.text)[0]
        id = self.names.take("", title, asked.source)
        self.originals.append(Original(id, asked.place, title, "markdown", asked.source))
        return id
