"""Which passwords are taken: long ones, no common ones, and no rules about signs."""

from __future__ import annotations

from functools import cache

from quiz.core.errors import FormError
from quiz.core.names import key_of

SHORTEST, LONGEST = 8, 200
"""Characters of a password; 15 or more are advised."""
COMMONEST = 3_000
"""So many of the passwords met most often are refused, of those that are long enough."""


def check_password(password: str, name: str, *, field: str = "password") -> None:
    """Raise FormError for a password too short or too long, a common one, or the own name."""
    if not password.isprintable():
        raise FormError(
            field, "A password is text in one line, without bytes that are none. Type it anew."
        )
    if not SHORTEST <= len(password) <= LONGEST:
        raise FormError(
            field,
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. "
            "Three or four words in a row make a good one.",
        )
    if password.casefold() in _common():
        raise FormError(field, "That is one of the passwords tried first. Choose another one.")
    if key_of(password) == key_of(name):
        raise FormError(field, "A password must not be the name. Choose another one.")


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # 0.1 s, and seldom needed

    ranked = FREQUENCY_LISTS["passwords"]
    return frozenset([each for each in ranked if len(each) >= SHORTEST][:COMMONEST])
