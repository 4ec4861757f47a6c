"""Settings: what cannot be used is told with what was found, what is allowed and what to do."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from quiz.config import DESCRIPTIONS, settings
from quiz.core.errors import OperatorError

BASE = "Write the whole address and no more, such as https://quiz.example.org"
HOSTS = "Write host names without scheme and port"
HOST = "Write an address or a name of this computer"
DATABASE = "It can begin with sqlite+aiosqlite"


@pytest.mark.parametrize(
    ("name", "value", "found", "way_out"),
    [
        ("QUIZ_ALLOWED_HOSTS", "*foo", "'*foo'", HOSTS),
        ("QUIZ_ALLOWED_HOSTS", "*", "'*'", HOSTS),
        ("QUIZ_ALLOWED_HOSTS", "a.example, http://x", "'http://x'", HOSTS),
        ("QUIZ_ALLOWED_HOSTS", "quiz.example.org:8000", "'quiz.example.org:8000'", HOSTS),
        ("QUIZ_ALLOWED_HOSTS", "a..b", "'a..b'", HOSTS),
        ("QUIZ_BASE_URL", "quiz.example.org", "does not begin with http:// or https://", BASE),
        ("QUIZ_BASE_URL", "ftp://quiz.example.org", "does not begin with http://", BASE),
        ("QUIZ_BASE_URL", "http://[::1", "'http://[::1': Invalid IPv6 URL", BASE),
        ("QUIZ_BASE_URL", "http://x:abc", "Port could not be cast", BASE),
        ("QUIZ_BASE_URL", "http://x:99999", "Port out of range", BASE),
        ("QUIZ_BASE_URL", "http://", "it has no host", BASE),
        ("QUIZ_BASE_URL", "http://a b", "it has no host", BASE),
        ("QUIZ_BASE_URL", "http://me:secret@x", "'http://…@x': it names a user", BASE),
        ("QUIZ_BASE_URL", "http://x/?", "it has a query or a fragment", BASE),
        ("QUIZ_BASE_URL", "http://x#top", "it has a query or a fragment", BASE),
        ("QUIZ_BASE_URL", "http://x/a b", "its path has signs other than", BASE),
        ("QUIZ_BASE_URL", "http://x//a", "its path has signs other than", BASE),
        ("QUIZ_BASE_URL", "http://x/a/../b", "its path has signs other than", BASE),
        ("QUIZ_HOST", "[::1]", "'[::1]'", HOST),
        ("QUIZ_HOST", "127.0.0.1:80", "'127.0.0.1:80'", HOST),
        ("QUIZ_HOST", "a host", "'a host'", HOST),
        ("QUIZ_PORT", "http", "'http'", "Write a number from 0 to 65535"),
        ("QUIZ_PORT", "65536", "'65536'", "Write a number from 0 to 65535"),
        ("QUIZ_PORT", "9" * 5000, "'9999", "Write a number from 0 to 65535"),
        ("QUIZ_MAX_STARTS", "0", "'0'", "Write a number from 1 to 1000000"),
        ("QUIZ_DATABASE_URL", "sqlite:///x", "begins with 'sqlite'", DATABASE),
        ("QUIZ_DATABASE_URL", "postgresql://x", "begins with 'postgresql'", DATABASE),
        ("QUIZ_DATABASE_URL", "quiz.db", "cannot be read", DATABASE),
        ("QUIZ_DATABASE_URL", "postgresql+asyncpg://x:port/y", "cannot be read", DATABASE),
        ("QUIZ_DATABASE_URL", "sqlite+aiosqlite://data/quiz.db", "cannot be read", DATABASE),
        ("QUIZ_DATABASE_URL", "sqlite+aiosqlite:///x?timeout=soon", "cannot be read", DATABASE),
        ("QUIZ_DATABASE_URL", "oracle://me:secret@x", "begins with 'oracle'", DATABASE),
        ("QUIZ_DATA", "\udcff", r"'\udcff', and its bytes are no text", "in UTF-8"),
        ("QUIZ_SECRET", "x", "QUIZ_SECRET is no setting", "The settings are QUIZ_DATA"),
        *((name, " ", f"{name} is empty", f"unset it: {DESCRIPTIONS[name]}")
          for name in DESCRIPTIONS),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_told_with_the_way_out(
    name: str, value: str, found: str, way_out: str
) -> None:
    with pytest.raises(OperatorError) as caught:
        settings({name: value})

    told = str(caught.value)
    assert told.startswith(name)
    assert found in told
    assert way_out in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("given", "base_url", "origin", "prefix", "host"),
    [
        ("HTTPS://Quiz.Example.org/", "https://quiz.example.org", "https://quiz.example.org", "",
         "quiz.example.org"),
        ("https://x:443", "https://x", "https://x", "", "x"),
        ("http://x:8080/", "http://x:8080", "http://x:8080", "", "x"),
        ("https://x.org/a/quiz/", "https://x.org/a/quiz", "https://x.org", "/a/quiz", "x.org"),
        ("http://[::1]:9000", "http://[::1]:9000", "http://[::1]:9000", "", "[::1]"),
    ],
)  # fmt: skip
def test_a_base_url_is_kept_as_browsers_write_it(
    given: str, base_url: str, origin: str, prefix: str, host: str
) -> None:
    found = settings({"QUIZ_BASE_URL": given})

    assert (found.base_url, found.origin, found.prefix) == (base_url, origin, prefix)
    assert host in found.hosts
    assert found.secure == base_url.startswith("https")


def test_an_address_of_version_6_wears_brackets_where_it_is_shown() -> None:
    found = settings(
        {"QUIZ_HOST": "::1", "QUIZ_ALLOWED_HOSTS": "fd00::7, [fd00::8], *.Example.org"}
    )

    assert found.host == "::1"
    assert found.base_url == "http://[::1]:8000"
    assert {"[::1]", "[fd00::7]", "[fd00::8]", "*.example.org"} <= set(found.hosts)


@pytest.mark.parametrize("name", ["a b", "a?b", "a#b", "a%41b", "a+b", "ä"])
def test_a_folder_may_have_any_name(name: str) -> None:
    url = make_url(settings({"QUIZ_DATA": name}).database_url)

    assert url.database == f"{name}/quiz.db"
    assert not url.query


def test_what_is_not_set_has_its_default() -> None:
    found = settings({"HOME": "/"})

    assert found.database_url == "sqlite+aiosqlite:///data/quiz.db"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.hosts == ("127.0.0.1", "[::1]", "localhost")
