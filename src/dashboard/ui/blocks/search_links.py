"""Where each thing that can be found is shown."""

from __future__ import annotations

from functools import singledispatch

from dashboard.domain.model import Goal, Indicator
from dashboard.measures.provenance import Reference, entries, row_flags
from dashboard.measures.search_entries import Entry, Row
from dashboard.published import Assignment, Contradiction, Event, Figure, Retelling, RiskMention, RiskRow
from dashboard.ui.page import Page


def link(page: Page, entry: Entry) -> str:
    """The address that shows the entry, with the filters kept as far as they let it be seen."""
    return _address(entry.row, page)


@singledispatch
def _address(row: Row, page: Page) -> str:
    raise TypeError(f"nothing that can be found: {row!r}")


@_address.register
def _goal(row: Goal, page: Page) -> str:
    """The goal in the latest report in which it held."""
    held = [one for one in page.facts.catalogue.reports.values() if row.existed(one.period.end)]
    if not held:
        return page.href("mal", vy="historik")
    period = max((one.period for one in held), key=lambda period: period.end)
    return f"{page.href('mal', period=str(period))}#{'nm' if row.kind == 'namndmal' else 'mal'}-{row.id}"


@_address.register
def _indicator(row: Indicator, page: Page) -> str:
    return page.href("trender", matt=row.id)


@_address.register
def _printed(row: Figure | Assignment | Event | RiskMention | Retelling, page: Page) -> str:
    """Where the row itself stands in its report, whatever else stands on the line."""
    return page.point(row)


@_address.register
def _contradiction(row: Contradiction, page: Page) -> str:
    """The first thing on the line that the contradiction concerns; the line where it concerns none."""
    on_line = entries(page.facts).get((row.source, row.line), ())
    concerned = (one.reference for one in on_line if row in row_flags(page.facts, one.row))
    return page.at(next(concerned, Reference(row.source, row.line)))


@_address.register
def _risk(row: RiskRow, page: Page) -> str:
    period = page.facts.catalogue.reports[row.source].period
    return f"{page.href('riskmatris', period=str(period))}#risk-{row.risk}"
