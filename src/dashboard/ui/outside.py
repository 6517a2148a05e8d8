"""A page outside a visitor's session: the same page file, run for the address of a request.

What is downloaded must be what is shown. So the file of the page is run as Streamlit runs it, through the same
reader of addresses and the same kept answers; only the finished page is handed back instead of being sent.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.ui import navigation


@dataclass(frozen=True, slots=True)
class Whole:
    """A finished page, as it is sent. ``about`` says in lines what was chosen and what it rests on."""

    html: str
    title: str
    charts: Mapping[str, object]
    about: tuple[str, ...] = ()


@dataclass(slots=True)
class Asked:
    """An address to answer outside a session, and what became of it."""

    params: Mapping[str, str]
    whole: Whole | None = None
    fault: DashboardError | None = None


asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


def page_of(home: Path, page_id: str, params: Mapping[str, str]) -> Whole | None:
    """The page for these parameters; None when there is no such page. ``home`` is the folder with ``pages``.

    Raises DashboardError, with what a user can act on, when the page cannot be shown.
    """
    known = {page.id: page for page in navigation.PAGES}
    if page_id not in known:
        return None
    file = home / known[page_id].file
    spec = importlib.util.spec_from_file_location(f"page_{page_id}", file)
    if spec is None or spec.loader is None:
        raise DashboardError(f"{file.name} är inte en Pythonfil.")
    mine = Asked(params)
    token = asked.set(mine)
    try:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    finally:
        asked.reset(token)
    if mine.fault is not None:
        raise mine.fault
    return mine.whole
