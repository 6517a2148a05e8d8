"""Ekonomi over the months: accumulated outcome against budget, and the forecast against the year's budget."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.charts import Axis, Band, Chart, Kind, Marker, Point, Series, Stroke, month_axis, unit_colour
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Compare
from dashboard.domain.text import number
from dashboard.measures import accounts, economy
from dashboard.measures.economy import MonthEconomy
from dashboard.measures.trend import Printed, printed_between
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.economy_subject import Subject, figures_of, money_readings, subject
from dashboard.ui.blocks.economy_words import forecast_says, outcome_says
from dashboard.ui.blocks.trend_words import origin_cells
from dashboard.ui.page import Page
from dashboard.ui.render import render

BUDGET_COLOUR = 9
DEVELOPMENT, YEAR = "utveckling", "prognos"


def economy_months(page: Page) -> Markup:
    """Both charts beside each other; nothing when the page has already said why there are none."""
    if subject(page).reason:
        return Markup()
    return render("row.html", cells=[economy_development(page), economy_forecast(page)], kind="two")


def economy_development(page: Page) -> Markup:
    """Accumulated outcome against budget, month by month; last year faint where it is comparable."""

    def make() -> cards.Card:
        about = subject(page)
        rows = _rows(page, about)
        year = about.reading.period.end.year
        title = f"Utfall mot budget {year}, {about.unit.name}"
        if about.unit.kind == "buffert" or not rows:
            reason = "Bufferten har inget utfall: den finns bara som en post i prognosen."
            return cards.plain_card(DEVELOPMENT, "Utfall mot budget", reason)
        printed = _printed(page, about, page.facts.catalogue.roles.accounts.outcome)
        before = _before(page, about)
        series = _lines(page, about, rows, before, printed, ("Utfall", "outcome"), ("Budget", "budget"))
        table = _table(page, rows, before, printed, ("Utfall ack.", "outcome"), ("Budget ack.", "budget"))
        return _card(page, about, DEVELOPMENT, title, series, outcome_says(about, rows, before), table, rows)

    return cards.kept(page, "development", make)


def economy_forecast(page: Page) -> Markup:
    """The year's forecast as it was each month, against the year's budget; printed forecasts are solid."""

    def make() -> cards.Card:
        about = subject(page)
        rows = _rows(page, about)
        title = f"Helårsprognos {about.reading.period.end.year}, {about.unit.name}"
        if not any(row.forecast is not None for row in rows):
            return cards.plain_card(YEAR, "Helårsprognos", "Det finns ingen prognos månad för månad.")
        printed = _printed(page, about, page.facts.catalogue.roles.accounts.forecast)
        before = _before(page, about)
        budget = ("Helårsbudget", "year_budget") if about.unit.kind != "buffert" else None
        series = _lines(page, about, rows, before, printed, ("Prognos", "forecast"), budget)
        table = _table(
            page, rows, before, printed, ("Prognos helår", "forecast"), ("Helårsbudget", "year_budget")
        )
        return _card(page, about, YEAR, title, series, forecast_says(about, rows, before), table, rows)

    return cards.kept(page, "forecast", make)


def _rows(page: Page, about: Subject) -> tuple[MonthEconomy, ...]:
    """The year up to the end of the period."""
    end = about.reading.period.end
    found = page.kept("months", lambda: economy.months(page.facts, about.unit.id, end.year))
    return tuple(row for row in found if row.month <= end)


def _before(page: Page, about: Subject) -> tuple[MonthEconomy, ...]:
    """The year before, when it is compared with and the accounts had the same row."""
    if about.selection.compare is not Compare.LAST_YEAR:
        return ()
    end = about.reading.period.end
    before = accounts.comparable_unit(page.facts, about.unit.id, end.shift(-12))
    if before is None:
        return ()
    return page.kept("months_before", lambda: economy.months(page.facts, before.id, end.year - 1))


def _printed(page: Page, about: Subject, indicator: str) -> tuple[Printed, ...]:
    """Printed values of the year. A forecast is for the whole year but stands where its report ends."""
    end = about.reading.period.end
    known = page.facts.catalogue.indicators[indicator]
    found = printed_between(
        page.facts, known, about.unit.id, Month(end.year, 1), Month(end.year, 12), rolled=False
    )
    inside = []
    for one in found:
        report = page.facts.catalogue.reports[one.figure.source]
        month = report.period.end if indicator == page.facts.catalogue.roles.accounts.forecast else one.month
        if month <= end and month.year == end.year:
            inside.append(Printed(month, one.number, one.figure, one.span, one.flags, one.figures))
    return tuple(inside)


def _lines(
    page: Page,
    about: Subject,
    rows: Sequence[MonthEconomy],
    before: Sequence[MonthEconomy],
    printed: Sequence[Printed],
    own: tuple[str, str],
    budget: tuple[str, str] | None,
) -> tuple[Series, ...]:
    colour = unit_colour(page.facts.catalogue.units, about.unit.id)
    whole = combined(row.origin for row in rows)
    stroke, marker = origins.stroke(whole), origins.marker(whole)
    found = []
    if before:
        year = before[0].month.year
        points = _points(before, own[1], f"{own[0]} {year}")
        found.append(
            Series(f"{own[0]} {year}", colour, points, Stroke.DOTTED, faint=True, end_label=str(year))
        )
    if budget:
        points = _points(rows, budget[1], budget[0])
        found.append(Series(budget[0], BUDGET_COLOUR, points, stroke, end_label=budget[0]))
    end = own[0] if budget or before else ""
    found.append(Series(own[0], colour, _points(rows, own[1], own[0]), stroke, marker, end_label=end))
    if about.selection.compare is Compare.PREVIOUS and (mark := _previous_mark(about, rows, own)):
        found.append(Series("Perioden före", colour, (mark,), Stroke.NONE, marker))
    if printed:
        found.append(
            Series(
                f"{own[0]}, tryckt", colour, _printed_points(page, printed, own[0]), Stroke.NONE, Marker.SOLID
            )
        )
    return tuple(found)


def _previous_mark(about: Subject, rows: Sequence[MonthEconomy], own: tuple[str, str]) -> Point | None:
    before = about.selection.period.previous().end
    row = next((row for row in rows if row.month == before), None)
    value = getattr(row, own[1]) if row else None
    if value is None:
        return None
    return Point(
        before.number - 1,
        value,
        f"{own[0]} {before.name}: {number(value)} tkr",
        f"{before.short}: {number(value)}",
        beside=own[1] == "outcome",
    )


def _points(rows: Sequence[MonthEconomy], field: str, name: str) -> tuple[Point, ...]:
    points = []
    for row in rows:
        value, told = getattr(row, field), origins.word(row.origin)
        text = f"{name}\n{row.month.name}: {number(value)} tkr\n{told}" if value is not None else ""
        points.append(Point(row.month.number - 1, value, text, solid=origins.solid(row.origin)))
    return tuple(points)


def _printed_points(page: Page, printed: Sequence[Printed], name: str) -> tuple[Point, ...]:
    reports = page.facts.catalogue.reports
    points = []
    for one in printed:
        places = [
            f"{reports[f.source].short}: {f.section}, rad {f.line}, ”{f.label}” {f.note}".rstrip()
            for f in one.figures
        ]
        told = "\n".join([f"{name} {number(one.number)} tkr · {one.figure.when.label}", *places])
        beside = one.month.number < 11
        points.append(
            Point(
                one.month.number - 1,
                float(one.number),
                told,
                number(one.number),
                beside=beside,
                href=page.point(one.figure),
            )
        )
    return tuple(points)


def _axis(year: int) -> Axis:
    return month_axis(Month(year, 1).until(Month(year, 12)))


def _card(
    page: Page,
    about: Subject,
    key: str,
    title: str,
    series: tuple[Series, ...],
    sentence: str,
    table: Table,
    rows: Sequence[MonthEconomy],
) -> cards.Card:
    period: Period = about.reading.period
    alone = about.reading.alone
    chart = Chart(
        kind=Kind.LINE,
        title=title,
        unit="Tusen kronor (tkr)",
        decimals=0,
        axis=_axis(period.end.year),
        series=series,
        summary=f"{title}. {sentence} Alla värden finns i tabellen.",
        band=Band(period.start.number - 1, period.end.number - 1) if alone else None,
        zero=key == DEVELOPMENT,
    )
    reports = page.facts.catalogue.reports
    used = [r.short for r in reports.values() if any(r.short in p.text for one in series for p in one.points)]
    parts = [*used, origins.source(combined(row.origin for row in rows), "Ekonomisystemet")]
    split = origins.split_note({row.month: row.origin for row in rows})
    outcome, deviation, forecast, year_deviation = money_readings(page)
    said = (outcome, deviation) if key == DEVELOPMENT else (forecast, year_deviation)
    words = Words(
        sentence,
        f"jan–{period.end.short}",
        f"Källa: {', '.join(parts)}",
        (split,) if split else (),
        figures=figures_of(*said),
    )
    return cards.chart_card(page, key, chart, table, words, size="small")


def _table(
    page: Page,
    rows: Sequence[MonthEconomy],
    before: Sequence[MonthEconomy],
    printed: Sequence[Printed],
    own: tuple[str, str],
    budget: tuple[str, str],
) -> Table:
    heads = [("Månad", False), (own[0], True), (budget[0], True), ("Avvikelse", True)]
    heads += [(f"{own[0]} {before[0].month.year}", True)] if before else []
    heads += [("Tryckt", True), ("Var", False)] if printed else []
    body = []
    whole = combined(row.origin for row in rows)
    heads += [("Ursprung", False)] if whole is Origin.MIXED else []
    for row in reversed(rows):
        mine, other = getattr(row, own[1]), getattr(row, budget[1])
        gap = None if mine is None or other is None else mine - other
        cells = [Cell(row.month.name, str(row.month)), *(_cell(v, row.origin) for v in (mine, other, gap))]
        if before:
            same = next((one for one in before if one.month == row.month.shift(-12)), None)
            earlier = same.origin if same else None
            cells.append(_cell(getattr(same, own[1]) if same else None, earlier))
        if printed:
            here = [one for one in printed if one.month == row.month]
            lines = tuple((f"rad {f.line}", page.point(f)) for one in here for f in one.figures)
            values = tuple((number(one.number), page.point(one.figure)) for one in here)
            exact = spreadsheet(float(here[0].number)) if len(here) == 1 else None
            cells.append(Cell(" / ".join(text for text, _ in values), exact, "n", links=values))
            cells.append(Cell(", ".join(text for text, _ in lines), look="place", links=lines))
        body.append((*cells, *origin_cells(whole, row.origin)))
    return Table(f"{own[0]} månad för månad, tkr", tuple(heads), tuple(body))


def _cell(value: float | None, origin: Origin | None) -> Cell:
    return Cell(number(value), spreadsheet(value), origins.look(origin))
