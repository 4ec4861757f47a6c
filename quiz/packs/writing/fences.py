"""Fences with all their words."""

from __future__ import annotations

from quiz.core.blocks import Fence, Place, markdown


def fenced(words: tuple[str, ...], code: str) -> str:
    """Return a fence whose info string holds every word."""
    first, newline, rest = markdown([Fence(Place("", 1), words, code)]).partition("\n")
    return " ".join([first, *words[1:]]) + newline + rest
