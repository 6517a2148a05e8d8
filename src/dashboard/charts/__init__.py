"""A chart is a small frozen specification; renderers draw it for screen or print."""

from dashboard.charts.colours import unit_colour
from dashboard.charts.plotly import figure, labels_at_ends
from dashboard.charts.spec import (
    Axis,
    Band,
    Break,
    Chart,
    Event,
    Kind,
    Limits,
    Marker,
    OwnNote,
    Point,
    Series,
    Stroke,
    Target,
    category_axis,
    month_axis,
)

__all__ = [
    "Axis",
    "Band",
    "Break",
    "Chart",
    "Event",
    "Kind",
    "Limits",
    "Marker",
    "OwnNote",
    "Point",
    "Series",
    "Stroke",
    "Target",
    "category_axis",
    "figure",
    "labels_at_ends",
    "month_axis",
    "unit_colour",
]
