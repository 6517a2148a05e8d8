"""A trend as a chart card: lines, printed points, target, events and breaks, and the same as a table."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.charts import (
    Band,
    Break,
    Chart,
    Event,
    Kind,
    Marker,
    Point,
    Series,
    Stroke,
    Target,
    month_axis,
    unit_colour,
)
from dashboard.domain.model import Indicator, Nature, Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.text import number, quantity
from dashboard.measures.facts import TARGET
from dashboard.measures.trend import R12, Dot, Printed, Trend, TrendLine, event_month
from dashboard.published import Event as KnownEvent
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import ListedEvent, Words
from dashboard.ui.blocks.note_marks import listed, on_months, with_notes
from dashboard.ui.blocks.trend_words import amount_of, line_name, sentence, span, summary, trend_table
from dashboard.ui.page import Page

LABELLED = 14  # more numbers than this beside the points would cover each other
WIDTH = 58


def card(
    page: Page,
    found: Trend,
    *,
    last_year: bool,
    before: bool = False,
    key: str = "trend",
    size: str = "",
    links: tuple[tuple[str, str], ...] = (),
    own: bool = False,
) -> cards.Card:
    """The card for a trend that has something to draw. ``own``: people's own notes are listed in it."""
    chart = _chart(page, found, last_year, before)
    r12 = found.basis == R12
    period = f"{'R12, ' if r12 else ''}{span(found.months[0], found.months[-1])}"
    notes = [line.reason for line in found.lines if line.reason and not line.drawn]
    if found.breaks:
        told = "; ".join(text for _, text in found.breaks)
        notes.append(f"{told}. {page.facts.catalogue.texts.break_note}")
    summed = [point for line in found.lines for point in line.printed if not point.drawn]
    if summed:
        one = summed[-1]
        told = f"{quantity(one.number, one.figure.unit, found.indicator.decimals)} ({one.span})"
        notes.append(f"Tryckta summor ritas inte på en månadsaxel: {told}. De står i listan nedanför.")
    if r12:
        notes.append(page.facts.catalogue.texts.r12_note)
    notes += what_is_what(found)
    words = Words(
        sentence(found),
        period,
        source_line(page, found),
        tuple(notes),
        tuple(listed_events(page, found)),
        links=links,
        own=listed(page, found, found.months) if own else (),
    )
    table = with_notes(page, trend_table(page, found, last_year=last_year, before=before), found)
    return cards.chart_card(page, key, chart, table, words, size=size, file=file_of(found.indicator))


def file_of(indicator: Indicator, *more: str) -> str:
    """What a saved file is called after: the measure, and the view when it is not the usual one."""
    return cards.file_name(indicator.id.replace("/", "-per-"), *more)


def without_printed(found: Trend) -> Trend:
    """What a view rests on that draws no printed points."""
    return replace(found, lines=tuple(replace(line, printed=()) for line in found.lines))


def source_line(page: Page, found: Trend) -> str:
    reports = page.facts.catalogue.reports
    used = {figure.source for line in found.lines for point in line.printed for figure in point.figures}
    parts = [report.short for report in reports.values() if report.id in used]
    drawn = [line.origin for line in found.lines if line.dots]
    if drawn:
        parts.append(origins.source(combined(drawn), found.indicator.source))
    return "Källa: " + ", ".join(parts)


def what_is_what(found: Trend) -> list[str]:
    """Which months of which line are demo and which are loaded; nothing where each line is all of one kind."""
    told = {line.unit.id: line.what_is_what for line in found.lines if line.what_is_what}
    if len(set(told.values())) == 1 and len(told) == len([line for line in found.lines if line.dots]):
        said = next(iter(told.values()))
        notes = [f"{said[:1].upper()}{said[1:]}."]
    else:
        named = {line.unit.id: line_name(line.unit, True) for line in found.lines}
        notes = [f"{named[unit]}: {said}." for unit, said in told.items()]
    if any(dot.origin is Origin.MIXED for line in found.lines for dot in line.dots):
        notes.append("Ett värde som är demo och inläst bygger på månader av båda slagen.")
    return notes


def _chart(page: Page, found: Trend, last_year: bool, before: bool) -> Chart:
    several = sum(1 for line in found.lines if line.drawn) > 1
    series: list[Series] = []
    for line in found.lines:
        series += _earlier(page, found, line, several, last_year=last_year, before=before)
        series += _series(page, found, line, several=several)
    places = {month: place for place, month in enumerate(found.months)}
    period = page.selection.period
    inside = [places[month] for month in period.months if month in places]
    listed = numbered(found.events)
    return Chart(
        kind=Kind.LINE,
        title=found.indicator.name,
        unit=unit_words(found.indicator),
        decimals=found.indicator.decimals,
        axis=month_axis(found.months),
        series=tuple(series),
        summary=summary(found),
        target=_target(page, found),
        events=tuple(Event(places[month], n, f"{n}. {event.title}") for n, month, event in listed),
        breaks=tuple(
            Break(places[month], _short_break(month)) for month in dict.fromkeys(m for m, _ in found.breaks)
        ),
        band=Band(inside[0], inside[-1]) if inside and len(inside) < len(found.months) else None,
        notes=on_months(found),
    )


def _short_break(month: Month) -> str:
    return f"ny indelning {month.short}"


def unit_words(indicator: Indicator) -> str:
    words = {
        "antal": "Antal",
        "procent": "Procent",
        "tkr": "Tusen kronor (tkr)",
        "index": "Index",
        "mnkr": "Miljoner kronor",
        "kr": "Kronor",
    }
    return words.get(indicator.unit, indicator.unit.capitalize())


