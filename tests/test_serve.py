"""The command `quiz serve` as a process: started, killed, started twice, and from a wheel."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
"""Seconds after which a server that does not answer counts as broken."""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def environment(data: Path, content: Path, port: int, **more: str) -> dict[str, str]:
    own = {"QUIZ_DATA": str(data), "QUIZ_CONTENT": str(content), "QUIZ_PORT": str(port)}
    return {**os.environ, **own, **more}


@contextmanager
def serving(
    data: Path, content: Path, cwd: Path, **more: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start the server and wait until it answers; kill it at the end."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve"],
        env=environment(data, content, port, **more),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        transport = httpx2.HTTPTransport(retries=0)
        with httpx2.Client(transport=transport) as client:
            wait_for(process, client, f"{address}/healthz")
        yield process, address
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def refusal(
    data: Path, content: Path, cwd: Path, /, **more: str
) -> subprocess.CompletedProcess[str]:
    """Start a server that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "quiz", "serve"],
        env=environment(data, content, free_port(), **more),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def wait_for(process: subprocess.Popen[bytes], client: httpx2.Client, address: str) -> None:
    over = threading.Event()
    timer = threading.Timer(PATIENCE_S, over.set)
    timer.start()
    try:
        while process.poll() is None and not over.is_set():
            try:
                if client.get(address).status_code == 200:
                    return
            except httpx2.TransportError:
                over.wait(0.05)
    finally:
        timer.cancel()
    process.kill()
    pytest.fail(process.communicate()[0].decode())


def count(data: Path) -> tuple[int, int]:
    """Return the numbers of attempts and of places in rounds that hold one."""
    connection = sqlite3.connect(data / "quiz.db")
    query = "SELECT count(*), count(DISTINCT round_id || ' ' || position) FROM attempts"
    attempts, places = connection.execute(query).fetchone()
    connection.close()
    return attempts, places


def answer_until_it_breaks(address: str, acknowledged: set[str], first: threading.Event) -> None:
    """Answer cards with "I don't know" and note each that the server said it has."""
    with httpx2.Client(follow_redirects=True, timeout=10) as client:
        while True:
            fields = {"pack": "python-basics", "size": "20", "mode": "practice"}
            card = str(client.post(f"{address}/rounds", data=fields).url)
            for position in range(1, 14):
                place = re.sub(r"\d+$", str(position), card)
                response = client.post(place, data={"unknown": "1"})
                if response.status_code == 200 and 'id="verdict"' in response.text:
                    acknowledged.add(place)
                    first.set()


def quietly(address: str, acknowledged: set[str], first: threading.Event) -> None:
    with suppress(httpx2.TransportError):  # the server is killed: what this test is about
        answer_until_it_breaks(address, acknowledged, first)


def test_no_acknowledged_answer_is_missing_or_doubled_after_a_kill(
    tmp_path: Path, content: Path
) -> None:
    data = tmp_path / "data"
    acknowledged: set[str] = set()
    for _ in range(3):
        with serving(data, content.parent, tmp_path) as (process, address):
            first = threading.Event()
            threads = [
                threading.Thread(target=quietly, args=(address, acknowledged, first))
                for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            assert first.wait(PATIENCE_S)
            process.send_signal(signal.SIGKILL)
            for thread in threads:
                thread.join()

    with serving(data, content.parent, tmp_path):
        attempts, places = count(data)

    assert attempts == places
    connection = sqlite3.connect(data / "quiz.db")
    query = (
        "SELECT '/rounds/' || public_id || '/cards/' || position "
        "FROM attempts JOIN rounds ON rounds.id = round_id"
    )
    kept = {place for (place,) in connection.execute(query)}
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert acknowledged
    assert {re.sub(r"^http://[^/]+", "", place) for place in acknowledged} - kept == set()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_second_server_on_the_same_database_says_so_and_leaves(
    tmp_path: Path, content: Path, elsewhere: bool
) -> None:
    data = tmp_path / "data"
    url = f"sqlite+aiosqlite:///{tmp_path}/linked.db"
    (tmp_path / "linked.db").symlink_to(data / "quiz.db")
    more = {"QUIZ_DATABASE_URL": url} if elsewhere else {}
    with serving(data, content.parent, tmp_path):
        other = tmp_path / "other" if elsewhere else data
        second = refusal(other, content.parent, tmp_path, **more)

    assert second.returncode == 2
    assert f"Another server uses {data / 'quiz.db'}." in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("folder", ["a-file", "a-file/data"])
def test_a_folder_that_cannot_be_used_is_told_without_a_traceback(
    tmp_path: Path, content: Path, folder: str
) -> None:
    (tmp_path / "a-file").write_text("here first")

    refused = refusal(tmp_path / folder, content.parent, tmp_path)

    assert refused.returncode == 2
    assert f"{tmp_path / folder} cannot be used" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_broken_pack_and_that_nobody_can_sign_in_are_told_and_the_server_starts(
    tmp_path: Path, content: Path
) -> None:
    data = tmp_path / "data"
    with serving(data, content.parent, tmp_path) as (_, address):
        assert "Python basics" in httpx2.get(address).text
    pack = content / "example-pack.md"
    pack.write_text(pack.read_text().replace("- [x] `[1, 2]`", "- [ ] `[1, 2]`"))

    with serving(data, content.parent, tmp_path) as (process, address):
        page = httpx2.get(f"{address}/packs/python-basics").text
        process.terminate()
        told = process.communicate()[0].decode()

    assert "13 questions" in page
    assert re.search(r"example-pack\.md:\d+:\d+: E202", told)
    assert "learners keep what they had" in told
    assert "Nobody can sign in yet. Make the first person: quiz people add NAME --role" in told


def test_a_wheel_has_templates_static_files_and_content_inside(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, capture_output=True)

    inside = site / "quiz" / "_data" / "content"
    with serving(tmp_path / "data", inside, tmp_path, PYTHONPATH=str(site)) as (_, address):
        home = httpx2.get(address).text
        styles = re.findall(r'href="(/static/[^"]+\.css)"', home)

        assert "Async databases in Python" in home
        assert all(httpx2.get(address + style).status_code == 200 for style in styles)
    assert list(site.glob("quiz/_data/templates/*.html"))
