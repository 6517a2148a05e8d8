"""Any indicator over the months: one line a unit, printed points beside it, breaks where the organisation changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Origin, OverPeriod, Unit
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Selection
from dashboard.domain.series import Points
from dashboard.measures.facts import OUTCOME, Facts
from dashboard.measures.readings import missing_reason
from dashboard.published import Contradiction, Event, Figure

MONTHLY, R12 = "manad", "r12"


@dataclass(frozen=True, slots=True)
class Dot:
    """One month on a line; ``number`` is None where the series has a gap."""

    month: Month
    number: float | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure placed on the time axis: at the last month of what it speaks of."""

    month: Month
    number: Decimal
    figure: Figure
    span: str  # what the figure covers when it is more than the month: "snitt jan–aug 2025"
    flags: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One unit. ``reason`` says why there is no line."""

    unit: Unit
    dots: tuple[Dot, ...]
    last_year: tuple[Dot, ...]
    printed: tuple[Printed, ...]
    origin: Origin | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    indicator: Indicator
    basis: str  # "manad" or "r12"
    months: tuple[Month, ...]
    lines: tuple[TrendLine, ...]
    target: float | None
    target_text: str
    events: tuple[Event, ...]
    breaks: tuple[tuple[Month, str], ...]


def trend(
    facts: Facts,
    indicator_id: str,
    units: Sequence[str],
    selection: Selection,
    *,
    basis: str = MONTHLY,
    first: Month | None = None,
) -> Trend:
    """The months from ``first`` up to the end of the period. Shape: one line a unit, one dot a month.

    One query. Raises KeyError for an indicator or unit that the catalogue does not have.
    """
    indicator = facts.catalogue.indicators[indicator_id]
    last = selection.period.end
    start = first or last.shift(-43)
    months = start.until(last)
    found = facts.series([indicator_id], units, start.shift(-24), last)
    rolled = basis == R12 or indicator.over_period is OverPeriod.R12
    lines = tuple(
        _line(facts, indicator, facts.catalogue.units[unit], found.get((indicator_id, unit), {}), months, rolled)
        for unit in units
    )
    return Trend(
        indicator,
        R12 if rolled else MONTHLY,
        months,
        lines,
        indicator.target,
        indicator.target_text,
        events(facts, indicator_id, months),
        _breaks(facts, units, months),
    )


def _line(
    facts: Facts, indicator: Indicator, unit: Unit, points: Points, months: Sequence[Month], rolled: bool
) -> TrendLine:
    def at(month: Month) -> float | None:
        if rolled:
            return rules.rolling(indicator, points, month)
        return rules.month_value(indicator, points.get(month))

    dots = tuple(Dot(month, at(month)) for month in months)
    earlier = tuple(Dot(month, at(month.shift(-12))) for month in months)
    printed = printed_points(facts, indicator, unit, months, rolled=rolled)
    empty = all(dot.number is None for dot in dots)
    reason = ""
    if empty and not printed:
        reason = missing_reason(facts, indicator, unit, Period.month(months[-1]), points)
    origins = {point.origin for point in points.values()}
    origin = Origin.SYNTHETIC if Origin.SYNTHETIC in origins else next(iter(origins), None)
    return TrendLine(unit, () if empty else dots, () if empty else earlier, printed, origin, reason)


def printed_points(
    facts: Facts, indicator: Indicator, unit: Unit, months: Sequence[Month], *, rolled: bool
) -> tuple[Printed, ...]:
    """The outcomes that reports print, on the month they end in; R12 points only on an R12 line and vice versa."""
    found = []
    for figure in facts.figures(indicator.id, unit.id, OUTCOME):
        twelve = figure.when.kind is PeriodKind.R12 or (
            indicator.over_period is OverPeriod.R12 and len(figure.when.months) == 12
        )
        if twelve != rolled and indicator.monthly:
            continue
        if months[0] <= figure.when.end <= months[-1]:
            single = figure.when.kind in {PeriodKind.MONTH, PeriodKind.R12}
            text = "" if single else rules.read_as(indicator, figure.when)
            found.append(Printed(figure.when.end, figure.value, figure, text, facts.flags([figure])))
    return tuple(sorted(found, key=lambda point: (point.month, point.figure.source, point.figure.line)))


def events(facts: Facts, indicator_id: str, months: Sequence[Month]) -> tuple[Event, ...]:
    """Dated events that the published layer ties to the indicator; those known only to the year are left out."""
    found = [event for event in facts.published.events if indicator_id in event.indicators]
    dated = [(event_month(event), event) for event in found]
    return tuple(event for month, event in dated if month is not None and months[0] <= month <= months[-1])


def event_month(event: Event) -> Month | None:
    """The month an event belongs to; None for what is dated to the year only, which no chart can place."""
    return Month.parse(event.date[:7]) if event.date_precision in {"day", "month"} else None


def _breaks(facts: Facts, units: Sequence[str], months: Sequence[Month]) -> tuple[tuple[Month, str], ...]:
    """Months in which one of the units begins or ends inside the window, with the reason in words."""
    found = []
    for unit_id in units:
        unit = facts.catalogue.units[unit_id]
        if months[0] < unit.valid_from <= months[-1]:
            found.append((unit.valid_from, f"{unit.name} redovisas från {unit.valid_from.name}"))
        if unit.valid_to is not None and months[0] <= unit.valid_to < months[-1]:
            found.append((unit.valid_to.shift(1), f"{unit.name} redovisas t.o.m. {unit.valid_to.name}"))
    return tuple(found)
