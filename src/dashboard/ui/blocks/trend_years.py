"""År för år: a unit's years on top of each other, the latest strong and the others behind it; one card a unit."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from dashboard.charts import Axis, Band, Chart, Event, Kind, Marker, Point, Series, unit_colour
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import MONTH_NAMES, MONTH_SHORT, Month
from dashboard.domain.text import count_word, quantity, rounded
from dashboard.domain.views import Year
from dashboard.insights.words import every
from dashboard.measures.trend import Trend, event_month
from dashboard.measures.views import Seasons, seasons
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Card, Cell, ListedEvent, Table, Words
from dashboard.ui.blocks.note_marks import marks, with_notes
from dashboard.ui.blocks.trend_chart import (
    file_of,
    listed_events,
    numbered,
    source_line,
    unit_words,
    what_is_what,
)
from dashboard.ui.blocks.trend_words import amount_of, line_name, origin_cells, value_cell, value_heads
from dashboard.ui.page import Page
from dashboard.ui.render import render

MOST_YEARS = 6  # drawn; the table has them all
SHADES = 3  # greys of the theme, the darkest for the year before


def card(page: Page, found: Trend, links: tuple[tuple[str, str], ...]) -> Card:
    """The cards of all chosen units. ``found`` is the whole series; ``links`` lead on from what cannot be drawn."""
    asked = seasons(found)
    several = len(asked) > 1
    made = [_card(page, found, one, links, several) for one in asked]
    if not several:
        return made[0]
    html = render("spc_grid.html", cards=[one.html for one in made])
    return Card(html, MappingProxyType({key: chart for one in made for key, chart in one.charts.items()}))


def _card(page: Page, found: Trend, one: Seasons, links: tuple[tuple[str, str], ...], several: bool) -> Card:
    key = f"ar-{one.line.unit.id}" if several else "trend"
    title = line_name(one.line.unit, True) if several else found.indicator.name
    if not one.years:
        return cards.plain_card(key, title, one.reason, links=links)
    span = f"{one.years[0].year}–{one.years[-1].year}"
    own = [text for _, text in found.breaks if text.startswith(f"{one.line.unit.name} ")]
    notes = [f"{text}. {page.facts.catalogue.texts.break_note}" for text in own]
    notes += what_is_what(replace(found, lines=(one.line,)))
    if one.follows:
        notes.append(
            "Måttet följer årstiderna: jämför en månad med samma månad andra år, inte med månaden före."
        )
    words = Words(
        _sentence(found, one),
        f"{span}, månad för månad",
        source_line(page, found),
        tuple(notes),
        () if several else tuple(_events(page, found, one.years[-1].year)),
    )
    chart = _chart(page, found, one, title)
    size = "small" if several else ""
    file = file_of(found.indicator, "ar-for-ar", one.line.unit.id if several else "")
    beside = with_notes(
        page,
        _table(found, one),
        found,
        unit=one.line.unit.id,
        row_of=lambda month: MONTH_NAMES[month.number - 1],
    )
    return cards.chart_card(page, key, chart, beside, words, size=size, file=file)


def _chart(page: Page, found: Trend, one: Seasons, title: str) -> Chart:
    latest = one.years[-1]
    shown = one.years[-MOST_YEARS:]
    inside = [month.number - 1 for month in page.selection.period.months if month.year == latest.year]
    named = found.indicator.name if title != found.indicator.name else ""
    unit = unit_words(found.indicator)
    return Chart(
        kind=Kind.LINE,
        title=title,
        unit=f"{named}, {unit.lower()}" if named else unit,
        decimals=found.indicator.decimals,
        axis=Axis(MONTH_NAMES, tuple(range(0, 12, 2)), MONTH_SHORT[::2]),
        series=tuple(_series(page, found, one, year, len(shown) - 1 - at) for at, year in enumerate(shown)),
        summary=_summary(found, one),
        events=tuple(
            Event(month.number - 1, n, f"{n}. {event.title}")
            for n, month, event in numbered(found.events)
            if month.year == latest.year
        ),
        band=Band(inside[0], inside[-1]) if inside and len(inside) < 12 else None,
        notes=marks(
            found,
            lambda month: month.number - 1 if month.year == latest.year else None,
            one.line.unit.id,
        ),
    )


def _series(page: Page, found: Trend, one: Seasons, year: Year, age: int) -> Series:
    """``age`` is 0 for the latest year."""
    by_month = _origins(one, year.year)
    whole = combined(by_month)
    points = []
    for at, value in enumerate(year.values):
        month = Month(year.year, at + 1).name
        told = origins.told(by_month[at])
        text = "" if value is None else f"{month}: {amount_of(value, found.indicator)}\n{told}"
        exact = None if value is None else round(value, found.indicator.decimals + 2)
        points.append(Point(at, exact, text, solid=origins.solid(by_month[at])))
    return Series(
        str(year.year),
        unit_colour(page.facts.catalogue.units, one.line.unit.id),
        tuple(points),
        origins.stroke(whole),
        (Marker.NONE if age else Marker.HOLLOW if whole and whole.demo else Marker.DOT),
        end_label=str(year.year),
        token=f"year-{min(age, SHADES)}" if age else "",
        quiet=age > 0,
    )


def _origins(one: Seasons, year: int) -> list[Origin | None]:
    """January first."""
    known = {dot.month: dot.origin for dot in one.line.dots}
    return [known.get(Month(year, number)) for number in range(1, 13)]


def _latest(one: Seasons) -> tuple[Month, float]:
    values = one.years[-1].values
    at = max(place for place, value in enumerate(values) if value is not None)
    return Month(one.years[-1].year, at + 1), values[at] or 0.0


def _sentence(found: Trend, one: Seasons) -> str:
    """The latest month among the same months of the other years."""
    indicator = found.indicator
    month, now = _latest(one)
    name = MONTH_NAMES[month.number - 1]
    start = f"{month.name.capitalize()}: {amount_of(now, indicator)}"
    same = {year.year: year.values[month.number - 1] for year in one.years}
    known = {year: value for year, value in same.items() if value is not None}
    if len(known) < 2:
        return f"{start}. Inget annat år har ett värde för {name}."
    before = known.get(month.year - 1)
    parts = [f"{start}."]
    if before is not None:
        parts = [
            f"{start}, {_against(found, now, before)} {name} {month.year - 1} ({amount_of(before, indicator)})."
        ]
    shown = {year: rounded(value, indicator.decimals) for year, value in known.items()}
    mine = shown[month.year]
    others = [value for year, value in shown.items() if year != month.year]
    count = count_word(len(known))
    if all(value == mine for value in others):
        parts.append(f"{every(len(known))} åren har samma värde i {name}.")
    elif mine >= 0 and (mine >= max(others) or mine <= min(others)):
        word = "högsta" if mine >= max(others) else "lägsta"
        shared = ", delat med ett annat år" if mine in others else ""
        parts.append(f"Det är det {word} värdet i {name} av {count} år{shared}.")
    else:
        ends = [amount_of(end, indicator) for end in (min(known.values()), max(known.values()))]
        parts.append(f"De {count} åren har {name} legat mellan {ends[0]} och {ends[1]}.")
    return " ".join(parts)


def _against(found: Trend, now: float, before: float) -> str:
    """Of costs with a minus, higher and lower mislead."""
    if now < 0 or before < 0:
        return "mot"
    digits = found.indicator.decimals
    difference = rounded(now, digits) - rounded(before, digits)
    if difference == 0:
        return "detsamma som"
    unit = "procentenheter" if found.indicator.unit == "procent" else found.indicator.unit
    return f"{quantity(abs(difference), unit, digits)} {'högre' if difference > 0 else 'lägre'} än"


def _summary(found: Trend, one: Seasons) -> str:
    parts = [_sentence(found, one)]
    for year in one.years:
        known = [(value, at) for at, value in enumerate(year.values) if value is not None]
        (low, least), (high, most) = min(known), max(known)
        parts.append(
            f"{year.year}: lägst {amount_of(low, found.indicator)} i {MONTH_NAMES[least]}, "
            f"högst {amount_of(high, found.indicator)} i {MONTH_NAMES[most]}."
        )
    parts.append("Alla värden finns i tabellen.")
    return " ".join(parts)


def _table(found: Trend, one: Seasons) -> Table:
    """A row a month, a column a year, the newest first; then what has changed since the year before."""
    years = one.years[::-1]
    by_year = {year.year: _origins(one, year.year) for year in years}
    whole = {year: combined(found) for year, found in by_year.items()}
    after = f"{years[0].year} mot {years[1].year}"
    columns = [head for year in years for head in value_heads(str(year.year), whole[year.year])]
    heads = (("Månad", False), *columns, (after, True))
    rows = []
    for at in range(12):
        cells = []
        for year in years:
            here = by_year[year.year][at]
            cells.append(value_cell(year.values[at], found.indicator, here))
            cells += origin_cells(whole[year.year], here)
        rows.append((Cell(MONTH_NAMES[at]), *cells, _change(found, years[0].values[at], years[1].values[at])))
    return Table(f"{found.indicator.name}, {line_name(one.line.unit, True)}, år för år", heads, tuple(rows))


def _change(found: Trend, now: float | None, before: float | None) -> Cell:
    """The difference of the numbers shown."""
    digits = found.indicator.decimals
    if now is None or before is None:
        return value_cell(None, found.indicator)
    return cards.difference_cell(rounded(now, digits) - rounded(before, digits), digits)


def _events(page: Page, found: Trend, year: int) -> list[ListedEvent]:
    """Those of the latest year carry the numbers of their markers; an event of another year is only told."""
    own = [event for event in found.events if (month := event_month(event)) and month.year == year]
    listed = listed_events(page, found)
    numbers = {numbered(found.events)[at][0] for at, event in enumerate(found.events) if event in own}
    return [
        one if one.number in numbers else ListedEvent(None, one.when, one.title, one.comment, one.source)
        for one in listed
    ]
