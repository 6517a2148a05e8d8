"""What a printed number can stand for: its precision and its hedge as an interval.

``7.37`` stands for anything from 7.365 to 7.375; a count is exact; *ca 4* is wider, *minst 65* open upwards. Two
printings contradict each other when their intervals do not meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from dashboard.published import Figure

UNBOUNDED = Decimal("Infinity")
ZERO = Decimal(0)
COUNTS = frozenset({"antal"})
# The same kind of amount in another unit: what it is in, and how many of it one is.
LARGER_UNITS = {"mnkr": ("tkr", Decimal(1000))}
JUST_OVER = frozenset({"drygt"})
JUST_UNDER = frozenset({"knappt", "nästan"})
AT_LEAST = frozenset({"minst", "över", "mer än", "fler än", "≥"})
AT_MOST = frozenset({"högst", "upp till", "inom", "under", "mindre än", "färre än", "≤"})
# How far a hedge reaches: a share of the value, and never less than one step of the last printed digit.
NEARBY = Decimal("0.05")
BEYOND = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` to ``high``, both included; either may be infinite."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def minus(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def combined(self, other: Span, rule: Callable[[Decimal, Decimal], Decimal]) -> Span:
        """All that ``rule`` can give, for a rule that rises or falls in each argument.

        An open end tells nothing, so the result is open at both.
        """
        ends = (self.low, self.high, other.low, other.high)
        if not all(end.is_finite() for end in ends):
            return EVERYTHING
        found = [rule(a, b) for a, b in product(ends[:2], ends[2:])]
        return Span(min(found), max(found))


EVERYTHING = Span(-UNBOUNDED, UNBOUNDED)


def unit_of(figure: Figure) -> str:
    """The unit in which figures are compared: mnkr are held against tkr."""
    return LARGER_UNITS[figure.unit][0] if figure.unit in LARGER_UNITS else figure.unit


def amount(figure: Figure) -> Decimal:
    """The value in :func:`unit_of`."""
    return figure.value * _factor(figure)


def step(figure: Figure) -> Decimal:
    """One unit of the last printed digit, in :func:`unit_of`; 0 for a count, which is not rounded."""
    if figure.unit in COUNTS:
        return ZERO
    exponent = figure.value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * _factor(figure)


def span(figure: Figure) -> Span:
    """What the printed value can stand for, in :func:`unit_of`. An unknown hedge reads as *ca*."""
    value, half = amount(figure), step(figure) / 2
    exact = Span(value - half, value + half)
    hedge = figure.qualifier.strip().lower()
    if not hedge:
        return exact
    least = step(figure) or Decimal(1)
    if hedge in AT_LEAST:
        return Span(exact.low, UNBOUNDED)
    if hedge in AT_MOST:
        return Span(-UNBOUNDED, exact.high)
    if hedge in JUST_OVER:
        return Span(exact.low, value + max(least, abs(value) * BEYOND))
    if hedge in JUST_UNDER:
        return Span(value - max(least, abs(value) * BEYOND), exact.high)
    reach = max(least, abs(value) * NEARBY)
    return Span(value - reach, value + reach)


def share(part: Span, whole: Span) -> Span:
    """Per cent; everything when the whole can be zero."""
    if whole.low <= ZERO <= whole.high:
        return EVERYTHING
    return part.combined(whole, lambda a, b: a / b * 100)


def change(before: Span, after: Span) -> Span:
    """Change in per cent of what was before; everything when that can be zero."""
    if before.low <= ZERO <= before.high:
        return EVERYTHING
    return after.combined(before, lambda a, b: (a - b) / abs(b) * 100)


def _factor(figure: Figure) -> Decimal:
    return LARGER_UNITS[figure.unit][1] if figure.unit in LARGER_UNITS else Decimal(1)
