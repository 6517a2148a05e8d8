"""A series that is part synthetic and part not, as two that are drawn differently."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.spec import Marker, Point, Series, Stroke


def parted(one: Series) -> tuple[Series, ...]:
    """The synthetic part and the rest; the series itself where it is all of one kind.

    The line from one to the other belongs to the synthetic part, for it rests on both.
    """
    synthetic = one.stroke is Stroke.DASHED or one.marker is Marker.HOLLOW
    known = [point for point in one.points if point.value is not None]
    if not synthetic or not any(point.solid for point in known):
        return (one,)
    rest = replace(
        one,
        points=tuple(point if point.solid else _nothing(point) for point in one.points),
        stroke=Stroke.NONE if one.stroke is Stroke.NONE else Stroke.SOLID,
        marker=Marker.NONE if one.symbol else Marker.DOT,
        end_label="",
    )
    if all(point.solid for point in known):
        return (rest,)
    drawn = tuple(_joining(one, at) for at in range(len(one.points)))
    return replace(one, points=drawn), rest


def _joining(one: Series, at: int) -> Point:
    """The point as the synthetic part has it: a solid one only where the line meets it, and with nothing to say."""
    point = one.points[at]
    if not point.solid:
        return point
    beside = [one.points[place] for place in (at - 1, at + 1) if 0 <= place < len(one.points)]
    meets = one.stroke is not Stroke.NONE and any(
        other.value is not None and not other.solid for other in beside
    )
    return replace(point, text="", label="") if meets else _nothing(point)


def _nothing(point: Point) -> Point:
    return Point(point.at, None)
