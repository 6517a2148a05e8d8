"""Serves the interface itself: the shell for each page's address, and every script and style compressed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.web.assets import Asset, prepared

# First parts of addresses that Streamlit answers itself; everything else without a dot is a page.
STREAMLIT_ROUTES = frozenset({"_stcore", "media", "component", "static", "app", "auth", "oauth2callback"})


class Frontend:
    """Middleware in front of Streamlit's uncompressed file serving.

    It answers GET and HEAD for pages, our own assets and the bundle, and leaves everything else to Streamlit.
    The bundle is read on first use and kept: about 7 MB for each encoding that browsers really ask for.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        files: Mapping[str, Path],
        copies: Path,
        own: Mapping[str, Asset],
        shell: Asset,
        chart_shell: Asset,
        chart_pages: Collection[str],
        reserved: Collection[str] = (),
    ) -> None:
        """Wrap ``app``.

        ``files`` are the bundle's files by address without the leading slash, ``copies`` the folder of their
        compressed copies; ``chart_pages`` the pages' url_path ("" is the first page) that get
        ``chart_shell``; ``reserved`` the first parts of our own routes' addresses.
        """
        self.app = app
        self._own = own
        self._shell = shell
        self._chart_shell = chart_shell
        self._chart_pages = frozenset(chart_pages)
        self._reserved = STREAMLIT_ROUTES | frozenset(reserved)
        self._sources = {f"/{address}": (path, copies / address) for address, path in files.items()}
        self._loaded: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, pass on the rest."""
        asset = (
            self.find(scope["path"])
            if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
            else None
        )
        if asset is None:
            await self.app(scope, receive, send)
            return
        await asset.response(Headers(scope=scope))(scope, receive, send)

    def find(self, path: str) -> Asset | None:
        """The file for an address, or None when it is not ours to answer."""
        if path in self._own:
            return self._own[path]
        if path in self._sources:
            if path not in self._loaded:
                self._loaded[path] = prepared(*self._sources[path])
            return self._loaded[path]
        if not self.is_page(path):
            return None
        return self._chart_shell if path.strip("/") in self._chart_pages else self._shell

    def is_page(self, path: str) -> bool:
        """True for the address of a page, existing or not: Streamlit itself says when there is none."""
        if path in {"", "/", "/index.html"}:
            return True
        parts = path[1:].split("/")
        # Streamlit redirects a final slash; a dot means a file; _stcore may follow a page's name.
        if not all(parts) or "." in parts[-1] or "_stcore" in parts:
            return False
        return parts[0] not in self._reserved
