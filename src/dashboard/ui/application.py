"""The application's entry: which pages there are, and the page that the address names."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import navigation


def run() -> None:
    """Draw the page of the address. Called by ``app.py`` on every run."""
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    pages = [
        st.Page(page.file, title=page.title, url_path=page.path or None, default=not page.path)
        for page in navigation.PAGES
    ]
    st.navigation(pages, position="hidden").run()
