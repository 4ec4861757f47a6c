"""`quiz` and `python -m quiz`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line. To import it takes a moment, in which Ctrl-C ends it without a word."""
    gc.disable()
    try:
        from quiz.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    gc.freeze()  # modules stay: to look among them for what can go is a third of that moment
    gc.enable()
    run()


if __name__ == "__main__":
    main()
