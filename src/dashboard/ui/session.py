"""What is kept between runs, and nothing else is: the open facts, and finished answers by their question."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from dashboard import settings
from dashboard.domain.selection import Selection
from dashboard.measures import Facts
from dashboard.measures.kept import Kept
from dashboard.measures.noted import Noted

T = TypeVar("T")
KEPT = 2_000


def facts(as_of: date | None = None) -> Facts:
    """Everything numbers rest on, now or as known then; opened again only when a delivery or a note has come.

    Raises DashboardError with what is wrong.
    """
    places = settings.load()
    return _opened(places.home, places.state).at(as_of)


@st.cache_resource(show_spinner=False)
def _opened(home: Path, state: Path) -> Noted:
    return Noted(settings.Settings(home, state))


@st.cache_resource(show_spinner=False)
def _answers() -> Kept[Any]:
    return Kept(KEPT)


def kept(known: Facts, what: Hashable, selection: Selection, make: Callable[[], T]) -> T:
    """An answer by (fingerprint, role and all else of the selection, what is asked).

    Two who ask the same at once may both make it; nobody waits for another.
    """
    key = (known.fingerprint, selection, what)
    answers = _answers()
    found: tuple[T] | None = answers.get(key)  # in a tuple: None is an answer too
    if found is None:
        found = (make(),)
        answers.put(key, found)
    return found[0]
