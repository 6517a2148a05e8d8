"""How a period is read in the accounts, and the board's table built from the months where no report has one.

The accounts run from January. A month, a tertial or a year is read as what has accumulated at its end;
months that
begin later in the year are read on their own, as the difference of two accumulated values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.domain import organisation
from dashboard.domain.model import Origin, Report, Unit
from dashboard.domain.organisation import ASIDE
from dashboard.domain.origins import combined
from dashboard.domain.periods import MONTH_SHORT, Month, Period, PeriodKind
from dashboard.domain.roles import Accounts
from dashboard.measures.economy import (
    TOPIC,
    Cell,
    Line,
    PrintedTable,
    printed_table,
)
from dashboard.measures.facts import Facts, Series

COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """``period`` as the accounts read it. ``said`` tells when that is not what was asked for ("" when it is).

    ``alone`` is true for months read on their own. ``report`` has a table for exactly this.
    """

    period: Period
    report: Report | None
    alone: bool = False
    said: str = ""

    @property
    def closed(self) -> bool:
        """The year is over at its end: there is an outcome and no forecast any longer."""
        return self.period.end.number == 12

    @property
    def span(self) -> str:
        """*jan–aug 2025*"""
        start, end = self.period.start, self.period.end
        if start == end:
            return end.short
        return f"{MONTH_SHORT[start.number - 1]}–{end.short}"


@dataclass(frozen=True, slots=True)
class ComputedTable:
    """The board's table from monthly values: ``heads`` for the numbers, ``lines`` as in a report."""

    reading: Reading
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    origin: Origin


def read(facts: Facts, period: Period) -> Reading:
    """The period as the accounts know it."""
    end = period.end
    begins = Month(end.year, 1)
    within = period.start.year == end.year and period.start.number > 1
    if within and period.kind not in {PeriodKind.R12, PeriodKind.MONTH}:
        before = period.start.shift(-1).name
        alone = Reading(period, None, alone=True)
        said = f"Visar {alone.span} för sig: ackumulerat t.o.m. {end.name} minus t.o.m. {before}."
        return replace(alone, said=said)
    whole = _accumulated(begins, end)
    report = _with_table(facts, whole)
    span = Reading(whole, report).span
    if period.kind is PeriodKind.R12:
        said = f"Ekonomin läses inte som R12. Visar {span}, ackumulerat från januari."
    elif period.start.year != end.year:
        said = f"Perioden går över ett årsskifte och ekonomin räknas år för år. Visar {span}."
    elif period.kind is PeriodKind.MONTH and end.number > 1:
        said = f"Ekonomin räknas från januari: {end.name} visas som {span}."
    else:
        said = ""
    return Reading(whole, report, False, said)


