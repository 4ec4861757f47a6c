"""What the database knows of a cookie, a link or another secret that lets somebody in."""

from __future__ import annotations

import hashlib


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token: all of it that is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
