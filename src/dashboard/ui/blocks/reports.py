"""Rapporter: each report rebuilt from the store in its own order, and the provenance of the number pointed at."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from dashboard.domain.model import Report
from dashboard.domain.text import count_word
from dashboard.errors import SelectionError
from dashboard.measures.provenance import Provenance, Reference, provenance
from dashboard.measures.report_outline import Section, chosen_report, flags_in, sections
from dashboard.published import Assessment, Figure
from dashboard.ui.blocks.report_trace import trace
from dashboard.ui.blocks.report_views import Drawer
from dashboard.ui.page import Page
from dashboard.ui.render import render

REPORT, FIGURE = "rapport", "figur"
OWN = (REPORT, FIGURE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for. ``own``: the period leads to another report than the one shown."""

    report: Report
    usual: Report
    found: Provenance | None = None
    notices: tuple[str, ...] = ()


def shown(page: Page) -> Shown:
    """The report and the thing pointed at, and what of the address could not be followed."""
    return page.kept("shown", lambda: _shown(page))


def _shown(page: Page) -> Shown:
    facts, notices = page.facts, []
    usual = chosen_report(facts, page.selection.period)
    found: Provenance | None = None
    if asked := page.query.own.get(FIGURE, ""):
        try:
            found = provenance(facts, Reference.parse(asked))
        except SelectionError as error:
            notices.append(f"{error} Inget är markerat.")
    report = found.report if found else usual
    if asked := page.query.own.get(REPORT, ""):
        if asked in facts.catalogue.reports:
            report = facts.catalogue.reports[asked]
        else:
            notices.append(f"Rapporten ”{asked[:40]}” finns inte. Visar {report.short} i stället.")
    return Shown(report, usual, found, tuple(notices))


def _sections(page: Page, report: Report) -> tuple[Section, ...]:
    return page.once(f"sections of {report.id}", lambda: sections(page.facts, report))


def _apart(page: Page) -> Page:
    """The page without what it points at: the report itself is the same whatever is pointed at."""
    own = {name: value for name, value in page.query.own.items() if name not in OWN}
    return replace(page, query=replace(page.query, own=MappingProxyType(own)))


def report_headline(page: Page) -> None:
    """Say what the report holds."""
    known = shown(page)
    found = _sections(page, known.report)
    tables = sum(len(section.tables) for section in found)
    on = [row for section in found for table in section.tables for row in table.placed]
    on += [entry.row for section in found for entry in section.listed]
    figures = sum(isinstance(row, Figure) for row in on)
    colours = sum(isinstance(row, Assessment) and row.subject_kind not in {"listed", "plan"} for row in on)
    flags = {f.id: f for section in found for table in section.tables for f in flags_in(table)}
    flags.update((flag.id, flag) for section in found for flag in section.flags)
    page.title = (
        f"{known.report.short} i tal: {count_word(tables)} tabeller, {figures} tal och {colours} bedömningar."
    )
    unit = page.facts.catalogue.unit(page.selection.unit)
    said = []
    if known.report.period != page.selection.period:
        said.append(f"Rapporten gäller {known.report.period.label}, filtret {page.selection.period.label}.")
    if unit.parent is not None:
        said.append(f"Rader om {unit.name} är markerade; rapporten i övrigt gäller hela nämnden.")
    said.append("Välj ett tal för att se var det står, vad det betyder och om något säger emot det.")
    page.lead = " ".join(said)


def report_choice(page: Page) -> Markup:
    """The reports to choose between. A choice of period leads to that period's report."""
    known = shown(page)
    apart = _apart(page)
    links = [
        (one, apart.href("rapporter", rapport=None if one is known.usual else one.id), one is known.report)
        for one in page.facts.catalogue.reports.values()
    ]
    return render("report_choice.html", links=links, notices=known.notices)


def report_body(page: Page) -> Markup:
    """Every heading of the report with its tables and what is printed in its text."""
    known = shown(page)
    apart = _apart(page)

    def make() -> Markup:
        unit = page.facts.catalogue.unit(page.selection.unit)
        drawer = Drawer(page.facts, apart.at, unit.id if unit.parent is not None else "")
        views = [drawer.section(section) for section in _sections(page, known.report)]
        html = render(
            "report_body.html", sections=views, report=known.report, texts=page.facts.catalogue.texts
        )
        same = hashlib.sha256(html.encode()).hexdigest()[:16]
        return Markup('<div class="report-body" data-same="{}">{}</div>').format(same, html)

    return apart.kept("body", make, known.report.id)


def report_side(page: Page) -> Markup:
    """The outline of the report, and over it the provenance of what is pointed at."""
    known = shown(page)
    apart = _apart(page)
    outline = apart.kept(
        "outline",
        lambda: render("report_outline.html", sections=_sections(page, known.report), report=known.report),
        known.report.id,
    )
    leave = apart.href("rapporter", rapport=None if known.report is known.usual else known.report.id)
    return render(
        "report_side.html", outline=outline, drawer=trace(page, known.found, leave) if known.found else ""
    )
