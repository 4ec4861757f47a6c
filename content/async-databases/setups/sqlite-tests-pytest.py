"""A mapped class, and `run_tests`, which runs pytest with the fixtures defined so far."""

import contextlib
import io
import types
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import Pool

MEMORY = "sqlite+aiosqlite:///:memory:"


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


total = select(func.count()).select_from(User)
opened: list[object] = []


@event.listens_for(Pool, "connect")
def note_connect(dbapi_connection, record):
    """Note a connection that a pool opens."""
    opened.append(dbapi_connection)


@event.listens_for(Pool, "close")
def note_close(dbapi_connection, record):
    """Forget a connection that a pool closes."""
    if dbapi_connection in opened:
        opened.remove(dbapi_connection)


class Watcher:
    """A plugin of pytest that offers names as fixtures and notes how the tests end."""

    def __init__(self) -> None:
        """Begin with no test."""
        self.outcomes: list[str] = []

    def pytest_runtest_logreport(self, report) -> None:
        """Note each call, and each other phase that fails."""
        if report.when == "call" or not report.passed:
            self.outcomes.append(f"{report.when} {report.outcome}")


def run_tests(source: str, **more) -> list[str]:
    """Run tests that may use the fixtures defined so far; return the phases that count."""
    fixtures = types.ModuleType("fixtures")
    vars(fixtures).update(globals(), **more)
    Path("test_it.py").write_text(source)
    watcher = Watcher()
    options = ["--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:randomly"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main([*options, "--rootdir=.", "test_it.py"], plugins=[watcher, fixtures])
    return watcher.outcomes
