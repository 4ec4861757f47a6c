"""The port of `quiz serve`: taken before the long work, opened after it, told as it is."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from quiz.cli.listening import bound, listen, port_of
from quiz.config import Settings, settings
from quiz.core.errors import OperatorError


def on(host: str, port: int) -> Settings:
    return settings({"QUIZ_HOST": host, "QUIZ_PORT": str(port)})


def refusal(config: Settings) -> str:
    with pytest.raises(OperatorError) as caught, bound(config) as sockets:
        listen(config, sockets)
    return str(caught.value)


def test_a_port_that_is_taken_is_told_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = refusal(on("127.0.0.1", port_of(other)))

    assert re.fullmatch(r"Port \d+ of 127\.0\.0\.1 is taken by another program\. Stop it, .*", told)
    assert "QUIZ_PORT" in told


def test_who_is_quicker_to_listen_gets_the_port_and_the_other_a_sentence() -> None:
    config = on("127.0.0.1", 0)
    with bound(config) as first:
        config = on("127.0.0.1", port_of(first[0]))
        with bound(config) as second:
            listen(config, second)
            with pytest.raises(OperatorError, match="taken by another program"):
                listen(config, first)


def test_nobody_waits_for_a_server_that_is_not_ready() -> None:
    config = on("127.0.0.1", 0)
    with bound(config) as sockets:
        address = ("127.0.0.1", port_of(sockets[0]))
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        listen(config, sockets)
        socket.create_connection(address).close()


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_computer_is_told_with_the_way_out(host: str) -> None:
    told = refusal(on(host, 0))

    assert told.startswith(f"This computer has no address '{host}'.")
    assert "QUIZ_HOST" in told


def test_a_name_of_this_computer_is_listened_to_on_all_its_addresses_under_one_port() -> None:
    with bound(on("localhost", 0)) as sockets:
        assert len({port_of(sock) for sock in sockets}) == 1


def test_the_port_and_the_file_that_are_used_are_the_ones_told(
    tmp_path: Path, content: Path
) -> None:
    environ = {"QUIZ_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/own/kept.db"}
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--port", "0"],
        env={**os.environ, **environ, "QUIZ_CONTENT": str(content.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
    )
    assert server.stdout
    told = [server.stdout.readline() for _ in range(4)]
    address = told[1].split()[-1]
    page = httpx2.get(address).text
    server.send_signal(signal.SIGTERM)
    rest = server.communicate()[0]

    assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d+", address)
    assert told[2] == f"Data in {tmp_path}/own/kept.db\n"
    assert told[3].startswith("Nobody can sign in yet.")
    assert "Python basics" in page
    assert rest == ""
    assert not (tmp_path / "data").exists()
