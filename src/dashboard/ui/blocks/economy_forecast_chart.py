"""Ekonomi, forecasts: how the management's, B, C and D have moved from month to month."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.charts import Axis, Chart, Kind, Marker, Point, Series, Stroke, month_axis, unit_colour
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.text import millions, number
from dashboard.measures.forecasts import MonthOutlook, Outlook, history
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.economy_forecast import answerable, outlook_of
from dashboard.ui.blocks.economy_subject import Subject, subject
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.blocks.economy_waterfall import forecast_steps
from dashboard.ui.blocks.trend_words import origin_cells
from dashboard.ui.page import Page
from dashboard.ui.render import render

KEY = "prognosvagar"
B_COLOUR, C_COLOUR, D_COLOUR, BUDGET_COLOUR = 10, 8, 5, 9


def forecast_months(page: Page) -> Markup:
    """The ways month by month: what each would have said then."""

    def make() -> cards.Card:
        about = subject(page)
        end = about.reading.period.end
        rows = history(page.facts, about.unit, end.year, end)
        if len(rows) < 2:
            reason = "Det behövs minst två månader för att visa hur prognoserna har rört sig."
            return cards.plain_card(KEY, "Prognoserna månad för månad", reason)
        chart = _chart(page, about, rows)
        split = origins.split_note({row.month: row.origin for row in rows})
        notes = (*_notes(outlook_of(page)), *((split,) if split else ()))
        words = Words(_moved(rows), f"jan–{end.short}", _source(about, rows), notes)
        return cards.chart_card(page, KEY, chart, _table(rows), words)

    return Markup() if answerable(page) else cards.kept(page, "forecast_months", make)


def _chart(page: Page, about: Subject, rows: Sequence[MonthOutlook]) -> Chart:
    year = rows[0].month.year
    whole = combined(row.origin for row in rows)
    stroke = origins.stroke(whole)
    found = outlook_of(page)
    own = unit_colour(page.facts.catalogue.units, about.unit.id)

    def line(
        name: str, end: str, colour: int, values: Sequence[float | None], marked: bool = False
    ) -> Series:
        points = tuple(
            Point(
                row.month.number - 1,
                value,
                f"{name}\n{row.month.name}: {number(value)} tkr\n{origins.word(row.origin)}",
                solid=origins.solid(row.origin),
            )
            for row, value in zip(rows, values, strict=True)
        )
        marker = origins.marker(whole) if marked else Marker.NONE
        return Series(name, colour, points, stroke, marker, end_label=end)

    series: tuple[Series, ...] = (
        line("Helårsbudget", "Budget", BUDGET_COLOUR, [row.year_budget for row in rows]),
        line("B: resten enligt budget", "B", B_COLOUR, [row.letters.b for row in rows]),
        line("C: resten i samma takt", "C", C_COLOUR, [row.letters.c for row in rows]),
        line("D: volymer och priser", "D", D_COLOUR, [row.letters.d for row in rows], True),
        line("Förvaltningens prognos", "Förvaltningen", own, [row.own for row in rows], True),
    )
    if found.forecast.origin is Origin.PUBLISHED and found.own is not None:
        label = number(found.own)
        told = f"Förvaltningens prognos {label} tkr\ntryckt i rapporten"
        point = Point(found.period.end.number - 1, found.own, told, label, beside=True)
        series = (*series, Series("Tryckt prognos", own, (point,), Stroke.NONE, Marker.SOLID))
    title = f"Prognoserna månad för månad {year}, {whose(about.unit)}"
    return Chart(
        kind=Kind.LINE,
        title=title,
        unit="Tusen kronor (tkr) för helåret",
        decimals=0,
        axis=_axis(year),
        series=tuple(one for one in series if any(point.value is not None for point in one.points)),
        summary=f"{title}. {_moved(rows)} Alla värden finns i tabellen.",
    )


def _axis(year: int) -> Axis:
    return month_axis(Month(year, 1).until(Month(year, 12)))


def _moved(rows: Sequence[MonthOutlook]) -> str:
    """How far apart B and C were at first, and are now."""
    first, last = rows[0], rows[-1]
    if first.letters.span is None or last.letters.span is None:
        return f"B visar {millions(last.letters.b)} i {last.month.name}; C kan inte räknas."
    before, now = (one.letters.span[1] - one.letters.span[0] for one in (first, last) if one.letters.span)
    return (
        f"Mellan B och C skilde det {millions(before)} i {first.month.name}; "
        f"i {last.month.name} skiljer det {millions(now)}."
    )


def _source(about: Subject, rows: Sequence[MonthOutlook]) -> str:
    months = origins.source(combined(row.origin for row in rows), "Ekonomisystemet")
    report = about.reading.report
    return f"Källa: {report.short}, {months}" if report else f"Källa: {months}"


def _notes(found: Outlook) -> tuple[str, ...]:
    notes = ["Tidigt på året är C osäker: få månader räknas upp till ett helt år."]
    if found.buffer:
        notes.append("Förvaltningens prognos visas här utan omvärldsbufferten, så att den kan jämföras.")
    return tuple(notes)


def _table(rows: Sequence[MonthOutlook]) -> Table:
    whole = combined(row.origin for row in rows)
    heads = ("Månad", "Förvaltningen", "B", "C", "D", "Helårsbudget")
    more = (("Ursprung", False),) if whole is Origin.MIXED else ()
    body = []
    for row in reversed(rows):
        values = (row.own, row.letters.b, row.letters.c, row.letters.d, row.year_budget)
        look = origins.look(row.origin)
        cells = [Cell(number(value), spreadsheet(value), look) for value in values]
        body.append((Cell(row.month.name, str(row.month)), *cells, *origin_cells(whole, row.origin)))
    return Table(
        "Helårsprognoser månad för månad, tkr", (*((h, h != "Månad") for h in heads), *more), tuple(body)
    )


def forecast_charts(page: Page) -> Markup:
    """How the forecasts have moved, and the way from budget to forecast beside it; alone it takes the whole width."""
    cells = [cell for cell in (forecast_months(page), forecast_steps(page)) if cell]
    return cells[0] if len(cells) == 1 else render("row.html", cells=cells, kind="two")
