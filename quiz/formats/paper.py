"""A question as it would stand on paper: what it shows below its text, and what answers it.

For formats that cannot ask as we do. A kind not known here shows nothing and answers in plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from quiz.core.blocks import Fence, Place, markdown
from quiz.core.exchange import code_span
from quiz.core.kinds import JSON, Kind
from quiz.core.questions import Question
from quiz.core.words import visible

NOWHERE = Place("", 1)
NEWLINE = "\n"
NONE_WRONG = "No line is wrong."


def asked(question: Question) -> str:
    """Return the Markdown of the question and of what it shows, without what may be chosen."""
    wording = question.wording
    return _blocks(wording.shared, wording.stem, shown(wording.body))


def shown(body: Kind) -> str:
    """Return what stands below the text: code, lines or words to arrange, or nothing."""
    show = SHOWN.get(body.name)
    return show(body.dump()) if show else ""


def answer(body: Kind) -> str:
    """Return the right answer as Markdown."""
    tell = ANSWERS.get(body.name)
    return tell(body.dump()) if tell else fenced(body.expected())


def reasons(question: Question) -> str:
    """Return what is said of options, lines and typed values, as a list of Markdown."""
    remarks = question.commentary.remarks
    names = _names(question.wording.body)
    return items(
        f"{names.get(key) or code_span(key.replace(NEWLINE, ' '))}: {remark.text}"
        for key, remark in remarks.items()
        if remark.text
    )


def _names(body: Kind) -> dict[str, str]:
    """Return what the keys of remarks stand for, where it is not the key itself."""
    payload = body.dump()
    if body.name in ("single", "multiple", "truefalse"):
        return {option["key"]: _first_line(option["text"]) for option in payload}
    if body.name == "pick":
        return {str(n): line_named(n, line) for n, line in enumerate(payload["lines"], 1)}
    return {}


def line_named(number: int, line: str, digits: int = 1) -> str:
    """Return a line of code by its number, which has so many digits at least."""
    return f"Line {number:0{digits}}: {code_span(line.strip())}"


def _first_line(text: str) -> str:
    return code_span(visible(text)) if text.startswith("```") else text.split(NEWLINE, 1)[0]


def fenced(code: str, language: str = "") -> str:
    """Return code as a fence that none of its lines closes."""
    return markdown([Fence(NOWHERE, (language,) if language else (), code)])


def items(texts: Iterable[str], mark: str = "-") -> str:
    """Return Markdown texts as a list."""
    width = " " * (len(mark) + 1)
    return "\n".join(f"{mark} {text}".replace("\n", f"\n{width}") for text in texts)


def _blocks(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _program(payload: JSON) -> str:
    return fenced(payload["code"], payload["language"])


def _lines(payload: JSON) -> str:
    return fenced("\n".join(payload["lines"]), payload["language"])


def _shuffled(payload: JSON) -> str:
    # By the alphabet: an order that says nothing and is the same at every writing.
    texts = sorted([text for text, _ in payload["solution"]] + payload["distractors"])
    gap = "\n\n" if any("\n" in text for text in texts) else "\n"
    return fenced(gap.join(texts), payload["language"])


def _columns(payload: JSON) -> str:
    lefts = [left for left, _ in payload["pairs"]]
    rights = sorted([right for _, right in payload["pairs"]] + payload["extras"])
    rows = [payload["titles"], ["---", "---"], *zip_longest(lefts, rights, fillvalue="")]
    return "\n".join("| " + " | ".join(_cell(text) for text in row) + " |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _right_options(payload: JSON) -> str:
    return items(option["text"] for option in payload if option["right"])


def _accepted(payload: JSON) -> str:
    return _or(payload["accepted"])


def _fills(payload: JSON) -> str:
    return "\n".join(f"{n}. {_or(fills)}" for n, fills in enumerate(payload["accepted"], 1))


def _or(texts: Iterable[str]) -> str:
    return " or ".join(code_span(text) for text in texts)


def _solution(payload: JSON) -> str:
    indented = (
        "\n".join("    " * level + line for line in text.split("\n"))
        for text, level in payload["solution"]
    )
    return fenced("\n".join(indented), payload["language"])


def _pairs(payload: JSON) -> str:
    return items(f"{left} → {right}" for left, right in payload["pairs"])


def _marked(payload: JSON) -> str:
    lines = payload["lines"]
    told = (line_named(n, lines[n - 1]) for n in payload["marked"])
    return items(told) or NONE_WRONG


def _output(payload: JSON) -> str:
    printed = fenced(payload["output"]) if payload["output"] else ""
    raised = payload["raises"]
    return _blocks(printed, f"It raises {code_span(raised)}." if raised else "It ends normally.")


def _model(payload: JSON) -> str:
    return _blocks(payload["model"], items(payload["points"]))


SHOWN: Mapping[str, Callable[[JSON], str]] = {
    "cloze": _program,
    "match": _columns,
    "order": _shuffled,
    "pick": _lines,
    "predict": _program,
}

ANSWERS: Mapping[str, Callable[[JSON], str]] = {
    "cloze": _fills,
    "match": _pairs,
    "multiple": _right_options,
    "number": lambda payload: str(payload["model"]),
    "order": _solution,
    "pick": _marked,
    "predict": _output,
    "recall": _model,
    "single": _right_options,
    "text": _accepted,
    "truefalse": _right_options,
}
