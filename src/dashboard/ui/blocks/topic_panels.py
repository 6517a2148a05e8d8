"""Small multiples: one small curve a unit, all on one scale. The curves are SVG; nothing is drawn by a library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import insights
from dashboard.charts.scale import scale
from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.domain.model import Indicator, Origin
from dashboard.domain.origins import combined
from dashboard.domain.text import listing, number, rounded, unit_text
from dashboard.domain.topic import MEASURE
from dashboard.insights.words import every
from dashboard.measures.by_unit import ByUnit, UnitRow, months_of
from dashboard.measures.spc import Mark, mark_of
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, spreadsheet
from dashboard.ui.blocks.overview import printed_on
from dashboard.ui.blocks.topic_cards import Block, ways
from dashboard.ui.blocks.topic_choice import asked_of, counted, nobody, shown_value, units_of
from dashboard.ui.blocks.trend_chart import unit_words
from dashboard.ui.blocks.trend_words import origin_cells, span
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Panel:
    row: UnitRow
    href: str
    value: str
    change: str
    curve: Sparkline
    mark: Mark | None  # whether the last month is a signal


def panels(measures: Sequence[str], *, key: str = "kurvor", title: str = "", param: str = MEASURE) -> Block:
    """Small multiples: each unit's two years on one scale, the whole behind them where they can be compared."""

    def make(page: Page) -> cards.Card:
        asked = asked_of(page, measures, param)
        found = units_of(page, asked)
        heading = title or f"{asked.indicator.short} per enhet, på samma skala"
        shown = [row for row in found.smallest if any(value is not None for _, value in row.reading.spark)]
        if not shown:
            return cards.plain_card(key, heading, nobody(found), links=ways(page))
        bounds = _bounds(found, shown)
        whole = None if counted(asked.indicator) else _curve(page, found.whole, bounds)
        months = months_of(shown)
        decimals = 0 if all(end == round(end) for end in bounds) else asked.indicator.decimals
        origin = combined(row.reading.spark_origin for row in shown)
        html = render(
            "topic_panels.html",
            key=key,
            title=heading,
            indicator=asked.indicator,
            unit=unit_words(asked.indicator),
            panels=[_panel(page, row, bounds) for row in shown],
            whole=whole,
            whole_name=found.whole.unit.short,
            ends=[number(end, decimals) for end in bounds],
            span=span(months[0], months[-1]),
            months=months,
            demo=origin is not None and origin.demo,
            loaded=any(Origin.IMPORTED in row.reading.spark_origins for row in shown),
            what=origins.split_note(
                {
                    month: combined(row.reading.spark_origins[at] for row in shown)
                    for at, month in enumerate(months)
                }
            ),
            source=origins.source(origin, asked.indicator.source),
            sentence=_spread(shown, asked.indicator),
            table=_months_table(found, shown),
            file=cards.file_name(key, asked.indicator.id, str(page.selection.period)),
        )
        return cards.Card(html)

    return lambda page: cards.kept(page, f"panels-{key}", lambda: make(page))


def _bounds(found: ByUnit, shown: Sequence[UnitRow]) -> tuple[float, float]:
    """The nearest round numbers around everything drawn; counts stand on zero."""
    rows = shown if counted(found.indicator) else [*shown, found.whole]
    values = [value for row in rows for _, value in row.reading.spark if value is not None]
    return round_ends(0.0 if counted(found.indicator) else min(values), max(values))


def round_ends(low: float, high: float) -> tuple[float, float]:
    """The nearest round numbers around a span; never the same one twice."""
    ticks = scale([low, high], wanted=8).ticks
    step = ticks[1] - ticks[0]
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return bottom, max(top, bottom + step)


def _curve(page: Page, row: UnitRow, bounds: tuple[float, float]) -> Sparkline:
    months = [month for month, _ in row.reading.spark]
    inside = [
        value if value is not None and bounds[0] <= value <= bounds[1] else None
        for value in printed_on(page, row.reading, months)
    ]
    demo = [bool(one and one.demo) for one in row.reading.spark_origins]
    return sparkline([value for _, value in row.reading.spark], inside, bounds, demo)


def _panel(page: Page, row: UnitRow, bounds: tuple[float, float]) -> Panel:
    reading = row.reading
    behind = unit_text(reading.indicator.unit)
    value = f"{shown_value(reading.value, reading.indicator)} {behind}".strip()
    change = insights.change_number(reading) if reading.change is not None else ""
    href = page.href("trender", matt=reading.indicator.id, enhet=row.unit.id)
    mark = mark_of(reading.indicator, row.latest) if row.latest else None
    return Panel(row, href, value, change, _curve(page, row, bounds), mark)


def _spread(shown: Sequence[UnitRow], indicator: Indicator) -> str:
    """How many have gone which way, of those that have both the first and the last of the months."""
    months = months_of(shown)
    curves = [[value for _, value in row.reading.spark] for row in shown]
    moved = [
        rounded(one[-1], indicator.decimals) - rounded(one[0], indicator.decimals)
        for one in curves
        if one[0] is not None and one[-1] is not None
    ]
    if not moved:
        return f"Ingen av enheterna har värden både för {months[0].name} och {months[-1].name}."
    ways_gone = [
        (sum(1 for one in moved if one > 0), "högre"),
        (sum(1 for one in moved if one < 0), "lägre"),
        (sum(1 for one in moved if one == 0), "lika högt"),
    ]
    than = f"{months[-1].name} som i {months[0].name}"
    told = [(count, word) for count, word in ways_gone if count]
    if len(told) == 1:
        word = told[0][1]
        than = than.replace(" som ", " än ") if word != "lika högt" else than
        return f"{every(len(moved))} ligger {word} i {than}."
    parts = [f"{count} ligger {word}" for count, word in told]
    return f"I {months[-1].name} mot {months[0].name}: {listing(parts)}."


def _months_table(found: ByUnit, shown: Sequence[UnitRow]) -> Table:
    indicator = found.indicator
    whole = combined(row.reading.spark_origin for row in shown)
    rows = []
    for at in range(len(months_of(shown)) - 1, -1, -1):
        month = months_of(shown)[at]
        cells = [Cell(month.name, str(month))]
        for row in shown:
            value = row.reading.spark[at][1]
            look = origins.look(row.reading.spark_origins[at])
            cells.append(
                Cell(number(value, indicator.decimals), spreadsheet(value, indicator.decimals), look)
            )
        cells += origin_cells(whole, combined(row.reading.spark_origins[at] for row in shown))
        rows.append(tuple(cells))
    heads = (
        ("Månad", False),
        *((row.unit.short, True) for row in shown),
        *((("Ursprung", False),) if whole is Origin.MIXED else ()),
    )
    return Table(f"{indicator.name} per enhet, månad för månad", heads, tuple(rows))
