"""The same naive page in Dash: pandas in each callback, the figures made anew."""

from __future__ import annotations

import sys
from typing import Any

import plotly.express as px
from dash import Dash, Input, Output, dcc, html

from benchmarks.pages.naive_numbers import LABELS, numbers

app = Dash(__name__)
app.layout = html.Div(
    [
        dcc.Dropdown(["2025-T2", "2024-T2", "2025-06", "2024-06"], "2025-T2", id="period", clearable=False),
        html.Div(
            [
                html.Div([html.P(label), html.B(id=f"value-{index}"), dcc.Graph(id=f"curve-{index}")])
                for index, label in enumerate(LABELS)
            ],
            style={"display": "grid", "gridTemplateColumns": "repeat(6, 1fr)"},
        ),
        dcc.Graph(id="bars"),
    ]
)


@app.callback(  # type: ignore[untyped-decorator, unused-ignore]
    [Output(f"value-{index}", "children") for index in range(6)]
    + [Output(f"curve-{index}", "figure") for index in range(6)]
    + [Output("bars", "figure")],
    Input("period", "value"),
)
def update(period: str) -> list[Any]:
    """Everything on the page for a period."""
    found = numbers(period)
    texts = [
        f"{value:,.1f} ({change:+,.1f})" for value, change in zip(found.values, found.changes, strict=True)
    ]
    curves = [px.line(x=curve.index, y=curve.values, height=140) for curve in found.curves]
    bars = px.bar(x=found.bars.to_numpy(), y=found.bars.index, orientation="h", height=320)
    return [*texts, *curves, bars]


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