def _accumulated(begins: Month, end: Month) -> Period:
    if end.number == 12:
        return Period.year(end.year)
    if end.number in {4, 8}:
        return Period.ytd(end.year, end.number // 4)
    return Period(PeriodKind.MONTH if begins == end else PeriodKind.RANGE, begins, end)


def _with_table(facts: Facts, period: Period) -> Report | None:
    report = facts.report_of(period)
    return report if report and facts.catalogue.tables_of(report.id, TOPIC) else None


def table_of(facts: Facts, reading: Reading) -> PrintedTable | None:
    """The printed table for the reading; None when no report has one."""
    return printed_table(facts, reading.period) if reading.report else None


def nearest_report(facts: Facts, month: Month) -> Report | None:
    """The report with an economic table whose period ends nearest; of two as near, the later."""
    known = [
        report for report in facts.catalogue.reports.values() if facts.catalogue.tables_of(report.id, TOPIC)
    ]
    return min(
        known, key=lambda one: (abs(one.period.end.index - month.index), -one.period.end.index), default=None
    )


def known_from(facts: Facts, unit: str) -> tuple[Month, Month] | None:
    """First and last month of the unit's accounts; None when it has none."""
    accounts = facts.catalogue.roles.accounts
    points = facts.series([accounts.forecast, accounts.outcome], [unit], Month(1900, 1), Month(9999, 12))
    months = sorted({month for found in points.values() for month in found})
    return (months[0], months[-1]) if months else None


def computed_table(facts: Facts, reading: Reading) -> ComputedTable | None:
    """The table of the whole organisation from the months; None when the months are not there. One query."""
    catalogue, end = facts.catalogue, reading.period.end
    before = reading.period.start.shift(-1) if reading.alone else end
    children = [
        one
        for one in catalogue.descendants(catalogue.root, end)
        if one.kind in {"verksamhet", "avdelning", *ASIDE}
    ]
    older = {one: _year_before(facts, one, end) for one in [catalogue.unit(catalogue.root), *children]}
    ids = {one.id for one in [*older, *filter(None, older.values())]}
    accounts = catalogue.roles.accounts
    found = facts.series(accounts.monthly, ids, min(before, Month(end.year - 1, 12)), end)
    parts = [one for one in children if end in found.get((accounts.outcome, one.id), {})]
    rows = [one for one in parts if one.kind not in ASIDE]
    if not rows:
        return None

    def cells(unit: Unit) -> tuple[float | None, ...]:
        return _cells(found, accounts, unit, older.get(unit), reading)

    lines = [_computed(unit.name, "row", unit.id, cells(unit)) for unit in rows]
    root = catalogue.unit(catalogue.root)
    total = _summed([line.cells for line in lines])
    total = (*total[:6], _last(found, accounts, total[3], older.get(root), end))
    lines.append(_computed("Summa", "total", root.id, total))
    for unit in parts:
        if unit.kind == "buffert":
            extra = _at(found, accounts.forecast, unit.id, end) or 0.0
            lines.append(_computed(unit.name, "buffer", unit.id, (None, None, None, extra, None, None, None)))
            after = tuple(_plus(value, extra) if at in {3, 5, 6} else value for at, value in enumerate(total))
            lines.append(_computed("Summa efter buffert", "total", root.id, after))
    lines += [_computed(unit.name, "varav", unit.id, cells(unit)) for unit in parts if unit.kind == "varav"]
    origin = combined(_used(found, reading)) or Origin.IMPORTED
    return ComputedTable(reading, _heads(reading), tuple(lines), origin)


def _used(found: Series, reading: Reading) -> Iterator[Origin]:
    """The origins of the months that some cell is read from: the last, the one before it, and last December."""
    end = reading.period.end
    months = {end, Month(end.year - 1, 12)} | ({reading.period.start.shift(-1)} if reading.alone else set())
    for points in found.values():
        yield from (point.origin for month, point in points.items() if month in months)


def _heads(reading: Reading) -> tuple[str, ...]:
    year = reading.period.end.year
    kind = "" if reading.alone else "ack. "
    spoken = "Utfall" if reading.closed else "Prognos"
    return (
        f"Utfall {kind}{reading.span}",
        f"Budget {kind}{reading.span}",
        "Avvikelse, period",
        f"{spoken}, helår",
        "Budget, helår",
        "Avvikelse, helår",
        f"{spoken} {year} mot utfall {year - 1}",
    )


def _cells(
    found: Series, accounts: Accounts, unit: Unit, older: Unit | None, reading: Reading
) -> tuple[float | None, ...]:
    end = reading.period.end
    outcome, budget = (_at(found, one, unit.id, end) for one in (accounts.outcome, accounts.budget))
    whole_year = accounts.outcome if reading.closed else accounts.forecast
    if reading.alone:
        start = reading.period.start.shift(-1)
        outcome = _minus(outcome, _at(found, accounts.outcome, unit.id, start))
        budget = _minus(budget, _at(found, accounts.budget, unit.id, start))
    forecast, year_budget = (_at(found, one, unit.id, end) for one in (whole_year, accounts.year_budget))
    last = _last(found, accounts, forecast, older, end)
    return (
        outcome,
        budget,
        _minus(outcome, budget),
        forecast,
        year_budget,
        _minus(forecast, year_budget),
        last,
    )


def _last(
    found: Series, accounts: Accounts, forecast: float | None, older: Unit | None, end: Month
) -> float | None:
    if older is None:
        return None
    return _minus(forecast, _at(found, accounts.outcome, older.id, Month(end.year - 1, 12)))


def _year_before(facts: Facts, unit: Unit, end: Month) -> Unit | None:
    """The unit, or what it was called then, in December of the year before; None when nothing is
    comparable.
    """
    december = Month(end.year - 1, 12)
    links = organisation.chain(facts.catalogue.units, unit.id)
    units = facts.catalogue.units
    return next((units[link.unit] for link in links if units[link.unit].existed(december)), None)


def comparable_unit(facts: Facts, unit: str, month: Month) -> Unit | None:
    """The same unit under the id it had in the month; None when the accounts had no comparable row."""
    units = facts.catalogue.units
    links = organisation.chain(units, unit)
    return next((units[link.unit] for link in links if units[link.unit].existed(month)), None)


def _at(found: Series, indicator: str, unit: str, month: Month) -> float | None:
    point = found.get((indicator, unit), {}).get(month)
    return None if point is None else point.num


def _minus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _plus(one: float | None, other: float) -> float | None:
    return None if one is None else one + other


def _summed(lines: Sequence[tuple[Cell, ...]]) -> tuple[float | None, ...]:
    """Column sums over the rows; a column in which a row is missing has none."""
    columns = [[line[at].computed for line in lines] for at in range(COLUMNS)]
    return tuple(
        None if any(value is None for value in column) else float(sum(value or 0.0 for value in column))
        for column in columns
    )


def _computed(label: str, style: str, unit: str, values: Sequence[float | None]) -> Line:
    return Line(label, style, 0, tuple(Cell(None, (), value) for value in values), unit)
