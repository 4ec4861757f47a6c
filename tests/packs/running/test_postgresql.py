"""A PostgreSQL server that lives as long as its block."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from quiz.core.errors import OperatorError
from quiz.packs.running import postgresql
from quiz.packs.running.postgresql import Server, find_binaries, temporary_server


def ask(server: Server, database: str, query: str) -> str:
    psql, folder = str(server.binaries / "psql"), str(server.socket)
    call = [psql, "-h", folder, "-U", "postgres", "-d", database, "-Atc", query]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that ended may wait for somebody to take note."""
    call = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(call, capture_output=True, text=True, check=False).stdout.strip()
    return state != "" and not state.startswith("Z")


@pytest.mark.skipif(
    find_binaries() is None and "SKIP_NOTHING" not in os.environ, reason="PostgreSQL is missing"
)
def test_a_server_answers_on_its_own_socket_and_leaves_nothing_behind() -> None:
    with temporary_server({"max_connections": "7"}) as server:
        url = server.create("fresh")
        assert url == f"postgresql+asyncpg://postgres@/fresh?host={server.socket}"
        assert (
            ask(server, "fresh", "select count(*) from pg_tables where schemaname='public'") == "0"
        )
        assert ask(server, "postgres", "show max_connections") == "7"
        assert ask(server, "postgres", "show listen_addresses") == ""
        with pytest.raises(OperatorError, match="already exists"):
            server.create("fresh")
        pid = int((server.socket / "data" / "postmaster.pid").read_text().split()[0])
        assert is_running(pid)

    assert not server.socket.exists()
    assert not is_running(pid)


def test_without_postgresql_the_way_out_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgresql, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(OperatorError, match="apt-get install postgresql"), temporary_server():
        raise AssertionError("there is no server to use")
