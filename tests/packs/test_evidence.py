"""What proves a question of each kind, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.config import settings
from quiz.kinds import kinds
from quiz.packs.evidence import prover
from quiz.packs.exhibits import exhibits
from quiz.packs.loader import load_pack
from quiz.packs.proving import prove
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.process import DATABASE
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

EVIDENCE = f"{SOURCE}\n### Evidence\n\n"
OPTIONS = "- [x] Always\n- [ ] Never\n"


def fence(words: str, *lines: str) -> str:
    return "\n".join([f"```{words}", *lines, "```", "", ""])


def answer(words: str, *lines: str) -> str:
    return f"{SOURCE}\n### Answer\n\n{fence(words, *lines)}"


RUN_ONE = fence("python run", "print(1)")
ONE = fence("output", "1")
SEVEN = [f"x{n} = {f'x{n - 1} + 1' if n else 0}" for n in range(6)]

QUESTIONS = {
    "a program beside options, with its output": (
        RUN_ONE + OPTIONS + EVIDENCE + ONE, "supported", []),
    "options with a fence each": (
        fence("python run", "print(1)\nprint(2)") + "- [x]\n\n  ```text\n  1\n  2\n  ```\n"
        f"- [ ] `1`\n{SOURCE}", "proven", []),
    "own words, with a program": (
        f"{SOURCE}\n### Answer\n\nSo.\n\n### Evidence\n\n{RUN_ONE}{ONE}", "supported", []),
    "own words, with another output": (
        f"{SOURCE}\n### Answer\n\nSo.\n\n### Evidence\n\n{RUN_ONE}{fence('output', '2')}",
        "unproven", ["E502"]),
    "a program in the body that prints the number": (
        RUN_ONE + answer("number", "1"), "proven", []),
    "a program that is shown, and another that prints the number": (
        RUN_ONE + answer("number", "2") + f"### Evidence\n\n{fence('python run', 'print(2)')}",
        "proven", []),
    "no line is wrong": (
        fence("python pick none", "x = 1", "y = 2") + EVIDENCE
        + fence("python test", "assert x + y == 3"), "proven", []),
    "no line is wrong, but it raises": (
        fence("python pick none", "x = 1", "x()") + EVIDENCE + fence("output raises=TypeError"),
        "unproven", ["E504"]),
    "a fix that puts a line in beside the marked one": (
        fence("python pick", "x = 1  # [x] Here.", "y = x") + EVIDENCE
        + fence("python fix", "x = 1", "x = 2", "y = x") + fence("python test", "assert y == 2"),
        "proven", []),
    "a fix that leaves the marked line out": (
        fence("python pick", "x = 1", "x = 3  # [x] Here.", "y = x") + EVIDENCE
        + fence("python fix", "x = 1", "y = x") + fence("python test", "assert y == 1"),
        "proven", []),
    "a fix that leaves the marked line as it is": (
        fence("python pick", "x = 1", "x = 3  # [x] Here.", "y = x") + EVIDENCE
        + fence("python fix", "x = 1", "x = 3", "y = 1") + fence("python test", "assert y == 1"),
        "unproven", ["E504", "E511"]),
    "a line that raises inside a function": (
        fence("python pick", "def f():", "    return 1 / 0  # [x] Here.", "f()") + EVIDENCE
        + fence("output raises=ZeroDivisionError"), "proven", []),
    "seven blocks, of which neighbours are swapped": (
        fence("python order", *SEVEN, "print(x5)") + EVIDENCE + fence("output", "5"), "proven", []),
    "blocks of which two are free": (
        fence("python order free=1-2", "a = 1", "b = 2", "print(a + b)") + EVIDENCE
        + fence("output", "3"), "proven", []),
    "identical lines, which can be swapped unseen": (
        fence("python order", "n = 1", "n += n", "n += 3", "n += n", "print(n)") + EVIDENCE
        + fence("output", "10"), "proven", []),
    "an order of which some never end": (
        fence("python order", "step = 0", "step = 1", "n = 2 * step", "while n: n -= step",
              "print(n + 2 * step)") + EVIDENCE + fence("output", "2"), "proven", ["W336"]),
    "code to run first": (
        fence("python run", "print(x)") + answer("output", "7") + "### Evidence\n\n"
        + fence("python setup", "x = 7"), "proven", []),
    "no setup": (
        fence("python run setup=none", "print('x' in globals())") + answer("output", "False"),
        "proven", []),
    "a wrong answer that raises": (
        answer("answer", "len") + "### Feedback: `size`\n\nNo.\n\n### Evidence\n\n"
        + fence("python check", "def check(answer):", "    return eval(answer)('ab') == 2"),
        "proven", []),
    "an exception by the last part of its name": (
        fence("python run", "import json", "json.loads('')")
        + answer("output raises=json.decoder.JSONDecodeError"), "proven", []),
}  # fmt: skip
"""Body and parts, the result, and the codes of the findings."""

KINDS = {"own words, with a program": "recall", "own words, with another output": "recall"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_evidence_proves(name: str, tmp_path: Path) -> None:
    text, result, codes = QUESTIONS[name]
    kind = f"; kind: {KINDS[name]}" if name in KINDS else ""
    front = FRONT.replace("title: Demo", "title: Demo\nsetup: usual")
    whole = f"{front}{TOPIC}## What?\n<!-- id: one{kind} -->\n\n{text}"
    loaded = load_pack(write(tmp_path, {"pack.md": whole, "setups/usual.py": "x = None\n"}))
    assert loaded.pack, loaded.findings

    (exhibit,) = exhibits(loaded.pack, tmp_path)
    proof = prove(exhibit, Interpreter())

    assert [finding.code for finding in proof.findings] == codes
    assert proof.result == result


def test_every_kind_says_how_it_is_proven() -> None:
    assert [name for name in kinds() if prover(name) is None] == []
    assert prover("riddle") is None


def test_the_address_for_evidence_does_not_keep_the_server_from_starting() -> None:
    assert settings({DATABASE: "postgresql://x/y"}).port == 8000
