"""Enheter, all of them: which measures are out of the ordinary where, and every unit's values in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Origin, Unit
from dashboard.domain.origins import combined
from dashboard.domain.spc import Variation
from dashboard.domain.text import number
from dashboard.domain.topic import MEASURE
from dashboard.insights.words import inside
from dashboard.measures.by_unit import read_ahead
from dashboard.measures.spc import Mark, mark_of
from dashboard.measures.unit_picture import Glance, Seen, glances
from dashboard.ui.blocks.cards import file_name, spreadsheet
from dashboard.ui.blocks.topic_choice import asked_of, shown_value, units_of
from dashboard.ui.blocks.topic_units import extremes
from dashboard.ui.blocks.trend_chart import unit_words
from dashboard.ui.page import Page
from dashboard.ui.render import render

MOST_UNITS = 5
WAYS = (
    (Variation.CONCERNING, "Sämre", "worse"),
    (Variation.IMPROVING, "Bättre", "better"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    value: str
    exact: str | None
    href: str
    mark: Mark | None
    how: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Line:
    unit: Unit
    depth: int
    href: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Unusual:
    """A unit with the measures whose last month is out of the ordinary in one way, as words."""

    unit: Unit
    href: str
    measures: str


def units_headline(page: Page, measures: Sequence[str], watched: Sequence[str]) -> None:
    """The title says who has the highest and who the lowest of the chosen measure. One query for the page."""
    asked = asked_of(page, measures, MEASURE)
    read_ahead(page.facts, [*watched, asked.indicator.id], page.selection)
    found = units_of(page, asked)
    page.title = extremes(found) if found.rows else page.info.question
    if found.rows and asked.indicator.short not in page.title:
        page.title = f"{asked.indicator.short}. {page.title}"
    page.lead = page.info.question


def units_unusual(page: Page, watched: Sequence[str]) -> Markup:
    """The sentences at the top: which units are worse and which better than usual, and in what."""

    def make() -> Markup:
        found = _glances(page, watched)
        parents = {one.unit.parent for one in found}
        smallest = [one for one in found if one.unit.id not in parents]
        if not smallest:
            return Markup()
        told = [(word, look, _unusual(page, smallest, way)) for way, word, look in WAYS]
        return render(
            "unit_unusual.html",
            rows=[row for row in told if row[2]],
            most=MOST_UNITS,
            month=page.selection.period.end,
            origin=combined(
                cell.reading.spark_origin for one in found for cell in one.cells if cell is not None
            ),
        )

    return page.kept("unit_unusual", make, *watched)


def _glances(page: Page, watched: Sequence[str]) -> tuple[Glance, ...]:
    return page.kept("glances", lambda: glances(page.facts, watched, page.selection), *watched)


def _unusual(page: Page, rows: Sequence[Glance], way: Variation) -> list[Unusual]:
    """Units with the most measures that way first."""
    found = []
    for one in rows:
        those = [
            cell.indicator for cell in one.cells if cell and cell.latest and cell.latest.variation is way
        ]
        if those:
            words = ", ".join(inside(indicator.short) for indicator in those)
            found.append((len(those), Unusual(one.unit, _to(page, one.unit), words)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def _to(page: Page, unit: Unit) -> str:
    return page.query.href(page.info.path, keep_own=True, enhet=unit.id)


def units_table(page: Page, watched: Sequence[str]) -> Markup:
    """Every unit under the chosen one with its value and mark for each of the measures."""

    def make() -> Markup:
        found = _glances(page, watched)
        if not found:
            return Markup()
        indicators = [page.facts.catalogue.indicator(name) for name in watched]
        kept = [at for at in range(len(indicators)) if any(one.cells[at] for one in found)]
        return render(
            "unit_glance.html",
            heads=[(indicators[at].short, inside(unit_words(indicators[at]))) for at in kept],
            rows=[
                Line(
                    one.unit, one.depth, _to(page, one.unit), tuple(_cell(page, one.cells[at]) for at in kept)
                )
                for one in found
            ],
            period=page.selection.period,
            file=file_name("enheter", page.selection.unit, str(page.selection.period)),
        )

    return page.kept("unit_glance", make, *watched)


def _cell(page: Page, seen: Seen | None) -> Cell | None:
    if seen is None:
        return None
    one = seen.reading
    return Cell(
        shown_value(one.value, one.indicator) if one.value.number is not None else number(None),
        spreadsheet(one.value.number, insights.shown_decimals(one.value.number or 0, one.indicator)),
        page.href("trender", matt=one.indicator.id, enhet=one.unit.id),
        mark_of(one.indicator, seen.latest) if seen.latest else None,
        one.value.how,
        one.value.origin,
    )
