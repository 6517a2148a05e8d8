"""What comes in, what goes out and what is under way: whether the three tell the same story.

What is under way at the end of a month is what was, plus what came, less what left. Where a delivery does not say so,
the difference is told and never evened out: somebody registered late, or a case changed hands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Points
from dashboard.measures.facts import Facts
from dashboard.measures.trend import FIRST
from dashboard.measures.values import missing_reason


@dataclass(frozen=True, slots=True)
class Moved:
    """One month or one period. ``before`` and ``after`` are the stock at its two ends; None for what is not known."""

    came: float | None
    left: float | None
    before: float | None
    after: float | None

    @property
    def net(self) -> float | None:
        return None if self.came is None or self.left is None else self.came - self.left

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gap(self) -> float | None:
        """By how much the stock changed otherwise than by what came and left; 0 when they agree."""
        return None if self.net is None or self.change is None else self.change - self.net


@dataclass(frozen=True, slots=True)
class Flow:
    """One unit. ``rows`` has one place a month of ``months``; ``whole`` is the period.

    ``reason`` says why the period has no sum; the months may hold values all the same.
    """

    came: Indicator
    left: Indicator
    stock: Indicator
    unit: Unit
    months: tuple[Month, ...]
    rows: tuple[Moved, ...]
    period: Period
    whole: Moved
    origin: Origin | None
    reason: str = ""
    origins: Mapping[Month, Origin | None] = field(default_factory=dict)  # of each month shown

    @property
    def drawn(self) -> bool:
        return any(one.came is not None or one.left is not None for one in self.rows)

    @property
    def astray(self) -> tuple[Month, ...]:
        """The months whose stock does not follow from what came and left."""
        return tuple(month for month, one in zip(self.months, self.rows, strict=True) if one.gap)


def flow(facts: Facts, came: str, left: str, stock: str, selection: Selection, *, months: int) -> Flow:
    """The last ``months`` up to the period's end, from the first that has a value; one query.

    Raises SelectionError for an unknown indicator or unit, and ValueError when the three are not two flows and a stock.
    """
    known = [facts.catalogue.indicator(name) for name in (came, left, stock)]
    if [one.nature for one in known] != [Nature.FLOW, Nature.FLOW, Nature.STOCK]:
        raise ValueError(f"not two flows and a stock: {came}, {left}, {stock}")
    unit, period = facts.catalogue.unit(selection.unit), selection.period
    found = facts.series([came, left, stock], [unit.id], FIRST, period.end)
    points = [found.get((name, unit.id), {}) for name in (came, left, stock)]
    begins = min((min(one) for one in points if one), default=period.end)
    start = max(begins, period.end.shift(1 - months))
    shown = start.until(period.end) if start <= period.end else (period.end,)
    whole = _moved(known, points, period)
    by_month = {month: combined(one[month].origin for one in points if month in one) for month in shown}
    return Flow(
        known[0],
        known[1],
        known[2],
        unit,
        shown,
        tuple(_moved(known, points, Period.month(month)) for month in shown),
        period,
        whole,
        combined(by_month.values()),
        "" if whole.net is not None else missing_reason(facts, known[0], unit, period, points[0]),
        by_month,
    )


def _moved(known: Sequence[Indicator], points: Sequence[Points], period: Period) -> Moved:
    came, left = (rules.value(one, own, period) for one, own in zip(known[:2], points[:2], strict=True))
    before, after = (
        rules.month_value(known[2], points[2].get(month)) for month in (period.start.shift(-1), period.end)
    )
    return Moved(came, left, before, after)
