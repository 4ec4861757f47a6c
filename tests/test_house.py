"""The house rules that a machine can hold."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {
    "quiz/**/*.py": 250,
    "tests/**/*.py": 250,
    "templates/**/*.html": 60,
    "static/css/*.css": 150,
    "static/js/*.js": 150,
}
FUNCTION_LIMIT = 40


def files(pattern: str) -> list[Path]:
    return sorted(ROOT.glob(pattern))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("pattern", LIMITS)
def test_no_file_outgrows_its_room(pattern: str) -> None:
    found = files(pattern)
    sizes = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in found}

    assert found
    assert {path: lines for path, lines in sizes.items() if lines > LIMITS[pattern]} == {}


def test_no_function_outgrows_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in files("quiz/**/*.py")
        for name, lines in functions(path)
        if lines > FUNCTION_LIMIT
    }

    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path for path in files("quiz/**/*.py") if not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_templates_hold_no_inline_script_or_style_and_trust_no_text() -> None:
    forbidden = re.compile(
        r"\|\s*safe\b|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|<script(?![^>]*\ssrc=)"
    )
    found = {
        path.relative_to(ROOT): forbidden.findall(path.read_text())
        for path in files("templates/**/*.html")
        if forbidden.search(path.read_text())
    }

    assert found == {}


def test_stylesheets_win_by_layers_and_only_the_tokens_name_raw_colours() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(")
    texts = {path.name: path.read_text() for path in files("static/css/*.css")}

    assert [name for name, text in texts.items() if "!important" in text] == []
    assert [name for name, text in texts.items() if raw.search(text)] == ["tokens.css"]


def test_lock_files_name_no_address() -> None:
    locks = [*files("*.lock"), *files("requirements*.txt"), *files("package-lock.json")]

    assert locks
    assert [path for path in locks if "://" in path.read_text()] == []


def test_the_project_speaks_only_of_itself() -> None:
    git = shutil.which("git") or "git"
    listed = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    words = re.compile(r"\.\./shared|/wor[k]/|/root/|/home/[a-z]")
    tracked = [ROOT / name for name in listed.stdout.splitlines() if name != "tests/test_house.py"]
    told = [
        path.relative_to(ROOT)
        for path in tracked
        if path.is_file() and path.suffix not in (".png", ".svg") and words.search(path.read_text())
    ]

    assert told == []
