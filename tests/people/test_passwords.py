"""Passwords: which are taken, and what their hashes are."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher, extract_parameters, profiles

from quiz.core.errors import BusyError, FormError
from quiz.people.hashing import AT_ONCE, WAITING, Hasher
from quiz.people.passwords import LONGEST, SHORTEST, check_password
from tests.conftest import CHEAP


@pytest.mark.parametrize(
    "password",
    [
        "x7" * (SHORTEST // 2),
        "ü" * LONGEST,
        "correct horse battery staple",
        "no CAPITALS, n0 rules!",
        "    spaces around    ",
        "pass word 🐎 日本語",
    ],
)
def test_long_ones_are_taken_whatever_their_signs(password: str) -> None:
    check_password(password, "Ada")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("x" * (SHORTEST - 1), "has 8 to 200 characters; this one has 7"),
        ("", "this one has 0"),
        ("x" * (LONGEST + 1), "this one has 201"),
        ("password1", "tried first"),
        ("PassWord1", "tried first"),
        ("1q2w3e4r5t", "tried first"),
        ("ADA  lovelace ", "must not be the name"),
        ("three words\there", "text in one line"),
        ("three words \udcff", "text in one line"),
    ],
)
def test_others_are_refused_in_a_sentence(password: str, sentence: str) -> None:
    with pytest.raises(FormError, match=sentence):
        check_password(password, "Ada Lovelace")


async def test_a_hash_is_of_its_password_and_of_no_other() -> None:
    hasher = Hasher(CHEAP)
    stored = await hasher.hash("three words here")

    assert await hasher.matches(stored, "three words here")
    assert not await hasher.matches(stored, "three words Here")
    assert not await hasher.matches("damaged", "three words here")
    assert not await hasher.matches(stored[:-3], "three words here")


async def test_equal_passwords_have_different_hashes() -> None:
    hasher = Hasher(CHEAP)

    assert await hasher.hash("three words here") != await hasher.hash("three words here")


def test_the_usual_hash_is_the_one_that_rfc_9106_recommends_for_little_memory() -> None:
    usual = extract_parameters(PasswordHasher().hash("three words here"))

    assert usual == profiles.RFC_9106_LOW_MEMORY


class Counting(PasswordHasher):
    """Keeps what it was asked to compare with."""

    def __init__(self) -> None:
        cheap = profiles.CHEAPEST
        super().__init__(cheap.time_cost, cheap.memory_cost, cheap.parallelism)
        self.compared: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.compared.append(str(hash))
        return super().verify(hash, password)


async def test_an_unknown_name_costs_the_same_work() -> None:
    counting = Counting()
    hasher = Hasher(counting)
    known = await hasher.hash("three words here")

    assert not await hasher.matches(known, "wrong words here")
    assert not await hasher.matches(None, "wrong words here")

    ours, nobodys = (extract_parameters(each) for each in counting.compared)
    assert ours == nobodys


async def test_who_comes_while_too_many_wait_is_told_to_come_back() -> None:
    hasher = Hasher(CHEAP)
    crowd = [hasher.hash("three words here") for _ in range(WAITING + AT_ONCE + 3)]

    found = await asyncio.gather(*crowd, return_exceptions=True)

    refused = [each for each in found if isinstance(each, BusyError)]
    assert len(refused) == 3
    assert "Try again in a moment" in str(refused[0])
