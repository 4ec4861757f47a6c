"""What htmx tells of a request, and what we tell it back."""

from __future__ import annotations

from starlette.requests import Request

VARY = "HX-Request-Type"
"""The same address has two bodies; caches must keep them apart."""


def wants_fragment(request: Request) -> bool:
    """Return whether htmx asked for a part of a page; boosted and plain requests want all."""
    return request.headers.get("hx-request-type") == "partial"
