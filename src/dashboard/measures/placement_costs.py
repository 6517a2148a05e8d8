"""What placements cost: how a change divides into volume and price, and what another volume or price would do.

Volume is days (dygn) in all forms of placement, price kronor a day. The second answer is a reckoning for one reader and
one moment: nothing of it is stored, and no other measure reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import series as rules
from dashboard.domain.forecast import Pace, Split, split_change
from dashboard.domain.model import Origin, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.measures.facts import Facts, Series
from dashboard.measures.footing import same_footing
from dashboard.measures.forecasts import Outlook, days_of, outlooks
from dashboard.measures.values import missing_reason


@dataclass(frozen=True, slots=True)
class Spent:
    """Days and tkr of a period."""

    volume: float
    cost: float

    @property
    def price(self) -> float | None:
        """Kronor a day; None without a day."""
        return 1000 * self.cost / self.volume if self.volume else None


@dataclass(frozen=True, slots=True)
class CostChange:
    """A unit's cost now and then. ``split`` is None for the ``reason``; its parts are whole kronor."""

    unit: Unit
    period: Period
    other: Period
    now: Spent | None
    then: Spent | None
    split: Split | None
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The rest of a year at the pace so far, and at another: ``more`` placements, ``dearer`` kronor a day.

    ``split`` divides the difference, in whole kronor and positive when it costs more. ``full_year`` is what the same
    change costs over twelve months, in tkr.
    """

    outlook: Outlook
    first: Month
    days: int
    usual: Pace
    other: Pace
    more: int
    dearer: int
    split: Split
    lately: tuple[Month, ...]  # the months that the pace is taken from

    @property
    def effect(self) -> float:
        """On the year, in tkr as the accounts count: negative is dearer."""
        return -self.split.change / 1000

    @property
    def full_year(self) -> float:
        year = days_of(Month(self.first.year, 1).until(Month(self.first.year, 12)))
        return self.usual.cost(year) - self.other.cost(year)


def has_placements(facts: Facts, unit: Unit) -> bool:
    """Whether placements are followed at the unit's level."""
    return unit.kind in facts.catalogue.indicators[facts.catalogue.roles.placed.volume].levels


def cost_changes(
    facts: Facts, units: Sequence[Unit], period: Period, other: Period
) -> tuple[CostChange, ...]:
    """The split of each unit between two periods. Shape: one per unit; at most one query."""
    ids = [unit.id for unit in units]
    found = facts.series(
        facts.catalogue.roles.placed.measures, ids, min(period.start, other.start), max(period.end, other.end)
    )
    return tuple(_change(facts, unit, period, other, found) for unit in units)


def _change(facts: Facts, unit: Unit, period: Period, other: Period, found: Series) -> CostChange:
    cost = facts.catalogue.roles.placed.cost
    indicator = facts.catalogue.indicators[cost]
    points = found.get((cost, unit.id), {})
    now, then = _spent(facts, unit, period, found), _spent(facts, unit, other, found)
    used = {*period.months, *other.months}
    origin = (
        combined(
            point.origin
            for name in facts.catalogue.roles.placed.measures
            for month, point in found.get((name, unit.id), {}).items()
            if month in used
        )
        or Origin.IMPORTED
    )
    split, reason = None, ""
    if now is None:
        reason = missing_reason(facts, indicator, unit, period, points)
    elif then is None:
        reason = missing_reason(facts, indicator, unit, other, points)
    elif not same_footing(indicator, period, other):
        reason = f"{period.label} och {other.label} är olika långa och jämförs inte."
    else:
        split = split_change(then.volume, _kronor(then.cost), now.volume, _kronor(now.cost))
        if split is None:
            reason = "Det finns inga dygn i en av perioderna, så det finns inget pris att dela med."
    return CostChange(unit, period, other, now, then, split, reason, origin)


def _kronor(thousands: float) -> int:
    return round(1000 * thousands)


def _spent(facts: Facts, unit: Unit, period: Period, found: Series) -> Spent | None:
    indicators = facts.catalogue.indicators
    values = [
        rules.value(indicators[name], found.get((name, unit.id), {}), period)
        for name in facts.catalogue.roles.placed.measures
    ]
    return None if values[0] is None or values[1] is None else Spent(values[0], values[1])


def what_if(facts: Facts, unit: Unit, period: Period, more: int, dearer: int) -> WhatIf | None:
    """The year with ``more`` placements from the next month on, at ``dearer`` kronor a day more.

    Fewer cannot be less than none, nor cheaper than free. None when the year has closed, or when the unit's placements
    have no pace to start from. At most one query.
    """
    (outlook,) = outlooks(facts, [unit], period)
    placed = facts.catalogue.roles.placed
    covered = next((one for one in outlook.letters.covered if one.followed == placed), None)
    if covered is None or outlook.closed:
        return None
    usual = covered.pace
    other = Pace(max(usual.rate + more, 0.0), max(usual.price + dearer, 0.0))
    before, after = usual.cost(covered.left), other.cost(covered.left)
    volume, changed = usual.volume(covered.left), other.volume(covered.left)
    split = split_change(volume, _kronor(before), changed, _kronor(after)) or Split(0, 0)
    first = outlook.period.end.shift(1)
    return WhatIf(outlook, first, covered.left, usual, other, more, dearer, split, covered.recent)
