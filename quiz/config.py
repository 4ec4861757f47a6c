"""Settings from the environment, read once: QUIZ_DATA, QUIZ_DATABASE_URL and their like."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from quiz.core.errors import OperatorError
from quiz.paths import CONTENT
from quiz.storage.engine import DRIVERS

DEFAULT_PORTS = {"http": 80, "https": 443}
HERE = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a computer reaches itself."""

_NAME = re.compile(r"(?!-)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.IGNORECASE)
_SEGMENTS = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever starts the server decides.

    `base_url` is how learners reach the server, without a final slash; https there makes cookies
    Secure, and a path is the prefix under which a proxy shows the app. `hosts` are the values of
    the Host header that are answered, without a port. `max_starts` is how many rounds one network
    address may start in a minute.
    """

    data: Path
    database_url: str
    content: Path
    host: str
    port: int
    base_url: str
    hosts: tuple[str, ...]
    max_starts: int

    @property
    def secure(self) -> bool:
        """Whether learners come by https."""
        return self.base_url.startswith("https://")

    @property
    def prefix(self) -> str:
        """The path of `base_url`, such as /quiz; "" where the app has a host of its own."""
        return urlsplit(self.base_url).path

    @property
    def origin(self) -> str:
        """What browsers name as the Origin of our pages: `base_url` without its path."""
        return self.base_url.removesuffix(self.prefix)


DESCRIPTIONS = {
    "QUIZ_DATA": "folder for the database (default: data)",
    "QUIZ_DATABASE_URL": "database (default: sqlite+aiosqlite:///QUIZ_DATA/quiz.db)",
    "QUIZ_CONTENT": "folder of packs (default: the packs that come with Self-quiz)",
    "QUIZ_HOST": "address to listen on (default: 127.0.0.1)",
    "QUIZ_PORT": "port to listen on, 0 for any that is free (default: 8000)",
    "QUIZ_BASE_URL": "how learners reach the server (default: http://HOST:PORT)",
    "QUIZ_ALLOWED_HOSTS": "further host names to answer, separated by commas",
    "QUIZ_MAX_STARTS": "rounds started or classes joined a minute by one address (default: 300)",
}

EVIDENCE = "QUIZ_EVIDENCE_"
"""How names begin that only `quiz check --run` reads."""


def settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment. Raises OperatorError for a value not allowed."""
    given = {
        name: value
        for name, value in environ.items()
        if name.startswith("QUIZ_") and not name.startswith(EVIDENCE)
    }
    _refuse_unknown_and_empty(given)
    data = Path(given.get("QUIZ_DATA", "data"))
    host = _listening(given.get("QUIZ_HOST", "127.0.0.1"))
    port = _number("QUIZ_PORT", given.get("QUIZ_PORT", "8000"), 0, 65_535)
    here = f"http://{in_address(host)}:{port}"
    base_url, name = _address(given.get("QUIZ_BASE_URL", here))
    hosts = {name, *HERE, *_hosts(given.get("QUIZ_ALLOWED_HOSTS", ""))}
    url = given.get("QUIZ_DATABASE_URL")
    return Settings(
        data=data,
        database_url=_database(url) if url else _file_in(data),
        content=Path(given.get("QUIZ_CONTENT", CONTENT)),
        host=host,
        port=port,
        base_url=base_url,
        hosts=tuple(sorted(hosts)),
        max_starts=_number("QUIZ_MAX_STARTS", given.get("QUIZ_MAX_STARTS", "300"), 1, 1_000_000),
    )


def in_address(host: str) -> str:
    """Return a host as it stands in a web address: version 6 of IP wears brackets there."""
    return f"[{host}]" if ":" in host else host


def _refuse_unknown_and_empty(given: Mapping[str, str]) -> None:
    for name, value in sorted(given.items()):
        if name not in DESCRIPTIONS:
            allowed = ", ".join(DESCRIPTIONS)
            raise OperatorError(f"{name} is no setting. The settings are {allowed}.")
        if not value.strip():
            raise OperatorError(
                f"{name} is empty. Give it a value or unset it: {DESCRIPTIONS[name]}."
            )


def _listening(host: str) -> str:
    if _is_ip(host) or _NAME.fullmatch(host):
        return host
    raise OperatorError(
        f"QUIZ_HOST is '{host}'. Write an address or a name of this computer without a port and "
        "without brackets, such as 127.0.0.1, ::1 or localhost; 0.0.0.0 listens on all of them."
    )


def _number(name: str, text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 8 and least <= int(text) <= most:
        return int(text)
    raise OperatorError(f"{name} is '{text}'. Write a number from {least} to {most}.")


def _address(url: str) -> tuple[str, str]:
    """Return the base URL as browsers write its origin, and its host as a Host header has it."""
    try:
        parts = urlsplit(url)
        host, port = in_address(parts.hostname or ""), parts.port
        wrong = _wrong(url, parts, host)
    except ValueError as error:  # brackets that do not match, a port that is no number
        host, port, wrong = "", None, str(error)
    if wrong:
        raise OperatorError(
            f"QUIZ_BASE_URL is '{_without_password(url)}': {wrong}. Write the whole address and no "
            "more, such as https://quiz.example.org or https://example.org/quiz."
        )
    shown = "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}{parts.path.rstrip('/')}", host


def _wrong(url: str, parts: SplitResult, host: str) -> str:
    """Return what is wrong with an address, "" where nothing is."""
    if parts.scheme not in DEFAULT_PORTS:
        return "it does not begin with http:// or https://"
    if "@" in parts.netloc:
        return "it names a user"
    if not (_is_ip(host.strip("[]")) or _NAME.fullmatch(host)):
        return "it has no host that could be asked for"
    if "?" in url or "#" in url:
        return "it has a query or a fragment"
    if not _SEGMENTS.fullmatch(parts.path.rstrip("/")) or ".." in parts.path:
        return "its path has signs other than letters, digits and . _ ~ - between slashes"
    return ""


def _without_password(url: str) -> str:
    return re.sub(r"//[^/]*@", "//…@", url)


def _hosts(text: str) -> set[str]:
    names = {name.strip().lower() for name in text.split(",") if name.strip()}
    for name in names:
        plain = name.removeprefix("*.")
        bare = plain[1:-1] if plain.startswith("[") and plain.endswith("]") else plain
        if not (_is_ip(bare) or _NAME.fullmatch(plain)):
            raise OperatorError(
                f"QUIZ_ALLOWED_HOSTS names '{name}'. Write host names without scheme and port, "
                "separated by commas, such as quiz.example.org or *.example.org."
            )
    return {in_address(name) if _is_ip(name) else name for name in names}


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _file_in(data: Path) -> str:
    """Return the URL of the database in a folder, whatever signs its name has."""
    try:
        url = URL.create("sqlite+aiosqlite", database=str(data / "quiz.db"))
        return url.render_as_string(hide_password=False)
    except UnicodeEncodeError:
        raise OperatorError(
            f"QUIZ_DATA is {str(data)!a}, and its bytes are no text. Name a folder in UTF-8."
        ) from None


def _database(url: str) -> str:
    """Return a database URL that can be used. What is wrong is told without its password."""
    try:
        parsed = make_url(url)
        wrong = "" if parsed.drivername in DRIVERS else f"begins with '{parsed.drivername}'"
        if parsed.get_backend_name() == "sqlite" and not wrong:
            parsed.get_dialect()().create_connect_args(parsed)
    except (ArgumentError, ValueError):
        wrong = "cannot be read"
    if not wrong:
        return url
    raise OperatorError(
        f"QUIZ_DATABASE_URL {wrong}. It can begin with {', '.join(DRIVERS)}; a file is "
        "sqlite+aiosqlite:///data/quiz.db, or with four slashes from the root on."
    )
