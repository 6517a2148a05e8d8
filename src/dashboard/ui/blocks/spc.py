"""Signal eller slump: a unit's months between their limits, one card a unit."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from dashboard.charts import (
    Break,
    Chart,
    Event,
    Kind,
    Limits,
    Marker,
    Point,
    Series,
    Stroke,
    Target,
    month_axis,
)
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.domain.spc import Variation, Xmr
from dashboard.measures import spc
from dashboard.measures.spc import Control
from dashboard.measures.spc_words import VARIATION
from dashboard.measures.trend import Trend, event_month
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Card, Words
from dashboard.ui.blocks.note_marks import on_months, with_notes
from dashboard.ui.blocks.spc_table import table
from dashboard.ui.blocks.spc_text import amount, conditions, levels, marks, sentence, summary, told
from dashboard.ui.blocks.trend_chart import listed_events, numbered, source_line, unit_words, what_is_what
from dashboard.ui.blocks.trend_words import span
from dashboard.ui.page import Page
from dashboard.ui.render import render

SYMBOLS = {
    Variation.COMMON: "circle",
    Variation.IMPROVING: "cross",
    Variation.CONCERNING: "x",
    Variation.NEUTRAL: "hexagon2",
}


def refused_card(page: Page, indicator_id: str, sentence: str, view: str = "spc") -> Card:
    """Why the measure cannot be seen as ``view``, with the way to the measure of single months that can."""
    catalogue = page.facts.catalogue
    indicator = catalogue.indicator(indicator_id)
    raw = spc.raw_of(catalogue, indicator)
    ways = []
    if raw is not None and raw != indicator:
        what = "Signal eller slump" if view == "spc" else "Samma visning"
        ways.append((f"{what} för {raw.short.lower()}", _href(page, matt=raw.id)))
    ways.append(("Visa som linje", _href(page, vy=None)))
    return cards.plain_card("trend", indicator.name, sentence, links=ways)


def card(page: Page, found: Trend, first: Month | None) -> Card:
    """The cards of all chosen units. ``found`` is the whole monthly series; ``first`` is where the picture begins."""
    asked = spc.controls(page.facts.catalogue, found)
    several = len(asked) > 1
    made = [_card(page, found, one, first, several=several) for one in asked]
    if not several:
        return made[0]
    html = render("spc_grid.html", cards=[one.html for one in made])
    return Card(html, MappingProxyType({key: chart for one in made for key, chart in one.charts.items()}))


def _card(page: Page, found: Trend, one: Control, first: Month | None, *, several: bool) -> Card:
    key = f"spc-{one.unit.id}" if several else "trend"
    title = one.unit.short if several else one.indicator.name
    if not isinstance(one.found, Xmr):
        reason = next(line.reason for line in found.lines if line.unit == one.unit) or one.found.sentence
        return cards.plain_card(key, title, reason, links=[("Visa som linje", _href(page, vy=None))])
    start = _start(one, first)
    shown = _shown(found, one, start)
    chart = replace(
        _chart(page, shown, one, one.found, title, start), notes=on_months(found, one.unit.id, shown.months)
    )
    words = Words(
        sentence(page, one, one.found),
        span(one.months[start], one.months[-1]),
        source_line(page, shown),
        (*conditions(page, one, one.found, start, several=several), *what_is_what(shown)),
        () if several else tuple(listed_events(page, shown)),
        marks=marks(one, one.found),
    )
    size = "small" if several else ""
    beside = with_notes(page, table(one, one.found, start), found, unit=one.unit.id)
    return cards.chart_card(page, key, chart, beside, words, size=size)


def _shown(found: Trend, one: Control, start: int) -> Trend:
    """What is drawn of the trend: the unit's months from ``start``, without printed figures and what has no month."""
    months = one.months[start:]
    lines = tuple(replace(line, printed=()) for line in found.lines if line.unit == one.unit)
    events = tuple(event for event in found.events if event_month(event) in months)
    return replace(found, months=months, lines=lines, events=events, undated=())


def _href(page: Page, **changes: str | None) -> str:
    own: dict[str, str | None] = {key: value or None for key, value in page.query.own.items()}
    return page.href("trender", **{**own, **changes})


def _start(one: Control, first: Month | None) -> int:
    """The first place to draw: the month asked for, else the first that has a value."""
    if first is not None and first in one.months:
        return one.months.index(first)
    return next(at for at, value in enumerate(one.values) if value is not None)


def _chart(page: Page, shown: Trend, one: Control, xmr: Xmr, title: str, start: int) -> Chart:
    places = {month: place for place, month in enumerate(shown.months)}
    dated = numbered(shown.events)
    target, unit, name = one.indicator.target, unit_words(one.indicator), one.indicator.name
    about = name if unit.lower() in name.lower() else f"{name}, {unit.lower()}"
    return Chart(
        kind=Kind.LINE,
        title=title,
        unit=unit if title == name else about,
        decimals=one.indicator.decimals,
        axis=month_axis(shown.months),
        series=tuple(_series(one, xmr, start)),
        summary=summary(page, one, xmr),
        target=None if target is None else Target(target, f"Mål {amount(one, target)}"),
        events=tuple(Event(places[month], n, f"{n}. {event.title}") for n, month, event in dated),
        breaks=tuple(
            Break(places[rebase.month], f"ny nivå {rebase.month.short}")
            for rebase in one.rebases
            if places.get(rebase.month, 0) > 0
        ),
        limits=tuple(_limits(one, xmr, start)),
    )


def _series(one: Control, xmr: Xmr, start: int) -> list[Series]:
    """The line of all months, then the points by what they mean: usual ones first, so that signals lie on top."""
    stroke = origins.stroke(one.origin)
    marker = Marker.HOLLOW if one.origin is Origin.MIXED else Marker.NONE
    digits = one.indicator.decimals + 2
    kinds: dict[Variation, list[Point]] = {}
    line = []
    for at in range(start, len(one.values)):
        value, loaded = one.values[at], origins.solid(one.origins[at])
        line.append(Point(at - start, None if value is None else round(value, digits), solid=loaded))
        if value is not None:
            mark = xmr.signals[at]
            kind = mark.variation if mark else Variation.COMMON
            kinds.setdefault(kind, []).append(
                Point(at - start, round(value, digits), told(one, xmr, at), solid=loaded)
            )
    found = [Series(one.unit.short, 1, tuple(line), stroke, token="spc-common")]
    for kind in Variation:
        if kind in kinds:
            name = VARIATION[kind].lower()
            points = tuple(kinds[kind])
            found.append(
                Series(name, 1, points, Stroke.NONE, marker, token=f"spc-{kind.value}", symbol=SYMBOLS[kind])
            )
    return found


def _limits(one: Control, xmr: Xmr, start: int) -> list[Limits]:
    shown: list[Limits] = []
    for segment in xmr.segments:
        if segment.limits is None or segment.stop <= start:
            continue
        found = segment.limits
        names = levels(one, segment)
        shown.append(
            Limits(
                max(segment.start, start) - start,
                segment.stop - 1 - start,
                found.lower,
                found.mean,
                found.upper,
                (f"nedre {names[0]}", f"medel {names[1]}", f"övre {names[2]}"),
                found.provisional,
            )
        )
    return shown
