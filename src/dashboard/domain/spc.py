"""XmR charts: what a monthly series usually does, and which points say that something has changed.

Source of the method: NHS England, *Making Data Count*. Centre = mean; limits = mean ± 2.66 × mean moving range.
Moving ranges above 3.267 × their mean are left out once and their mean is taken anew (Nelson 1982); the centre
keeps every point. 2.66 belongs to the *mean* moving range; 3.145, which belongs to the median, has no place here.

What the method leaves open is decided so:

- A gap (None) yields no moving range and ends every run: what was not measured neither rises nor stays.
- Two equal months end a rising or falling run; a point on the centre ends a run on one side of it.
- "Two thirds of the way to the limit" is measured to the limit as computed, before it is cut at what is possible:
  otherwise a measure near zero would have a narrow zone at its foot and cry wolf there.
- Limits need eight points and seven moving ranges, so that no run of seven can be the whole series. Under thirteen
  points they are provisional.
- Where the screening leaves only equal months (long rests and single leaps) there are no limits, and the refusal says
  that: such values are neither equal nor out of control.
- All points of a run are signals, not only the seventh.
- A rising run is a move upwards even where it passes below the centre.
- Comparisons allow for a billionth of the mean moving range, so that a rounding error is neither above nor below.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dashboard.domain.model import Direction
from dashboard.domain.spc_signs import RUN, SLACK, Limits, Rule, Values, side_of, signs

__all__ = [
    "FEWEST",
    "RUN",
    "SETTLED",
    "Assurance",
    "Limits",
    "Reason",
    "Refusal",
    "Rule",
    "Segment",
    "Signal",
    "Variation",
    "Xmr",
    "analyse",
    "latest",
]

REACH = 2.66  # limits lie so many mean moving ranges from the centre
SCREEN = 3.267  # a moving range above so many means is left out
NEAR = 2 / 3
FEWEST = RUN + 1
SETTLED = 13


class Variation(StrEnum):
    COMMON = "common"
    IMPROVING = "improving"
    CONCERNING = "concerning"
    NEUTRAL = "neutral"  # special, but neither way is good


class Assurance(StrEnum):
    """What can be expected of the target while nothing changes."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_AND_MISS = "hit-and-miss"
    NONE = "none"  # no target, no direction or no limits


