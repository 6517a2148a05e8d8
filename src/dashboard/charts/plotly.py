"""A chart as the dictionary that Plotly draws. Plain lists, nothing that is a default, no Plotly import.

Colours are names of the theme's tokens, looked up in the browser, so that one figure serves both themes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.charts.labels import (
    FOOT,
    TOP,
    colour,
    end_labels,
    limit_labels,
    overhang,
    plain,
    stripes,
)
from dashboard.charts.marks import marks
from dashboard.charts.own_notes import note_traces
from dashboard.charts.parts import parted
from dashboard.charts.places import sides
from dashboard.charts.scale import Scale, scale
from dashboard.charts.spec import Chart, Kind, Marker, Point, Series, Stroke
from dashboard.charts.steps import step_layout, step_traces
from dashboard.domain.text import number

Figure = Mapping[str, Any]
LETTER = 0.56  # width of an average letter as a share of its size
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'


def figure(chart: Chart, *, size: int = 13) -> dict[str, Any]:
    """``{"data": [...], "layout": {...}}``; ``size`` is the text's height in pixels (larger on a
    projector).
    """
    axis = scale(chart.values, zero=chart.zero or chart.kind is not Kind.LINE)
    if chart.kind is Kind.STEPS:
        layout = {**_layout(chart, axis, [], size), **step_layout(chart, axis, size)}
        return {"data": step_traces(chart), "layout": layout}
    named = end_labels(chart, axis, size) if chart.kind is Kind.LINE else []
    ends = [*named, *limit_labels(chart, axis, size)]
    shown = _spoken_for(chart) if chart.kind is Kind.LINE else chart
    traces = [trace for one in shown.series for trace in _traces(shown, axis, one, size)]
    traces += note_traces(chart, axis)
    return {"data": traces, "layout": _layout(chart, axis, ends, size)}


def labels_at_ends(chart: Chart, size: int = 13) -> bool:
    """Whether the names stand at the lines' ends; if not, the card shows a legend."""
    axis = scale(chart.values, zero=chart.zero or chart.kind is not Kind.LINE)
    wanted = [one for one in chart.series if one.end_label]
    return len(wanted) < 2 or (chart.kind is Kind.LINE and bool(end_labels(chart, axis, size)))


def _spoken_for(chart: Chart) -> Chart:
    """The chart in which printed points speak for those that lie under them, whichever of the two is hit.

    Months of the demo pass through what reports print; a hand on the printed mark must not be told that it is made up.
    """
    printed = {
        (point.at, round(point.value, chart.decimals)): point
        for one in chart.series
        for point in one.points
        if one.marker is Marker.SOLID and point.value is not None
    }
    if not printed:
        return chart

    def told(point: Point) -> Point:
        over = (
            printed.get((point.at, round(point.value, chart.decimals))) if point.value is not None else None
        )
        return replace(point, text=over.text, href=over.href) if over and point.text else point

    return replace(
        chart, series=tuple(replace(one, points=tuple(map(told, one.points))) for one in chart.series)
    )


def _traces(chart: Chart, axis: Scale, one: Series, size: int) -> list[dict[str, Any]]:
    if chart.kind is not Kind.LINE:
        return [_bars(one)]
    spans = [point for point in one.points if point.since is not None and point.value is not None]
    found = [_line(chart, axis, part, size) for part in parted(one)]
    return [_spans(one, spans), *found] if spans else found


def _bars(one: Series) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": colour(one)}
    if one.stroke is Stroke.DASHED:  # synthetic: hatched, as a line would be dashed
        marker["pattern"] = stripes(one)
    return {
        "type": "bar",
        "name": plain(one.name),
        "x": [point.at for point in one.points],
        "y": [point.value for point in one.points],
        "hovertext": [plain(point.text) for point in one.points],
        "hoverinfo": "text",
        "marker": marker,
    }


