"""Puts the parts together: Streamlit as an ASGI application with our middleware and routes around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from dashboard.web.frontend import Frontend
from dashboard.web.headers import SecurityHeaders
from dashboard.web.pages_directory import guard_pages_directory
from dashboard.web.precompress import default_cache_dir, prepare_static, prepared_dir, static_root
from dashboard.web.script_errors import on_script_error
from dashboard.web.shell import build_shell, chart_chunks, head_elements, own_assets

_ASSETS = Path(__file__).parent / "assets"
_TITLE = "Uppföljning"
_DESCRIPTION = "Nämndens mål, nyckeltal, ekonomi och risker med spårbara siffror."


async def health(_: Request) -> JSONResponse:
    """Answer that the process serves; nothing about data or versions, because anyone may ask."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def create_app(
    script: Path,
    *,
    title: str = _TITLE,
    description: str = _DESCRIPTION,
    chart_pages: Collection[str] = (),
    assets: Sequence[Path] = (),
    routes: Sequence[BaseRoute] = (),
) -> st.App:
    """The ASGI application that runs ``script`` for each visitor.

    ``title`` and ``description`` stand in the page before Streamlit has started. ``chart_pages`` names the pages
    (their url_path, "" for the first) that draw Plotly charts and should have its script early. ``assets`` are
    more files of one's own to serve; style sheets and scripts among them are loaded by every page. ``routes`` are
    further addresses; they may not begin like Streamlit's own.

    Settings come from .streamlit/config.toml beside ``script``: an ASGI application reads no others.
    """
    guard_pages_directory()
    cache, root = default_cache_dir(), static_root()
    prepare_static(cache, root)
    own = own_assets([*sorted(path for path in _ASSETS.iterdir() if path.is_file()), *assets])
    head = head_elements(list(own))
    all_routes = [Route("/health", health), *routes]
    frontend = Middleware(
        Frontend,
        root=root,
        copies=prepared_dir(cache, root),
        own=own,
        shell=build_shell(root, title=title, description=description, head=head),
        chart_shell=build_shell(
            root, title=title, description=description, head=head, preload=chart_chunks(root)
        ),
        chart_pages=chart_pages,
        reserved={getattr(route, "path", "").strip("/").split("/")[0] for route in all_routes} - {""},
    )
    return st.App(
        script.resolve(),
        middleware=[Middleware(SecurityHeaders), frontend],
        routes=all_routes,
        on_script_error=on_script_error,
    )
