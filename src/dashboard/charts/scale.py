"""Value axes with round numbers, and end labels that do not cover each other. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """``ticks`` are round numbers inside ``low``-``high``; ``decimals`` is what they need to be
    told apart.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def share(self, value: float) -> float:
        """Where the value lies: 0 at the foot, 1 at the top."""
        return (value - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """The value that lies there: the other way round."""
        return round(self.low + share * (self.high - self.low), 6)


def scale(values: Sequence[float], *, zero: bool = False, wanted: int = 5) -> Scale:
    """A scale that holds all values with some air; with ``zero`` it stands on zero. No values: 0-1."""
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 1e-6 * max(1.0, abs(high), abs(low)):  # one value, as far as a reader can tell
        pad = abs(high) * 0.1 if abs(high) > 1e-3 else 1.0
        low, high = (low if zero and low == 0 else low - pad), high + pad
    step = _step((high - low) / wanted)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    # A point on the edge would be cut in half, and its label fall outside.
    if (high / step) > last - 0.25 and not (high <= 0 and last == 0):
        last += 1
    if (low / step) < first + 0.15 and not (zero and low == 0) and not (low >= 0 and first == 0):
        first -= 1
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) + (1 if _needs_half(step) else 0)
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, decimals)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(one * power for one in STEPS if one * power >= rough - 1e-12)


def _needs_half(step: float) -> bool:
    """2.5 and 0.25 need one decimal more than 2 and 0.2 do."""
    return math.isclose(step / 10.0 ** math.floor(math.log10(step) + 1e-9), 2.5) and step < 10


def spread(places: Sequence[float], gap: float, top: float, most: float) -> tuple[float, ...] | None:
    """Move ``places`` (pixels from the foot, in any order) apart to at least ``gap`` within 0-``top``.

    None when that cannot be done without moving one further than ``most``: then a legend is better.
    """
    order = sorted(range(len(places)), key=lambda one: places[one])
    moved = [places[one] for one in order]
    for at in range(1, len(moved)):
        moved[at] = max(moved[at], moved[at - 1] + gap)
    over = (moved[-1] - top) if moved else 0.0
    if over > 0:
        moved[-1] -= over
        for at in range(len(moved) - 2, -1, -1):
            moved[at] = min(moved[at], moved[at + 1] - gap)
    result = [0.0] * len(places)
    for at, one in enumerate(order):
        result[one] = moved[at]
    if (
        any(abs(new - old) > most for new, old in zip(result, places, strict=True))
        or min(moved, default=0.0) < -gap
    ):
        return None
    return tuple(result)
