"""Wholes made of parts, and small curves that share a scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import Chart, Kind, Point, Series, Stroke, category_axis, figure, labels_at_ends
from dashboard.charts.sparkline import HEIGHT, MARGIN, sparkline

ROWS = st.lists(st.lists(st.floats(-1e5, 1e5), min_size=3, max_size=3), min_size=1, max_size=4)


def stacked(rows: list[list[float]], kind: Kind = Kind.STACKED, stroke: Stroke = Stroke.SOLID) -> Chart:
    series = tuple(
        Series(
            f"del {n}", n + 1, tuple(Point(at, value) for at, value in enumerate(row)), stroke, end_label="x"
        )
        for n, row in enumerate(rows)
    )
    return Chart(kind, "t", "antal", 0, category_axis(["a", "b", "c"]), series, "s")


@given(ROWS)
def test_the_axis_holds_the_stacks_and_not_only_their_parts(rows: list[list[float]]) -> None:
    low, high = figure(stacked(rows))["layout"]["yaxis"]["range"]
    for at in range(3):
        column = [row[at] for row in rows]
        assert low <= sum(value for value in column if value < 0) + 1e-6
        assert high >= sum(value for value in column if value > 0) - 1e-6


def test_bars_beside_each_other_need_no_room_for_a_sum() -> None:
    rows = [[10.0, 20.0, 30.0], [30.0, 20.0, 10.0], [30.0, 30.0, 30.0]]
    beside = figure(stacked(rows, Kind.BAR))["layout"]["yaxis"]["range"][1]
    assert beside < 50
    assert figure(stacked(rows))["layout"]["yaxis"]["range"][1] >= 80


def test_bars_are_named_in_a_legend_never_at_the_height_of_a_part() -> None:
    chart = stacked([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]])
    assert not labels_at_ends(chart)
    assert "annotations" not in figure(chart)["layout"]


def test_synthetic_bars_are_striped_in_their_own_colour() -> None:
    (bar,) = figure(stacked([[1.0, 2.0, 3.0]], stroke=Stroke.DASHED))["data"]
    assert bar["marker"]["pattern"]["bgcolor"] == bar["marker"]["color"] == "var(--c1)"
    assert "pattern" not in figure(stacked([[1.0, 2.0, 3.0]]))["data"][0]["marker"]


@given(st.lists(st.floats(0, 100), min_size=2, max_size=24))
def test_curves_on_one_scale_put_equal_values_at_equal_heights(values: list[float]) -> None:
    mark = sparkline(values, bounds=(0.0, 100.0)).marks[-1]
    assert mark.y == pytest.approx(HEIGHT - MARGIN - values[-1] / 100 * (HEIGHT - 2 * MARGIN))
