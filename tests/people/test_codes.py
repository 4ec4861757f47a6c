"""Codes of a device and for when it is gone."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from quiz.people import codes

SECRET = base64.b32encode(b"12345678901234567890").decode()
"""The secret of the test vectors in RFC 6238, appendix B."""


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """The vectors have eight digits, of which a code of six has the last."""
    step = codes.step_of(code[-6:], SECRET, after=None, now=at(seconds))

    assert step == seconds // codes.STEP_S


@pytest.mark.parametrize(
    ("off_s", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(off_s: int, is_taken: bool) -> None:
    now = at(1_111_111_110)
    code = "050471"

    found = codes.step_of(code, SECRET, after=None, now=now + timedelta(seconds=off_s))

    assert (found is not None) is is_taken


def test_a_code_and_all_before_it_are_used_once() -> None:
    now, code = at(1_111_111_111), "050471"
    step = codes.step_of(code, SECRET, after=None, now=now)
    assert step

    assert codes.step_of(code, SECRET, after=step, now=now) is None
    assert codes.step_of(code, SECRET, after=step + 1, now=now) is None
    assert codes.step_of(code, SECRET, after=step - 1, now=now) == step


@pytest.mark.parametrize("code", ["050 471", " 050471\n", "０５０４７１"])
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    assert codes.step_of(code, SECRET, after=None, now=at(1_111_111_111))


@pytest.mark.parametrize("code", ["", "50471", "0504711", "14050471", "é", "x" * 1000, "-50471"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert codes.step_of(code, SECRET, after=None, now=at(1_111_111_111)) is None


def test_a_device_reads_the_secret_from_the_address() -> None:
    parts = urlsplit(codes.address(SECRET, "Ada & Bob?"))

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/Self-quiz:Ada%20%26%20Bob%3F"
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Self-quiz"]}


def test_secrets_are_new_each_time_and_known_as_such() -> None:
    one, other = codes.new_secret(), codes.new_secret()

    assert one != other
    assert codes.is_secret(one)
    assert not codes.is_secret(one.lower())
    assert not codes.is_secret(one[:-1])


def test_a_recovery_code_is_used_once_however_it_is_typed() -> None:
    numbers = iter(range(99))
    fresh = codes.new_recovery_codes(lambda: f"chance {next(numbers)}")
    kept = [codes.digest_of_code(each) for each in fresh]

    left = codes.left_after(f" {fresh[3].replace('-', ' ').upper()} ", kept)

    assert left == kept[:3] + kept[4:]
    assert codes.left_after(fresh[3], left) is None
    assert codes.left_after("", kept) is None
    assert len(set(fresh)) == codes.RECOVERY_CODES
    assert not [code for code in fresh if code in repr(kept)]
