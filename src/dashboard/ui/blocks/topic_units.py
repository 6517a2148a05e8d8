"""Units beside each other as a table, with bars on one scale. Any column may order it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import insights
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import Month
from dashboard.domain.text import listing, number
from dashboard.domain.topic import MEASURE
from dashboard.insights.words import every
from dashboard.measures.by_unit import ByUnit, UnitRow
from dashboard.measures.spc import Mark, mark_of
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import spreadsheet
from dashboard.ui.blocks.topic_cards import Block, ways
from dashboard.ui.blocks.topic_choice import (
    asked_of,
    counted,
    nobody,
    options,
    orders,
    shown_value,
    units_of,
)
from dashboard.ui.blocks.trend_chart import unit_words
from dashboard.ui.page import Page
from dashboard.ui.render import render

NAMED = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Left edge and width in per cent of the column; ``mark`` is where the whole stands, empty without."""

    x: str
    width: str
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: texts ready for the screen, and the values that a spreadsheet gets."""

    row: UnitRow
    href: str
    value: str
    against: str
    change: str
    exact: tuple[str | None, str | None, str | None]
    bar: Bar | None
    branch: bool  # has units of its own beneath it
    mark: Mark | None  # whether the last month is a signal


def units(measures: Sequence[str], *, title: str, key: str = "enheter", param: str = MEASURE) -> Block:
    """A table of the units under the chosen one, or beside it. ``param`` chooses among the measures in the address."""

    def make(page: Page) -> cards.Card:
        asked = asked_of(page, measures, param)
        found = units_of(page, asked)
        span = _span(found)
        whole = _line(page, found.whole, None if counted(asked.indicator) else span, found)
        groups = [[_line(page, row, span, found) for row in group] for group in found.groups]
        html = render(
            "topic_units.html",
            key=key,
            title=title,
            asked=asked,
            param=param,
            options=options(page, measures, asked),
            orders=orders(page, asked),
            whole=whole,
            source=origins.source(_origin(found), asked.indicator.source),
            what=what_is_what(_curve_origins(found)),
            groups=groups,
            point=page.point,
            unit=unit_words(asked.indicator),
            period=page.selection.period,
            other=found.whole.reading.against,
            sentence=extremes(found) if found.rows else nobody(found),
            links=() if found.rows else ways(page),
            note=_without(found) if found.rows else "",
            file=cards.file_name(key, asked.indicator.id, str(page.selection.period)),
        )
        return cards.Card(html)

    return lambda page: cards.kept(page, f"units-{key}", lambda: make(page))


def _origin(found: ByUnit) -> Origin | None:
    """Of the values that no report prints."""
    values = [row.reading.value.origin for row in (found.whole, *found.rows)]
    return combined(one for one in values if one is not Origin.PUBLISHED) or found.whole.reading.spark_origin


def _curve_origins(found: ByUnit) -> dict[Month, Origin | None]:
    one = found.whole.reading
    return {month: origin for (month, _), origin in zip(one.spark, one.spark_origins, strict=True)}


def _span(found: ByUnit) -> tuple[float, float]:
    """Least and greatest value in the bars, zero among them."""
    shown = found.rows if counted(found.indicator) else (*found.rows, found.whole)
    numbers = [float(row.reading.value.number) for row in shown if row.reading.value.number is not None]
    return min([0.0, *numbers]), max([0.0, *numbers]) or 1.0


def _line(page: Page, row: UnitRow, span: tuple[float, float] | None, found: ByUnit) -> Line:
    reading, decimals = row.reading, row.reading.indicator.decimals
    against = reading.against.number if reading.against else None
    return Line(
        row,
        page.query.href(page.info.path, keep_own=True, enhet=row.unit.id),
        shown_value(reading.value, reading.indicator),
        shown_value(reading.against, reading.indicator) if reading.against else number(None),
        insights.change_number(reading),
        (
            spreadsheet(reading.value.number, decimals),
            spreadsheet(against, decimals),
            spreadsheet(reading.change, insights.change_decimals(reading)),
        ),
        _bar(row, span, found),
        row not in found.smallest,
        mark_of(reading.indicator, row.latest) if row.latest else None,
    )


def _bar(row: UnitRow, span: tuple[float, float] | None, found: ByUnit) -> Bar | None:
    value = row.reading.value.number
    if value is None or span is None:
        return None
    low, high = span
    width = high - low

    def place(one: float) -> float:
        return 100 * (one - low) / width

    start, end = sorted((place(0.0), place(float(value))))
    base = found.whole.reading.value.number
    mark = "" if base is None or counted(found.indicator) else f"{place(float(base)):.2f}"
    return Bar(f"{start:.2f}", f"{max(end - start, 0.4):.2f}", mark)


def extremes(found: ByUnit) -> str:
    """Who has the highest and who the lowest, among those that differ without overlapping."""
    known = [row for row in found.smallest if row.reading.value.number is not None]
    if len(known) < 2:
        return f"{found.indicator.short} följs för {listing([row.unit.name for row in found.rows])}."
    ordered = sorted(known, key=lambda row: float(row.reading.value.number or 0))
    least, most = ordered[0], ordered[-1]
    if least.reading.value.number == most.reading.value.number:
        return f"{every(len(known))} har samma värde: {_with_unit(most)}."
    return f"Högst: {most.unit.short}, {_with_unit(most)}. Lägst: {least.unit.short}, {_with_unit(least)}."


def _with_unit(row: UnitRow) -> str:
    return insights.amount(row.reading.value.number, row.reading.indicator)


def _without(found: ByUnit) -> str:
    """Which units the measure has no numbers for; a few by name, many by number."""
    if not found.without:
        return ""
    names = [unit.short for unit in found.without]
    told = listing(names) if len(names) <= NAMED else f"{len(names)} andra avdelningar och enheter"
    return f"{told} har inga månadsvärden för måttet."