def _line(chart: Chart, axis: Scale, one: Series, size: int) -> dict[str, Any]:
    drawn = one.stroke is not Stroke.NONE
    marked = one.marker is not Marker.NONE or bool(one.symbol)
    labelled = any(point.label for point in one.points)
    parts = [name for name, on in (("lines", drawn), ("markers", marked), ("text", labelled)) if on]
    trace: dict[str, Any] = {
        "type": "scatter",
        "name": plain(one.name),
        "mode": "+".join(parts),
        "x": [point.at for point in one.points],
        "y": [point.value for point in one.points],
        "hovertext": [plain(point.text) for point in one.points],
        "hoverinfo": "text" if any(point.text for point in one.points) else "skip",
    }
    if any(point.href for point in one.points):
        trace["customdata"] = [point.href for point in one.points]
    if drawn:
        trace["line"] = {
            "color": colour(one),
            "width": 1.5 if one.faint or one.quiet else 2,
            "dash": one.stroke.value,
        }
    if marked:
        trace["marker"] = _marker(one)
    if labelled:
        trace["text"] = [plain(point.label) for point in one.points]
        trace["textposition"] = sides(chart, axis, one.points)
        trace["textfont"] = {"color": "var(--ink)", "size": size}
        trace["cliponaxis"] = False
    if one.faint:
        trace["opacity"] = 0.6
    return trace


def _marker(one: Series) -> dict[str, Any]:
    if one.symbol:
        hollow = one.marker is Marker.HOLLOW
        edge = {"color": colour(one) if hollow else "var(--raised)", "width": 1.3 if hollow else 1}
        return {
            "color": "var(--raised)" if hollow else colour(one),
            "size": 7 if one.symbol == "circle" else 11,
            "symbol": one.symbol,
            "line": edge,
        }
    if one.marker is Marker.HOLLOW:
        return {"color": "var(--raised)", "size": 6, "line": {"color": colour(one), "width": 1.3}}
    if one.marker is Marker.DOT:
        return {"color": colour(one), "size": 6}
    marker: dict[str, Any] = {"color": colour(one), "size": 10}
    if any(point.flagged for point in one.points):
        marker["symbol"] = ["diamond" if point.flagged else "circle" for point in one.points]
    return marker


def _spans(one: Series, points: list[Point]) -> dict[str, Any]:
    """What holds for several months is drawn over them all, not only where it ends."""
    x: list[float | None] = []
    y: list[float | None] = []
    for point in points:
        x += [point.since, point.at, None]
        y += [point.value, point.value, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x[:-1],
        "y": y[:-1],
        "hoverinfo": "skip",
        "line": {"color": colour(one), "width": 4},
        "opacity": 0.45,
    }


def _layout(chart: Chart, axis: Scale, ends: list[dict[str, Any]], size: int) -> dict[str, Any]:
    ticks = [number(tick, axis.decimals) for tick in axis.ticks]
    widest = max((len(tick) for tick in ticks), default=1)
    last = len(chart.axis.names) - 1
    right = max(
        [overhang(one["text"], last - one["x"], last) for one in ends if one["xanchor"] == "left"], default=0
    )
    layout: dict[str, Any] = {
        "font": {"family": FONT, "size": size, "color": "var(--muted)"},
        "margin": {
            "l": round(widest * size * LETTER) + 12,
            "r": min(round(right * size * LETTER) + 14, 170) if right else 14,
            "t": round(TOP * size / 13),
            "b": round(FOOT * size / 13),
        },
        "paper_bgcolor": "var(--raised)",
        "plot_bgcolor": "var(--raised)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 30,
        "hoverlabel": {
            "bgcolor": "var(--raised)",
            "bordercolor": "var(--grey-edge)",
            "font": {"family": FONT, "color": "var(--ink)", "size": size},
            "align": "left",
        },
        "xaxis": {
            "range": [-0.5, len(chart.axis.names) - 0.5],
            "tickvals": list(chart.axis.ticks),
            "ticktext": list(chart.axis.labels),
            "tickangle": 0,
            "ticks": "outside",
            "tickcolor": "var(--line)",
            "linecolor": "var(--line)",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": ticks,
            "gridcolor": "var(--grid)",
            "zeroline": axis.low < 0 < axis.high,
            "zerolinecolor": "var(--grey-edge)",
            "fixedrange": True,
        },
    }
    if chart.kind is Kind.STACKED:
        layout["barmode"] = "relative"
    shapes, notes = marks(chart, axis, size)
    if shapes:
        layout["shapes"] = shapes
    if notes or ends:
        layout["annotations"] = [*notes, *ends]
    return layout
