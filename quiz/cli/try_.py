"""`quiz try`: a pack answered in the terminal; nothing is stored."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.asking import ask
from quiz.cli.screen import COMMANDS, DontKnowError, HintError, Screen
from quiz.cli.telling import tell
from quiz.core.drafts import did_you_mean
from quiz.core.errors import AnswerError, OperatorError
from quiz.core.kinds import JSON, Pending, Seed
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.packs.files import find_packs
from quiz.packs.loader import load_pack

WORDS = {"right": "Correct", "partial": "Partly right", "wrong": "Not correct"}
UNKNOWN, HAD_IT, NOT_YET = "Not known", "You had it", "Not yet"


def try_(
    path: Annotated[Path, typer.Argument(help="The pack: its folder, or its file.")],
    topic: Annotated[str, typer.Option(help="Ask this topic only, by its id.")] = "",
    seed: Annotated[str, typer.Option(help="Any text: the same gives the same orders.")] = "",
) -> None:
    """Answer a pack in the terminal; nothing is stored. Ctrl+C ends with a summary."""
    packs = find_packs([path])
    if len(packs) != 1:
        raise OperatorError(f"{path} holds {len(packs) or 'no'} packs. Name one of them.")
    pack = load_pack(packs[0]).pack
    if pack is None:
        raise OperatorError(f"{path} has errors. Mend what `quiz check` finds, then try it.")
    asked = _asked(pack, topic)
    secret = seed.encode() or secrets.token_bytes(16)
    screen = Screen()
    screen.say(f"{pack.title}: {len(asked)} questions ({COMMANDS})")
    told: list[tuple[Question, str]] = []
    try:
        for number, question in enumerate(asked, 1):
            screen.say(f"\nQuestion {number} of {len(asked)}")
            try:
                told.append((question, _answer(question, secret, screen)))
            except OperatorError as error:
                screen.say(str(error))
    except (KeyboardInterrupt, EOFError):
        screen.say()
    _sum_up(told, screen)


def _asked(pack: Pack, topic: str) -> Sequence[Question]:
    if not topic:
        return pack.questions
    found = [one for one in pack.topics if one.id == topic]
    if not found:
        hint = did_you_mean(topic, [one.id for one in pack.topics])
        raise OperatorError(f"There is no topic '{topic}'. {hint}")
    return found[0].questions


def _answer(question: Question, secret: bytes, screen: Screen) -> str:
    """Ask a question until it is answered, tell the verdict and return it."""
    wording, commentary = question.wording, question.commentary
    seed = Seed(secret, question.id or str(question.place.line), question.shuffle)
    if wording.shared:
        screen.markdown(wording.shared)
    screen.markdown(wording.stem)
    response = _response(question, seed, screen)
    verdict = _verdict(question, response)
    withdrawn = " (the question has a flaw and does not count)" if wording.score == "void" else ""
    screen.say(f"\n{verdict}{withdrawn}")
    tell(wording.body.review(seed, response), screen, commentary.remarks)
    signs = wording.body.grade(response).signs if response is not None else ()
    beliefs = (
        commentary.remarks[sign].misconception for sign in signs if sign in commentary.remarks
    )
    for belief in dict.fromkeys(filter(None, beliefs)):
        screen.markdown(f"The belief behind it: {commentary.beliefs[belief]}")
    for text in (commentary.explanation, commentary.source and f"Source: {commentary.source}"):
        if text:
            screen.say()
            screen.markdown(text)
    return verdict


def _response(question: Question, seed: Seed, screen: Screen) -> JSON:
    """Return what was answered, None for "I don't know"."""
    body, hints = question.wording.body, list(question.commentary.hints)
    while True:
        try:
            form = ask(body.ask(seed, {}), screen, "choice" in body.many)
            response = body.read(form, seed)
            if not isinstance(response, Pending):
                return response
            tell(body.review(seed, None), screen, {})
            return body.read({**form, "self_grade": [_self_grade(screen)]}, seed)
        except AnswerError as error:
            screen.say(str(error))
        except HintError:
            screen.markdown(hints.pop(0) if hints else "There is no further hint.")
        except DontKnowError:
            return None


def _self_grade(screen: Screen) -> str:
    while True:
        grade = {"y": "yes", "n": "no"}.get(screen.ask("Does yours hold this, y or n").strip())
        if grade:
            return grade


def _verdict(question: Question, response: JSON) -> str:
    wording = question.wording
    if response is None:
        return UNKNOWN
    share = wording.body.grade(response).score
    if wording.body.self_graded:
        return HAD_IT if share == 1 else NOT_YET
    if share == 1:
        return WORDS["right"]
    return WORDS["partial" if share > 0 and wording.score == "partial" else "wrong"]


def _sum_up(told: Sequence[tuple[Question, str]], screen: Screen) -> None:
    counts = Counter(verdict for _, verdict in told)
    named = ", ".join(f"{number} {verdict.lower()}" for verdict, number in counts.items())
    answered = "1 question" if len(told) == 1 else f"{len(told)} questions"
    screen.say(f"\n{answered} answered{': ' if named else '.'}{named}")
    for question, verdict in told:
        if verdict not in (WORDS["right"], HAD_IT):
            screen.say(f"- {verdict}: {question.commentary.title}")
