"""Ekonomi, how good the forecasts have been: every one that was delivered, against the outcome of its year."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.charts import Chart, Kind, Marker, Point, Series, Stroke, category_axis
from dashboard.domain.origins import combined
from dashboard.domain.periods import MONTH_NAMES, MONTH_SHORT
from dashboard.domain.text import listing, millions, number, quantity
from dashboard.measures.ledger import Entry, Ledger, ledger
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.economy import economy_headline
from dashboard.ui.blocks.economy_subject import subject
from dashboard.ui.blocks.economy_tiles import economy_tiles
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.page import Page

KEY = "prognosfel"
YEAR_COLOURS = (1, 2, 3, 4, 5, 10)  # a year keeps its colour whatever years stand beside it
DEFAULT_MONTH = 8  # the report that comes before the year ends


def found_ledger(page: Page) -> Ledger:
    about = subject(page)
    return page.kept("ledger", lambda: ledger(page.facts, about.unit))


def silent(page: Page) -> bool:
    """Whether there is nothing to say but why: the ledger speaks of all years, the reason of the chosen one."""
    return bool(subject(page).reason) and not found_ledger(page).entries


def ledger_headline(page: Page) -> None:
    """Set the title to how wrong the forecast of the chosen month was in the last year that has closed."""
    if silent(page):
        economy_headline(page)
    else:
        page.title = page.kept("ledger_title", lambda: _title(found_ledger(page), _month(page)))


def _month(page: Page) -> int:
    """The chosen month, which December is not: then there is an outcome."""
    number_ = subject(page).reading.period.end.number
    return DEFAULT_MONTH if number_ == 12 else number_


def _title(found: Ledger, month: int) -> str:
    graded = [one for year in found.closed if (one := found.at(year, month))]
    if not graded or graded[-1].miss is None:
        return f"{found.unit.name}: ingen prognos har ännu kunnat prövas mot ett årsutfall."
    last, miss = graded[-1], graded[-1].miss
    who = "" if found.unit.parent is None else f"{found.unit.name}: "
    start = f"{who}{'p' if who else 'P'}rognosen i {MONTH_NAMES[month - 1]} {last.year}"
    if round(miss.error / 1000, 1) == 0:
        return f"{start} träffade utfallet."
    way = "ljus" if miss.error < 0 else "mörk"
    share = f" ({quantity(100 * miss.share, 'procent', 1)})" if miss.share is not None else ""
    return f"{start} var {millions(abs(miss.error))}{share} för {way}."


def ledger_chart(page: Page) -> Markup:
    """How wrong each month's forecast was, a line for each year that has closed."""

    def make() -> cards.Card:
        about, found = subject(page), found_ledger(page)
        if not found.closed:
            reason = f"Inget år har stängt för {about.unit.name} som det finns prognoser för."
            whole = page.facts.catalogue.unit(page.facts.catalogue.root)
            links = [] if about.whole else [(f"Visa {whole.name.lower()}", _whole(page))]
            return cards.plain_card(KEY, "Så fel blev prognoserna", reason, links=links)
        words = Words(_says(found), _span(found), _source(found), _notes())
        return cards.chart_card(page, KEY, _chart(found), _table(found), words)

    return economy_tiles(page) if silent(page) else cards.kept(page, "ledger_chart", make)


def _whole(page: Page) -> str:
    return page.href("ekonomi", enhet=page.facts.catalogue.root, vy="traffsakerhet")


def _span(found: Ledger) -> str:
    first, last = found.closed[0], found.closed[-1]
    return f"{first}–{last}" if first != last else str(first)


def _chart(found: Ledger) -> Chart:
    title = f"Så fel blev prognoserna, {whose(found.unit)}"
    return Chart(
        kind=Kind.LINE,
        title=title,
        unit="Utfall minus prognos, tusen kronor (tkr) · under noll: det blev dyrare",
        decimals=0,
        axis=category_axis(MONTH_SHORT[:11]),
        series=tuple(one for year in found.closed for one in _lines(found, year)),
        summary=f"{title}. {_says(found)} Alla fel finns i tabellen.",
        zero=True,
    )


def _lines(found: Ledger, year: int) -> list[Series]:
    """A year's line through what was loaded each month, and its printed forecasts as solid points."""
    loaded = [one for one in found.entries if one.year == year and one.figure is None]
    printed = [one for one in found.entries if one.year == year and one.figure is not None]
    colour = YEAR_COLOURS[year % len(YEAR_COLOURS)]
    stroke = origins.stroke(combined(one.origin for one in loaded))
    points = tuple(
        replace(_point(one, origins.word(one.origin)), solid=origins.solid(one.origin)) for one in loaded
    )
    lines = [Series(str(year), colour, points, stroke, end_label=str(year))] if points else []
    if printed:
        solid = tuple(_point(one, "tryckt i rapporten", label=True) for one in printed)
        lines.append(Series(f"{year}, tryckt", colour, solid, Stroke.NONE, Marker.SOLID))
    return lines


def _point(one: Entry, told: str, *, label: bool = False) -> Point:
    error = one.miss.error if one.miss else None
    text = (
        f"Prognosen i {one.month.name}: {number(one.value)} tkr\nfel {number(error, signed=True)} tkr\n{told}"
    )
    return Point(one.month.number - 1, error, text, number(error, signed=True) if label else "")


def _says(found: Ledger) -> str:
    """The report's month across the years: how far off its forecast was."""
    told = []
    for year in found.closed:
        entry = found.at(year, DEFAULT_MONTH)
        if entry and entry.miss:
            told.append(f"{millions(entry.miss.error, signed=True)} {year}")
    if not told:
        return "Ingen augustiprognos finns att pröva."
    return f"Augustis prognos slog fel med {listing(told)}."


def _notes() -> tuple[str, ...]:
    return ("Felet är årets utfall minus prognosen: minus betyder att prognosen var för ljus.",)


def _source(found: Ledger) -> str:
    parts = ["rapporternas prognoser"] if any(one.miss for one in found.printed) else []
    loaded = combined(one.origin for one in found.entries if one.figure is None)
    parts.append(origins.source(loaded, "Ekonomisystemet"))
    return f"Källa: {' och '.join(parts)}"


def _table(found: Ledger) -> Table:
    heads: list[tuple[str, bool]] = [("Prognos gjord i", False)]
    years = sorted({one.year for one in found.entries})
    for year in years:
        heads.append((f"Prognos {year}", True))
        heads += [(f"Fel {year}", True), ("Fel, %", True)] if year in found.closed else []
    body = []
    for month in range(1, 12):
        cells = [Cell(MONTH_NAMES[month - 1])]
        for year in years:
            cells += _cells(found.at(year, month), graded=year in found.closed)
        body.append(tuple(cells))
    return Table("Prognosernas fel efter månad, tkr", tuple(heads), tuple(body))


def _cells(entry: Entry | None, *, graded: bool) -> list[Cell]:
    """A forecast, and its error in tkr and per cent where the year has closed."""
    if entry is None:
        return [Cell("–", "", "n")] * (3 if graded else 1)
    look = origins.look(entry.origin)
    cells = [Cell(number(entry.value), spreadsheet(entry.value), look)]
    if not graded or entry.miss is None:
        return cells
    share = None if entry.miss.share is None else 100 * entry.miss.share
    error = entry.miss.error
    cells.append(Cell(number(error, signed=True), spreadsheet(error), look))
    return [*cells, Cell(number(share, 1), spreadsheet(share, 1), look)]
