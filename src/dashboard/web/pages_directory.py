"""Keep Streamlit from treating pages/ as its old kind of multipage app."""

from __future__ import annotations

from streamlit.runtime.pages_manager import PagesManager


def guard_pages_directory() -> None:
    """Tell Streamlit that the navigation is ours, before the first visitor arrives.

    Streamlit decides it from the mere presence of a folder ``pages/`` beside the script when the first
    session begins, and corrects itself only when that session reaches ``st.navigation``. Until then a deep
    link runs the page's file alone: without the frame of app.py and, with a login, without the login.
    Safe to call repeatedly.
    """
    PagesManager.uses_pages_directory = False
