"""Telling the answer in a terminal: the view of an answered card, with its remarks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from quiz.cli.screen import Screen, before
from quiz.core.fields import AnsweredField
from quiz.core.kinds import Remark
from quiz.core.ticking import ReviewedOption
from quiz.kinds.cloze import AnsweredBlank, ClozeView
from quiz.kinds.match import MatchReview
from quiz.kinds.order import OrderReview
from quiz.kinds.pick import PickReview
from quiz.kinds.predict import PredictReview
from quiz.kinds.recall import RecallReview

Remarks = Mapping[str, Remark]


@singledispatch
def tell(view: object, screen: Screen, remarks: Remarks) -> None:
    """Show what `review` of a kind returned; nothing for a view that is not known here."""


@tell.register(tuple)
def _options(view: tuple[ReviewedOption, ...], screen: Screen, remarks: Remarks) -> None:
    for option in view:
        mark = "✓" if option.right else "✗"
        chosen = " (your choice)" if option.chosen else ""
        screen.markdown(f"{mark}{chosen}{before(option.text)}{option.text}")
        _say(screen, remarks, option.key)


@tell.register
def _field(view: AnsweredField, screen: Screen, remarks: Remarks) -> None:
    also = f" (also: {', '.join(view.also)})" if view.also else ""
    screen.say(f"Right: {view.expected}{also}")
    _say(screen, remarks, view.sign)


@tell.register
def _cloze(view: ClozeView, screen: Screen, remarks: Remarks) -> None:
    for blank in (blank for line in view.lines for blank in line.blanks):
        if isinstance(blank, AnsweredBlank):
            mark = "✓" if blank.right else "✗"
            mine = f", not {blank.value}" if blank.value and not blank.right else ""
            screen.say(f"{mark} Blank {blank.number}: {blank.expected}{mine}")
            _say(screen, remarks, blank.sign)


@tell.register
def _order(view: OrderReview, screen: Screen, remarks: Remarks) -> None:
    if view.first_wrong:
        screen.say(f"The first line that is not right: {view.first_wrong}")
    screen.say("A right order:")
    screen.code("\n".join(view.solution), view.language)


@tell.register
def _match(view: MatchReview, screen: Screen, remarks: Remarks) -> None:
    for row in view.rows:
        mine = f", not {row.mine}" if row.mine is not None and not row.right else ""
        screen.say(f"{'✓' if row.right else '✗'} {row.text} → {row.expected}{mine}")


@tell.register
def _pick(view: PickReview, screen: Screen, remarks: Remarks) -> None:
    if view.none_right:
        screen.say("No line is wrong.")
    for number, line in enumerate(view.lines, 1):
        chosen = " (your choice)" if line.chosen else ""
        if line.right or line.chosen:
            screen.say(f"{'✓' if line.right else '✗'} {number}  {line.text.strip()}{chosen}")
        elif line.key in remarks:
            screen.say(f"  {number}  {line.text.strip()}")
        _say(screen, remarks, line.key)


@tell.register
def _predict(view: PredictReview, screen: Screen, remarks: Remarks) -> None:
    output = [line.expected for line in view.lines if line.expected is not None]
    screen.code("\n".join(output), "text")
    screen.say(f"It raises {view.raises}." if view.raises else "It ends normally.")
    _say(screen, remarks, view.sign)


@tell.register
def _recall(view: RecallReview, screen: Screen, remarks: Remarks) -> None:
    screen.markdown(view.model)
    for point in view.points:
        screen.markdown(f"- {point}")


def _say(screen: Screen, remarks: Remarks, key: str) -> None:
    remark = remarks.get(key)
    if remark and remark.text:
        screen.markdown(f"> {remark.text}".replace("\n", "\n> "))
