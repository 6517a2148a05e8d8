"""Index: every unit as a percentage of what it was in one month, so that large and small can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import (
    Chart,
    Event,
    Kind,
    Point,
    Series,
    Target,
    month_axis,
    unit_colour,
)
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.text import listing, number, rounded
from dashboard.domain.views import BASE
from dashboard.measures.trend import Trend
from dashboard.measures.views import Indexed, IndexedLine
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Card, Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.note_marks import on_months, with_notes
from dashboard.ui.blocks.trend_chart import file_of, listed_events, numbered, source_line, what_is_what
from dashboard.ui.blocks.trend_words import (
    NAMED,
    amount_of,
    line_name,
    origin_cells,
    span,
    value_cell,
    value_heads,
)
from dashboard.ui.page import Page

DECIMALS = 1


def card(page: Page, found: Trend, asked: Indexed, links: tuple[tuple[str, str], ...]) -> Card:
    """One chart with a line a unit, or the reason why there is none."""
    drawn = [one for one in asked.lines if one.values]
    if asked.base is None or not drawn:
        reasons = dict.fromkeys(one.reason for one in asked.lines if one.reason)
        return cards.plain_card("trend", found.indicator.name, asked.reason or " ".join(reasons), links=links)
    words = Words(
        sentence(found, asked, drawn),
        span(found.months[0], found.months[-1]),
        source_line(page, found),
        tuple(notes(found, asked)),
        tuple(listed_events(page, found)),
    )
    chart = _chart(page, found, asked.base, drawn)
    beside = with_notes(page, table(found, asked.base, drawn), found)
    return cards.chart_card(page, "trend", chart, beside, words, file=file_of(found.indicator, "index"))


def notes(found: Trend, asked: Indexed) -> list[str]:
    left_out = dict.fromkeys(one.reason for one in asked.lines if one.reason)
    base = asked.base.name if asked.base else ""
    mixed = any(origin is Origin.MIXED for one in asked.lines for origin in one.origins)
    both = "Ett index bygger på sin egen månad och på basmånaden. Där den ena är demo är linjen streckad."
    return [
        *([asked.moved] if asked.moved else []),
        *left_out,
        *what_is_what(found),
        *([both] if mixed else []),
        f"Index visar förändring, inte nivå: alla linjer är {number(BASE)} i {base} också om enheterna är olika stora. "
        "En ovanlig basmånad flyttar hela linjen.",
    ]


def sentence(found: Trend, asked: Indexed, drawn: Sequence[IndexedLine]) -> str:
    """How much each has changed since the base; of many only the ends."""
    ends = []
    for one in drawn:
        at = max(place for place, value in enumerate(one.values) if value is not None)
        ends.append((one.values[at] or 0.0, found.months[at], line_name(one.line.unit, True)))
    base = asked.base.name if asked.base else ""
    if all(month == asked.base for _, month, _ in ends):
        return f"Basmånaden {base} är den sista, så det finns ingen förändring att visa. Välj en tidigare basmånad."
    last = max(month for _, month, _ in ends)
    if len(ends) > NAMED:
        low, high = min(ends), max(ends)
        told = f"mellan {_change(low[0])} ({low[2]}) och {_change(high[0])} ({high[2]}) bland {len(ends)} enheter"
        return f"Från {base} till {last.name}: {told}."
    named = [
        f"{name} {_change(value)}" + (f" (till {month.name})" if month != last else "")
        for value, month, name in ends
    ]
    return f"Från {base} till {last.name}: {listing(named)}."


def _change(value: float) -> str:
    step = rounded(value, DECIMALS) - rounded(BASE, DECIMALS)
    if step == 0:
        return "oförändrat"
    return f"{number(step, DECIMALS, signed=True)} %"


def _chart(page: Page, found: Trend, base: Month, drawn: Sequence[IndexedLine]) -> Chart:
    places = {month: at for at, month in enumerate(found.months)}
    several = len(drawn) > 1
    return Chart(
        kind=Kind.LINE,
        title=found.indicator.name,
        unit=f"Index, {base.name} = {number(BASE)}",
        decimals=DECIMALS,
        axis=month_axis(found.months),
        series=tuple(_series(page, found, one, several) for one in drawn),
        summary=_summary(found, base, drawn),
        # Named below the chart only: a word inside it would lie on the lines.
        target=Target(BASE, "", f"{base.name} = {number(BASE)}"),
        events=tuple(
            Event(places[month], n, f"{n}. {event.title}") for n, month, event in numbered(found.events)
        ),
        notes=on_months(found),
    )


def _series(page: Page, found: Trend, one: IndexedLine, several: bool) -> Series:
    whole = combined(one.origins)
    name = line_name(one.line.unit, several)
    points = []
    for at, value in enumerate(one.values):
        text = ""
        if value is not None:
            was = amount_of(one.line.dots[at].number or 0.0, found.indicator)
            text = f"{name}\n{found.months[at].name}: index {number(value, DECIMALS)}\nVärde: {was}"
            text = f"{text}\n{origins.told(one.origins[at])}"
        exact = None if value is None else round(value, DECIMALS + 2)
        points.append(Point(at, exact, text, solid=origins.solid(one.origins[at])))
    stroke, marker = origins.stroke(whole), origins.marker(whole)
    colour = unit_colour(page.facts.catalogue.units, one.line.unit.id)
    return Series(name, colour, tuple(points), stroke, marker, end_label=name if several else "")


def _summary(found: Trend, base: Month, drawn: Sequence[IndexedLine]) -> str:
    parts = [sentence(found, Indexed(base, tuple(drawn)), drawn)]
    for one in drawn:
        known = [(value, at) for at, value in enumerate(one.values) if value is not None]
        (low, least), (high, most) = min(known), max(known)
        parts.append(
            f"{one.line.unit.short}: lägst {number(low, DECIMALS)} i {found.months[least].name}, "
            f"högst {number(high, DECIMALS)} i {found.months[most].name}."
        )
    return " ".join([*parts, "Alla värden finns i tabellen."])


def table(found: Trend, base: Month, drawn: Sequence[IndexedLine]) -> Table:
    """The newest month first: the index of each unit, and the value it comes from."""
    heads = [("Månad", False)]
    for one in drawn:
        name = line_name(one.line.unit, len(drawn) > 1)
        heads += [(f"{name}, index", True), *value_heads(name, one.line.origin)]
    rows = []
    for at in range(len(found.months) - 1, -1, -1):
        cells = [Cell(found.months[at].name, str(found.months[at]))]
        for one in drawn:
            look = origins.look(one.origins[at])
            cells.append(Cell(number(one.values[at], DECIMALS), spreadsheet(one.values[at], DECIMALS), look))
            dot = one.line.dots[at]
            cells.append(value_cell(dot.number, found.indicator, dot.origin))
            cells += origin_cells(one.line.origin, dot.origin)
        rows.append(tuple(cells))
    return Table(f"{found.indicator.name}, index med {base.name} = {number(BASE)}", tuple(heads), tuple(rows))
