"""Whether what a file says has the form of its format: the first thing that does not is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator

from quiz.core.errors import OperatorError
from quiz.core.kinds import JSON

LONGEST = 60
"""Signs of what was found that are told."""

Line = Callable[[Iterable[str | int]], int]
"""Returns the line of a path into the data, 1 where it is not known."""


def parsed(load: Callable[[str], JSON], text: str, file: str, name: str) -> JSON:
    """Return what `load` makes of the text. Raises OperatorError with its own words."""
    try:
        return load(text)
    except ValueError as error:
        raise OperatorError(f"{file} is no {name}: {error}.") from None
    except RecursionError:
        raise OperatorError(f"{file} is nested too deeply to be a pack.") from None


def check(data: JSON, schema: Mapping[str, JSON], file: str, line: Line) -> None:
    """Raise OperatorError where the data does not follow the JSON schema, saying where and why."""
    found = fault(Draft202012Validator(schema), data)
    if found is not None:
        path, told = found
        raise OperatorError(f"{file}:{line(path)}: {path_text(path)}: {told}.")


def fault(validator: Validator, data: JSON) -> tuple[Sequence[str | int], str] | None:
    """Return the path to what does not follow a schema, and what is wrong; None where all does."""
    error = best_match(validator.iter_errors(data))
    return None if error is None else (list(error.absolute_path), _told(error))


def path_text(steps: Iterable[str | int]) -> str:
    """Return `questions[2].prompt`, counted from 0 as programs count."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".") or "the file"


def _told(error: ValidationError) -> str:
    rule: JSON = error.validator_value
    found: JSON = error.instance
    if error.validator == "required":
        return f"`{next(name for name in rule if name not in found)}` is missing"
    shown = f"'{str(found)[:LONGEST]}{'…' if len(str(found)) > LONGEST else ''}'"
    if error.validator == "type":
        return f"{shown} is not of the type {rule if isinstance(rule, str) else ' or '.join(rule)}"
    if error.validator == "enum":
        return f"{shown} is not allowed. Allowed: {', '.join(map(str, rule))}"
    if error.validator in ("oneOf", "unevaluatedProperties"):
        return "what it holds does not fit its kind"
    return f"{shown} breaks the rule `{error.validator}`"
