"""Whether a pack can be guessed (W212): judged over all its option questions together."""

from __future__ import annotations

from quiz.core.blocks import Place
from quiz.core.guessing import ENOUGH, cues, sheets
from quiz.core.kinds import Report
from quiz.core.packs import Pack


def check_cues(pack: Pack, place: Place, report: Report) -> None:
    """Report the strategies that beat chance, in packs large enough to tell (W212)."""
    asked = sheets(pack.questions)
    flagged = [cue for cue in cues(asked) if cue.flagged] if len(asked) >= ENOUGH else []
    if flagged:
        earned = (f"“{c.strategy}” {c.score:.0%} where chance gets {c.chance:.0%}" for c in flagged)
        hint = "Change some of the questions that `quiz check --guess` lists."
        report(place, "W212", f"guessers who know nothing earn too much: {', '.join(earned)}", hint)
