"""Where words stand in a chart of lines: on the side of a point, or of the target, where the least is drawn.

Pure arithmetic. Heights are shares of the value axis, 0 at its foot and 1 at its top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.scale import Scale
from dashboard.charts.spec import Chart, Kind, Point

NEAR = 0.12  # a word's height and its distance to its point
REACH = 1  # places on either side of a point that its word stands over
APART = 2  # words of points closer than this would run into each other
DOT = 0.02  # half of a point's mark
CORNER = 0.4  # how much of the chart's width the target's words may need
ABOVE, BELOW, BESIDE = "top center", "bottom center", "middle right"


def sides(chart: Chart, axis: Scale, points: Sequence[Point]) -> list[str]:
    """One of ``ABOVE``, ``BELOW`` and ``BESIDE`` for each point, in their order.

    Of two in the same place the upper has its word above and the lower below. Else a word stands above its point, but
    below it when fewer lines pass there, or when it would run into the word before.
    """
    found = [_side(chart, axis, point, points) for point in points]
    told = sorted((at for at, one in enumerate(points) if one.label), key=lambda at: points[at].at)
    for before, now in pairwise(told):
        first, second = points[before], points[now]
        if first.value is None or second.value is None or not 0 < second.at - first.at <= APART:
            continue
        near = abs(axis.share(first.value) - axis.share(second.value)) < NEAR
        if near and found[before] == found[now] == ABOVE:
            found[before if first.value < second.value else now] = BELOW
    return found


def _side(chart: Chart, axis: Scale, point: Point, points: Sequence[Point]) -> str:
    if point.beside:
        return BESIDE
    if point.value is None or not point.label:
        return ABOVE
    value, height = point.value, axis.share(point.value)
    same = [one.value for one in points if one.at == point.at and one.value is not None and one is not point]
    if same:
        return BELOW if value < max(same) else ABOVE
    if height < NEAR:
        return ABOVE
    ends = (point.at - REACH, point.at + REACH)
    over = _passing(chart, axis, ends, (height, height + NEAR))
    under = _passing(chart, axis, ends, (height - NEAR, height))
    return BELOW if under < over else ABOVE


@dataclass(frozen=True, slots=True)
class Corner:
    """Where the target's words stand: at which end of its line, on which side, and at which height (a share)."""

    right: bool
    below: bool
    height: float


def target_corner(chart: Chart, axis: Scale) -> Corner | None:
    """The corner where least is drawn; None without a target.

    Where points hug the target's line the words stand clear of them, as long as that is inside the chart.
    """
    if chart.target is None:
        return None
    height, last = axis.share(chart.target.value), len(chart.axis.names) - 1
    if chart.kind is not Kind.LINE:
        return Corner(False, height > 1 - NEAR, height)
    width = round(last * CORNER)
    found: list[tuple[int, float, Corner]] = []
    for below in (False, True):
        if height < NEAR if below else height > 1 - NEAR:
            continue
        for right in (False, True):
            ends = (last - width, last) if right else (0, width)
            clear = _clear(chart, axis, ends, height, below=below)
            band = (clear - NEAR, clear) if below else (clear, clear + NEAR)
            found.append(
                (_passing(chart, axis, ends, band), abs(clear - height), Corner(right, below, clear))
            )
    return min(found, key=lambda one: one[:2])[2]


def _clear(chart: Chart, axis: Scale, ends: tuple[int, int], height: float, *, below: bool) -> float:
    """The height beyond the points that lie where a word at the target would; the target's own where none does."""
    there = [
        share
        for share in _shares(chart, axis, ends)
        if (height - NEAR < share < height if below else height < share < height + NEAR)
    ]
    if not there:
        return height
    beyond = min(there) - DOT if below else max(there) + DOT
    return beyond if NEAR <= beyond <= 1 - NEAR else height


def _passing(chart: Chart, axis: Scale, ends: tuple[int, int], heights: tuple[float, float]) -> int:
    """How many points lie strictly between two heights, from the first to the last place, both counted."""
    return sum(heights[0] < share < heights[1] for share in _shares(chart, axis, ends))


def _shares(chart: Chart, axis: Scale, ends: tuple[int, int]) -> Iterator[float]:
    """The heights of all points from the first to the last place, both counted."""
    return (
        axis.share(point.value)
        for one in chart.series
        for point in one.points
        if point.value is not None and ends[0] <= point.at <= ends[1]
    )
