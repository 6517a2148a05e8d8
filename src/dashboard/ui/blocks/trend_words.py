"""A trend in words and as a table: what the chart shows, for those who read and those who count."""

from __future__ import annotations

from dashboard.domain.model import Indicator, Origin, Unit
from dashboard.domain.periods import Month
from dashboard.domain.text import listing, number, quantity
from dashboard.measures.trend import Printed, Trend, TrendLine
from dashboard.ui.blocks.cards import Cell, Table, spreadsheet
from dashboard.ui.page import Page


def sentence(found: Trend) -> str:
    """From where to where the first line has gone, and whether reports print different values for one
    month.
    """
    line = next(line for line in found.lines if line.drawn)
    whose = "" if line.unit.parent is None and len(found.lines) == 1 else f"{line.unit.short}: "
    start_word = "från" if whose else "Från"
    known = [dot for dot in line.dots if dot.number is not None]
    clash = _clash(found, line)
    if not known:
        drawn = [point for point in line.printed if point.drawn]
        first, last = drawn[0], drawn[-1]
        text = f"{amount_of(float(last.number), found.indicator)} ({last.span or last.figure.when.label})"
        if first is last:
            return f"{whose}Rapporterna trycker ett värde: {text}.{clash}"
        before = (
            f"{amount_of(float(first.number), found.indicator)} ({first.span or first.figure.when.label})"
        )
        return f"{whose}{start_word} {before} till {text}, {len(drawn)} tryckta värden.{clash}"
    first_dot, last_dot = known[0], known[-1]
    start, end = (amount_of(dot.number or 0.0, found.indicator) for dot in (first_dot, last_dot))
    if first_dot is last_dot:
        return f"{whose}{end} i {last_dot.month.name}.{clash}"
    return f"{whose}{start_word} {start} i {first_dot.month.name} till {end} i {last_dot.month.name}.{clash}"


def _clash(found: Trend, line: TrendLine) -> str:
    """The latest month for which reports print different values of the same thing, in words."""
    by_month: dict[tuple[Month, Month | None], list[Printed]] = {}
    for point in line.printed:
        by_month.setdefault((point.month, point.since), []).append(point)
    several = [points for points in by_month.values() if len(points) > 1]
    if not several:
        return ""
    values = [amount_of(float(point.number), found.indicator) for point in several[-1]]
    return f" Rapporterna trycker både {listing(values)} för {several[-1][0].month.name}."


def summary(found: Trend) -> str:
    """The chart in words, for those who cannot see it."""
    parts = [sentence(found)]
    for line in found.lines:
        known = [dot for dot in line.dots if dot.number is not None]
        if known:
            least = min(known, key=lambda dot: dot.number or 0.0)
            most = max(known, key=lambda dot: dot.number or 0.0)
            low, high = (
                amount_of(least.number or 0.0, found.indicator),
                amount_of(most.number or 0.0, found.indicator),
            )
            parts.append(
                f"{line.unit.short}: lägst {low} i {least.month.name}, högst {high} i {most.month.name}."
            )
        elif line.reason:
            parts.append(line.reason)
    parts.append("Alla värden finns i tabellen.")
    return " ".join(parts)


def trend_table(page: Page, found: Trend, last_year: bool) -> Table:
    """The newest month first. Printed values have a column of their own, so that origins never mix."""
    indicator, reports = found.indicator, page.facts.catalogue.reports
    heads = [("Månad", False)]
    for line in found.lines:
        name = line_name(line.unit, len(found.lines) > 1)
        if line.dots:
            heads.append((f"{name}, {'demo' if line.origin is Origin.SYNTHETIC else 'inläst'}", True))
            heads += [(f"{name}, året före", True)] if last_year else []
        if line.printed:
            heads += [(f"{name}, tryckt", True), ("Rapport", False)]
    rows = []
    for place in range(len(found.months) - 1, -1, -1):
        month = found.months[place]
        cells = [Cell(month.name, str(month))]
        for line in found.lines:
            if line.dots:
                cells.append(
                    _number(
                        line.dots[place].number, indicator, "demo" if line.origin is Origin.SYNTHETIC else ""
                    )
                )
                cells += [_number(line.last_year[place].number, indicator, "")] if last_year else []
            if line.printed:
                here = [point for point in line.printed if point.month == month]
                values = [number(point.number, -int(point.number.as_tuple().exponent)) for point in here]
                spans = [
                    f"{v} ({point.span})" if point.span else v for v, point in zip(values, here, strict=True)
                ]
                flagged = "n flagged" if any(point.flags for point in here) else "n"
                cells.append(Cell(" / ".join(spans), look=flagged))
                places = dict.fromkeys(
                    f"{reports[f.source].short} rad {f.line}" for p in here for f in p.figures
                )
                cells.append(Cell("; ".join(places), look="place"))
        rows.append(tuple(cells))
    return Table(f"{indicator.name}, månad för månad", tuple(heads), tuple(rows))


def _number(value: float | None, indicator: Indicator, look: str) -> Cell:
    return Cell(
        number(value, indicator.decimals), spreadsheet(value, indicator.decimals), f"n {look}".strip()
    )


def line_name(unit: Unit, several: bool) -> str:
    """Rows of the accounts may share a name from one year to the next: the years tell them apart."""
    if not several or unit.valid_to is None:
        return unit.short
    first, last = unit.valid_from.year, unit.valid_to.year
    return f"{unit.short} {first}" if first == last else f"{unit.short} {first}–{last}"


def amount_of(value: float, indicator: Indicator) -> str:
    return quantity(value, indicator.unit, indicator.decimals)
