"""Where templates, static files and content lie: beside the package, or inside a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    inside = PACKAGE / "_data"
    return inside if inside.is_dir() else PACKAGE.parent


TEMPLATES, STATIC, CONTENT = (_root() / name for name in ("templates", "static", "content"))
