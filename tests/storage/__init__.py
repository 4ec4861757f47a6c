"""Tests of `quiz/storage`."""
