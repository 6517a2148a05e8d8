"""Steps that start where the last one ended, as bars lying down: the name at the left, the amount at the right.

Lying down, because names of parts are long and a dozen of them must be read at once.
"""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

from dashboard.charts.labels import TOP, colour, plain, stripes
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Chart, Point, Series, Stroke
from dashboard.domain.text import number

LETTER = 0.5  # width of an average letter as a share of its size
WIDEST = 24  # letters of a name on one line


def step_traces(chart: Chart) -> list[dict[str, Any]]:
    """One trace a series; a bar runs from the point's ``base`` to its value."""
    return [_bars(one) for one in chart.series]


def _bars(one: Series) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": colour(one)}
    if one.stroke is Stroke.DASHED:
        marker["pattern"] = stripes(one)
    known = [point for point in one.points if point.value is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(one.name),
        "x": [round((point.value or 0.0) - point.base, 6) for point in known],
        "y": [point.at for point in known],
        "base": [point.base for point in known],
        "width": 0.62,
        "hovertext": [plain(point.text) for point in known],
        "hoverinfo": "text",
        "marker": marker,
    }


def step_layout(chart: Chart, axis: Scale, size: int) -> dict[str, Any]:
    """What differs from a standing chart: axes, margins, the lines between bars and the amounts beside them."""
    names = ["<br>".join(_lines(name)) for name in chart.axis.names]
    points = sorted((point for one in chart.series for point in one.points), key=lambda point: point.at)
    letters = max((len(line) for name in names for line in name.split("<br>")), default=1)
    amounts = max((len(point.label) for point in points), default=1)
    # The amounts stand beside the bars: zero and the ends are scale enough, and fit below a narrow card.
    told = {axis.low, 0.0, axis.high}
    return {
        "barmode": "overlay",
        "margin": {
            "l": round(letters * size * LETTER) + 14,
            "r": round(amounts * size * LETTER) + 16,
            "t": round(TOP * size / 26),
            "b": round(28 * size / 13),
        },
        "xaxis": {
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": [number(tick, axis.decimals) if tick in told else "" for tick in axis.ticks],
            "tickangle": 0,
            "gridcolor": "var(--grid)",
            "zeroline": True,
            "zerolinecolor": "var(--grey-edge)",
            "fixedrange": True,
        },
        "yaxis": {
            "range": [len(names) - 0.5, -0.5],
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "ticks": "outside",
            "tickcolor": "rgba(0,0,0,0)",
            "ticklen": 6,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": _joins(points),
        "annotations": [_amount(point, size) for point in points],
    }


def _lines(name: str) -> list[str]:
    return [plain(line) for line in textwrap.wrap(name, WIDEST, break_long_words=False)] or [""]


def _amount(point: Point, size: int) -> dict[str, Any]:
    return {
        "text": plain(point.label),
        "showarrow": False,
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8,
        "y": point.at,
        "align": "left",
        "font": {"size": size, "color": "var(--ink)"},
    }


def _joins(points: list[Point]) -> list[dict[str, Any]]:
    """A thin line from where a bar ends to where the next one starts, when it does start there."""
    ink = {"color": "var(--grey-edge)", "width": 1}
    return [
        {
            "type": "line",
            "x0": one.value,
            "x1": one.value,
            "y0": one.at + 0.31,
            "y1": other.at - 0.31,
            "line": ink,
        }
        for one, other in pairwise(points)
        if one.value is not None and one.value in {other.base, other.value}
    ]
