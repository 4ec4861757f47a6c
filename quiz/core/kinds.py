"""What every question kind must be able to do, and the values it does it with."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, Self, TypeVar

from quiz.core.blocks import Block, Fence, Inline, Place

T = TypeVar("T")

JSON = Any
"""What `json` can write: a response, a payload."""

Form = Mapping[str, Sequence[str]]
"""A posted form: every name with all its values."""


@dataclass(frozen=True, slots=True)
class Seed:
    """The secret of a round, for one question: names and orders that say nothing of the key."""

    secret: bytes
    question: str
    shuffle: bool = True

    def token(self, content: str) -> str:
        """Return the 16 hex digits a form posts for `content`: its HMAC, never its position."""
        message = f"{self.question}\0{content}".encode()
        return hmac.digest(self.secret, message, "sha256").hex()[:16]

    def order(self, things: Iterable[T], content: Callable[[T], str]) -> list[T]:
        """Return the things in the order shown: by token, or as they came without shuffling."""
        if not self.shuffle:
            return list(things)
        return sorted(things, key=lambda thing: self.token(content(thing)))


@dataclass(frozen=True, slots=True)
class Remark:
    """What we say about one thing a learner may choose or write.

    `text` is Markdown, `misconception` the id of the belief behind it, "" where there is none.
    """

    text: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """The share of a question that was right, 0.0 to 1.0, and the remarks that it called up.

    `signs` are keys of `Commentary.remarks`, of what the learner chose or wrote, in order.
    """

    score: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """Not an answer yet: `form` is shown again as it stands, with the model answer on `reveal`."""

    form: Form
    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Samples:
    """Forms that every question can make of itself, so that a machine can test it."""

    right: Form
    wrong: Form
    unreadable: Form


@dataclass(frozen=True, slots=True)
class Part:
    """A `###` part of a question; `value` is the code span of a Feedback heading, else ""."""

    name: str
    value: str
    place: Place
    blocks: tuple[Block, ...]


Report = Callable[[Place, str, str, str], None]
"""Takes place, code, message and hint of one problem; a hint may be ""."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as read, before its kind made sense of it.

    `body` has no metadata comment and no Source paragraph; `misconceptions` maps the
    ids declared to their sentences.
    """

    place: Place
    title: Inline
    body: tuple[Block, ...]
    parts: tuple[Part, ...]
    meta: Mapping[str, str]
    misconceptions: Mapping[str, str]
    report: Report

    def named(self, name: str) -> tuple[Part, ...]:
        """Return the parts of that name, in file order."""
        return tuple(part for part in self.parts if part.name == name)

    @property
    def answer(self) -> Part | None:
        """The first `### Answer`, or None."""
        return next(iter(self.named("Answer")), None)

    def answer_fence(self, word: str) -> Fence | None:
        """Return the fence under `### Answer` whose first word is `word`, or None."""
        blocks = self.answer.blocks if self.answer else ()
        fences = (b for b in blocks if isinstance(b, Fence))
        return next((fence for fence in fences if fence.language == word), None)

    def body_fence(self, role: str) -> Fence | None:
        """Return the first fence of the body with that role, or None."""
        fences = (b for b in self.body if isinstance(b, Fence))
        return next((fence for fence in fences if fence.role == role), None)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a kind made of a draft: itself, the blocks that ask, and the remarks by key."""

    body: Kind
    stem: tuple[Block, ...]
    remarks: Mapping[str, Remark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fences:
    """A fence a kind gives meaning to: `flags` and `options` are the words it allows."""

    flags: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()


class Kind(Protocol):
    """A way of asking: one frozen dataclass a module in `quiz/kinds/`, found by its file name.

    All text is Markdown or code as written; nothing here knows HTML, files, time or chance.
    """

    name: ClassVar[str]
    interaction: ClassVar[str]
    """The interaction type of xAPI (IEEE 9274.1.1), such as "choice"."""
    stated: ClassVar[bool]
    """Whether the author must name this kind, as its looks alone could mean another."""
    parts: ClassVar[frozenset[str]]
    """The `###` parts it reads, beside those that every question may have."""
    many: ClassVar[frozenset[str]]
    """Form fields that may come more than once."""
    roles: ClassVar[Mapping[str, Fences]]
    """Roles of body fences that this kind brings."""
    self_graded: ClassVar[bool]
    """Whether the learner grades against a model answer."""

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        """Return whether an unlabelled draft is written like this kind."""

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        """Return what the draft asks, None after reporting why it cannot be asked."""

    def dump(self) -> JSON:
        """Return the payload for the database."""

    @classmethod
    def load(cls, payload: JSON) -> Self:
        """Return the kind that `dump` wrote."""

    def graded_content(self) -> JSON:
        """Return what is shown and how it is graded, canonical: the stuff of the revision."""

    def ask(self, seed: Seed, typed: Form) -> object:
        """Return all that the card may show before the answer; `typed` is rendered back."""

    def read(self, form: Form, seed: Seed) -> JSON | Pending:
        """Return the response. Raises AnswerError with a sentence for the learner."""

    def grade(self, response: JSON) -> Grade:
        """Return the share that is right, by the rule of partial scoring."""

    def review(self, seed: Seed, response: JSON) -> object:
        """Return what the answered card shows; `response` is None after "I don't know"."""

    def describe(self, response: JSON) -> str:
        """Return the response as one line or more of text for people."""

    def expected(self) -> str:
        """Return the right answer as text for people."""

    def guess(self) -> float | None:
        """Return the share that blind guessing earns, 0.0 to 1.0; None where it is undefined."""

    def samples(self, seed: Seed) -> Samples:
        """Return a right, a wrong and an unreadable form for this very question."""


def single_value(form: Form, name: str) -> str:
    """Return the value of a field, "" where it is missing."""
    values = form.get(name, ())
    return values[0] if values else ""
