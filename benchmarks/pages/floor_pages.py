"""The floor with all pages: what a change of page, or of the filter on any page, costs when nothing is computed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from benchmarks.pages import FIRST
from benchmarks.pages.floor import board, draw


def drawer(page: str) -> Callable[[], None]:
    """A page of its own for Streamlit: it shows what was recorded of ``page``."""
    return lambda: draw(page)


if __name__ == "__main__":
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    recorded = sorted(file.stem for file in Path(os.environ["BENCH_PAYLOADS"]).glob("*.json"))
    pages = [
        st.Page(drawer(page), title=page, url_path="" if page == FIRST else page, default=page == FIRST)
        for page in recorded
        if page != "figures"
    ]
    st.navigation(pages, position="hidden").run()
else:
    from dashboard.web import create_app

    app = create_app(Path(__file__), assets=board().assets())
