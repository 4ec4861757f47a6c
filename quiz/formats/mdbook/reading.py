"""A quiz of mdbook-quiz as questions: each of its three types is one of our kinds, or two."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from quiz.core.blocks import Place
from quiz.core.exchange import Imported, Loss, Names, Original, decoded
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.core.typed import normal_output
from quiz.formats.checking import check, parsed
from quiz.formats.making import accepted, anywhere, chosen, headed, made, options, topic_of

SCHEMA = Path(__file__).with_name("schema.json")
START = re.compile(r"^[ \t]*\[\[[ \t]*questions[ \t]*\]\]", re.MULTILINE)
TOLD = "What does this program print?"
"""What it asks of every program."""

KNOWN: Mapping[str, frozenset[str]] = {
    "": frozenset({"id", "type", "multipart", "prompt", "answer", "context", "promptExplanation"}),
    "prompt": frozenset({"prompt", "program", "distractors", "answerIndex", "sortAnswers"}),
    "answer": frozenset({"answer", "alternatives", "doesCompile", "stdout", "lineNumber"}),
}
"""Keys that are read, or that mean nothing without others that are."""


@cache
def schema() -> Mapping[str, JSON]:
    """Return the schema as `jsonschema` takes it."""
    found: Mapping[str, JSON] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def read(data: bytes, file: str) -> Imported:
    """Return one topic of all questions. Raises OperatorError where the file is no such quiz."""
    text = decoded(data, file)
    quiz = parsed(tomllib.loads, text, file, "TOML")
    reader = _Reader(file, text, quiz)
    check(quiz, schema(), file, reader.line)
    return reader.read()


class _Reader:
    def __init__(self, file: str, text: str, quiz: JSON) -> None:
        self.file, self.quiz = file, quiz
        self.texts = _texts(text)
        self.names = Names()
        self.losses: list[Loss] = []
        self.originals: list[Original] = []

    def line(self, path: Iterable[str | int]) -> int:
        """Return the line of the question on the path, 1 where it cannot be told."""
        number = next((step for step in path if isinstance(step, int)), None)
        found = self.quiz.get("questions") if isinstance(self.quiz, dict) else None
        known = isinstance(found, list) and len(found) == len(self.texts)
        return self.texts[number][0] if known and number is not None else 1

    def read(self) -> Imported:
        asked = [self.question(n, entry) for n, entry in enumerate(self.quiz["questions"])]
        for key in self.quiz.keys() - {"questions", "multipart"}:
            self.losses.append(Loss(Place(self.file, 1), key))
        topic = topic_of(self.file, asked)
        return Imported(Pack("", "", topics=(topic,)), tuple(self.losses), tuple(self.originals))

    def question(self, number: int, entry: JSON) -> Question | None:
        place = Place(self.file, self.line([number]))
        prompt = entry["prompt"]
        said = prompt.get("prompt", prompt.get("program", ""))
        known = len(self.texts) == len(self.quiz["questions"])
        text = self.texts[number][1] if known else json.dumps(entry, indent=2, ensure_ascii=False)
        id = self.names.take(entry.get("id", ""), headed(said)[0], text)
        self.originals.append(Original(id, place, headed(said)[0], "toml", text))
        self.lose(place, entry)
        found = READERS[entry["type"]](entry)
        if isinstance(found, str):
            self.losses.append(Loss(place, "question", f"kept as prose: {found}"))
            return None
        kind, payload, shuffle = found
        context, source = _cut_source(entry.get("context", "").strip())
        question = made(
            kind,
            payload,
            TOLD if kind == "predict" else said,
            id=id,
            place=place,
            explanation=context,
            shared=self.quiz.get("multipart", {}).get(entry.get("multipart"), ""),
            shuffle=shuffle,
        )
        return replace(question, commentary=replace(question.commentary, source=source))

    def lose(self, place: Place, entry: JSON) -> None:
        """Tell the keys that nothing here stands for."""
        for part, known in KNOWN.items():
            keys = (entry[part] if part else entry).keys() - known
            names = [f"{part}.{key}".removeprefix(".") for key in sorted(keys)]
            self.losses += (Loss(place, name) for name in names)
        if entry.get("promptExplanation"):
            said = "learners are not asked why they answered so"
            self.losses.append(Loss(place, "promptExplanation", said))
        if entry.get("multipart") not in {None, *self.quiz.get("multipart", {})}:
            self.losses.append(Loss(place, "multipart", f"no text is called {entry['multipart']}"))


def _texts(text: str) -> list[tuple[int, str]]:
    """Return the first line and the text of each question, as far as its look tells them."""
    starts = [found.start() for found in START.finditer(text)]
    ends = [*starts[1:], len(text)]
    return [
        (text.count("\n", 0, start) + 1, text[start:end].strip())
        for start, end in zip(starts, ends, strict=False)
    ]


def _cut_source(context: str) -> tuple[str, str]:
    """Return the context without a last paragraph that says where its facts are from, and that."""
    before, _, last = context.rpartition("\n\n")
    if not last.startswith("Source:"):
        return context, ""
    return before.strip(), " ".join(last.removeprefix("Source:").split())


Found = tuple[str, JSON, bool] | str
"""The kind, its payload and whether options are shuffled; or why there is none."""


def _choice(entry: JSON) -> Found:
    prompt, answer = entry["prompt"], entry["answer"]["answer"]
    right = answer if isinstance(answer, list) else [answer]
    wrong = prompt["distractors"]
    at = prompt.get("answerIndex")
    marked = anywhere(right, wrong)
    if at is not None:
        before = [(text, False) for text in wrong[:at]]
        marked = [*before, *((text, True) for text in right), *((t, False) for t in wrong[at:])]
    elif prompt.get("sortAnswers"):
        marked.sort()
    payload = options(marked)
    if payload is None:
        return "more than 26 options"
    kind = chosen(payload, several=isinstance(answer, list))
    fixed = at is not None or prompt.get("sortAnswers", False)
    return kind, payload, kind == "truefalse" or not fixed


def _typed(entry: JSON) -> Found:
    answers = [entry["answer"]["answer"], *entry["answer"].get("alternatives", ())]
    lines = accepted((answer.strip() for answer in answers), "text")
    if not lines or any("\n" in line for line in lines):
        return "an answer of no line, or of several"
    return "text", {"accepted": lines, "match": "text"}, True


def _tracing(entry: JSON) -> Found:
    answer = entry["answer"]
    if not answer["doesCompile"]:
        return "a program that does not compile prints nothing"
    output = normal_output(answer.get("stdout", ""))
    code = entry["prompt"]["program"].strip("\n")
    return "predict", {"code": code, "language": "rust", "output": output, "raises": ""}, True


READERS: Mapping[str, Callable[[JSON], Found]] = {
    "MultipleChoice": _choice,
    "ShortAnswer": _typed,
    "Tracing": _tracing,
}
