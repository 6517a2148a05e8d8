"""People's own notes in a chart: a filled triangle hanging from the top; published events have a framed number."""

from __future__ import annotations

import textwrap
from typing import Any

from dashboard.charts.labels import lesser, note, plain
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Chart, OwnNote

HANGS = 0.035  # how far below the top of the chart the triangle has its middle, as a share of the height
SIZE = 12
WIDTH = 58  # letters on a line of what hovering says


def note_traces(chart: Chart, axis: Scale) -> list[dict[str, Any]]:
    """One series of markers; those of a month are one, which tells them all."""
    if not chart.notes:
        return []
    places = _together(chart)
    level = axis.high - HANGS * (axis.high - axis.low)
    return [
        {
            "type": "scatter",
            "name": "egen anteckning",
            "mode": "markers",
            "x": list(places),
            "y": [level] * len(places),
            "hovertext": [plain("\n".join(map(_told, notes))) for notes in places.values()],
            "hoverinfo": "text",
            "marker": {"symbol": "triangle-down", "size": SIZE, "color": "var(--ink)"},
        }
    ]


def note_marks(chart: Chart, size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The thin upright that each hangs on, and its letter."""
    shapes, letters = [], []
    for at, notes in _together(chart).items():
        shapes.append(
            {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
            | {"opacity": 0.4, "line": {"color": "var(--ink)", "width": 1}}
        )
        letters.append(
            {
                **note(", ".join(one.letter for one in notes), lesser(size, 1)),
                "x": at,
                "y": 1,
                "yref": "paper",
            }
            | {"yanchor": "top", "yshift": -SIZE - 4, "bgcolor": "var(--raised)", "borderpad": 1}
            | {"font": {"color": "var(--ink)", "size": lesser(size, 1)}}
        )
    return shapes, letters


def _together(chart: Chart) -> dict[int, list[OwnNote]]:
    places: dict[int, list[OwnNote]] = {}
    for one in chart.notes:
        places.setdefault(one.at, []).append(one)
    return places


def _told(one: OwnNote) -> str:
    return "\n".join(textwrap.wrap(f"{one.letter}. {one.text}", WIDTH))
