"""The first page: how it goes, what deviates, what changed, what threatens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import Month
from dashboard.domain.selection import Compare
from dashboard.measures import economy, goals, risks, spc
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import Reading, readings
from dashboard.measures.spc_latest import latest_known
from dashboard.measures.trend import printed_points
from dashboard.ui.blocks import origins
from dashboard.ui.page import Page
from dashboard.ui.render import render

CLOSED = "Utfall mot budget"
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure ready to be drawn."""

    reading: Reading
    short: str
    value: str
    change: str
    spark: Sparkline
    href: str
    mark: spc.Mark | None = None  # whether the last month is a signal
    what: str = ""  # which months of the curve are demo and which are loaded


@dataclass(frozen=True, slots=True)
class BarRow:
    """A deviation with its bar, in per cent of the width; zero is where the largest surplus ends."""

    one: Deviation
    x: str
    width: str


def _readings(page: Page) -> tuple[Reading, ...]:
    ids = page.facts.catalogue.board.key_figures

    def make() -> tuple[Reading, ...]:
        # Everything that the page watches in one query: the sentences and what has changed find it read.
        page.facts.whole([*ids, *insights.needed(page.facts)], [page.selection.unit])
        return readings(page.facts, ids, page.selection)

    return page.kept("readings", make)


def _tiles(page: Page) -> tuple[goals.GoalTile, ...]:
    return page.kept("tiles", lambda: goals.tiles(page.facts, page.selection))


def headline(page: Page) -> None:
    """Set the page's title to what the numbers say."""
    wanted = page.facts.catalogue.roles.accounts.forecast_deviation
    forecast = next((one for one in _readings(page) if one.indicator.id == wanted), None)
    tiles = _tiles(page)
    said = insights.headline(tiles, forecast)
    unit = page.facts.catalogue.unit(page.selection.unit)
    page.title = said if unit.parent is None else f"{unit.name}: {said[:1].lower()}{said[1:]}"
    if forecast is not None:
        page.rest_on(forecast)
    if any(tile.judged.origin and tile.judged.origin.demo for tile in tiles):
        page.lead = (
            "Enheternas bedömningar är påhittade (demo). Rapporterna trycker bara nämndens samlade färger."
        )


def goal_tiles(page: Page) -> Markup:
    """The goals of the period: colour, share of units, and the colour compared with."""

    def make() -> Markup:
        whole = page.selection.unit == page.facts.catalogue.root
        if page.selection.compare is Compare.TARGET:
            label = "Mål: grön"
        elif whole:
            label = "ingen jämförelse"
        else:
            label = "jämförs inte per enhet"
        return render(
            "goal_tiles.html",
            tiles=_tiles(page),
            whole=whole,
            goal_href=page.href("mal"),
            compare_label=label,
        )

    return page.kept("goal_tiles", make)


def key_figures(page: Page) -> Markup:
    """The board's key figures with change, comparison and curve."""

    return page.kept("key_figures", lambda: key_row(page, _readings(page)))


def key_row(page: Page, found: Sequence[Reading]) -> Markup:
    """The readings as a row of cards, each with its curve, its source and the way to Trender."""
    cards = [_card(page, one) for one in found]
    return render("key_figures.html", cards=cards, reports=page.facts.catalogue.reports, point=page.point)


def _card(page: Page, reading: Reading) -> Card:
    months = [month for month, _ in reading.spark]
    printed = printed_on(page, reading, months)
    value = insights.amount(
        reading.value.number, reading.indicator, signed=reading.indicator.theme == "ekonomi"
    )
    change = insights.change_text(reading)
    demo = [bool(one and one.demo) for one in reading.spark_origins]
    curve = sparkline([value for _, value in reading.spark], printed, synthetic=demo)
    short = CLOSED if insights.is_closed(reading) else reading.indicator.short
    href = page.href("trender", matt=reading.indicator.id)
    # A value of both kinds says so itself.
    mixed = reading.value.origin is Origin.MIXED
    what = "" if mixed else what_is_what(dict(zip(months, reading.spark_origins, strict=True)))
    return Card(reading, short, value, change, curve, href, _mark(page, reading), what)


