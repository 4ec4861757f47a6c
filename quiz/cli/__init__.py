"""The command line: one file a command group."""

from __future__ import annotations

import sys
import threading

import typer
from rich.console import Console
from sqlalchemy.exc import DatabaseError, OperationalError

from quiz.cli import (
    check,
    classes,
    convert,
    coverage,
    data,
    export,
    fmt,
    import_,
    lock,
    mutate,
    new,
    packs,
    people,
    preview,
    serve,
    stats,
    try_,
)
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
app.command()(preview.preview)
app.command()(coverage.coverage)
app.command()(fmt.fmt)
app.command()(lock.lock)
app.command()(mutate.mutate)
app.command()(convert.convert)
app.command("import")(import_.import_)
app.command("try")(try_.try_)
app.command()(stats.stats)
app.command()(packs.publish)
app.command()(packs.migrate)
app.command("export", help=export.help_text())(export.export)
app.add_typer(new.app, name="new")
app.add_typer(people.app, name="people")
app.add_typer(data.app, name="data")
app.add_typer(classes.app, name="classes")


def main() -> None:
    """Run the command line; what a person can mend is one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold bytes that are no text, and a terminal may know few signs.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    threading.excepthook = pass_over_late_threads
    try:
        app()
    except QuizError as error:
        _refuse(str(error))
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):
            raise  # a fault of ours, such as a statement that is none
        _refuse(
            f"The database cannot go on: {error.orig}. Nothing was half done. Free the disk or "
            "restore a backup if it is full or damaged, and try again."
        )


def pass_over_late_threads(args: threading.ExceptHookArgs) -> None:
    """Be silent on a connection that could not be opened: its error is told, its thread is late.

    The driver's thread reports twice, the second time to a loop that may have ended by then.
    """
    if isinstance(args.exc_value, RuntimeError) and str(args.exc_value) == "Event loop is closed":
        return
    threading.__excepthook__(args)


def _refuse(sentence: str) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"quiz: {sentence}", markup=False)
    sys.exit(2)
