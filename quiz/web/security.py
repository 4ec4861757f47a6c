"""Headers and guards in front of every route, as pure ASGI middleware."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
HSTS = "max-age=31536000; includeSubDomains"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
ROOT = "quiz.root"
"""The path under which the app lies, in the scope of a request."""
PERSON = "quiz.person"
"""Who has signed in, in the scope of a request for a page that asks for it."""


def headers(*, secure: bool) -> dict[str, str]:
    """Return the headers of every response; `secure` where learners come by https."""
    return {**HEADERS, "strict-transport-security": HSTS} if secure else HEADERS


class SecurityHeaders:
    """Put the headers on every response that does not bring its own."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = headers(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    own.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class SameOrigin:
    """Refuse a form that another site posts.

    Sec-Fetch-Site decides where it is sent; else Origin must be ours; neither is allowed, as
    browsers are kept out by SameSite cookies and what is no browser carries no cookie of a learner.
    """

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self.app = app
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._allowed(scope):
            refusal = PlainTextResponse("This form was posted from another site.\n", 403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        if scope["method"] in SAFE_METHODS:
            return True
        headers = Headers(scope=scope)
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site in ("same-origin", "none")
        here = f"{scope['scheme']}://{headers.get('host')}"
        return origin is None or origin in (here, self.origin)


class KnownHosts:
    """Refuse a request for a host that is not ours, so that nobody can put words into our links."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = list(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = True

        async def known(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal refused
            refused = False
            await self.app(scope, receive, send)

        async def send_unless_refused(message: Message) -> None:
            if not refused:
                await send(message)

        guard = TrustedHostMiddleware(known, self.hosts, www_redirect=False)
        await guard(scope, receive, send_unless_refused)
        if refused:
            refusal = PlainTextResponse(
                "This server answers to another name. Whoever runs it can add the name that you "
                "asked for to QUIZ_ALLOWED_HOSTS.\n",
                400,
            )
            await refusal(scope, receive, send)


class Prefix:
    """Know where the app begins: under a host app, or under the path of QUIZ_BASE_URL.

    A proxy may pass that path on or cut it off. Everything inside finds the beginning in the scope
    under `ROOT`, as a mount further in changes `root_path`.
    """

    def __init__(self, app: ASGIApp, *, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if self.prefix and not scope.get("root_path"):
                path = scope["path"].removeprefix(self.prefix) or "/"
                inside = path.startswith("/")  # else its first word only begins like the prefix
                scope["path"] = self.prefix + (path if inside else scope["path"])
                scope["root_path"] = self.prefix
            scope[ROOT] = scope.get("root_path", "")
        await self.app(scope, receive, send)


class CleanPath:
    """Refuse a path that no page of ours can have: with a control character in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and any(ord(sign) < 32 for sign in scope["path"]):
            refusal = PlainTextResponse("The address has a control character in it.\n", 400)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)
