"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from quiz.core.errors import OperatorError


def write_file(path: Path, data: bytes) -> None:
    """Write a file; it takes its name only when it is whole, and keeps its rights.

    Raises OperatorError with a sentence when the file cannot be written.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise OperatorError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
