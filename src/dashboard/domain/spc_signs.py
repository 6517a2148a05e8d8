"""The four signs of a special cause in an XmR chart. What the method leaves open is decided in ``spc``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

RUN = 7
SLACK = 1e-9

Values = Sequence[float | None]


class Rule(StrEnum):
    """The four signs of a special cause, in the order they are looked for; a point carries the first."""

    OUTSIDE = "outside"  # outside the limits
    TREND = "trend"  # seven points steadily rising or falling
    NEAR = "near"  # two of three beyond two thirds of the way to the limit, on one side
    SHIFT = "shift"  # seven points on one side of the centre


@dataclass(frozen=True, slots=True)
class Limits:
    """``lower`` and ``upper`` are cut at what is possible; ``near_lower`` and ``near_upper`` are not."""

    mean: float
    moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    provisional: bool


def signs(inside: Values, limits: Limits) -> Iterator[tuple[int, Rule, bool]]:
    """(place, rule, upward) of every sign in the values, the rules in their order; a place may come again."""
    slack = SLACK * limits.moving_range
    outside = [side_of(value, limits.lower - slack, limits.upper + slack) for value in inside]
    far = [side_of(value, limits.near_lower - slack, limits.near_upper + slack) for value in inside]
    sides = [side_of(value, limits.mean - slack, limits.mean + slack) for value in inside]
    steps = [0 if a is None or b is None else side_of(b, a - slack, a + slack) for a, b in pairwise(inside)]
    yield from ((at, Rule.OUTSIDE, side > 0) for at, side in enumerate(outside) if side)
    for first, last, side in runs(steps, RUN - 1):  # seven points are six steps
        yield from ((at, Rule.TREND, side > 0) for at in range(first, last + 2))
    for first in range(len(far) - 2):
        window = far[first : first + 3]
        whole = all(one is not None for one in inside[first : first + 3])
        for side in (1, -1):
            if whole and window.count(side) >= 2:
                yield from ((first + at, Rule.NEAR, side > 0) for at in range(3) if window[at] == side)
    for first, last, side in runs(sides, RUN):
        yield from ((at, Rule.SHIFT, side > 0) for at in range(first, last + 1))


def side_of(value: float | None, low: float, high: float) -> int:
    """1 above ``high``, -1 below ``low``, else 0; a gap is on no side."""
    if value is None:
        return 0
    return 1 if value > high else -1 if value < low else 0


def runs(sides: Sequence[int], least: int) -> Iterator[tuple[int, int, int]]:
    """(first, last, side) of every unbroken run of ``least`` or more on one side."""
    at = 0
    for side, members in groupby(sides):
        length = sum(1 for _ in members)
        if side and length >= least:
            yield at, at + length - 1, side
        at += length