def _target(page: Page, found: Trend) -> Target | None:
    """The standing target, else the latest that a report prints for the first unit up to the last month."""
    indicator = found.indicator
    if found.target is not None:
        words = found.target_text or "Mål"
        complete = found.target == 0 or any(sign.isdigit() for sign in words)
        return Target(found.target, words if complete else f"{words}: {amount_of(found.target, indicator)}")
    printed = page.facts.figures(indicator.id, found.lines[0].unit.id, TARGET)
    known = sorted((one for one in printed if one.when.end <= found.months[-1]), key=lambda one: one.when.end)
    if not known:
        return None
    report = page.facts.catalogue.reports[known[-1].source].short
    return Target(float(known[-1].value), f"Mål {amount_of(float(known[-1].value), indicator)} ({report})")


def _earlier(
    page: Page, found: Trend, line: TrendLine, several: bool, *, last_year: bool, before: bool
) -> list[Series]:
    """What the line is compared with in time, behind it."""
    colour = unit_colour(page.facts.catalogue.units, line.unit.id)
    name = line_name(line.unit, several)
    series = []
    if last_year and line.dots:
        points = _points(found, name, line.last_year, "Året före", 12)
        series.append(Series(f"{name}, året före", colour, points, Stroke.DOTTED, faint=True))
    if before and line.before:
        back = len(page.selection.period.months)
        start = found.months.index(line.before[0].month)
        points = tuple(
            replace(point, at=point.at + start)
            for point in _points(found, name, line.before, "Perioden före", back)
        )
        series.append(Series(f"{name}, perioden före", colour, points, Stroke.BROKEN, faint=True))
    return series


def _series(page: Page, found: Trend, line: TrendLine, *, several: bool) -> list[Series]:
    colour = unit_colour(page.facts.catalogue.units, line.unit.id)
    places = {month: place for place, month in enumerate(found.months)}
    name = line_name(line.unit, several)
    end = name if several else ""
    series = []
    if line.dots:
        stroke, marker = origins.stroke(line.origin), origins.marker(line.origin)
        series.append(Series(name, colour, _points(found, name, line.dots), stroke, marker, end_label=end))
    drawn = [point for point in line.printed if point.drawn]
    if drawn:
        labelled = not several and len(drawn) <= LABELLED
        points = tuple(_printed(page, found, name, one, places, labelled) for one in drawn)
        late = end if not line.dots else ""
        series.append(Series(f"{name}, tryckt", colour, points, Stroke.NONE, Marker.SOLID, end_label=late))
    return series


def _points(found: Trend, name: str, dots: Sequence[Dot], when: str = "", back: int = 0) -> tuple[Point, ...]:
    """The dots as points; ``back`` is how many months earlier their values are, and ``when`` says so.

    A series that starts anew each year is cut there, so that no line joins the years.
    """
    yearly = found.indicator.nature in {Nature.ACCUMULATED, Nature.FULL_YEAR}
    points: list[Point] = []
    for place, dot in enumerate(dots):
        if yearly and dot.month.number == 1 and points:
            points.append(Point(place, None))
        text = ""
        if dot.number is not None:
            month = dot.month.shift(-back)
            told = f"{when} ({origins.word(dot.origin)})" if when else origins.told(dot.origin)
            text = f"{name}\n{month.name}: {amount_of(dot.number, found.indicator)}\n{told}"
        value = None if dot.number is None else round(dot.number, found.indicator.decimals + 2)
        points.append(Point(place, value, text, solid=origins.solid(dot.origin)))
    return tuple(points)


def _printed(
    page: Page, found: Trend, name: str, one: Printed, places: dict[Month, int], labelled: bool
) -> Point:
    reports = page.facts.catalogue.reports
    digits = max(0, -int(one.number.as_tuple().exponent))
    value = number(one.number, digits)
    qualifier = f"{one.figure.qualifier} " if one.figure.qualifier else ""
    told = [
        name,
        f"{qualifier}{quantity(one.number, found.indicator.unit, digits)} · {one.span or one.figure.when.label}",
    ]
    for figure in one.figures:
        told.append(f"{reports[figure.source].short}: {figure.section}, rad {figure.line}")
        told += textwrap.wrap(f"”{figure.label}”", WIDTH)
    for flag in one.flags:
        told += textwrap.wrap(f"⚑ {flag.sentence}", WIDTH)
    since = None if one.since is None else places.get(one.since, 0)
    label = value + (" ⚑" if one.flags else "") if labelled else ""
    return Point(
        places[one.month],
        float(one.number),
        "\n".join(told),
        label,
        flagged=bool(one.flags),
        since=since,
        href=page.point(one.figure),
    )


def numbered(found: Iterable[KnownEvent]) -> list[tuple[int, Month, KnownEvent]]:
    dated = [(month, event) for event in found if (month := event_month(event)) is not None]
    return [(place, month, event) for place, (month, event) in enumerate(dated, start=1)]


def listed_events(page: Page, found: Trend) -> list[ListedEvent]:
    reports = page.facts.catalogue.reports

    def listed(place: int | None, when: str, event: KnownEvent) -> ListedEvent:
        source = f"{reports[event.source].short}, rad {event.line}"
        return ListedEvent(place, when, event.title, event.comment.rstrip("."), source)

    rows = [listed(place, month.name, event) for place, month, event in numbered(found.events)]
    return rows + [listed(None, _outside(event), event) for event in found.undated]


def _outside(event: KnownEvent) -> str:
    """When an event was that the chart cannot place, and why it cannot."""
    if not event.date:
        return "utan datum"
    month = event_month(event)
    return f"{month.name}, utanför diagrammet" if month else f"{event.date}, utan månad"
