"""Static files under an address that changes with them, so that browsers may keep them for ever."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from quiz.core.errors import OperatorError


class StaticTree:
    """All files of a folder, named by one hash over their contents."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise OperatorError(f"The static files are missing: {folder} is no folder.")
        self.folder = folder
        self._digests = {
            path.relative_to(folder).as_posix(): hashlib.sha384(path.read_bytes()).digest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        whole = hashlib.sha256(repr(self._digests).encode())
        self.version = whole.hexdigest()[:12]

    def address(self, path: str) -> str:
        """Return the address of a file. Raises KeyError where there is none."""
        self._digests[path]
        return f"/static/{self.version}/{path}"

    def integrity(self, path: str) -> str:
        """Return the value of the `integrity` attribute of a script."""
        return "sha384-" + base64.b64encode(self._digests[path]).decode()

    def mount(self) -> Mount:
        """Return the route that serves the files, compressed."""
        return Mount(f"/static/{self.version}", GZipMiddleware(_Kept(directory=self.folder)))


class _Kept(StaticFiles):
    """Static files that browsers need not ask for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
