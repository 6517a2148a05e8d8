"""The board's economy: the printed tables cell by cell, deviations per unit, and the months
against budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dashboard.domain import economy as rules
from dashboard.domain.layout import ReportTable, TableColumn
from dashboard.domain.model import Colour, Origin, Unit
from dashboard.domain.organisation import ASIDE
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Points
from dashboard.domain.status import economy as economy_colour
from dashboard.measures.facts import Facts
from dashboard.published import Contradiction, Figure

DEVIATIONS = ("avvikelse", "prognosavvikelse")
ROUNDING = 2  # tkr: what a sum of rounded numbers may differ
TOPIC = "ekonomi"  # the layouts that are economic tables


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell (``figure``), a computed one, or an empty one. ``flags``: what does not add up,
    roundings too.
    """

    figure: Figure | None
    flags: tuple[Contradiction, ...] = ()
    computed: float | None = None

    @property
    def value(self) -> Decimal | float | None:
        return self.figure.value if self.figure else self.computed


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is the line in the source, 0 for a computed one; ``flags`` concern the whole line."""

    label: str
    style: str  # row, total, varav, buffer or note
    number: int
    cells: tuple[Cell, ...]
    unit: str = ""
    note: str = ""
    flags: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A report's table as the board knows it: shape (lines, columns)."""

    table: ReportTable
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One part of the organisation: year forecast (or outcome) against budget, in tkr."""

    unit: Unit
    label: str
    value: float
    share: float | None  # of the part's own budget
    colour: Colour
    origin: Origin
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class MonthEconomy:
    """Accumulated outcome and budget, and the full-year forecast and budget, at the end of one month; tkr."""

    month: Month
    outcome: float | None
    budget: float | None
    forecast: float | None
    year_budget: float | None
    origin: Origin = Origin.IMPORTED


def printed_table(facts: Facts, period: Period) -> PrintedTable | None:
    """The economic table of the report on the period; None when no report on it has one."""
    report = facts.report_of(period)
    if report is None:
        return None
    tables = facts.catalogue.tables_of(report.id, TOPIC)
    return _fill(facts, tables[0]) if tables else None


def _fill(facts: Facts, table: ReportTable) -> PrintedTable:
    by_line: dict[int, list[Figure]] = {}
    for figure in facts.published.figures:
        if figure.source == table.source:
            by_line.setdefault(figure.line, []).append(figure)
    lines = []
    for row in table.rows:
        figures = by_line.get(row.line, [])
        cells = tuple(_cell(facts, figures, column, row.measure_in(column)) for column in table.columns)
        first = figures[0] if figures else None
        touched = _touching(facts, table.source, row.line) if first else ()
        label, unit, note = (first.label, first.org, first.note) if first else ("", "", "")
        lines.append(Line(label, row.style, row.line, cells, unit, note, touched))
    return PrintedTable(table, tuple(lines))


def _touching(facts: Facts, source: str, line: int) -> tuple[Contradiction, ...]:
    """What is said elsewhere about this line: real contradictions that stand on another line or in another
    report.
    """
    return tuple(
        flag
        for flag in facts.flags_by_line.get((source, line), ())
        if (flag.source, flag.line) != (source, line) and flag.severity == "real" and flag.kind != "sum"
    )


def _cell(facts: Facts, figures: list[Figure], column: TableColumn, measure: str) -> Cell:
    found = [f for f in figures if f.measure == measure and f.when == column.period]
    if not found:
        return Cell(None)
    own = facts.flags_by_line.get((found[0].source, found[0].line), ())
    place = (found[0].source, found[0].line)
    meant = {f.id: f for f in own if (f.source, f.line) == place and f.measure == measure}
    return Cell(found[0], tuple(meant.values()))


def levels_of(facts: Facts) -> tuple[str, ...]:
    """The kinds of units that have accounts."""
    return facts.catalogue.indicators[facts.catalogue.roles.accounts.outcome].levels


@lru_cache(maxsize=64)  # the card and the sentences of one page
def deviations(facts: Facts, selection: Selection) -> tuple[Deviation, ...]:
    """Parts of the chosen unit by size of deviation, the worst first: printed if printed, else from the
    months.

    The year's forecast against its budget; for a closed year the outcome against the budget.
    """
    below = facts.catalogue.children(selection.unit, selection.period.end)
    levels = levels_of(facts)  # a department's own units have no accounts
    inside = [part for part in below if part.kind not in ASIDE and part.kind in levels]
    parts = inside or [facts.catalogue.unit(selection.unit)]
    printed = [_printed_deviation(facts, part, selection.period) for part in parts]
    known = [one for one in printed if one is not None]
    if not known:
        known = _computed_deviations(facts, parts, selection.period.end)
    return tuple(sorted(known, key=lambda one: one.value))


def deviations_of(facts: Facts, parts: Sequence[Unit], period: Period) -> dict[str, Deviation]:
    """The deviation of each part that has one, by unit id: printed where printed, else from the months; one query."""
    printed = {part.id: _printed_deviation(facts, part, period) for part in parts}
    rest = [part for part in parts if printed[part.id] is None]
    computed = _computed_deviations(facts, rest, period.end) if rest else []
    return {one.unit.id: one for one in [*printed.values(), *computed] if one is not None}


def _printed_deviation(facts: Facts, unit: Unit, period: Period) -> Deviation | None:
    """The year's deviation that the report on the period prints for one unit: its forecast's, else the
    outcome's.
    """
    own = facts.report_of(period)
    year = Period.year(period.end.year)
    if own is None:
        return None
    ids = facts.catalogue.roles.accounts
    for measure, base in ((ids.forecast_deviation, ids.year_budget), (ids.deviation, ids.budget)):
        found = [f for f in facts.figures(measure, unit.id) if f.source == own.id and f.when == year]
        if found:
            figure = found[-1]
            budgets = facts.figures(base, unit.id)
            budget = next(
                (f.value for f in budgets if (f.source, f.line, f.when) == (own.id, figure.line, year)), None
            )
            return _deviation(facts, unit, figure.label, figure.value, budget, Origin.PUBLISHED, figure)
    return None


def _computed_deviations(facts: Facts, parts: Sequence[Unit], month: Month) -> list[Deviation]:
    ids = facts.catalogue.roles.accounts
    found = facts.series([ids.forecast, ids.year_budget], [part.id for part in parts], month, month)
    result: list[Deviation] = []
    for part in parts:
        forecast = found.get((ids.forecast, part.id), {}).get(month)
        budget = found.get((ids.year_budget, part.id), {}).get(month)
        value = rules.deviation(forecast.num if forecast else None, budget.num if budget else None)
        if value is not None and forecast and budget:
            origin = combined([forecast.origin, budget.origin]) or forecast.origin
            result.append(
                _deviation(
                    facts,
                    part,
                    part.name,
                    value,
                    budget.num,
                    origin,
                    None,
                )
            )
    return result


def _deviation(
    facts: Facts,
    unit: Unit,
    label: str,
    value: Decimal | float,
    budget: Decimal | float | None,
    origin: Origin,
    figure: Figure | None,
) -> Deviation:
    share = float(value) / abs(float(budget)) if budget else None
    result = float(budget) + float(value) if budget is not None else None
    colour = economy_colour(result, budget, facts.catalogue.thresholds.economy_yellow)
    return Deviation(unit, label, float(value), share, colour, origin, figure)


def months(facts: Facts, unit: str, year: int) -> tuple[MonthEconomy, ...]:
    """The year's months for one unit, accumulated; shape (months that exist,), one query."""
    first, last = Month(year, 1), Month(year, 12)
    ids = facts.catalogue.roles.accounts
    found = facts.series(ids.monthly, [unit], first, last)

    def at(indicator: str, month: Month) -> float | None:
        points: Points = found.get((indicator, unit), {})
        return points[month].num if month in points else None

    known = sorted({month for points in found.values() for month in points})
    return tuple(
        MonthEconomy(
            m,
            at(ids.outcome, m),
            at(ids.budget, m),
            at(ids.forecast, m),
            at(ids.year_budget, m),
            combined(points[m].origin for points in found.values() if m in points) or Origin.IMPORTED,
        )
        for m in known
    )


def printed_as(table: PrintedTable | None, value: float | None) -> Figure | None:
    """The deviation of a total or of the buffer that prints a computed value, but for rounding; None without one."""
    if table is None or value is None:
        return None
    figures = [
        cell.figure
        for line in table.lines
        for cell in line.cells
        if cell.figure
        and (line.style == "buffer" or (line.style == "total" and cell.figure.measure in DEVIATIONS))
    ]
    return next(
        (figure for figure in reversed(figures) if abs(float(figure.value) - value) <= ROUNDING), None
    )


def buffer(table: PrintedTable) -> Figure | None:
    """The printed buffer of the table, or None when it has none."""
    cells = [cell.figure for line in table.lines if line.style == "buffer" for cell in line.cells]
    return next((figure for figure in cells if figure is not None), None)
