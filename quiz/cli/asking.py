"""Asking in a terminal: the view of a kind to prompts, and what was typed to a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import singledispatch

from quiz.cli.screen import Screen, before
from quiz.core.errors import AnswerError, OperatorError
from quiz.core.fields import Field
from quiz.core.kinds import Form
from quiz.core.tasklists import LETTERS
from quiz.core.ticking import ShownOption
from quiz.kinds.cloze import Blank, ClozeView
from quiz.kinds.match import MatchAsk
from quiz.kinds.order import OrderAsk
from quiz.kinds.pick import NONE, PickAsk
from quiz.kinds.predict import NORMALLY, RAISES, PredictAsk
from quiz.kinds.recall import RecallAsk

PLACED = re.compile(r"(\d+)(\+*)")
END = "."


@singledispatch
def ask(view: object, screen: Screen, many: bool) -> Form:
    """Show what `ask` of a kind returned and return the form that the learner fills in.

    `many` says whether several options may be chosen. Raises AnswerError for what cannot be read,
    OperatorError for a view that is not known here.
    """
    raise OperatorError(f"A terminal cannot ask this yet ({type(view).__name__}).")


@ask.register(tuple)
def _options(view: tuple[ShownOption, ...], screen: Screen, many: bool) -> Form:
    for letter, option in zip(LETTERS, view, strict=False):
        screen.markdown(f"{letter}){before(option.text)}{option.text}")
    wanted = "Letters, such as a c" if many else "Letter"
    places = _letters(screen.ask(wanted), len(view))
    if len(places) > 1 and not many:
        raise AnswerError("Choose one option.")
    return {"choice": [view[place].token for place in places]}


@ask.register
def _field(view: Field, screen: Screen, many: bool) -> Form:
    screen.say(view.forgiven)
    return {"answer": [screen.ask("Answer")]}


@ask.register
def _cloze(view: ClozeView, screen: Screen, many: bool) -> Form:
    blanks = [blank for line in view.lines for blank in line.blanks if isinstance(blank, Blank)]
    numbers = (f"__{blank.number}__" for blank in blanks)
    lines = (
        "".join(
            part + (next(numbers) if n < len(line.blanks) else "")
            for n, part in enumerate(line.pieces)
        )
        for line in view.lines
    )
    screen.code("\n".join(lines), view.language)
    screen.say(view.forgiven)
    return {blank.field: [screen.ask(f"Blank {blank.number}")] for blank in blanks}


@ask.register
def _order(view: OrderAsk, screen: Screen, many: bool) -> Form:
    pieces = (*view.line, *view.spare)
    for number, piece in enumerate(pieces, 1):
        screen.say(f"{number}.")
        screen.code(piece.code, view.language)
    screen.say("Not every line need belong to the program.")
    example = "2 1+ 3 (a + for each level of indentation)" if view.indent else "2 1 3"
    typed = PLACED.findall(screen.ask(f"Numbers in order, such as {example}"))
    places = [_place(number, len(pieces)) for number, _ in typed]
    if len(set(places)) < len(places):
        raise AnswerError("A number stands twice. Use each line once.")
    spare = [piece.token for n, piece in enumerate(pieces) if n not in places]
    levels = [str(len(signs)) for _, signs in typed]
    return {"line": [pieces[n].token for n in places], "indent": levels, "spare": spare}


@ask.register
def _match(view: MatchAsk, screen: Screen, many: bool) -> Form:
    screen.say(" → ".join(view.titles))
    for letter, right in zip(LETTERS, view.rights, strict=False):
        screen.say(f"{letter}) {right.text}")
    form: dict[str, Sequence[str]] = {}
    for row in view.rows:
        places = _letters(screen.ask(row.text), len(view.rights))
        form[row.field] = [view.rights[place].token for place in places[:1]]
    return form


@ask.register
def _pick(view: PickAsk, screen: Screen, many: bool) -> Form:
    screen.code(view.code, view.language, numbered=True)
    typed = screen.ask("Line numbers, such as 2 5, or none")
    if typed.strip().lower() == NONE:
        return {"line": [NONE]}
    places = [_place(number, len(view.lines)) for number in re.findall(r"\d+", typed)]
    return {"line": [view.lines[place].token for place in places]}


@ask.register
def _predict(view: PredictAsk, screen: Screen, many: bool) -> Form:
    screen.code(view.code, view.language)
    screen.say(view.forgiven)
    output = _several(screen, "Output")
    exception = screen.ask("Ends with the exception (empty: it ends normally)").strip()
    ends = RAISES if exception else NORMALLY
    return {"output": [output], "ends": [ends], "exception": [exception]}


@ask.register
def _recall(view: RecallAsk, screen: Screen, many: bool) -> Form:
    return {"words": [_several(screen, "In your own words")]}


def _several(screen: Screen, prompt: str) -> str:
    lines = [screen.ask(f"{prompt}, a line with {END} alone ends it")]
    while lines[-1].strip() != END:
        lines.append(screen.ask("…"))
    return "\n".join(lines[:-1])


def _letters(typed: str, count: int) -> list[int]:
    """Return the places of the letters that were typed, each once."""
    found = dict.fromkeys(re.findall(r"[^\s,;)]", typed.lower()))
    if not found.keys() <= set(LETTERS[:count]):
        raise AnswerError(f"Write letters from a to {LETTERS[count - 1]}.")
    return [LETTERS.index(letter) for letter in found]


def _place(number: str, count: int) -> int:
    if not 1 <= int(number) <= count:
        raise AnswerError(f"Write numbers from 1 to {count}.")
    return int(number) - 1