class Reason(StrEnum):
    NO_POINTS = "no-points"
    TOO_FEW = "too-few"
    GAPS = "gaps"
    NO_VARIATION = "no-variation"
    RARE_CHANGES = "rare-changes"  # every moving range above zero was left out as extreme


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no limits are computed. ``points`` is how many values there are."""

    reason: Reason
    points: int

    @property
    def sentence(self) -> str:
        match self.reason:
            case Reason.NO_POINTS:
                return "Det finns inga månadsvärden att räkna gränser på."
            case Reason.TOO_FEW:
                ending = "e" if self.points == 1 else "en"
                return f"Det finns bara {self.points} månadsvärd{ending}. Gränser räknas först från {FEWEST} månader."
            case Reason.GAPS:
                return f"Serien har för många luckor. Gränser kräver {RUN} par av månader som följer på varandra."
            case Reason.NO_VARIATION:
                return "Värdena är helt eller nästan lika, så det finns ingen variation att räkna gränser på."
            case Reason.RARE_CHANGES:
                return (
                    "Värdet är oförändrat de flesta månader, och de få ändringarna är för stora för att räknas som "
                    "vanlig variation. Då finns ingen kvar att räkna gränser på."
                )


@dataclass(frozen=True, slots=True)
class Segment:
    """The places ``start`` to ``stop`` (not included), with either limits or the reason why there are none."""

    start: int
    stop: int
    points: int
    limits: Limits | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Signal:
    """A special cause. ``upward``: the point lies high or its run rises."""

    rule: Rule
    upward: bool
    variation: Variation


@dataclass(frozen=True, slots=True)
class Xmr:
    """``signals`` has one place for each value. ``latest`` is the place of the last value that is no gap.

    ``variation`` is None when the latest point's segment has no limits yet.
    """

    values: tuple[float | None, ...]
    segments: tuple[Segment, ...]
    signals: tuple[Signal | None, ...]
    latest: int
    variation: Variation | None
    assurance: Assurance

    def segment(self, place: int) -> Segment:
        return next(one for one in self.segments if one.start <= place < one.stop)

    @property
    def now(self) -> Segment:
        """The segment of the latest point."""
        return self.segment(self.latest)


def analyse(
    values: Values,
    *,
    direction: Direction,
    floor: float | None = None,
    ceiling: float | None = None,
    target: float | None = None,
    rebases: Sequence[int] = (),
) -> Xmr | Refusal:
    """Limits, signals and what they mean, for raw monthly values in order of time (None: gap).

    ``floor`` and ``ceiling`` bound what is possible, in the values' unit as ``target`` is; ``rebases`` are places
    where a new segment begins. A Refusal when no segment can have limits. Never give it rolling or accumulated
    series: pure noise looks like a signal there. Raises ValueError for a rebase outside the series or a floor above
    the ceiling.
    """
    if floor is not None and ceiling is not None and floor > ceiling:
        raise ValueError(f"floor {floor} above ceiling {ceiling}")
    if any(not 0 < place < len(values) for place in rebases):
        raise ValueError(f"a rebase outside the series: {list(rebases)}")
    clean = tuple(None if one is None or not math.isfinite(one) else float(one) for one in values)
    bounds = pairwise([0, *sorted(set(rebases)), len(clean)])
    segments = tuple(_segment(clean, start, stop, floor, ceiling) for start, stop in bounds)
    if all(one.limits is None for one in segments):
        refused = [one.refusal for one in segments if one.refusal is not None]
        return max(reversed(refused), key=lambda one: one.points)
    signals: list[Signal | None] = [None] * len(clean)
    for one in segments:
        for at, rule, upward in signs(clean[one.start : one.stop], one.limits) if one.limits else ():
            if signals[one.start + at] is None:
                signals[one.start + at] = Signal(rule, upward, _meaning(upward, direction))
    latest = max(place for place, value in enumerate(clean) if value is not None)
    limits = next(one for one in segments if one.start <= latest < one.stop).limits
    signal = signals[latest]
    variation = None if limits is None else signal.variation if signal else Variation.COMMON
    return Xmr(clean, segments, tuple(signals), latest, variation, _assurance(limits, target, direction))


def latest(
    values: Values, *, direction: Direction, floor: float | None = None, ceiling: float | None = None
) -> tuple[Limits, Signal | None] | None:
    """What ``analyse`` says of the last value: the limits of its segment, and its signal if it has one.

    ``values`` begin with that segment. None when the last value is a gap or there are no limits. Many times faster,
    since a sign at the end of a series rests on its last seven places.
    """
    clean = tuple(None if one is None or not math.isfinite(one) else float(one) for one in values)
    if not clean or clean[-1] is None:
        return None
    limits = _segment(clean, 0, len(clean), floor, ceiling).limits
    if limits is None:
        return None
    tail = clean[-RUN:]
    for at, rule, upward in signs(tail, limits):
        if at == len(tail) - 1:
            return limits, Signal(rule, upward, _meaning(upward, direction))
    return limits, None


def _segment(values: Values, start: int, stop: int, floor: float | None, ceiling: float | None) -> Segment:
    known = [value for value in values[start:stop] if value is not None]
    found = _limits(known, _moving_ranges(values[start:stop]), floor, ceiling)
    if isinstance(found, Reason):
        return Segment(start, stop, len(known), None, Refusal(found, len(known)))
    return Segment(start, stop, len(known), found, None)


def _moving_ranges(values: Values) -> list[float]:
    return [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]


def _limits(
    known: Sequence[float], ranges: Sequence[float], floor: float | None, ceiling: float | None
) -> Limits | Reason:
    if not known:
        return Reason.NO_POINTS
    if len(known) < FEWEST:
        return Reason.TOO_FEW
    if len(ranges) < RUN:
        return Reason.GAPS
    mean, first = _mean(known), _mean(ranges)
    kept = [one for one in ranges if one <= SCREEN * first]
    moving = _mean(kept)
    # Rates that are equal may differ in their last bit; limits of that width would make everything special.
    nothing = 1e-12 * max(abs(one) for one in known)
    if moving <= nothing:
        return Reason.NO_VARIATION if first <= nothing else Reason.RARE_CHANGES
    lower, upper = mean - REACH * moving, mean + REACH * moving
    near = NEAR * REACH * moving
    return Limits(
        mean=mean,
        moving_range=moving,
        lower=lower if floor is None else min(max(lower, floor), mean),
        upper=upper if ceiling is None else max(min(upper, ceiling), mean),
        near_lower=mean - near,
        near_upper=mean + near,
        provisional=len(known) < SETTLED,
    )


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def _meaning(upward: bool, direction: Direction) -> Variation:
    if direction is Direction.NEUTRAL:
        return Variation.NEUTRAL
    return Variation.IMPROVING if upward is (direction is Direction.HIGHER) else Variation.CONCERNING


def _assurance(limits: Limits | None, target: float | None, direction: Direction) -> Assurance:
    """A target on the limit, or between the limits, is sometimes met and sometimes missed."""
    if limits is None or target is None or direction is Direction.NEUTRAL:
        return Assurance.NONE
    slack = SLACK * limits.moving_range
    side = side_of(target, limits.lower - slack, limits.upper + slack)
    if side == 0:
        return Assurance.HIT_AND_MISS
    above_is_missed = direction is Direction.HIGHER
    return Assurance.FAILS if (side > 0) is above_is_missed else Assurance.PASSES
