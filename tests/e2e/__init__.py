"""Tests in a real browser, about what only a browser can tell."""