def _mark(page: Page, reading: Reading) -> spc.Mark | None:
    """Signal or noise by the period's last month, from series that are read; None for what has no single months."""
    found = latest_known(page.facts, reading.indicator.id, reading.unit.id, page.selection.period.end)
    if found is None:
        return None
    mark = spc.mark_of(reading.indicator, found)
    demo = {
        Origin.SYNTHETIC: " Månaderna är påhittade (demo).",
        Origin.MIXED: " Månaderna är demo och inlästa.",
    }.get(found.origin, "")
    word = f"{found.month.short.split()[0].capitalize()}: {mark.word[:1].lower()}{mark.word[1:]}"
    return replace(mark, word=word, reason=f"{mark.reason}{demo}")


def printed_on(page: Page, reading: Reading, months: Sequence[Month]) -> list[float | None]:
    """Printed values of single months (or R12) at their places on the curve; a mean of months has no one place."""
    rolled = reading.indicator.over_period.value == "r12"
    found = (
        printed_points(page.facts, reading.indicator, reading.unit, months, rolled=rolled) if months else ()
    )
    by_month = {point.month: float(point.number) for point in found if not point.span}
    return [by_month.get(month) for month in months]


def deviations(page: Page) -> Markup:
    """The largest deviations from the year's budget."""

    def make() -> Markup:
        found = economy.deviations(page.facts, page.selection)
        year = page.selection.period.end.year
        table = economy.printed_table(page.facts, page.selection.period)
        printed = bool(found) and found[0].figure is not None
        buffer = (
            economy.buffer(table)
            if table and printed and page.selection.unit == page.facts.catalogue.root
            else None
        )
        report = page.facts.report_of(page.selection.period)
        if printed and report:
            source = f"{report.short}, {table.table.title.lower()}" if table else report.short
        elif found:
            source = origins.source(combined(one.origin for one in found), "inlästa månadsvärden")
            source = source[:1].upper() + source[1:]
        else:
            source = "Ingen budget finns för den valda enheten och perioden"
        total = (
            sum(one.value for one in found) + (float(buffer.value) if buffer else 0)
            if len(found) > 1
            else None
        )
        inside = page.facts.catalogue.children(page.selection.unit, page.selection.period.end)
        # The buffer's row stands in reports alone; the parts of months add up to what the whole is before it.
        before = buffer is None and any(one.kind == "buffert" for one in inside)
        largest, rest, others = _largest(found)
        return render(
            "deviations.html",
            point=page.point,
            rows=_bars(largest),
            rest=rest,
            others=others,
            sentence=insights.deviation_sentence(found),
            year=year,
            buffer=buffer,
            total=total,
            total_name="Summa före omvärldsbuffert" if before else "Summa",
            printed_total=economy.printed_as(table, total) if printed else None,
            source=source,
            href=page.href("ekonomi"),
        )

    return page.kept("deviations", make)


def _bars(found: Sequence[Deviation]) -> list[BarRow]:
    low = min([0.0, *(one.value for one in found)])
    high = max([0.0, *(one.value for one in found)])
    span = (high - low) or 1.0

    def row(one: Deviation) -> BarRow:
        start, end = min(one.value, 0.0), max(one.value, 0.0)
        width = max(100 * (end - start) / span, 0.8)
        return BarRow(one, f"{min(100 * (start - low) / span, 100 - width):.2f}", f"{width:.2f}")

    return [row(one) for one in found]


def _largest(found: Sequence[Deviation]) -> tuple[list[Deviation], float, int]:
    """The largest either way, in the order given; the sum and the count of the rest."""
    if len(found) <= SHOWN:
        return list(found), 0.0, 0
    kept = sorted(found, key=lambda one: -abs(one.value))[: SHOWN - 1]
    rest = [one for one in found if one not in kept]
    return [one for one in found if one in kept], sum(one.value for one in rest), len(rest)


def risk_summary(page: Page) -> Markup:
    """The top risks and how they moved."""

    def make() -> Markup:
        found = risks.board(page.facts, page.selection)
        limit = page.facts.catalogue.thresholds.risk_reported
        source = f"{found.report.short}, gäller hela nämnden" if found.report else ""
        return render(
            "risk_summary.html",
            point=page.point,
            title=f"Risker med värde {limit} eller mer",
            sentence=insights.risk_sentence(found),
            risks=found.risks,
            source=source,
            href=page.href("riskmatris"),
        )

    return page.kept("risk_summary", make)
