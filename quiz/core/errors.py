"""Everything that can go wrong on purpose.

QuizError
├── AnswerError     a learner can fix it: the form holds something we cannot read
├── BusyError       it passes: too many came at once, the same a moment later will do
├── FormError       who filled in a form can fix it: a field holds what cannot be taken
├── NotFoundError   a link is old, or never was: no such pack, round or card
├── OperatorError   whoever starts the server can fix it: a setting, a path, a database
├── TooLongError    a file cannot hold what was asked for: another format can
└── TooOftenError   it passes: the same was tried too often

What is wrong with a pack is no exception: findings are collected and told together.
The message is a sentence for that person: what was found, what is allowed, and the way out.
"""


class QuizError(Exception):
    """The root of the tree; its text may be shown to a person."""


class AnswerError(QuizError):
    """An answer cannot be read; nothing is recorded and nothing typed is lost."""


class BusyError(QuizError):
    """There is too much to do just now; nothing was recorded."""


class FormError(QuizError):
    """A field holds what cannot be taken; nothing is changed and nothing typed is lost."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotFoundError(QuizError):
    """There is no such thing, or it is not yours."""


class OperatorError(QuizError):
    """The server cannot start or go on with what it was given."""


class TooLongError(QuizError):
    """There are more rows than a file of this format can hold."""


class TooOftenError(QuizError):
    """Something was tried too often; in `wait_s` seconds it may be tried again."""

    def __init__(self, sentence: str, wait_s: int) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s
