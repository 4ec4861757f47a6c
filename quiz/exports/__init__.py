"""Rows to lines: pure makers over streams."""
