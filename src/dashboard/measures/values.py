"""The value of one indicator, one unit and one period: printed, else from the months, else why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod, Unit
from dashboard.domain.periods import Period, PeriodKind
from dashboard.domain.series import Points
from dashboard.measures.facts import Facts
from dashboard.published import Figure

DECEMBER = 12
BOTH = "bygger på demo och inlästa månader"


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its period, its origin and its place. ``number`` is None when ``reason`` says why.

    ``figures`` are the printed figures it stands on; more than one means that reports print it differently
    or more than once, the first being the one shown.
    """

    number: Decimal | float | None
    period: Period
    origin: Origin | None = None
    figures: tuple[Figure, ...] = ()
    how: str = ""  # how it is read: "snitt jan–aug 2025"
    reason: str = ""

    @property
    def qualifier(self) -> str:
        return self.figures[0].qualifier if self.figures else ""


def value_of(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, points: Points, *, prefer: str = ""
) -> Value:
    """Printed if a report prints it for the period, else computed from the monthly series, else the reason."""
    if figures := _printed(facts, indicator, unit, period, prefer):
        when = figures[0].when
        return Value(figures[0].value, when, Origin.PUBLISHED, figures, rules.read_as(indicator, when))
    if points and indicator.when_closed and period.end.number == DECEMBER:
        # The year has closed: what it came to, not what was last expected of it.
        points = facts.whole([indicator.when_closed], [unit.id]).get((indicator.when_closed, unit.id), {})
    number = rules.value(indicator, points, period)
    if number is not None:
        origin = rules.origin_of(indicator, points, period)
        how = rules.read_as(indicator, period)
        return Value(number, period, origin, how=f"{how}, {BOTH}" if origin is Origin.MIXED else how)
    return Value(None, period, reason=missing_reason(facts, indicator, unit, period, points))


def _printed(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, prefer: str
) -> tuple[Figure, ...]:
    """The figures in which reports print the value of the period, the one that speaks first.

    The report being read speaks before others, whichever way it puts the value; then the most exact way does. What is
    read at a month's end is the same number for every period that ends there, so then the report that ends there
    speaks: August is what the report on January to August says of it.
    """
    report = facts.report_of(period)
    own = report.id if report else ""
    first = prefer or own or _ending_with(facts, period)
    if indicator.nature is Nature.FULL_YEAR:
        return _full_year(facts, indicator, unit, period, own)
    if indicator.over_period is OverPeriod.R12:
        return facts.printed(indicator.id, unit.id, Period.r12(period.end), prefer=first)
    found = list(facts.printed(indicator.id, unit.id, period, prefer=first))
    if indicator.over_period is OverPeriod.LAST and period.kind is not PeriodKind.MONTH:
        found.extend(facts.printed(indicator.id, unit.id, Period.month(period.end), prefer=first))
    if found:
        return tuple(sorted(found, key=lambda figure: figure.source != first))
    figures = facts.figures(indicator.id, unit.id)
    # A report may give the half-year's mean and no other: shown as what it is.
    sources = [source for source in (prefer, own) if source]
    return tuple(
        f for source in sources for f in figures if f.source == source and _half_year_inside(f.when, period)
    )


def _ending_with(facts: Facts, period: Period) -> str:
    """The report on a longer period that ends in the same month; "" without one."""
    reports = facts.catalogue.reports.values()
    return next((one.id for one in reports if one.period.end == period.end), "")


def _full_year(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, own: str
) -> tuple[Figure, ...]:
    """A forecast speaks from the report that made it; when the year has closed, its outcome speaks instead."""
    if period.kind is PeriodKind.YEAR and indicator.when_closed:
        return facts.printed(indicator.when_closed, unit.id, period, prefer=own)
    year = Period.year(period.end.year)
    made = [f for f in facts.figures(indicator.id, unit.id) if own and f.source == own and f.when == year]
    return tuple(reversed(made))


def _half_year_inside(when: Period, period: Period) -> bool:
    return when.kind is PeriodKind.HALF_YEAR and period.start <= when.start and when.end <= period.end


def missing_reason(facts: Facts, indicator: Indicator, unit: Unit, period: Period, points: Points) -> str:
    """Why there is no value, in one plain sentence."""
    when = period.short if period.kind is PeriodKind.YEAR else period.label
    if unit.parent is not None and not unit.existed(period.end):
        return f"{unit.name} fanns inte i redovisningen {when}."
    if indicator.levels and unit.kind not in indicator.levels:
        return f"Måttet följs inte för {unit.name}."
    if not indicator.monthly:
        return f"Ingen rapport anger måttet för {when}."
    if not points:
        return f"Det finns inga månadsvärden för {unit.name} {when}."
    return _gap(indicator, period, points, when)


def _gap(indicator: Indicator, period: Period, points: Points, when: str) -> str:
    """Why a series that has months gives no value for the period."""
    last = max(points)
    if period.end > last:
        return f"Månadsvärden finns t.o.m. {last.name}."
    rows = [points.get(month) for month in rules.behind(indicator, period)]
    if indicator.per and all(row is not None and not row.den for row in rows):
        return f"Måttet kan inte räknas {when}: det är noll att dela med."
    return f"Månadsvärden saknas för hela eller delar av {when}."
