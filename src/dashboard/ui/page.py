"""The frame that every page stands in: menu, filters, freshness, notices, and the errors a user can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from dashboard.domain.selection import Selection
from dashboard.errors import DashboardError, DataError
from dashboard.measures import Facts
from dashboard.measures.freshness import freshness, is_demo
from dashboard.ui import board, filters, navigation
from dashboard.ui.navigation import PageInfo
from dashboard.ui.query import Query, read
from dashboard.ui.render import render
from dashboard.ui.session import facts as open_facts
from dashboard.ui.session import kept

T = TypeVar("T")


@dataclass(slots=True)
class Page:
    """A page being put together: blocks add finished HTML and the figures that belong to it."""

    info: PageInfo
    facts: Facts
    query: Query
    title: str = ""
    lead: str = ""
    parts: list[Markup] = field(default_factory=list)
    charts: dict[str, object] = field(default_factory=dict)

    @property
    def selection(self) -> Selection:
        return self.query.selection

    def kept(self, what: str, make: Callable[[], T], *more: object) -> T:
        """An answer kept by the selection, the page's own parameters and ``more``; made when it is new."""
        own = tuple(sorted(self.query.own.items()))
        return kept(
            self.facts,
            (self.info.id, what, self.query.projector, own, more),
            self.selection,
            make,
        )

    def once(self, what: str, make: Callable[[], T]) -> T:
        """An answer that no choice changes, kept for all pages."""
        return kept(self.facts, what, self.query.default, make)

    def put(self, *blocks: Callable[[Page], Markup]) -> None:
        """Add blocks below each other."""
        self.parts.extend(block(self) for block in blocks)

    def row(self, *blocks: Callable[[Page], Markup], kind: str = "even") -> None:
        """Add blocks beside each other; ``kind`` names the row's proportions in the style sheet."""
        cells = [block(self) for block in blocks]
        self.parts.append(render("row.html", cells=cells, kind=kind))

    def href(self, page_id: str, **changes: str | None) -> str:
        """The address of a page with this page's filters."""
        return self.query.href(navigation.info(page_id).path, keep_own=False, **changes)


@dataclass(frozen=True, slots=True)
class Whole:
    """A finished page, as it is sent."""

    html: str
    title: str
    charts: Mapping[str, object]


def show(page_id: str, draw: Callable[[Page], None], own: tuple[str, ...] = ()) -> None:
    """Draw a page in its frame. ``own`` names the parameters of the address that are the page's own.

    What a user can act on is shown as it stands; anything else goes on to the application's handler.
    """
    info = navigation.info(page_id)
    params = {name: st.query_params[name] for name in st.query_params}
    try:
        known = open_facts()
        query = read(params, known.catalogue, own)

        def make() -> Whole:
            page = Page(info, known, query)
            draw(page)
            html, title = _frame(page)
            return Whole(html, title, page.charts)

        asked = (info.id, "page", query.projector, tuple(sorted(query.own.items())), query.notices)
        whole = kept(known, asked, query.selection, make)
        board.mount(whole.html, whole.title, whole.charts, (info.path, params))
    except DataError as error:
        _fault(info, params, error.summary, error.faults)
    except DashboardError as error:
        _fault(info, params, str(error), ())


def _fault(info: PageInfo, params: Mapping[str, str], summary: str, faults: tuple[str, ...]) -> None:
    pages = [(page.title, f"/{page.path}", page.id == info.id) for page in navigation.MENU]
    html = render("fault.html", pages=pages, summary=summary, faults=faults)
    board.mount(str(html), "Kan inte visas", {}, (info.path, params))


def _frame(page: Page) -> tuple[str, str]:
    catalogue, selection, query = page.facts.catalogue, page.selection, page.query
    before, after = navigation.neighbours(page.info.id)
    own = page.info.path

    def link(one: PageInfo) -> Mapping[str, object]:
        here = one.id == page.info.id
        return {"title": one.title, "question": one.question, "href": query.href(one.path), "here": here}

    span = page.once("span", page.facts.span)
    rows = page.once("freshness", lambda: freshness(page.facts))
    title = f"{page.info.title} · {selection.period.short} · {catalogue.board.product}"
    html = render(
        "frame.html",
        board=catalogue.board,
        texts=catalogue.texts,
        info=page.info,
        title=page.title or page.info.title,
        lead=page.lead,
        pages=[link(one) for one in navigation.MENU],
        periods=page.kept("periods", lambda: filters.periods(page.facts, span, selection.period)),
        units=page.kept("units", lambda: filters.units(catalogue, selection)),
        comparisons=filters.comparisons(selection),
        unit=catalogue.unit(selection.unit),
        selection=selection,
        freshness=rows,
        last=max((row.known_from for row in rows), default=None),
        demo=is_demo(rows),
        notices=[*query.notices, *page.facts.notices],
        projector=query.projector,
        projector_href=query.href(own, keep_own=True, projektor=None if query.projector else "1"),
        previous_href=query.href(before.path),
        next_href=query.href(after.path),
        search_href=query.href(navigation.info("sok").path),
        fingerprint=page.facts.warehouse.fingerprint,
        parts=page.parts,
    )
    return str(html), title
