"""The last month of a series among the months before it: what marks and sentences ask, many times a page.

The full analysis, with a sign for every month, is in ``spc``; both rest on the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.catalogue import Catalogue
from dashboard.domain import series, spc
from dashboard.domain.model import Indicator, Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.series import Points
from dashboard.domain.spc import Limits, Signal, Variation
from dashboard.domain.spc_data import Rebase, possible_range, raw_monthly
from dashboard.measures.facts import Facts


@dataclass(frozen=True, slots=True)
class Months:
    """A measure's single months from ``first`` on, one value a month, None for a gap.

    ``indicator`` is the measure of single months, also where a rolling one was asked for.
    """

    indicator: Indicator
    unit: str
    first: Month
    values: tuple[float | None, ...]
    origin: Origin  # synthetic when any month is

    def place(self, month: Month) -> int:
        return month.index - self.first.index

    def at(self, month: Month) -> float | None:
        place = self.place(month)
        return self.values[place] if 0 <= place < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Latest:
    """``values`` begin with the level that ``month`` belongs to and end with ``value``, which is the month's own.

    ``sign`` is None inside what is usual.
    """

    indicator: Indicator
    unit: str
    month: Month
    value: float
    values: tuple[float | None, ...]
    origin: Origin
    limits: Limits
    sign: Signal | None

    @property
    def variation(self) -> Variation:
        return self.sign.variation if self.sign else Variation.COMMON


def raw_of(catalogue: Catalogue, indicator: Indicator) -> Indicator | None:
    """The measure of single months that a rolling one is made of: the same columns, read month by month."""
    same = (
        one
        for one in catalogue.indicators.values()
        if raw_monthly(one)
        and (one.terms, one.per, one.scale) == (indicator.terms, indicator.per, indicator.scale)
    )
    return next(same, None)


def months_of(catalogue: Catalogue, indicator: Indicator, unit_id: str, points: Points) -> Months | None:
    """The single months of points that are already read; None without any, or for a measure without raw months."""
    raw = indicator if raw_monthly(indicator) else raw_of(catalogue, indicator)
    if raw is None or not points:
        return None
    by_index = {month.index: point for month, point in points.items()}  # numbers compare quicker than months
    first, last = min(by_index), max(by_index)
    values: list[float | None] = [None] * (last - first + 1)
    for index, point in by_index.items():
        values[index - first] = series.month_value(raw, point)
    origin = combined({point.origin for point in points.values()}) or Origin.IMPORTED
    return Months(raw, unit_id, by_index[first].month, tuple(values), origin)


@lru_cache(maxsize=5_000)  # a series does not change with the period asked for
def known_months(facts: Facts, indicator_id: str, unit_id: str) -> Months | None:
    """As ``months_of``, from the store; no query for a series that has been read before."""
    points = facts.whole([indicator_id], [unit_id]).get((indicator_id, unit_id), {})
    return months_of(facts.catalogue, facts.catalogue.indicator(indicator_id), unit_id, points)


def latest(catalogue: Catalogue, months: Months, last: Month) -> Latest | None:
    """The month ``last`` among all months up to it; what lies after it does not count.

    None when it has no value or too few months stand before it: then nothing is known, and nothing is said.
    """
    value = months.at(last)
    if value is None:
        return None
    raw, end = months.indicator, months.place(last) + 1
    levels = [months.place(one.month) for one in chosen_levels(catalogue, raw, months.unit)]
    start = max((place for place in levels if 0 < place < end), default=0)
    values = months.values[start:end]
    floor, ceiling = possible_range(raw)
    found = spc.latest(values, direction=raw.direction, floor=floor, ceiling=ceiling)
    return Latest(raw, months.unit, last, value, values, months.origin, *found) if found else None


@lru_cache(
    maxsize=5_000
)  # the first page asks of every measure, and next month's page asks for this one again
def latest_known(facts: Facts, indicator_id: str, unit_id: str, last: Month) -> Latest | None:
    """As ``latest``, from the store; no query for a series that has been read before."""
    months = known_months(facts, indicator_id, unit_id)
    return latest(facts.catalogue, months, last) if months else None


def chosen_levels(catalogue: Catalogue, indicator: Indicator, unit: str) -> list[Rebase]:
    """The new levels that someone has chosen for the measure and the unit, in order of time."""
    chosen = (
        one
        for one in catalogue.rebases.values()
        if one.indicator == indicator.id and one.unit in {None, unit}
    )
    return sorted(chosen, key=lambda one: one.month)
