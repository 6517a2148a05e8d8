"""From monthly points to the value of a period.

A point carries numerator and denominator, so that ratios are never averaged: both are summed first. Stocks
are never summed over months.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Point:
    """One month of one series. ``den`` is None for what is not a ratio."""

    month: Month
    num: float
    den: float | None
    origin: Origin


Points = Mapping[Month, Point]


def ratio(points: Iterable[Point], scale: float, *, mean_den: bool = False) -> float | None:
    """Σ numerators / Σ denominators × scale; with ``mean_den`` the denominators are averaged instead.

    The second form is for flows over a stock: those who left in twelve months per employee on average.
    None when there is no denominator, or it is zero.
    """
    rows = list(points)
    den = sum(p.den or 0.0 for p in rows)
    if not rows or den == 0:
        return None
    if mean_den:
        den /= len(rows)
    return scale * sum(p.num for p in rows) / den


def month_value(indicator: Indicator, point: Point | None) -> float | None:
    """The value of a single month, as a raw monthly series shows it."""
    if point is None:
        return None
    if indicator.per:  # as ``ratio`` of one point: asked for by the thousand
        return indicator.scale * point.num / point.den if point.den else None
    return point.num * indicator.scale


def rolling(indicator: Indicator, points: Points, end: Month) -> float | None:
    """R12: the twelve months that end in ``end``; None until all twelve exist."""
    window = [points.get(end.shift(-back)) for back in range(12)]
    rows = [point for point in window if point is not None]
    if len(rows) < 12:
        return None
    if indicator.per:
        return ratio(rows, indicator.scale, mean_den=indicator.per_mean)
    return sum(point.num for point in rows) * indicator.scale


def value(indicator: Indicator, points: Points, period: Period) -> float | None:
    """The value of the period by the indicator's own rule; None when a month it rests on is missing."""
    if indicator.over_period is OverPeriod.R12:
        return rolling(indicator, points, period.end)
    if indicator.over_period is OverPeriod.LAST:
        return month_value(indicator, points.get(period.end))
    rows = [points[month] for month in period.months if month in points]
    if len(rows) < len(period.months):
        return None
    match indicator.over_period:
        case OverPeriod.RATIO:
            return ratio(rows, indicator.scale, mean_den=indicator.per_mean)
        case OverPeriod.SUM:
            return sum(point.num for point in rows) * indicator.scale
        case _:
            return sum(point.num for point in rows) * indicator.scale / len(rows)


def behind(indicator: Indicator, period: Period) -> tuple[Month, ...]:
    """The months that the value of the period rests on."""
    if indicator.over_period is OverPeriod.R12:
        return period.end.shift(-11).until(period.end)
    return (period.end,) if indicator.over_period is OverPeriod.LAST else period.months


def origin_of(indicator: Indicator, points: Points, period: Period) -> Origin | None:
    """What the value of the period rests on: all the months behind it, not only those of the period."""
    return combined(points[month].origin for month in behind(indicator, period) if month in points)


def rolling_origin(points: Points, end: Month) -> Origin | None:
    """What the twelve months that end in ``end`` rest on."""
    window = end.shift(-11).until(end)
    return combined(points[month].origin for month in window if month in points)


def read_as(indicator: Indicator, period: Period) -> str:
    """How the value is read, in words: *snitt jan–aug 2025*, *augusti 2025*, *helår 2025*."""
    end = period.end
    if indicator.nature is Nature.PUBLISHED:
        return period.label  # a report says no more of how it counted
    if indicator.nature is Nature.FULL_YEAR:
        return f"helår {end.year}"
    if indicator.over_period is OverPeriod.R12 or period.kind is PeriodKind.R12:
        how = "snitt " if indicator.over_period is OverPeriod.MEAN else ""
        stock = indicator.over_period is OverPeriod.LAST
        return end.name if stock else f"{how}tolv månader t.o.m. {end.short}"
    if indicator.nature is Nature.ACCUMULATED and end.number > 1 and period.kind is not PeriodKind.YEAR:
        return f"jan–{end.short}"
    if period.kind is PeriodKind.MONTH or indicator.over_period is OverPeriod.LAST:
        return end.name
    how = {OverPeriod.MEAN: "snitt", OverPeriod.SUM: "summa", OverPeriod.RATIO: "hela"}[indicator.over_period]
    return f"{how} {period.start.short.split()[0]}–{end.short}"
