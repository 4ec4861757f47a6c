"""Tests of `quiz/core`."""
