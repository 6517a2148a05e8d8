"""The floor with two pages: what a change of page costs when nothing is computed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from benchmarks.pages.floor import board, draw


def first() -> None:
    """Översikt as recorded."""
    draw("oversikt")


def second() -> None:
    """Trender as recorded."""
    draw("trender")


if __name__ == "__main__":
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    pages = [
        st.Page(first, title="Översikt", default=True),
        st.Page(second, title="Trender", url_path="trender"),
    ]
    st.navigation(pages, position="hidden").run()
else:
    from dashboard.web import create_app

    app = create_app(Path(__file__), assets=board().assets())
