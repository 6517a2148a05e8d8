"""The frame that every page stands in: menu, filters, freshness, notices, and the errors a user can act on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from dashboard.catalogue import Catalogue
from dashboard.domain.known import frozen, told, written
from dashboard.domain.origins import WORDS
from dashboard.domain.selection import Selection
from dashboard.errors import DashboardError, DataError
from dashboard.measures import Facts
from dashboard.measures.freshness import freshness, is_demo, is_mixed
from dashboard.measures.provenance import Reference, Row, reference_of
from dashboard.measures.readings import Reading
from dashboard.measures.report_outline import chosen_report
from dashboard.published import Figure
from dashboard.ui import board, filters, navigation, outside
from dashboard.ui.navigation import PageInfo
from dashboard.ui.outside import Whole
from dashboard.ui.query import AS_OF, Query, read
from dashboard.ui.render import render
from dashboard.ui.session import facts as open_facts
from dashboard.ui.session import kept

T = TypeVar("T")
MIXED = "Månadssiffrorna är delvis påhittade (demo), delvis inlästa."


@dataclass(slots=True)
class Page:
    """A page being put together: blocks add finished HTML and the figures that belong to it."""

    info: PageInfo
    facts: Facts
    query: Query
    title: str = ""
    lead: str = ""
    rests: tuple[Figure, ...] = ()  # the printed numbers that the title speaks of
    parts: list[Markup] = field(default_factory=list)
    charts: dict[str, object] = field(default_factory=dict)
    outdated: bool = False  # the address asks for an earlier time, and more is known now

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

    def rest_on(self, *found: Reading) -> None:
        """Say which printed numbers the title speaks of: those of the readings, and what they are held against."""
        said = [one.value.figures[:1] + (one.against.figures[:1] if one.against else ()) for one in found]
        self.rests = tuple(dict.fromkeys(figure for figures in said for figure in figures))

    def href(self, page_id: str, **changes: str | None) -> str:
        """The address of a page with this page's filters."""
        return self.query.href(navigation.info(page_id).path, keep_own=False, **changes)

    def at(self, reference: Reference) -> str:
        """The address of a printed thing in its report, with this page's filters."""
        usual = chosen_report(self.facts, self.selection.period)
        report = None if usual.id == reference.source else reference.source
        base = self.href("rapporter", rapport=report)
        return f"{base}{'&' if '?' in base else '?'}figur={reference}"

    def point(self, row: Row) -> str:
        """The address of a row of the published layer in its report."""
        return self.at(reference_of(self.facts, row))


def show(
    page_id: str,
    draw: Callable[[Page], None],
    own: tuple[str, ...] | Callable[[Catalogue], tuple[str, ...]] = (),
    rests_on: Callable[[], Hashable] = lambda: None,
) -> None:
    """Draw a page in its frame. ``own`` names the parameters of the address that are the page's own,
    or says from the catalogue which they are.

    ``rests_on`` says what the page rests on beside the facts: when it changes, the page is drawn anew.
    What a user can act on is shown as it stands; anything else goes on to the application's handler.
    """
    info = navigation.info(page_id)
    request = outside.asked.get()
    if request is not None:  # a download asks for the page: it is handed back instead of being sent
        try:
            request.whole = _whole(info, draw, own, request.params, rests_on())
        except DashboardError as error:
            request.fault = error
        return
    params = {name: st.query_params[name] for name in st.query_params}
    try:
        whole = _whole(info, draw, own, params, rests_on())
        board.mount(whole.html, whole.title, whole.charts, (info.path, params))
    except DataError as error:
        _fault(info, params, error.summary, error.faults)
    except DashboardError as error:
        _fault(info, params, str(error), ())


def _whole(
    info: PageInfo,
    draw: Callable[[Page], None],
    own: tuple[str, ...] | Callable[[Catalogue], tuple[str, ...]],
    params: Mapping[str, str],
    beside: Hashable,
) -> Whole:
    """The finished page for an address, kept by all that the address says. Raises DashboardError."""
    newest = open_facts()
    mine = own(newest.catalogue) if callable(own) else own
    query = read(params, newest.catalogue, mine)
    as_of = query.selection.as_of
    known = open_facts(as_of) if as_of else newest
    if as_of:  # what is met first is what was met then
        query = read(params, known.catalogue, mine)
    outdated = known.fingerprint != newest.fingerprint

    def make() -> Whole:
        page = Page(info, known, query, outdated=outdated)
        draw(page)
        html, title = _frame(page)
        return Whole(html, title, page.charts, _about(page))

    own_choices = tuple(sorted(query.own.items()))
    asked = (info.id, "page", query.projector, own_choices, query.notices, beside, outdated)
    return kept(known, asked, query.selection, make)


def _about(page: Page) -> tuple[str, ...]:
    """What a saved table must say about itself when it has left the page."""
    catalogue, selection = page.facts.catalogue, page.selection
    rows = page.once("freshness", lambda: freshness(page.facts))
    lines = [
        f"{catalogue.board.product}, {catalogue.board.board}, {catalogue.board.municipality}",
        f"Vald period: {selection.period.label}",
        f"Vald enhet: {catalogue.unit(selection.unit).name}",
        *page.query.notices,
        *([f"Läge {told(selection.as_of)}"] if selection.as_of else []),
        *page.facts.notices,
        f"Ögonblicksbild {page.facts.warehouse.fingerprint[:8]}",
    ]
    split = [f"{row.dataset.capitalize()}: {row.what or WORDS[row.origin]}" for row in rows]
    return (
        *lines,
        *([MIXED, *split] if is_mixed(rows) else [catalogue.texts.demo_notice] if is_demo(rows) else []),
    )


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
    moment = page.facts.moment
    freeze = written(frozen(moment, datetime.now(UTC).date())) if moment and not selection.as_of else None
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
        mixed=MIXED if is_mixed(rows) else "",
        notices=[*query.notices, *page.facts.notices],
        as_of=told(selection.as_of) if selection.as_of else "",
        outdated=page.outdated,
        now_href=query.href(own, keep_own=True, **{AS_OF: None}),
        freeze_href=query.href(own, keep_own=True, **{AS_OF: freeze}) if freeze else "",
        projector=query.projector,
        projector_href=query.href(own, keep_own=True, projektor=None if query.projector else "1"),
        previous_href=query.href(before.path),
        next_href=query.href(after.path),
        search_href=query.href(navigation.info("sok").path),
        fingerprint=page.facts.warehouse.fingerprint,
        parts=page.parts,
        rests=page.rests,
        reports=catalogue.reports,
        point=page.point,
    )
    return str(html), title
