"""The file `statements`: one xAPI statement a try, for a learning record store (IEEE 9274.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from quiz.core.attempts import time_s
from quiz.core.kinds import JSON
from quiz.core.tried import Tried
from quiz.exports.asked import Asked
from quiz.exports.cells import stored, time_text
from quiz.exports.interactions import interaction_of, response_of
from quiz.exports.learners import Learner
from quiz.exports.lines import Columns, File, Record

VERB = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}}
QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
PACK = "http://adlnet.gov/expapi/activities/course"
ROUND = "http://adlnet.gov/expapi/activities/attempt"
ANY_LANGUAGE = "und"
"""What authors write is in the language of their pack, which a statement does not know (BCP 47)."""

COLUMNS = Columns(
    names=("id", "actor", "verb", "object", "result", "context", "timestamp", "version")
)

FILE = File(
    title="Statements",
    sentence="One xAPI statement a try, for a learning record store. Learners are accounts of this "
    "app, never addresses of mail.",
    formats=("ndjson",),
    row_bytes=1300,
)


def record_of(tried: Tried, asked: Asked, learner: Learner, home: str) -> Record:
    """Return the statement of an attempt; `home` is the address of the app."""
    card = f"{home}/rounds/{tried.round_id}/cards/{tried.position}"
    return {
        # The same attempt has the same id in every file, so a store takes it once.
        "id": str(uuid5(NAMESPACE_URL, f"{card}#{learner.id}")),
        "actor": _actor(learner, home),
        "verb": VERB,
        "object": {
            "objectType": "Activity",
            "id": f"{home}/packs/{tried.pack_id}#{tried.question_id}",
            "definition": _definition(asked),
        },
        "result": _result(tried, asked, home),
        "context": {
            "registration": str(uuid5(NAMESPACE_URL, f"{home}/rounds/{tried.round_id}")),
            "platform": "Self-quiz",
            "contextActivities": {
                "parent": [_activity(f"{home}/packs/{tried.pack_id}", PACK)],
                "grouping": [_activity(f"{home}/rounds/{tried.round_id}", ROUND)],
            },
            "extensions": {
                f"{home}/xapi/revision": tried.rev,
                f"{home}/xapi/version": tried.v,
                f"{home}/xapi/mode": tried.mode,
                f"{home}/xapi/objective": tried.objective_id,
                f"{home}/xapi/topic": tried.topic_id,
            },
        },
        "timestamp": time_text(tried.answered_at),
        "version": "1.0.3",
    }


def _actor(learner: Learner, home: str) -> JSON:
    actor: dict[str, JSON] = {"objectType": "Agent"}
    if learner.name:
        actor["name"] = learner.name
    return actor | {"account": {"homePage": home, "name": learner.id}}


def _definition(asked: Asked) -> JSON:
    found = interaction_of(asked.body)
    return {
        "type": QUESTION,
        "name": _said(asked.title),
        "interactionType": found.type,
        "correctResponsesPattern": list(found.patterns),
        **{
            name: [{"id": id, "description": _said(text)} for id, text in things.items()]
            for name, things in found.components.items()
        },
    }


def _result(tried: Tried, asked: Asked, home: str) -> JSON:
    result: dict[str, JSON] = {
        "completion": True,
        "extensions": {
            f"{home}/xapi/outcome": tried.outcome,
            f"{home}/xapi/hints": tried.hints,
            f"{home}/xapi/misconceptions": stored(tried.misconceptions).value,
        },
    }
    if tried.response is not None:
        result["response"] = response_of(asked.body, stored(tried.response).value)
    if tried.counted:
        result["score"] = {"scaled": tried.score}
    if tried.correct is not None:
        result["success"] = tried.correct
    seconds = time_s(tried.shown_at, tried.answered_at)
    if seconds is not None:
        result["duration"] = f"PT{seconds:.2f}S"
    return result


def _activity(id: str, of: str) -> Mapping[str, JSON]:
    return {"objectType": "Activity", "id": id, "definition": {"type": of}}


def _said(text: str) -> Mapping[str, str]:
    return {ANY_LANGUAGE: text}
