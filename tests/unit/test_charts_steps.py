"""Steps lying down: bars that start where the last one ended, with names and amounts that can be read."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from dashboard.charts import Chart, Kind, Point, Series, Stroke, category_axis, figure

NAMES = ("Årsbudget", "Vård för vuxna med missbruksproblem", "Förvaltningsövergripande <b>ny</b>", "Prognos")


def chart(stroke: Stroke = Stroke.SOLID) -> Chart:
    worse = Series("Dyrare", 9, (Point(1, -30.0, "a", "−30", base=0.0),), stroke, token="red-edge")
    better = Series("Billigare", 9, (Point(2, -20.0, "b", "+10", base=-30.0),), stroke, token="better")
    sums = Series("Summa", 9, (Point(0, 0.0, "c", "−100"), Point(3, -20.0, "d", "−120")), stroke)
    return Chart(
        Kind.STEPS,
        "Från budget",
        "tkr",
        0,
        category_axis(NAMES),
        (worse, better, sums),
        "Tjugo sämre än budget.",
    )


@pytest.mark.parametrize("size", [13, 20])
def test_plotly_accepts_it(size: int) -> None:
    made = figure(chart(), size=size)
    assert go.Figure(made, skip_invalid=False).to_dict()["data"]
    json.dumps(made, allow_nan=False)


def test_a_bar_runs_from_its_base_to_its_value() -> None:
    worse, better, _ = figure(chart())["data"]
    assert (worse["base"], worse["x"], worse["orientation"]) == ([0.0], [-30.0], "h")
    assert (better["base"], better["x"]) == ([-30.0], [10.0])
    assert {one["marker"]["color"] for one in (worse, better)} == {"var(--red-edge)", "var(--better)"}


def test_the_axis_holds_zero_and_every_step() -> None:
    low, high = figure(chart())["layout"]["xaxis"]["range"]
    assert low <= -30
    assert high == 0


def test_the_first_step_is_at_the_top_and_long_names_are_folded() -> None:
    axis = figure(chart())["layout"]["yaxis"]
    assert axis["range"] == [3.5, -0.5]
    assert axis["ticktext"][1] == "Vård för vuxna med<br>missbruksproblem"
    assert "&lt;b&gt;" in axis["ticktext"][2]


def test_the_amounts_stand_beside_the_bars_in_order() -> None:
    notes = figure(chart())["layout"]["annotations"]
    assert [(note["y"], note["text"]) for note in notes] == [(0, "−100"), (1, "−30"), (2, "+10"), (3, "−120")]


def test_each_bar_is_joined_to_the_next() -> None:
    joins = figure(chart())["layout"]["shapes"]
    assert [one["x0"] for one in joins] == [0.0, -30.0, -20.0]


def test_synthetic_steps_are_hatched() -> None:
    assert all(one["marker"]["pattern"]["shape"] == "/" for one in figure(chart(Stroke.DASHED))["data"])
    assert all("pattern" not in one["marker"] for one in figure(chart())["data"])
