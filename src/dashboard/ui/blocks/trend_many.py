"""More units than one chart can hold: a small curve each, all on one scale, and one table of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import insights
from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.domain.model import Nature, Origin
from dashboard.domain.origins import combined
from dashboard.domain.text import listing, number, unit_text
from dashboard.measures.by_unit import UnitRow
from dashboard.measures.readings import Reading
from dashboard.measures.trend import Trend, TrendLine
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Card, Table
from dashboard.ui.blocks.topic_choice import shown_value
from dashboard.ui.blocks.topic_panels import Panel, round_ends
from dashboard.ui.blocks.trend_chart import file_of, unit_words, what_is_what
from dashboard.ui.blocks.trend_words import span
from dashboard.ui.page import Page
from dashboard.ui.render import render

Values = Sequence[float | None]
MISSING_NAMED = 6


@dataclass(frozen=True, slots=True)
class Many:
    """What the curves show: a value a month by unit, in the words of ``unit`` and with ``decimals``. ``ends``: whether
    the last of them stands beside the curve instead of the period's own value.
    """

    values: Mapping[str, Values]
    unit: str
    decimals: int
    table: Table
    sentence: str
    view: str = ""
    ends: bool = False


def levels(found: Trend, table: Table, sentence: str) -> Many:
    """The values as they are."""
    values = {line.unit.id: [dot.number for dot in line.dots] for line in found.lines if line.dots}
    return Many(values, unit_words(found.indicator), found.indicator.decimals, table, sentence)


def card(page: Page, found: Trend, readings: Sequence[Reading], many: Many) -> Card:
    """The curves of the units that have values; the others by name. There must be at least one with values."""
    lines = [line for line in found.lines if line.unit.id in many.values]
    # What is counted adds up over the units: the whole would press its parts to the floor.
    apart = found.indicator.nature is not Nature.RATIO and not many.ends
    root = page.facts.catalogue.root
    shown = [line for line in lines if not (apart and line.unit.id == root and len(lines) > 1)]
    known = [value for line in shown for value in many.values[line.unit.id] if value is not None]
    bounds = round_ends(0.0 if apart else min(known), max(known))
    whole = next((line for line in shown if line.unit.id == root), None)
    decimals = 0 if all(end == round(end) for end in bounds) else many.decimals
    origin = combined(line.origin for line in shown)
    html = render(
        "topic_panels.html",
        key="trend",
        title=found.indicator.name,
        indicator=found.indicator,
        unit=many.unit,
        panels=[_panel(page, line, readings, many, bounds) for line in shown],
        whole=_curve(whole, many, bounds) if whole else None,
        whole_name=whole.unit.short if whole else "",
        ends=[number(end, decimals) for end in bounds],
        span=span(found.months[0], found.months[-1]),
        months=found.months,
        demo=origin is not None and origin.demo,
        loaded=any(dot.origin is Origin.IMPORTED for line in shown for dot in line.dots),
        what=" ".join(what_is_what(replace(found, lines=tuple(shown)))),
        source=origins.source(origin, found.indicator.source),
        sentence=_sentence(found, many, lines, shown),
        table=many.table,
        file=cards.file_name(file_of(found.indicator, many.view), "enheter", str(page.selection.period)),
    )
    return Card(html)


def _sentence(found: Trend, many: Many, lines: Sequence[TrendLine], shown: Sequence[TrendLine]) -> str:
    parts = [many.sentence]
    if len(shown) < len(lines):
        parts.append("Hela förvaltningen är summan av delarna och står bara i tabellen.")
    without = [line.unit.short for line in found.lines if line not in lines]
    if without:
        told = listing(without) if len(without) <= MISSING_NAMED else f"{len(without)} av enheterna"
        parts.append(f"Utan värden: {told}.")
    return " ".join(parts)


def _panel(
    page: Page, line: TrendLine, readings: Sequence[Reading], many: Many, bounds: tuple[float, float]
) -> Panel:
    reading = next(one for one in readings if one.unit == line.unit)
    chosen = line.unit.id == page.selection.unit
    href = page.query.href(page.info.path, keep_own=True, enhet=line.unit.id, enheter=None)
    curve = _curve(line, many, bounds)
    if many.ends:
        last = next((value for value in reversed(many.values[line.unit.id]) if value is not None), None)
        return Panel(UnitRow(reading, 0, chosen), href, number(last, many.decimals), "", curve, None)
    value = f"{shown_value(reading.value, reading.indicator)} {unit_text(reading.indicator.unit)}".strip()
    change = "" if reading.change is None else insights.change_number(reading)
    return Panel(UnitRow(reading, 0, chosen), href, value, change, curve, None)


def _curve(line: TrendLine, many: Many, bounds: tuple[float, float]) -> Sparkline:
    printed = {} if many.ends else {p.month: float(p.number) for p in line.printed if p.drawn}
    low, high = bounds
    inside = [
        value if (value := printed.get(dot.month)) is not None and low <= value <= high else None
        for dot in line.dots
    ]
    demo = [bool(dot.origin and dot.origin.demo) for dot in line.dots]
    return sparkline(many.values[line.unit.id], inside, bounds, demo)
