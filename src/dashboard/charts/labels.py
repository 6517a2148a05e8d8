"""Words in a chart: the names at the ends of lines, moved apart where they would cover each other."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from dashboard.charts.scale import Scale, spread
from dashboard.charts.spec import Chart, Point, Series

HEIGHT = 340  # the height that the style sheet gives a chart
TOP, FOOT = 26, 40
YEAR = 12  # months of the shortest chart that has room for names inside it
LONG = 19  # months of a chart that has room for any name below the end of its line
LETTERS = 48  # that fit side by side into a chart of half the page's width
WALL = 20  # text of this size is for a wall, where nothing may be smaller


End = tuple[Series, Point]  # a line and its last point


def colour(one: Series) -> str:
    return f"var(--{one.token})" if one.token else f"var(--c{one.colour})"


def stripes(one: Series) -> dict[str, Any]:
    """The pattern of bars that are made up: hatched, and quiet, for a whole chart of it must be calm to read.

    Where some of them are not, those are plain.
    """
    mixed = any(point.solid for point in one.points)
    return {
        "shape": ["" if point.solid else "/" for point in one.points] if mixed else "/",
        "size": 6,
        "solidity": 0.22,
        "fgcolor": "var(--raised)",
        "fgopacity": 0.55,
        "bgcolor": colour(one),
    }


def _ink(one: Series) -> str:
    """A thin grey line can be paler than words may be."""
    return "var(--muted)" if one.quiet else colour(one)


def lesser(size: int, by: int) -> int:
    """A size below the chart's own; on a wall its own, for what is smaller cannot be read from the back row."""
    return size if size >= WALL else size - by


def note(text: str, size: int) -> dict[str, Any]:
    return {"text": plain(text), "showarrow": False, "font": {"size": size}}


def end_labels(chart: Chart, axis: Scale, size: int) -> list[dict[str, Any]]:
    """The series' names at their last points, moved apart; none when they cannot be.

    A line that ended long before the others has its name where it ended; so has one among quiet lines, for it is the
    one to be found.
    """
    last = len(chart.axis.names) - 1
    among_quiet = any(one.quiet for one in chart.series)
    height = HEIGHT - (TOP + FOOT) * size / 13
    ends: list[End] = []
    early: list[End] = []
    for one in chart.series:
        known = [point for point in one.points if point.value is not None]
        if one.end_label and known:
            ended = known[-1].at < last - 2 and (last >= YEAR - 1 or among_quiet)
            (early if ended else ends).append((one, known[-1]))
    notes: list[dict[str, Any]] = []
    if among_quiet or last >= LONG - 1:
        side = (
            {"xanchor": "left", "yanchor": "middle", "xshift": 7, "bgcolor": "var(--raised)"}
            if among_quiet
            else {"xanchor": "right", "yanchor": "top", "yshift": -6}
        )
        notes = [_named(one, size) | {"x": point.at, "y": point.value, **side} for one, point in early]
    elif early:
        within = _within(chart, axis, early, size, height)
        if within is None:  # then they stand with the others
            ends += early
        notes = within or []
    places = spread([axis.share(point.value or 0.0) * height for _, point in ends], size + 3, height, 36)
    if places is None:
        return []
    at_edge = [
        _named(one, size) | {"x": last + 0.5, "y": axis.at(place / height), "xanchor": "left", "xshift": 4}
        for (one, _), place in zip(ends, places, strict=True)
    ]
    return at_edge + notes


def _named(one: Series, size: int) -> dict[str, Any]:
    return {**note(one.end_label, size), "font": {"color": _ink(one), "size": size}}


def overhang(text: str, room: float, last: int) -> int:
    """How many letters of a text do not fit into so many places of an axis that ends with place ``last``."""
    return max(0, len(text) - int(max(room, 0) * LETTERS / (last + 1)))


def _within(
    chart: Chart, axis: Scale, early: Sequence[End], size: int, height: float
) -> list[dict[str, Any]] | None:
    """Names to the right of lines that end inside a year, below a number that stands there; None without room."""
    last, apart = len(chart.axis.names) - 1, size + 3
    taken: list[float] = []
    notes = []
    for one, point in sorted(early, key=lambda end: -(end[1].value or 0.0)):
        if overhang(one.end_label, last - point.at, last) > 0:
            return None
        numbers = [
            axis.share(other.value) * height
            for line in chart.series
            for other in line.points
            if other.at == point.at and other.label and other.value is not None
        ]
        level, shift = axis.share(point.value or 0.0) * height, 0
        if near := [number for number in numbers if abs(level - number) < apart]:
            level, shift = min(near), -apart
        if level + shift < 0 or any(abs(level + shift - other) < apart for other in [*taken, *numbers]):
            return None
        taken.append(level + shift)
        # The step down is in pixels: a chart may be drawn taller than it is reckoned here.
        notes.append(
            _named(one, size)
            | {"x": point.at, "y": axis.at(level / height), "yshift": shift}
            | {"xanchor": "left", "yanchor": "middle", "xshift": 8}
        )
    return notes


def limit_labels(chart: Chart, axis: Scale, size: int) -> list[dict[str, Any]]:
    """What the last limits are called, at their right end; none where they end before the chart does."""
    last = len(chart.axis.names) - 1
    one = chart.limits[-1] if chart.limits else None
    if one is None or one.last < last:
        return []
    height = HEIGHT - (TOP + FOOT) * size / 13
    places = spread([axis.share(value) * height for value in one.levels], size + 3, height, 48)
    return [
        {
            **note(label, lesser(size, 1)),
            "x": last + 0.5,
            "y": axis.at(place / height),
            "xanchor": "left",
            "xshift": 4,
        }
        for label, place in zip(one.labels, places or (), strict=False)
    ]


def plain(text: str) -> str:
    """Plotly reads a few tags in texts; what comes from data must not be any of them."""
    return html.escape(text, quote=False).replace("\n", "<br>")
