"""Kinds that a format has no word for, as the nearest of those that it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from quiz.core.blanks import MARK
from quiz.core.blocks import Fence, Place, markdown
from quiz.core.exchange import code_span
from quiz.core.kinds import JSON, Remark
from quiz.core.questions import Question
from quiz.core.tasklists import LETTERS
from quiz.kinds import kinds

NONE = "No line is wrong."


def nearest(question: Question, held: Collection[str]) -> tuple[Question | None, str]:
    """Return the question as a kind that a format holds, and what became of it, "" for nothing.

    None where no kind is near enough. Remarks go along as far as there is a place for them.
    """
    name = question.wording.body.name
    if name in held:
        return question, ""
    for kind, change in NEAREST.get(name, {}).items():
        changed = change(question) if kind in held else None
        if changed:
            lost = len(question.commentary.remarks) - len(changed.commentary.remarks)
            said = f", feedback on {lost} answers is left out" if lost else ""
            return changed, f"{name} becomes {kind}{said}"
    return None, f"nothing is near the kind {name}"


def with_code(stem: str, language: str, code: str) -> str:
    """Return the stem with code under it."""
    fence = markdown([Fence(Place("", 1), (language,) if language else (), code)])
    return "\n\n".join(part for part in (stem, fence) if part)


def _changed(
    question: Question,
    kind: str,
    payload: JSON,
    stem: str,
    remarks: Mapping[str, Remark] | None = None,
) -> Question:
    body = kinds()[kind].load(payload)
    return replace(
        question,
        wording=replace(question.wording, stem=stem, body=body),
        commentary=replace(question.commentary, remarks=remarks or {}),
    )


def _pick_to_multiple(question: Question) -> Question | None:
    payload: dict[str, Any] = question.wording.body.dump()
    lines = [(n, line) for n, line in enumerate(payload["lines"], 1) if line]
    if len(lines) >= len(LETTERS):
        return None
    marked, said = payload["marked"], question.commentary.remarks
    options = [
        {"key": key, "text": f"{n}: {code_span(line.strip())}", "right": n in marked}
        for key, (n, line) in zip(LETTERS, lines, strict=False)
    ]
    options.append({"key": LETTERS[len(lines)], "text": NONE, "right": not marked})
    remarks = {
        key: said[str(n)] for key, (n, _) in zip(LETTERS, lines, strict=False) if str(n) in said
    }
    stem = with_code(question.wording.stem, payload["language"], "\n".join(payload["lines"]))
    return replace(_changed(question, "multiple", options, stem, remarks), shuffle=False)


def _predict_to_text(question: Question) -> Question | None:
    payload: dict[str, Any] = question.wording.body.dump()
    output = payload["output"]
    if "\n" in output or not output.strip() or payload["raises"]:
        return None
    stem = with_code(question.wording.stem, payload["language"], payload["code"])
    remarks = {k: v for k, v in question.commentary.remarks.items() if k and "\n" not in k}
    return _changed(question, "text", {"accepted": [output], "match": "code"}, stem, remarks)


def _predict_to_recall(question: Question) -> Question:
    payload: dict[str, Any] = question.wording.body.dump()
    stem = with_code(question.wording.stem, payload["language"], payload["code"])
    raises = payload["raises"]
    ends = f"It raises {code_span(raises)}." if raises else "It ends normally."
    model = f"{with_code('', 'text', payload['output'])}\n\n{ends}"
    return _changed(question, "recall", {"model": model, "points": []}, stem)


def _order_to_match(question: Question) -> Question | None:
    payload: dict[str, Any] = question.wording.body.dump()
    pairs = [
        [str(n), code_span("    " * level + text.replace("\n", " ↵ "))]
        for n, (text, level) in enumerate(payload["solution"], 1)
    ]
    extras = [code_span(text.replace("\n", " ↵ ")) for text in payload["distractors"]]
    if _twice([*(right for _, right in pairs), *extras]):
        return None
    match = {"titles": ["Place", "Line"], "pairs": pairs, "extras": extras}
    return _changed(question, "match", match, question.wording.stem)


def _cloze_to_text(question: Question) -> Question | None:
    payload: dict[str, Any] = question.wording.body.dump()
    if len(payload["accepted"]) != 1:
        return None
    stem = with_code(question.wording.stem, payload["language"], payload["code"])
    said = {key.partition("=")[2]: why for key, why in question.commentary.remarks.items()}
    text = {"accepted": payload["accepted"][0], "match": "code"}
    return _changed(question, "text", text, stem, said)


def _cloze_to_match(question: Question) -> Question | None:
    payload: dict[str, Any] = question.wording.body.dump()
    stem = with_code(question.wording.stem, payload["language"], payload["code"])
    pairs = [[f"Blank {n}", code_span(f[0])] for n, f in enumerate(payload["accepted"], 1)]
    if _twice(right for _, right in pairs):
        return None
    match = {"titles": ["Blank", MARK], "pairs": pairs, "extras": []}
    return _changed(question, "match", match, stem)


def _to_recall(question: Question) -> Question:
    """Return the question with its right answer as a model to compare with."""
    payload: dict[str, Any] = question.wording.body.dump()
    code = payload.get("code") or "\n".join(payload.get("lines", ()))
    stem = with_code(question.wording.stem, payload["language"], code) if code else ""
    model = with_code("", "text", question.wording.body.expected())
    return _changed(
        question, "recall", {"model": model, "points": []}, stem or question.wording.stem
    )


def _twice(texts: Iterable[str]) -> bool:
    found = [" ".join(text.strip("`").split()) for text in texts]
    return len(set(found)) < len(found)


NEAREST: Mapping[str, Mapping[str, Any]] = {
    "pick": {"multiple": _pick_to_multiple, "recall": _to_recall},
    "predict": {"text": _predict_to_text, "recall": _predict_to_recall},
    "order": {"match": _order_to_match, "recall": _to_recall},
    "cloze": {"text": _cloze_to_text, "match": _cloze_to_match, "recall": _to_recall},
}
"""By kind, the kinds that come near it, the nearest first."""
