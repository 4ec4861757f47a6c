"""What evidence is run in: the interpreter, and the versions of what a pack is about."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from quiz.core.errors import OperatorError

ASKING_S = 60
MISSING = "not installed"

QUESTION = f"""
import importlib.metadata, json, platform, sys
def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return {MISSING!r}
python = platform.python_implementation() + " " + ".".join(platform.python_version_tuple()[:2])
print(json.dumps({{"python": python, **{{name: version(name) for name in sys.argv[1:]}}}}))
"""


def versions(python: Path | None, distributions: Sequence[str]) -> Mapping[str, str]:
    """Return the versions by distribution, and under `python` such as `CPython 3.11`.

    Raises OperatorError where the interpreter cannot be asked.
    """
    call = [str(python or sys.executable), "-sP", "-c", QUESTION, *distributions]
    try:
        done = subprocess.run(  # noqa: S603  the interpreter that the author chose
            call, capture_output=True, text=True, timeout=ASKING_S, check=True
        )
        found: dict[str, str] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise OperatorError(f"{call[0]} cannot be started: {error}") from None
    return found
