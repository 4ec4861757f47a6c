"""What a question looks like in a terminal, and as plain text where there is none."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown
from rich.syntax import Syntax

DONT_KNOW, HINT, QUIT = ":d", ":h", ":q"
COMMANDS = f"{DONT_KNOW} don’t know, {HINT} hint, {QUIT} stop"


class DontKnowError(Exception):
    """The learner does not know."""


class HintError(Exception):
    """The learner wants a hint first."""


class Screen:
    """Shows texts and asks for lines; colours and forms only on a terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(markup=False, emoji=False, highlight=False)
        self.rich = self.console.is_terminal

    def say(self, text: str = "") -> None:
        """Show a sentence as it is."""
        self.console.print(_harmless(text), soft_wrap=not self.rich)

    def markdown(self, text: str) -> None:
        """Show a text in Markdown."""
        if self.rich:
            text = _harmless(text)
            self.console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
        else:
            self.say(text)

    def code(self, code: str, language: str, *, numbered: bool = False) -> None:
        """Show code, line by line as it stands."""
        if self.rich:
            lexer, code = language or "text", _harmless(code)
            self.console.print(Syntax(code, lexer, theme="ansi_dark", line_numbers=numbered))
        else:
            for number, line in enumerate(code.split("\n"), 1):
                self.say(f"{number:3}  {line}" if numbered else f"    {line}")

    def ask(self, prompt: str) -> str:
        """Return a line that was typed.

        Raises DontKnowError, HintError, and KeyboardInterrupt to stop; EOFError at the end.
        """
        typed = self.console.input(f"{_harmless(prompt)}: ", markup=False)
        match typed.strip():
            case ":d":
                raise DontKnowError
            case ":h":
                raise HintError
            case ":q":
                raise KeyboardInterrupt
        return typed


def before(option: str) -> str:
    """Return what parts the sign of an option from its text: code begins on a line of its own."""
    return "\n\n" if option.startswith(("```", "~~~", "    ", "- ", "> ", "|")) else " "


def _harmless(text: str) -> str:
    """Return the text with signs that could steer a terminal shown as escapes."""
    return "".join(
        sign if sign.isprintable() or sign in "\n\t" else ascii(sign)[1:-1] for sign in text
    )
