"""`quiz` and `python -m quiz`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. To import it takes a moment, in which Ctrl-C ends it without a word."""
    try:
        from quiz.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
