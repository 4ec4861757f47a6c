"""The tests; they mirror `quiz/`."""
