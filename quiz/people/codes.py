"""The second factor: codes of a device (RFC 6238) and for when it is gone, each used once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

import pyotp

STEP_S = 30
DIGITS = 6
SLACK = 1
"""Steps that a device's clock may be ahead or behind."""
RECOVERY_CODES = 10
SECRET_LENGTH = 32
BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Draw a secret of 160 bits, in base 32."""
    return pyotp.random_base32(SECRET_LENGTH)


def is_secret(text: str) -> bool:
    """Return whether this can be a secret that `new_secret` drew."""
    return len(text) == SECRET_LENGTH and set(text) <= set(BASE_32)


def address(secret: str, name: str) -> str:
    """Return the otpauth address that a device reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Self-quiz")


def step_of(code: str, secret: str, *, after: int | None, now: datetime) -> int | None:
    """Return the 30-second step whose code this is, None for a wrong or a used one.

    `after` is the last step whose code was used: codes up to it are used.
    """
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_S)
    here = int(now.timestamp()) // STEP_S
    for step in range(here - SLACK, here + SLACK + 1):
        fresh = after is None or step > after
        if fresh and pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None


def new_recovery_codes(chance: Callable[[], str]) -> list[str]:
    """Return codes that each stand in once for the device; `chance` draws 128 bits or more."""
    return [_code(chance()) for _ in range(RECOVERY_CODES)]


def left_after(code: str, kept: Sequence[str]) -> list[str] | None:
    """Return the digests that are left when a recovery code is used, None where it is none."""
    digest = digest_of_code(code)
    return [each for each in kept if each != digest] if digest in kept else None


def digest_of_code(code: str) -> str:
    """Return what is kept of a recovery code: its SHA-256, hyphens and case aside."""
    plain = "".join(code.split()).replace("-", "").casefold()
    return hashlib.sha256(plain.encode()).hexdigest()


def _code(drawn: str) -> str:
    number = int.from_bytes(hashlib.sha256(drawn.encode()).digest())
    letters = [_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(12)]
    return "-".join("".join(letters[at : at + 4]) for at in (0, 4, 8))
