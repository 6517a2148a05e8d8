"""What is kept between runs, and nothing else is: the open facts, and finished answers by their question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from dashboard import settings
from dashboard.domain.selection import Selection
from dashboard.measures import Facts, open_facts

T = TypeVar("T")
KEPT = 2_000


def facts() -> Facts:
    """Everything numbers rest on, opened once a process. Raises DashboardError with what is wrong."""
    places = settings.load()
    return _opened(places.home, places.state)


@st.cache_resource(show_spinner=False)
def _opened(home: Path, state: Path) -> Facts:
    return open_facts(settings.Settings(home, state))


class Answers:
    """Finished answers, the least recently asked dropped first. Safe for many sessions at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, else the one that ``make`` gives. Two who ask at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


@st.cache_resource(show_spinner=False)
def _answers() -> Answers:
    return Answers(KEPT)


def kept(known: Facts, what: Hashable, selection: Selection, make: Callable[[], T]) -> T:
    """An answer by (fingerprint, role and all else of the selection, what is asked)."""
    return _answers().get((known.fingerprint, selection, what), make)
