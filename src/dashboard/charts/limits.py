"""The limits of usual variation as shapes: a ground between them, a line for each, and a break where they change."""

from __future__ import annotations

from typing import Any

from dashboard.charts.spec import Chart, Limits


def limit_shapes(chart: Chart) -> list[dict[str, Any]]:
    """Below everything else; provisional limits are dotted."""
    return [shape for one in chart.limits for shape in (_ground(one), *_lines(one))]


def _ground(one: Limits) -> dict[str, Any]:
    return {
        "type": "rect",
        **_ends(one),
        "y0": one.lower,
        "y1": one.upper,
        "fillcolor": "var(--soft)",
        "opacity": 0.5,
        "line": {"width": 0},
        "layer": "below",
    }


def _lines(one: Limits) -> list[dict[str, Any]]:
    dash = "dot" if one.provisional else "solid"
    looks = ((one.lower, dash), (one.mean, "solid"), (one.upper, dash))
    return [
        {
            "type": "line",
            **_ends(one),
            "y0": level,
            "y1": level,
            "line": {"color": "var(--grey-edge)", "width": 1.2, "dash": look},
            "layer": "below",
        }
        for level, look in looks
    ]


def _ends(one: Limits) -> dict[str, float]:
    return {"x0": one.first - 0.5, "x1": one.last + 0.5}
