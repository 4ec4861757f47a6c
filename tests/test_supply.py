"""What the project takes from others is what it says it takes."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {path.name: path.read_text() for path in sorted(ROOT.glob("requirements*.lock"))}
LOCK = LOCKS["requirements.lock"]
"""What the program itself needs."""
VENDOR = ROOT / "static" / "vendor"

FLOORS = {
    "starlette": (1, 10),  # body limits, and a Host header that cannot move an address
    "python-multipart": (0, 0, 32),  # no smuggled parameters
    "jinja2": (3, 1, 6),
    "sqlalchemy": (2, 1, 9),
    "markdown-it-py": (4, 3),
}


@pytest.mark.parametrize("name", FLOORS)
def test_no_package_is_older_than_its_last_known_hole(name: str) -> None:
    found = re.search(rf"^{re.escape(name)}==([\d.]+)", LOCK, re.MULTILINE)

    assert found
    assert tuple(map(int, found[1].split("."))) >= FLOORS[name]


def test_developers_have_what_the_program_runs_with() -> None:
    pinned = re.compile(r"^([a-z0-9.-]+)==([^ ;]+)", re.MULTILINE)
    theirs = dict(pinned.findall(LOCKS["requirements-dev.lock"]))

    assert len(pinned.findall(LOCK)) > 10
    assert dict(pinned.findall(LOCK)).items() <= theirs.items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    packages = re.split(r"^(?=[a-z0-9])", LOCKS[name], flags=re.MULTILINE)[1:]

    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_htmx_is_the_file_its_note_names() -> None:
    (script,) = VENDOR.glob("htmx-*.min.js")
    digest = base64.b64encode(hashlib.sha384(script.read_bytes()).digest()).decode()
    note = (VENDOR / "README.md").read_text()

    assert script.name in note
    assert digest in note
    assert list(VENDOR.glob("*LICENSE*"))
