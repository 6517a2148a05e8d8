"""What a whole consists of: its parts month by month, their value over the period and their shares.

The parts are indicators that add up to one thing: they are read by one rule and, when they are ratios, over one
denominator. Sums first: a share is the parts' numerators over the same months, never a mean of monthly shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Point, Points
from dashboard.measures.facts import Facts
from dashboard.measures.trend import FIRST
from dashboard.measures.values import missing_reason


@dataclass(frozen=True, slots=True)
class Part:
    """``values`` has one place a month, None where the part has none; ``share`` is 0-1 of the whole."""

    indicator: Indicator
    values: tuple[float | None, ...]
    value: float | None
    before: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Composition:
    """One unit. ``value`` is the whole over ``period``, ``before`` the whole over ``other``.

    ``reason`` says why the period has no value; ``months`` may hold values all the same.
    """

    unit: Unit
    months: tuple[Month, ...]
    parts: tuple[Part, ...]
    period: Period
    other: Period
    how: str
    value: float | None
    before: float | None
    origin: Origin | None
    reason: str = ""
    origins: Mapping[Month, Origin | None] = field(default_factory=dict)  # of each month shown

    @property
    def drawn(self) -> bool:
        return any(value is not None for part in self.parts for value in part.values)

    @property
    def totals(self) -> tuple[float | None, ...]:
        """The whole month by month; None where a part is missing."""
        return tuple(total(month) for month in zip(*(part.values for part in self.parts), strict=True))


def composition(facts: Facts, indicators: Sequence[str], selection: Selection, *, months: int) -> Composition:
    """The last ``months`` up to the period's end, from the first that has a value; one query.

    A stock is read in the period's last month, whatever its own rule, so that the parts are of one day and add up.
    Raises SelectionError for an unknown indicator or unit.
    """
    catalogue = facts.catalogue
    unit = catalogue.unit(selection.unit)
    known = [_one_rule(catalogue.indicator(name)) for name in indicators]
    period = selection.period
    other = selection.other_period or period.year_before()
    last = period.end
    found = facts.series([one.id for one in known], [unit.id], FIRST, last)
    known, points = _present(known, [found.get((one.id, unit.id), {}) for one in known])
    begins = min((min(one) for one in points if one), default=last)
    start = max(begins, last.shift(1 - months))
    shown = start.until(last) if start <= last else (last,)
    now = [rules.value(one, own, period) for one, own in zip(known, points, strict=True)]
    before = [rules.value(one, own, other) for one, own in zip(known, points, strict=True)]
    whole = total(now)
    by_month = _origins(points, shown)
    parts = tuple(
        Part(
            one,
            _values(one, own, shown),
            value,
            earlier,
            value / whole if value is not None and whole else None,
        )
        for one, own, value, earlier in zip(known, points, now, before, strict=True)
    )
    return Composition(
        unit,
        shown,
        parts,
        period,
        other,
        rules.read_as(known[0], period),
        whole,
        total(before),
        combined(by_month.values()),
        "" if whole is not None else missing_reason(facts, known[0], unit, period, points[0]),
        by_month,
    )


def _present(known: Sequence[Indicator], points: Sequence[Points]) -> tuple[list[Indicator], list[Points]]:
    """Of parts that are categories, those that the unit has, with zero in the months where only others have rows.

    A delivery need not have a row for a category in which nothing happened, and one that the unit never has is no part
    of it. Columns always have their rows, and a ratio of nothing is no zero.
    """
    categories = all(term.category for one in known for term in one.terms)
    if not categories or any(one.per for one in known) or not any(points):
        return list(known), list(points)
    origins = {month: point.origin for own in points for month, point in own.items()}
    none = {month: Point(month, 0.0, None, origin) for month, origin in origins.items()}
    kept = [(one, {**none, **own}) for one, own in zip(known, points, strict=True) if own]
    return [one for one, _ in kept], [own for _, own in kept]


def _one_rule(indicator: Indicator) -> Indicator:
    return replace(indicator, over_period=OverPeriod.LAST) if indicator.nature is Nature.STOCK else indicator


def _values(indicator: Indicator, points: Points, months: Sequence[Month]) -> tuple[float | None, ...]:
    return tuple(rules.month_value(indicator, points.get(month)) for month in months)


def total(values: Sequence[float | None]) -> float | None:
    """The sum; None when a part is missing, for a sum that lacks a part is not the whole."""
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _origins(series: Sequence[Points], months: Sequence[Month]) -> dict[Month, Origin | None]:
    return {month: combined(one[month].origin for one in series if month in one) for month in months}
