"""The one component that carries a page to the browser: HTML from autoescaped templates, and figures as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

STATIC = Path(__file__).parent / "static"

# The script itself is loaded once by the page's head; sending it with every answer would cost more than the page.
_STUB = """
export default (component) => {
  if (window.boardRender) return window.boardRender(component);
  component.parentElement.innerHTML = component.data.html;
};
"""


@cache
def _component() -> Any:
    return st.components.v2.component("board", js=_STUB, isolate_styles=False)


def assets() -> tuple[Path, ...]:
    """The files that the page's head must load, in order."""
    return (
        STATIC / "idiomorph.js",
        STATIC / "board.js",
        STATIC / "panels.js",
        STATIC / "board.css",
        STATIC / "mal.css",
        STATIC / "riskmatris.css",
        STATIC / "uppdrag.css",
        STATIC / "rapporter.css",
        STATIC / "trender.css",
        STATIC / "spc.css",
        STATIC / "amne.css",
        STATIC / "enheter.css",
        STATIC / "ekonomi.css",
        STATIC / "sok.css",
        STATIC / "historik.css",
        STATIC / "insikter.css",
        STATIC / "jamforelser.css",
        STATIC / "jamforelser.js",
        STATIC / "anteckningar.css",
        STATIC / "anteckningar.js",
        STATIC / "data.css",
        STATIC / "data.js",
        STATIC / "projektor.css",
    )


def mount(
    html: str, title: str, charts: Mapping[str, object], asked: tuple[str, Mapping[str, str]] | None = None
) -> None:
    """Show a page. ``html`` must come from the templates, which escape everything that is data.

    ``asked`` is the address that this answers, as path and parameters: the browser holds it against its own.
    """
    # Pairs in a tuple: to find out whether a dict inside holds a table, Streamlit would load pandas and pyarrow,
    # which takes longer than the page.
    data: dict[str, object] = {"html": html, "title": title, "charts": tuple(charts.items())}
    if asked is not None:
        path, params = asked
        data["asked"] = (path, tuple(sorted(params.items())))
    _component()(data=data, key="board", height="content")
