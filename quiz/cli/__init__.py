"""The command line: one file a command group."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from quiz.cli import check, data, export, lock, mutate, packs, serve
from quiz.core.errors import QuizError

app = typer.Typer(
    name="quiz",
    help="Self-quiz: Markdown packs, question cards in the browser, progress by topic.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(check.check)
app.command()(lock.lock)
app.command()(mutate.mutate)
app.command()(packs.publish)
app.command()(packs.migrate)
app.add_typer(export.app, name="export")
app.add_typer(data.app, name="data")


def main() -> None:
    """Run the command line; what a person can mend is one sentence and exit code 2."""
    try:
        app()
    except QuizError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"quiz: {error}", markup=False)
        sys.exit(2)
