"""Tests of `quiz/exports`."""
