"""Markdown to core: reading, checking, naming revisions, rendering."""
