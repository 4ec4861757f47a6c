"""`quiz try`: every kind answered by typing."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from quiz.cli.asking import ask
from quiz.cli.screen import Screen
from quiz.cli.try_ import try_
from quiz.core.errors import OperatorError
from quiz.core.fields import Field
from quiz.core.kinds import Form, Samples, Seed
from quiz.core.questions import Question
from quiz.core.tasklists import LETTERS
from quiz.kinds.cloze import Blank, ClozeView
from quiz.kinds.match import MatchAsk
from quiz.kinds.order import OrderAsk
from quiz.kinds.pick import PickAsk
from quiz.kinds.predict import PredictAsk
from quiz.packs.loader import load_pack
from tests.kinds.asking import EXAMPLE, UNUSUAL, questions
from tests.packs.test_loader import FRONT, OPTIONS, SOURCE, TOPIC, write

SEED = "a seed"
ASKED = [(path, question) for path in (EXAMPLE, UNUSUAL) for question in questions(path)]
VERDICTS = ("Correct", "Partly right", "Not correct", "Not known", "You had it", "Not yet")


def run(typed: str, *arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(try_)
    return CliRunner().invoke(app, [*map(str, arguments), "--seed", SEED], input=typed)


def seed_of(question: Question) -> Seed:
    return Seed(SEED.encode(), question.id, question.shuffle)


def typed(question: Question, form: Form) -> Iterator[str]:
    """Yield the lines that somebody types who means this form."""
    view = question.wording.body.ask(seed_of(question), {})
    match view:
        case tuple():
            letters = {option.token: letter for letter, option in zip(LETTERS, view, strict=False)}
            yield " ".join(letters[token] for token in form["choice"])
        case Field():
            yield form["answer"][0]
        case ClozeView():
            blanks = [b for line in view.lines for b in line.blanks if isinstance(b, Blank)]
            yield from (form[blank.field][0] for blank in blanks)
        case OrderAsk():
            numbers = {piece.token: str(n) for n, piece in enumerate((*view.line, *view.spare), 1)}
            placed = zip(form["line"], form["indent"], strict=True)
            yield " ".join(numbers[token] + "+" * int(level) for token, level in placed)
        case MatchAsk():
            letters = {right.token: a for a, right in zip(LETTERS, view.rights, strict=False)}
            yield from (letters[form[row.field][0]] for row in view.rows)
        case PickAsk():
            numbers = {line.token: str(n) for n, line in enumerate(view.lines, 1)}
            yield " ".join(numbers.get(token, token) for token in form["line"])
        case PredictAsk():
            yield from (*form["output"][0].split("\n"), ".", form["exception"][0])
        case _:
            yield from (form["words"][0], ".", form["self_grade"][0][:1])


def verdict_of(path: Path, question: Question, *lines: str) -> str:
    """Return the verdict after the questions before it were passed over with :d."""
    every = list(questions(path))
    before = [":d"] * every.index(question)
    result = run("\n".join([*before, *lines, ":q", ""]), path)
    assert result.exit_code == 0, result.output
    said = [line for line in result.stdout.splitlines() if line.startswith(VERDICTS)]
    return said[len(before)]


@pytest.mark.parametrize(("path", "question"), ASKED, ids=[q.id for _, q in ASKED])
def test_every_question_can_be_answered_right_and_wrong(path: Path, question: Question) -> None:
    samples: Samples = question.wording.body.samples(seed_of(question))

    assert verdict_of(path, question, *typed(question, samples.right)) in ("Correct", "You had it")
    wrong = verdict_of(path, question, *typed(question, samples.wrong))
    assert wrong in ("Not correct", "Partly right", "Not yet")


def test_the_whole_example_right_is_all_right() -> None:
    lines = [
        line
        for question in questions(EXAMPLE)
        for line in typed(question, question.wording.body.samples(seed_of(question)).right)
    ]

    result = run("\n".join([*lines, ""]), EXAMPLE)

    assert result.stdout.endswith("13 questions answered: 12 correct, 1 you had it\n")


def test_a_wrong_answer_shows_belief_rationale_and_explanation() -> None:
    first = questions(EXAMPLE)[0]
    form = {"choice": [seed_of(first).token("`[2]`")]}

    result = run("\n".join([*typed(first, form), ":q", ""]), EXAMPLE)

    assert "✗ (your choice) `[2]`\n> This would need a new list for every call." in result.stdout
    assert "✓ `[1, 2]`\n" in result.stdout
    assert "The belief behind it: A default value is evaluated anew" in result.stdout
    assert "A default value is evaluated **once**" in result.stdout
    assert result.stdout.endswith(
        "1 question answered: 1 not correct\n- Not correct: What does this program print?\n"
    )


def test_hints_come_one_after_the_other() -> None:
    result = run(":h\n:h\n:h\n:d\n:q\n", EXAMPLE)

    first, second = questions(EXAMPLE)[0].commentary.hints
    end = result.stdout.index("There is no further hint.")
    assert result.stdout.index(first) < result.stdout.index(second) < end
    assert "1 question answered: 1 not known" in result.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "No option is chosen."),
        ("x", "Write letters from a to d."),
        ("a b", "Choose one option."),
    ],
)
def test_what_cannot_be_read_is_asked_again(line: str, said: str) -> None:
    result = run(f"{line}\n:d\n:q\n", EXAMPLE)

    assert said in result.stdout
    assert "1 question answered: 1 not known" in result.stdout


def test_the_end_of_the_input_ends_with_a_summary() -> None:
    result = run("", EXAMPLE)

    assert result.exit_code == 0
    assert result.stdout.endswith("\n0 questions answered.\n")


def test_an_interrupt_ends_with_a_summary() -> None:
    command = [sys.executable, "-m", "quiz", "try", str(EXAMPLE), "--seed", SEED]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b":d\n")
        process.stdin.flush()
        for line in process.stdout:
            if line == b"Question 2 of 13\n":
                break
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()

    assert process.returncode == 0
    assert b"1 question answered: 1 not known" in rest


def test_one_topic_is_asked_alone(tmp_path: Path) -> None:
    more = "\n# More\n<!-- id: more -->\n\n## Two?\n<!-- id: two -->\n\n" + OPTIONS + SOURCE
    pack = write(
        tmp_path, {"pack.md": f"{FRONT}{TOPIC}## One?\n<!-- id: one -->\n\n{OPTIONS}{SOURCE}{more}"}
    )

    result = run(":d\n", pack, "--topic", "more")

    assert "Two?" in result.stdout
    assert "One?" not in result.stdout
    wrong = run("", pack, "--topic", "mor")
    assert isinstance(wrong.exception, OperatorError)
    assert "Did you mean 'more'?" in str(wrong.exception)


def test_a_withdrawn_question_says_so(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        {"pack.md": f"{FRONT}{TOPIC}## One?\n<!-- id: one; score: void -->\n\n{OPTIONS}{SOURCE}"},
    )

    assert "Not known (the question has a flaw and does not count)" in run(":d\n", pack).stdout


def test_a_broken_pack_is_not_tried(tmp_path: Path) -> None:
    result = run("", write(tmp_path, {"pack.md": FRONT + "## Lost\n"}))

    assert isinstance(result.exception, OperatorError)
    assert "has errors" in str(result.exception)


@pytest.mark.parametrize("terminal", [True, False])
def test_no_text_of_a_pack_steers_the_terminal(terminal: bool) -> None:
    file = io.StringIO()
    screen = Screen(Console(file=file, force_terminal=terminal, markup=False, width=80))

    screen.markdown("red \x1b[31m")
    screen.code("x = '\x1b[2J'", "python", numbered=True)
    screen.say("\x07bell")

    shown = file.getvalue()
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown
    assert shown.count("\\x1b") == 2


def test_a_view_that_is_not_known_is_not_asked() -> None:
    with pytest.raises(OperatorError, match="A terminal cannot ask this yet"):
        ask(object(), Screen(Console(file=io.StringIO())), False)


def test_the_packs_of_the_project_can_be_tried() -> None:
    pack = load_pack(Path(__file__).parents[2] / "content" / "async-databases").pack
    assert pack
    result = run(
        ":d\n" * len(pack.questions), Path(__file__).parents[2] / "content" / "async-databases"
    )

    assert f"{len(pack.questions)} questions answered" in result.stdout
