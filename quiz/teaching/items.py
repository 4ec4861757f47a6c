"""How the questions of a pack do in a class, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from quiz.core.analysis import MODES, AnalysedQuestion
from quiz.core.people import Person
from quiz.core.plots import Rect, stacked
from quiz.storage.scopes import of_class
from quiz.teaching.analysis import Analyst, Look
from quiz.teaching.classroom import choice_of_pack, own_class

NOTHING = Look(None, counting=False)
SORTS = ("n", "facility", "discrimination_index", "discriminative_efficiency", "median_time_s")
"""Numbers that the table sorts by; anything else is the order of the pack."""


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """The questions of a pack in numbers, sorted and filtered as the address says.

    `look` may hold no analysis yet; `flagged` shows only what wants a second look.
    """

    class_id: str
    class_name: str
    packs: Sequence[tuple[str, str]]
    pack_id: str
    mode: str
    look: Look
    questions: tuple[AnalysedQuestion, ...]
    sort: str
    flagged: bool

    def sorted_by(self, sort: str) -> str:
        """Return the query of an address that shows the same, sorted otherwise."""
        given = {"pack": self.pack_id, "mode": self.mode, "sort": sort}
        return "?" + urlencode(given | ({"flagged": "1"} if self.flagged else {}))

    @property
    def scores(self) -> tuple[Rect, ...]:
        """The distribution of scores, drawn."""
        found = self.look.analysis
        return stacked([{"right": n} for n in found.whole.histogram], ["right"]) if found else ()


async def items_page(
    analyst: Analyst,
    person: Person,
    class_id: str,
    *,
    pack_id: str,
    mode: str,
    sort: str,
    flagged: bool,
) -> ItemsPage:
    """Return the questions of a pack as a class answered them. Raises NotFoundError."""
    async with analyst.db.reading() as session:
        found = await own_class(session, person, class_id)
        packs, chosen = await choice_of_pack(session, pack_id)
    counted = mode if mode in MODES else next(iter(MODES))
    scope = of_class(found.id, found.name)
    look = await analyst.look(scope, chosen, counted) if chosen else NOTHING
    questions = look.analysis.questions if look.analysis else ()
    return ItemsPage(
        class_id=found.public_id,
        class_name=found.name,
        packs=packs,
        pack_id=chosen,
        mode=counted,
        look=look,
        questions=_arranged(questions, sort, flagged=flagged),
        sort=sort,
        flagged=flagged,
    )


def _arranged(
    questions: Sequence[AnalysedQuestion], sort: str, *, flagged: bool
) -> tuple[AnalysedQuestion, ...]:
    """Return the questions in order; who has no number comes last both ways."""
    found = [question for question in questions if question.numbers.flags or not flagged]
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS:
        return tuple(reversed(found) if backwards else found)
    known = [question for question in found if _value(question, key) is not None]
    known.sort(key=lambda question: _value(question, key) or 0.0, reverse=backwards)
    return (*known, *(question for question in found if _value(question, key) is None))


def _value(question: AnalysedQuestion, key: str) -> float | None:
    value: float | None = getattr(question.numbers, key)
    return value
