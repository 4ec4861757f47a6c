"""Where an export goes: standard output, a device, or a file that is named once it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from quiz.core.errors import OperatorError


@contextmanager
def target(output: Path | None) -> Iterator[BinaryIO]:
    """Open the output, standard output for None. Raises OperatorError where it cannot be written.

    A link is written through; a file that is there stays as it is until the new one is whole.
    """
    try:
        if output is None or _is_standard_output(output):
            yield from _standard_output()
        elif output.is_dir():
            raise OperatorError(f"{output} is a folder. Name a file in it, such as attempts.csv.")
        elif output.exists() and not output.is_file():
            with output.open("wb") as device:
                yield device
        else:
            yield from _whole(output.resolve())
    except BrokenPipeError:
        raise  # who reads has enough; the command line ends without a word
    except (OSError, RuntimeError) as error:  # a RuntimeError is a link that leads to itself
        cause = error.strerror if isinstance(error, OSError) else "the link leads to itself"
        name = output or "Standard output"
        raise OperatorError(
            f"{name} cannot be written: {cause}. Name another file with --output."
        ) from None


def _is_standard_output(output: Path) -> bool:
    with suppress(OSError):  # a name too long, a folder that may not be searched: said on opening
        return output.samefile("/dev/stdout")
    return False


def _standard_output() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError:
        # Python writes what is left when it ends, and would complain once more.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise


def _whole(path: Path) -> Iterator[BinaryIO]:
    """Write beside the file, with the rights that it had, and put the whole in its place."""
    part = path.with_name(f"quiz-{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            if path.exists():
                part.chmod(path.stat().st_mode & 0o7777)
            yield file
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
