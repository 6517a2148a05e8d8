"""What the rest of a year may cost, how wrong a forecast was, and where a change comes from.

Thousands of kronor (tkr) with costs negative, as in the accounts, unless a name says otherwise. B and C are in
:mod:`dashboard.domain.economy`. Source of the formulas: the board's rules for economy (``docs/prognoser.md``),
which follow how a municipal controller checks a forecast; the sums are arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from dashboard.domain.text import Number


@dataclass(frozen=True, slots=True)
class Pace:
    """A volume and its price as they have been lately: ``rate`` units a day (or a month), ``price`` kr a unit."""

    rate: float
    price: float

    def volume(self, length: float) -> float:
        """Units over so many days (or months) to come."""
        return self.rate * length

    def cost(self, length: float) -> float:
        """What they cost, in tkr, as a positive number."""
        return self.volume(length) * self.price / 1000


def pace(volumes: Sequence[float], costs: Sequence[float], lengths: Sequence[float]) -> Pace | None:
    """The pace of some months: Σ volume / Σ length, and Σ cost / Σ volume. Sums first, so no month weighs too much.

    Shapes: three of the same length; costs in tkr, positive. None without a month, or when the volume is zero: then
    there is no price.
    """
    volume, length = sum(volumes), sum(lengths)
    if not volumes or volume <= 0 or length <= 0:
        return None
    return Pace(volume / length, 1000 * sum(costs) / volume)


def forecast_d(
    outcome: float, budget: float, year_budget: float, covered: float, ahead: float
) -> float | None:
    """Outcome so far + what the followed volumes cost for the rest of the year + the rest's remaining budget.

    ``covered`` is what the volumes have cost so far and ``ahead`` what they are expected to cost, both positive. No
    budget says how much of the remaining budget is theirs: it is taken to be divided as the outcome so far is.
    None when there is nothing to divide by: no net cost so far, or volumes that cost more than all of it.
    """
    if outcome >= 0 or covered > -outcome:
        return None
    others = 1 + covered / outcome
    return outcome + others * (year_budget - budget) - ahead


@dataclass(frozen=True, slots=True)
class Miss:
    """``error``: outcome − forecast, negative when it became dearer. ``share`` of the outcome's size, None on zero."""

    error: float
    share: float | None


def graded(forecast: Number, outcome: Number) -> Miss:
    """How wrong a forecast was once the year has closed: −333 881 against −347 935 missed by −14 054."""
    error = float(outcome) - float(forecast)
    return Miss(error, abs(error) / abs(float(outcome)) if outcome else None)


@dataclass(frozen=True, slots=True)
class Split:
    """A change of cost in whole kronor: ``volume + price == change``, always. Positive: it became dearer."""

    volume: int
    price: int

    @property
    def change(self) -> int:
        return self.volume + self.price


def split_change(old_volume: Number, old_cost: Number, new_volume: Number, new_cost: Number) -> Split | None:
    """Δvolume × old price + Δprice × new volume, which is the change of cost; costs in kronor.

    Reckoned in fractions and rounded to the krona, the price being what volume leaves, so that nothing is lost. None
    without an old price (no volume before), or when there is a cost without any volume now.
    """
    if old_volume <= 0 or new_volume < 0 or (new_volume == 0 and new_cost != 0):
        return None
    price = Fraction(old_cost) / Fraction(old_volume)
    volume = round((Fraction(new_volume) - Fraction(old_volume)) * price)
    return Split(volume, round(Fraction(new_cost)) - round(Fraction(old_cost)) - volume)


def stairs(changes: Sequence[float], start: float = 0.0) -> tuple[tuple[float, float], ...]:
    """From ``start`` by each change to where it leads: shape (changes,), each as (from, to)."""
    return tuple(pairwise(accumulate(changes, initial=start)))
