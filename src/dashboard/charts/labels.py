"""Words in a chart: the names at the ends of lines, moved apart where they would cover each other."""

from __future__ import annotations

import html
from typing import Any

from dashboard.charts.scale import Scale, spread
from dashboard.charts.spec import Chart, Point, Series

HEIGHT = 340  # the height that the style sheet gives a chart
TOP, FOOT = 26, 40
WALL = 20  # text of this size is for a wall, where nothing may be smaller


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
    ends: list[tuple[Series, Point]] = []
    early: list[tuple[Series, Point]] = []
    for one in chart.series:
        known = [point for point in one.points if point.value is not None]
        if one.end_label and known:
            (early if (last >= 18 or among_quiet) and known[-1].at < last - 2 else ends).append(
                (one, known[-1])
            )
    height = HEIGHT - (TOP + FOOT) * size / 13
    wanted = [axis.share(point.value or 0.0) * height for _, point in ends]
    places = spread(wanted, size + 3, height, 36)
    if places is None:
        return []
    notes = [
        {**note(one.end_label, size), "x": last + 0.5, "y": axis.at(place / height)}
        | {"xanchor": "left", "xshift": 4, "font": {"color": _ink(one), "size": size}}
        for (one, _), place in zip(ends, places, strict=True)
    ]
    side = (
        {"xanchor": "left", "yanchor": "middle", "xshift": 7, "bgcolor": "var(--raised)"}
        if among_quiet
        else {"xanchor": "right", "yanchor": "top", "yshift": -6}
    )
    notes += [
        {**note(one.end_label, size), "x": point.at, "y": point.value, **side}
        | {"font": {"color": _ink(one), "size": size}}
        for one, point in early
    ]
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
