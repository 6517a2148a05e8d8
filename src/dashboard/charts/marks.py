"""What stands in a chart beside its lines: own notes, limits, the chosen period, the target, breaks and events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.charts.labels import lesser, note, plain
from dashboard.charts.limits import limit_shapes
from dashboard.charts.own_notes import note_marks
from dashboard.charts.places import target_corner
from dashboard.charts.scale import Scale
from dashboard.charts.spec import Chart


def marks(chart: Chart, axis: Scale, size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Band, target, breaks and events as shapes with their words."""
    shapes, notes = note_marks(chart, size)
    shapes += limit_shapes(chart)
    if chart.band:
        ends = {"x0": chart.band.first - 0.5, "x1": chart.band.last + 0.5, "y0": 0, "y1": 1, "yref": "paper"}
        shapes.append(
            {
                "type": "rect",
                **ends,
                "fillcolor": "var(--soft)",
                "opacity": 0.55,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    if chart.target:
        level = chart.target.value
        ink = {"color": "var(--ink)", "width": 1.3, "dash": "longdash"}
        shapes.append(
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level, "line": ink}
        )
        corner = target_corner(chart, axis)
        if chart.target.label and corner:
            place = {"x": 0.996, "xanchor": "right"} if corner.right else {"x": 0.004, "xanchor": "left"}
            notes.append(
                {**note(chart.target.label, size), "xref": "paper", "y": axis.at(corner.height), **place}
                | {"yanchor": "top" if corner.below else "bottom"}
                | {"font": {"color": "var(--ink)", "size": size}}
            )
    for one in chart.breaks:
        shapes.append(_upright(one.at - 0.5, {"color": "var(--worse)", "width": 1.5, "dash": "dash"}))
        early = one.at < len(chart.axis.names) / 2
        notes.append(
            {
                **note(one.text, lesser(size, 1)),
                "x": one.at - 0.5,
                "y": 0.02,
                "yref": "paper",
                "yanchor": "bottom",
            }
            | {"xanchor": "left" if early else "right", "xshift": 4 if early else -4}
            | {"bgcolor": "var(--raised)", "font": {"color": "var(--worse)", "size": lesser(size, 1)}}
        )
    together: dict[int, list[str]] = {}
    for event in chart.events:
        together.setdefault(event.at, []).append(str(event.number))
    told = {at: plain("\n".join(e.text for e in chart.events if e.at == at)) for at in together}
    for at, numbers in together.items():
        shapes.append(_upright(at, {"color": "var(--grey-edge)", "width": 1, "dash": "dot"}))
        notes.append(
            {
                **note(", ".join(numbers), lesser(size, 2)),
                "x": at,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
            }
            | {"bordercolor": "var(--grey-edge)", "borderpad": 2, "bgcolor": "var(--raised)"}
            | {"hovertext": told[at], "font": {"color": "var(--ink)", "size": lesser(size, 2)}}
        )
    return shapes, notes


def _upright(at: float, line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": dict(line),
        "layer": "below",
    }
