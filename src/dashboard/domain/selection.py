"""What a question to the numbers is about: period, unit, comparison, role and date of knowledge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.domain.periods import Month, Period
from dashboard.errors import SelectionError

# Wide enough for any board, and narrow enough for every question that looks back from a period.
EARLIEST, LATEST = Month(2000, 1), Month(2099, 12)


def period_of(text: str) -> Period:
    """The period that someone wrote. Raises SelectionError for what is none, or is far from any board's time."""
    try:
        period = Period.parse(text)
    except ValueError:
        period = None
    if period is None or not EARLIEST <= period.start <= period.end <= LATEST:
        raise SelectionError(f"Perioden ”{text[:40]}” finns inte.")
    return period


class Compare(StrEnum):
    """What a value is held against. The words are those of the address bar."""

    LAST_YEAR = "forra-aret"
    PREVIOUS = "forra-perioden"
    TARGET = "mal"


class Role(StrEnum):
    """Who asks. What a role may see is decided where numbers are made."""

    NAMND = "namnd"
    LEDNING = "ledning"
    ANALYTIKER = "analytiker"


@dataclass(frozen=True, slots=True)
class Selection:
    """One frozen question; hashable, so that answers can be kept by it.

    ``as_of`` is a day or a moment (``domain.known``); None means all that is known.
    """

    period: Period
    unit: str
    compare: Compare = Compare.LAST_YEAR
    as_of: date | None = None
    role: Role = Role.LEDNING

    @property
    def other_period(self) -> Period | None:
        """The period compared with, or None when the comparison is a target."""
        match self.compare:
            case Compare.LAST_YEAR:
                return self.period.year_before()
            case Compare.PREVIOUS:
                return self.period.previous()
            case Compare.TARGET:
                return None

    def with_period(self, period: Period) -> Selection:
        return replace(self, period=period)
