"""Cards of a topic page: one measure over the months, and what a whole consists of.

Each function gives a block, so that a page says which measures it shows and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from dashboard.charts import Band, Chart, Kind, Point, Series, month_axis
from dashboard.domain.model import Indicator, Nature, Origin
from dashboard.domain.periods import Month
from dashboard.domain.selection import Compare
from dashboard.domain.text import count_word, listing, number, quantity
from dashboard.insights.words import inside
from dashboard.measures import spc
from dashboard.measures import trend as trends
from dashboard.measures.composition import Composition, Part, composition
from dashboard.measures.trend import R12, Trend
from dashboard.ui.blocks import cards, origins, trend_chart
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.trend_words import amount_of, origin_cells, span
from dashboard.ui.page import Page

Block = Callable[[Page], Markup]
Links = tuple[tuple[str, str], ...]
TOLD_PARTS = 5  # more parts than this are told by the largest of them
PART_COLOURS = (1, 2, 4, 3, 5, 6, 7, 8, 9, 10)


def monthly(indicator_id: str, *, months: int) -> Block:
    """The measure up to the period's end, with the year before where that is compared with.

    ``months`` is the longest stretch that is drawn; an R12 has the year before in itself.
    """
    return lambda page: cards.kept(
        page, f"monthly-{indicator_id}", lambda: _monthly(page, indicator_id, months)
    )


def _monthly(page: Page, indicator_id: str, months: int) -> cards.Card:
    indicator = page.facts.catalogue.indicator(indicator_id)
    found = _window(page, indicator_id, months)
    line = found.lines[0]
    key = f"trend-{indicator_id}"
    if not line.drawn:
        return cards.plain_card(key, indicator.name, line.reason, links=ways(page))
    known = [dot for dot in line.dots if dot.number is not None]
    drawn = [point for point in line.printed if point.drawn]
    if len(known) + len(drawn) == 1:
        value = amount_of(known[0].number or 0.0 if known else float(drawn[0].number), indicator)
        month = known[0].month if known else drawn[0].month
        only = f"Bara ett värde finns: {value} i {month.name}. En kurva kräver minst två."
        return cards.plain_card(key, indicator.name, only, links=_onward(page, indicator))
    compared = page.selection.compare is Compare.LAST_YEAR and found.basis != R12
    earlier = compared and any(dot.number is not None for dot in line.last_year)
    return trend_chart.card(
        page, found, last_year=earlier, key=key, size="small", links=_onward(page, indicator), own=True
    )


def _window(page: Page, indicator_id: str, months: int) -> Trend:
    def read(first: Month | None) -> Trend:
        unit = (page.selection.unit,)
        return trends.trend(page.facts, indicator_id, unit, page.selection, first=first)

    whole = read(None)
    if len(whole.months) <= months:
        return whole
    return read(whole.months[-months])


def _onward(page: Page, indicator: Indicator) -> Links:
    """To the measure's own page, and to signal or noise for what can have limits."""
    links = [("Öppna i Trender", page.href("trender", matt=indicator.id))]
    raw = spc.raw_of(page.facts.catalogue, indicator) if spc.refused(indicator) else indicator
    if raw is not None:
        links.append(("Signal eller slump?", page.href("trender", matt=raw.id, vy="spc")))
    return tuple(links)


def ways(page: Page) -> Links:
    """Where to go from a card that has nothing to show: the whole, and the usual period."""
    catalogue, query = page.facts.catalogue, page.query
    links = []
    if page.selection.unit != catalogue.root:
        words = f"Visa {catalogue.unit(catalogue.root).short.lower()}"
        links.append((words, query.href(page.info.path, keep_own=True, enhet=catalogue.root)))
    usual = query.default.period
    if page.selection.period != usual:
        links.append((f"Visa {usual.label}", query.href(page.info.path, keep_own=True, period=str(usual))))
    return tuple(links)


def parts(key: str, title: str, indicators: Sequence[str], *, months: int) -> Block:
    """A whole as stacked bars, a part for each of the indicators, which must add up to it."""

    def make(page: Page) -> cards.Card:
        found = composition(page.facts, indicators, page.selection, months=months)
        if not found.drawn:
            return cards.plain_card(key, title, found.reason, links=ways(page))
        return _stacked(page, key, title, found)

    return lambda page: cards.kept(page, f"parts-{key}", lambda: make(page))


