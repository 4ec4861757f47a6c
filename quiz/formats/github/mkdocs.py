"""A page of mkdocs-quiz: questions between `<quiz>` and `</quiz>`, with a page around them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quiz.core.blocks import Place
from quiz.core.exchange import Imported
from quiz.core.words import FENCE
from quiz.formats.github.questions import Asked, Choice, Collected

OPEN, CLOSE = "<quiz>", "</quiz>"
MARK = re.compile(r"[ \t]*(`{3,}|~{3,})")
HEADING = re.compile(r"#[ \t]+(.+?)[ \t]*#*$")
ANSWER = re.compile(r"[ \t]*[-*][ \t]*\[([xX ]?)\][ \t]*(.*)$")
FEEDBACK = re.compile(r"[ \t]*>[ \t]?(.*)$")
BLANK = re.compile(r"\[\[([^\]\n]+)\]\]")
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
FRONT = re.compile(r"\A---\n(.*?\n)?---\n", re.DOTALL)
SHOWN_BLANK, CODE_BLANK = r"\_\_\_\_", "____"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a page from line `start` (from 1): a quiz, or what stands around quizzes."""

    start: int
    lines: tuple[str, ...]
    quiz: bool


def is_page(text: str) -> bool:
    """Return whether a quiz is opened outside of code."""
    return any(piece.quiz for piece in _pieces(text))


def read_page(text: str, file: str) -> Imported:
    """Return the quizzes of a page; the text around them becomes the notes of its topic."""
    found = Collected(file)
    front = FRONT.match(text)
    if front:
        found.lose(Place(file, 1), "front matter", " ".join((front[1] or "").split()))
        text = "\n" * front[0].count("\n") + text[front.end() :]
    notes: list[str] = []
    for piece in _pieces(text):
        if piece.quiz:
            _read_quiz(found, piece)
        else:
            around = "\n".join(piece.lines)
            notes.append(around.strip("\n"))
            for comment in COMMENT.finditer(around):
                line = piece.start + around.count("\n", 0, comment.start())
                found.lose(Place(file, line), "comment", comment[1].strip())
    title, rest = _titled("\n\n".join(note for note in notes if note.strip()))
    return found.imported(title, rest)


def _pieces(text: str) -> Iterator[Piece]:
    """Yield quizzes and the lines around them; tags inside of code mean nothing."""
    start, lines, quiz, fence = 1, list[str](), False, ""
    for number, line in enumerate(text.split("\n"), 1):
        tag = CLOSE if quiz else OPEN
        mark = MARK.match(line)
        if not quiz and mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and tag in line:
            before, _, line = line.partition(tag)
            yield Piece(start, (*lines, *([before] if before.strip() else [])), quiz)
            start, lines, quiz = number, [], not quiz
            if quiz and CLOSE in line:
                inner, _, line = line.partition(CLOSE)
                yield Piece(number, (inner,), True)
                quiz = False
        lines.append(line)
    # A quiz that is never closed is none.
    yield Piece(start, tuple([OPEN, *lines] if quiz else lines), False)


def _titled(text: str) -> tuple[str, str]:
    """Return the first heading of a page as its title, and the text without it."""
    lines = text.split("\n")
    heading = HEADING.match(lines[0])
    return (heading[1], "\n".join(lines[1:]).strip("\n")) if heading else ("", text)


def _read_quiz(found: Collected, piece: Piece) -> None:
    text = textwrap.dedent("\n".join(piece.lines)).strip("\n")
    asked = Asked(Place(found.file, piece.start), text, f"{OPEN}\n{text}\n{CLOSE}")
    if BLANK.search(text):
        _read_blanks(found, asked)
        return
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if ANSWER.match(line)), None)
    if first is None or not "".join(lines[:first]).strip():
        found.keep(asked, "no question before options")
        return
    choices, rest = _choices(lines[first:])
    question = "\n".join(lines[:first]).strip()
    asked = replace(asked, text=question, explanation="\n".join(rest).strip())
    found.ask_options(asked, choices, several=False)


def _choices(lines: Sequence[str]) -> tuple[list[Choice], Sequence[str]]:
    """Return the options at the beginning, each with the quote under it, and the lines behind."""
    choices: list[Choice] = []
    for number, line in enumerate(lines):
        answer, said = ANSWER.match(line), FEEDBACK.match(line)
        if answer:
            choices.append(Choice(answer[2].strip(), answer[1] in "xX" and answer[1] != ""))
        elif said and lines[number - 1].strip():
            last = choices[-1]
            choices[-1] = replace(last, reason=f"{last.reason}\n{said[1]}".strip("\n"))
        elif line.strip():
            return choices, lines[number:]
    return choices, ()


def _read_blanks(found: Collected, asked: Asked) -> None:
    """Take a text with blanks: one is a line to type, several are blanks in code or plain text."""
    question, _, explanation = re.split(r"^(---)$", f"{asked.text}\n---\n", maxsplit=1, flags=re.M)
    explanation = explanation.strip().removesuffix("---").strip()
    blanks = [blank.strip() for blank in BLANK.findall(question)]
    asked = replace(asked, explanation=explanation)
    if not blanks or not all(blanks):
        found.keep(asked, "no blank before the line `---`")
    elif len(blanks) == 1:
        asked = replace(asked, text=_blanked(question).strip())
        found.ask(asked, "text", {"accepted": blanks, "match": "text"})
    else:
        _ask_cloze(found, asked, question.strip(), blanks)


def _blanked(text: str) -> str:
    """Return the text with `____` for each blank, outside of code so that it is no Markdown."""
    parts: list[str] = []
    at = 0
    for fence in FENCE.finditer(text):
        parts.append(BLANK.sub(SHOWN_BLANK.replace("\\", r"\\"), text[at : fence.start()]))
        parts.append(BLANK.sub(CODE_BLANK, fence[0]))
        at = fence.end()
    return "".join([*parts, BLANK.sub(SHOWN_BLANK.replace("\\", r"\\"), text[at:])])


def _ask_cloze(found: Collected, asked: Asked, question: str, blanks: Sequence[str]) -> None:
    fences = [fence for fence in FENCE.finditer(question) if BLANK.search(fence[0])]
    whole = len(fences) == 1 and len(BLANK.findall(fences[0][0])) == len(blanks)
    rest = (question[: fences[0].start()] + question[fences[0].end() :]).strip() if whole else ""
    code, language = (fences[0][2], _language(fences[0][0])) if rest else (question, "text")
    payload = {
        "code": BLANK.sub(CODE_BLANK, code).rstrip("\n"),
        "language": language,
        "accepted": [[blank] for blank in blanks],
    }
    found.lose(asked.place, "match", "capitals count in blanks")
    if not rest:
        found.lose(asked.place, "formatting", "the text with blanks is shown as it is written")
    found.ask(replace(asked, text=rest or "Fill in the blanks."), "cloze", payload)


def _language(fence: str) -> str:
    words = fence.split("\n", 1)[0].lstrip(" `~").split()
    return words[0] if words else "text"
