"""Settings from the environment, read once: QUIZ_DATA, QUIZ_DATABASE_URL and their like."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from quiz.core.errors import OperatorError
from quiz.paths import CONTENT


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever starts the server decides.

    `base_url` is how learners reach the server, without a final slash; https there makes cookies
    Secure. `hosts` are the values of the Host header that are answered.
    """

    data: Path
    database_url: str
    content: Path
    host: str
    port: int
    base_url: str
    hosts: tuple[str, ...]

    @property
    def secure(self) -> bool:
        """Whether learners come by https."""
        return self.base_url.startswith("https://")


DESCRIPTIONS = {
    "QUIZ_DATA": "folder for the database (default: data)",
    "QUIZ_DATABASE_URL": "database (default: sqlite+aiosqlite:///QUIZ_DATA/quiz.db)",
    "QUIZ_CONTENT": "folder of packs (default: the packs that come with Self-quiz)",
    "QUIZ_HOST": "address to listen on (default: 127.0.0.1)",
    "QUIZ_PORT": "port to listen on (default: 8000)",
    "QUIZ_BASE_URL": "how learners reach the server (default: http://HOST:PORT)",
    "QUIZ_ALLOWED_HOSTS": "further host names to answer, separated by commas",
}

EVIDENCE = "QUIZ_EVIDENCE_"
"""How names begin that only `quiz check --run` reads."""


def settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment. Raises OperatorError for a value not allowed."""
    ours = (name for name in environ if name.startswith("QUIZ_") and not name.startswith(EVIDENCE))
    unknown = sorted(name for name in ours if name not in DESCRIPTIONS)
    if unknown:
        allowed = ", ".join(DESCRIPTIONS)
        raise OperatorError(f"{unknown[0]} is no setting. The settings are {allowed}.")
    data = Path(environ.get("QUIZ_DATA", "data"))
    host = environ.get("QUIZ_HOST", "127.0.0.1")
    port = _port(environ.get("QUIZ_PORT", "8000"))
    base_url = environ.get("QUIZ_BASE_URL", f"http://{host}:{port}").rstrip("/")
    extra = [name.strip() for name in environ.get("QUIZ_ALLOWED_HOSTS", "").split(",")]
    return Settings(
        data=data,
        database_url=environ.get("QUIZ_DATABASE_URL", f"sqlite+aiosqlite:///{data}/quiz.db"),
        content=Path(environ.get("QUIZ_CONTENT", CONTENT)),
        host=host,
        port=port,
        base_url=base_url,
        hosts=tuple({_host(base_url), "127.0.0.1", "localhost", "[::1]", *filter(None, extra)}),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise OperatorError(f"QUIZ_PORT is '{text}'. A port is a number from 0 to 65535.")


def _host(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme in ("http", "https") and parts.hostname:
        return parts.hostname
    raise OperatorError(
        f"QUIZ_BASE_URL is '{base_url}'. Write the whole address, such as https://quiz.example.org."
    )