def _stacked(page: Page, key: str, title: str, found: Composition) -> cards.Card:
    first = found.parts[0].indicator
    places = [at for at, month in enumerate(found.months) if month in found.period.months]
    inside = len(places) < len(found.months)
    sentence = _says(found)
    chart = Chart(
        kind=Kind.STACKED,
        title=title,
        unit=trend_chart.unit_words(first),
        decimals=first.decimals,
        axis=month_axis(found.months),
        series=tuple(
            _bars(found, part, colour) for part, colour in zip(found.parts, PART_COLOURS, strict=False)
        ),
        summary=f"{title}. {sentence} Alla värden finns i tabellen.",
        band=Band(places[0], places[-1]) if places and inside else None,
    )
    source = origins.source(found.origin, first.source)
    links = tuple(
        (f"{part.indicator.short} i Trender", page.href("trender", matt=part.indicator.id))
        for part in _largest(found)
    )
    notes = origins.split_notes(found.origins, found.period)
    words = Words(sentence, span(found.months[0], found.months[-1]), f"Källa: {source}", notes, links=links)
    return cards.chart_card(page, key, chart, _table(title, found), words, size="small")


def _bars(found: Composition, part: Part, colour: int) -> Series:
    points = []
    for at, (month, value, total) in enumerate(zip(found.months, part.values, found.totals, strict=True)):
        words, origin = "", found.origins.get(month)
        if value is not None:
            of = f" av {amount_of(total, part.indicator)}" if total is not None else ""
            words = f"{part.indicator.name}\n{month.name}: {amount_of(value, part.indicator)}{of}"
            words = f"{words}\n{origins.told(origin)}"
        exact = None if value is None else round(value, part.indicator.decimals + 2)
        points.append(Point(at, exact, words, solid=origins.solid(origin)))
    stroke = origins.stroke(found.origin)
    return Series(part.indicator.short, colour, tuple(points), stroke, end_label=part.indicator.short)


def _says(found: Composition) -> str:
    """The parts of the period with their shares, and the whole against what it is compared with."""
    if found.value is None:
        return found.reason
    told = [_told(found, part) for part in _largest(found)]
    rest = [part for part in found.parts if part not in _largest(found)]
    if rest:
        value = sum(part.value or 0.0 for part in rest)
        share = f" ({quantity(100 * value / found.value, 'procent')})" if found.value else ""
        told.append(f"{count_word(len(rest))} andra {_amount(found, value)}{share}")
    how = found.how[:1].upper() + found.how[1:]
    whole = f"Tillsammans {_amount(found, found.value)}"
    stock = found.parts[0].indicator.nature is Nature.STOCK
    when = f"i {found.other.end.name}" if stock else found.other.short
    against = f", mot {_amount(found, found.before)} {when}" if found.before is not None else ""
    return f"{how}: {listing(told)}. {whole}{against}."


def _largest(found: Composition) -> Sequence[Part]:
    """All parts when they are few, else the largest."""
    if len(found.parts) <= TOLD_PARTS:
        return found.parts
    return sorted(found.parts, key=lambda part: -(part.value or 0.0))[: TOLD_PARTS - 2]


def _told(found: Composition, part: Part) -> str:
    share = f" ({quantity(100 * part.share, 'procent')})" if part.share is not None else ""
    return f"{inside(part.indicator.short)} {_amount(found, part.value)}{share}"


def _amount(found: Composition, value: float | None) -> str:
    first = found.parts[0].indicator
    return quantity(value, first.unit, first.decimals)


def _table(title: str, found: Composition) -> Table:
    heads = [("Månad", False), *((part.indicator.short, True) for part in found.parts), ("Tillsammans", True)]
    shares = len(found.parts) <= TOLD_PARTS  # more columns than that are no table to read
    if shares:
        heads += [(f"{part.indicator.short}, andel", True) for part in found.parts]
    heads += [("Ursprung", False)] if found.origin is Origin.MIXED else []
    decimals = found.parts[0].indicator.decimals
    rows = []
    for at in range(len(found.months) - 1, -1, -1):
        month, total = found.months[at], found.totals[at]
        values = [part.values[at] for part in found.parts]
        origin = found.origins.get(month)
        look = origins.look(origin)
        cells = [Cell(month.name, str(month))]
        cells += [Cell(number(one, decimals), spreadsheet(one, decimals), look) for one in (*values, total)]
        for value in values if shares else ():
            share = 100 * value / total if value is not None and total else None
            cells.append(Cell(quantity(share, "procent"), spreadsheet(share, 1), look))
        cells += origin_cells(found.origin, origin)
        rows.append(tuple(cells))
    return Table(f"{title}, månad för månad", tuple(heads), tuple(rows))
