"""What SPC may be asked about: raw monthly series, within what is possible, from a level that someone chose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.model import Indicator, Nature, OverPeriod
from dashboard.domain.periods import Month

RAW = frozenset({Nature.STOCK, Nature.FLOW, Nature.RATIO})
# Least and greatest possible value by unit; a unit that is not here has no bounds (kronor may be credits).
POSSIBLE: dict[str, tuple[float | None, float | None]] = {
    "antal": (0.0, None),
    "dygn": (0.0, None),
    "procent": (0.0, 100.0),
}


@dataclass(frozen=True, slots=True)
class Rebase:
    """A new level from ``month`` on, chosen by ``who`` at ``event`` for ``reason``. ``unit`` None: every unit."""

    id: str
    indicator: str
    month: Month
    event: str
    reason: str
    who: str
    unit: str | None = None


def seasonal(values: Sequence[float | None]) -> bool:
    """Whether the series follows the year: months a year apart are much closer than months half a year apart.

    XmR knows no seasons, so that their highs and lows look like signals; a reader must be told. The test is plain
    and errs towards silence: it needs two years, and half a year's distance must be at least 1/0.6 of a whole year's.
    """
    year, half = _distance(values, 12), _distance(values, 6)
    return year is not None and half is not None and year < 0.6 * half


def _distance(values: Sequence[float | None], months: int) -> float | None:
    """The mean distance between values so many months apart; None for fewer than twelve pairs."""
    pairs = zip(values, values[months:], strict=False)
    steps = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    return math.fsum(steps) / len(steps) if len(steps) >= 12 else None


def raw_monthly(indicator: Indicator) -> bool:
    """Whether each month is measured by itself: not rolling, not accumulated, not a forecast for the year.

    Neighbouring points of a rolling or accumulated series share most of their data, so that pure noise looks like a
    signal there.
    """
    return indicator.monthly and indicator.nature in RAW and indicator.over_period is not OverPeriod.R12


def possible_range(indicator: Indicator) -> tuple[float | None, float | None]:
    """(floor, ceiling) in the indicator's unit; None where there is no bound."""
    return POSSIBLE.get(indicator.unit, (None, None))
