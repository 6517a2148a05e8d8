"""What begins and what ends, month by month, and what that does to what is under way."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts import Band, Chart, Kind, Point, Series, month_axis
from dashboard.domain.model import Indicator, Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.text import count_word, number
from dashboard.measures.flow import Flow, Moved, flow
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.topic_cards import Block, ways
from dashboard.ui.blocks.trend_words import origin_cells, span
from dashboard.ui.page import Page

CAME_COLOUR, LEFT_COLOUR = 1, 2


def flows(key: str, title: str, came: str, left: str, stock: str, *, months: int) -> Block:
    """Bars up for what begins and down for what ends; the sentence says where that leaves what is under way."""

    def make(page: Page) -> cards.Card:
        found = flow(page.facts, came, left, stock, page.selection, months=months)
        if not found.drawn:
            return cards.plain_card(key, title, found.reason, links=ways(page))
        return _card(page, key, title, found)

    return lambda page: cards.kept(page, f"flow-{key}", lambda: make(page))


def _card(page: Page, key: str, title: str, found: Flow) -> cards.Card:
    places = [at for at, month in enumerate(found.months) if month in found.period.months]
    sentence = f"{_says(found)} {_agrees(found)}".strip()
    came = _bars(found, found.came, CAME_COLOUR, lambda one: one.came, 1)
    left = _bars(found, found.left, LEFT_COLOUR, lambda one: one.left, -1)
    chart = Chart(
        kind=Kind.STACKED,
        title=title,
        unit="Antal, det som börjar uppåt och det som slutar nedåt",
        decimals=0,
        axis=month_axis(found.months),
        series=(came, left),
        summary=f"{title}. {sentence} Alla värden finns i tabellen.",
        band=Band(places[0], places[-1]) if places and len(places) < len(found.months) else None,
    )
    source = origins.source(found.origin, found.came.source)
    links = tuple(
        (f"{one.short} i Trender", page.href("trender", matt=one.id))
        for one in (found.came, found.left, found.stock)
    )
    notes = origins.split_notes(found.origins, found.period)
    words = Words(sentence, span(found.months[0], found.months[-1]), f"Källa: {source}", notes, links=links)
    return cards.chart_card(page, key, chart, _table(title, found), words, size="small")


def _bars(
    found: Flow, indicator: Indicator, colour: int, value: Callable[[Moved], float | None], way: int
) -> Series:
    points = []
    for at, (month, row) in enumerate(zip(found.months, found.rows, strict=True)):
        one, origin = value(row), found.origins.get(month)
        text = "" if one is None else f"{indicator.name}\n{month.name}: {number(one)}\n{origins.told(origin)}"
        points.append(Point(at, None if one is None else way * one, text, solid=origins.solid(origin)))
    stroke = origins.stroke(found.origin)
    return Series(indicator.short, colour, tuple(points), stroke, end_label=indicator.short)


def _says(found: Flow) -> str:
    """What came and left over the period, and from what to what the stock went."""
    whole = found.whole
    if whole.net is None:
        return found.reason
    came, left = _word(found.came), _word(found.left)
    told = f"{found.period.label}: {number(whole.came)} {came} och {number(whole.left)} {left}"
    if whole.change is None:
        return f"{told}."
    if whole.change == 0:
        return f"{told}. Lika många pågår som före perioden, {number(whole.after)}."
    way = "fler" if whole.change > 0 else "färre"
    return (
        f"{told}. {found.stock.short} gick från {number(whole.before)} till {number(whole.after)}, "
        f"{number(abs(whole.change))} {way}."
    )


def _word(indicator: Indicator) -> str:
    """*Inledda utredningar* is *inledda* beside its fellow."""
    return indicator.short.split()[0].lower()


def _agrees(found: Flow) -> str:
    """What does not add up: over the period, and in which of the months shown."""
    gap, astray = found.whole.gap, found.astray
    told = []
    if gap:
        told.append(
            f"Det som börjat och slutat ger {number(found.whole.net, signed=True)}; "
            f"{number(abs(gap))} stämmer inte."
        )
    if astray:
        few = ", ".join(month.name for month in astray[-3:])
        many = count_word(len(astray), common=True)
        where = few if len(astray) <= 3 else f"{many} månader, senast {astray[-1].name}"
        told.append(f"Antalet följer inte av det som börjat och slutat i {where}.")
    return " ".join(told)


def _table(title: str, found: Flow) -> Table:
    rows = []
    for month, one in reversed(list(zip(found.months, found.rows, strict=True))):
        origin = found.origins.get(month)
        earlier = found.origins.get(
            month.shift(-1), origin
        )  # what a stock has changed by rests on both months
        looks = origins.look(origin), origins.look(combined([origin, earlier]))
        rows.append((*_row(month, one, *looks), *origin_cells(found.origin, origin)))
    flows = (_word(found.came).capitalize(), _word(found.left).capitalize())
    heads = (
        ("Månad", False),
        *((head, True) for head in (*flows, "Skillnad", "Pågående", "Ändring av pågående")),
        *((("Ursprung", False),) if found.origin is Origin.MIXED else ()),
    )
    return Table(f"{title}, månad för månad", heads, tuple(rows))


def _row(month: Month, one: Moved, look: str, change: str) -> tuple[Cell, ...]:
    def cell(value: float | None, style: str, *, signed: bool = False, title: str = "") -> Cell:
        return Cell(number(value, signed=signed), spreadsheet(value), style, title)

    said = "Följer inte av det som börjat och slutat" if one.gap else ""
    return (
        Cell(month.name, str(month)),
        cell(one.came, look),
        cell(one.left, look),
        cell(one.net, look, signed=True),
        cell(one.after, look),
        cell(one.change, f"{change} flagged" if one.gap else change, signed=True, title=said),
    )
