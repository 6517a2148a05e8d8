"""Puts the parts together: Streamlit as an ASGI application with our middleware and routes around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from dashboard.settings import default_cache_dir
from dashboard.web.assets import Asset
from dashboard.web.frontend import Frontend
from dashboard.web.headers import SecurityHeaders
from dashboard.web.pages_directory import guard_pages_directory
from dashboard.web.precompress import (
    all_served_files,
    chart_library,
    prepare_static,
    prepared_dir,
    static_root,
)
from dashboard.web.script_errors import on_script_error
from dashboard.web.shell import build_shell, chart_elements, head_elements, own_assets

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

    ``title`` and ``description`` stand in the page before Streamlit has started. ``chart_pages`` names the
    pages (their url_path, "" for the first) that draw charts and should have the chart library early.
    ``assets`` are further files to serve; style sheets and scripts among them are loaded by every page, in
    order. ``routes`` are further addresses; they may not begin like Streamlit's own.

    Settings come from .streamlit/config.toml beside ``script``: an ASGI application reads no others.
    """
    guard_pages_directory()
    cache, files = default_cache_dir(), all_served_files()
    prepare_static(cache, files)
    own = own_assets([*sorted(path for path in _ASSETS.iterdir() if path.is_file()), *assets], cache)

    def shell(early: bool) -> Asset:
        first = [path for path in own if path.endswith("/first.js")]
        rest = [path for path in own if path not in first]
        return build_shell(
            static_root(),
            title=title,
            description=description,
            head=[*chart_elements(chart_library()[0], early), *head_elements(rest)],
            first=head_elements(first),
            cache_dir=cache,
        )

    all_routes = [Route("/health", health), *routes]
    frontend = Middleware(
        Frontend,
        files=files,
        copies=prepared_dir(cache, files),
        own=own,
        shell=shell(early=False),
        chart_shell=shell(early=True),
        chart_pages=chart_pages,
        reserved={getattr(route, "path", "").strip("/").split("/")[0] for route in all_routes} - {""},
    )
    return st.App(
        script.resolve(),
        middleware=[Middleware(SecurityHeaders), frontend],
        routes=all_routes,
        on_script_error=on_script_error,
    )
