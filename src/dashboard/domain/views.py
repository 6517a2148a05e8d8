"""Other ways to look at monthly series: the years on top of each other, and all as an index from one month.

Pure functions; a gap is None and stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.periods import Month

Values = Sequence[float | None]
BASE = 100.0


class NoIndex(StrEnum):
    """Why a series cannot be an index."""

    MISSING = "missing"  # no value in the base month
    ZERO = "zero"  # the base is zero, and nothing can be divided by it
    NEGATIVE = "negative"  # a percentage of a change of sign, or of a minus, says nothing


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve values, January first."""

    year: int
    values: tuple[float | None, ...]


def by_year(months: Sequence[Month], values: Values) -> tuple[Year, ...]:
    """The years that have a value, the oldest first."""
    known = {month: value for month, value in zip(months, values, strict=True) if value is not None}
    years = sorted({month.year for month in known})
    return tuple(Year(year, tuple(known.get(Month(year, n)) for n in range(1, 13))) for year in years)


def first_common(lines: Sequence[Values]) -> int | None:
    """The first place where every line that has values has one above zero; None when there is none."""
    some = [line for line in lines if any(value is not None for value in line)]
    if not some:
        return None
    for at in range(min(len(line) for line in some)):
        if all((value := line[at]) is not None and value > 0 for line in some):
            return at
    return None


def indexed(values: Values, base: int) -> tuple[float | None, ...] | NoIndex:
    """Each value as a percentage of the one at ``base``, which becomes 100.

    Refused where the base is missing or zero, and for a series with any value below zero.
    """
    if any(value is not None and value < 0 for value in values):
        return NoIndex.NEGATIVE
    start = values[base]
    if start is None:
        return NoIndex.MISSING
    if start == 0:
        return NoIndex.ZERO
    return tuple(None if value is None else BASE * value / start for value in values)
