"""Words in a chart do not cover what is drawn when there is room on the other side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dashboard.charts import Chart, Kind, Marker, Point, Series, Stroke, Target, figure, month_axis
from dashboard.domain.periods import Month

MONTHS = Month(2024, 1).until(Month(2024, 9))


def chart(line: Sequence[float], printed: Sequence[tuple[int, float]], target: float | None = None) -> Chart:
    drawn = Series("demo", 1, tuple(Point(at, value, "") for at, value in enumerate(line)), Stroke.DASHED)
    points = tuple(Point(at, value, "", f"{value:g}") for at, value in printed)
    told = Series("tryckt", 1, points, Stroke.NONE, Marker.SOLID)
    wanted = Target(target, "Mål") if target is not None else None
    return Chart(Kind.LINE, "Titel", "antal", 0, month_axis(MONTHS), (drawn, told), "Text.", target=wanted)


def positions(made: Chart) -> list[str]:
    return [place for one in figure(made)["data"] for place in one.get("textposition", [])]


def target_note(made: Chart) -> dict[str, Any]:
    return next(one for one in figure(made)["layout"]["annotations"] if one["text"] == "Mål")


@pytest.mark.parametrize(
    ("line", "printed", "expected"),
    [
        ([50.0] * 9, [(4, 50.0)], "top center"),
        ([90, 80, 65, 55, 50, 55, 65, 80, 90], [(4, 50.0)], "bottom center"),  # the foot of a valley
        ([10, 20, 35, 45, 50, 45, 35, 20, 10], [(4, 50.0)], "top center"),  # a peak
        ([10, 9, 5, 2, 0, 2, 5, 9, 10], [(4, 0.0)], "top center"),  # below it is the axis
    ],
)
def test_a_word_stands_where_the_line_does_not_pass(
    line: list[float], printed: list[tuple[int, float]], expected: str
) -> None:
    assert positions(chart(line, printed)) == [expected]


def test_words_of_points_side_by_side_do_not_run_into_each_other() -> None:
    assert positions(chart([10.0, 90.0] * 4, [(4, 50.0), (5, 51.0)])) == ["bottom center", "top center"]
    assert positions(chart([10.0, 90.0] * 4, [(2, 50.0), (6, 51.0)])) == ["top center", "top center"]


def test_two_in_one_month_have_their_words_on_either_side() -> None:
    assert positions(chart([50.0] * 9, [(4, 55.0), (4, 45.0)])) == ["top center", "bottom center"]


@pytest.mark.parametrize(
    ("line", "anchor", "side"),
    [
        ([20.0] * 9, "left", "bottom"),
        ([52, 53, 52, 53, 52, 20, 20, 20, 20], "right", "bottom"),
        ([52.0] * 9, "left", "top"),
    ],
)
def test_the_targets_words_stand_in_the_emptiest_corner(line: list[float], anchor: str, side: str) -> None:
    made = target_note(chart([0.0, *line[1:]], [], target=50.0))
    assert (made["xanchor"], made["yanchor"]) == (anchor, side)


def test_the_targets_words_stand_clear_of_a_line_that_hugs_it() -> None:
    made = target_note(chart([0.0, *[49.0, 51.0] * 6], [], target=50.0))
    beyond = made["y"] > 51 if made["yanchor"] == "bottom" else made["y"] < 49
    assert beyond, made
    assert target_note(chart([0.0] * 9, [], target=50.0))["y"] == 50


YEAR = Month(2025, 1).until(Month(2025, 12))


def year(*lines: tuple[str, Sequence[float]], printed: Point | None = None) -> dict[str, Any]:
    """The figure of a calendar year with lines that may end inside it."""
    series = [
        Series(name, 1, tuple(Point(at, value, "") for at, value in enumerate(values)), end_label=name)
        for name, values in lines
    ]
    if printed:
        series.append(Series("tryckt", 1, (printed,), Stroke.NONE, Marker.SOLID))
    return figure(Chart(Kind.LINE, "Titel", "antal", 0, month_axis(YEAR), tuple(series), "Text."))


def names(made: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {one["text"]: (one["x"], one["y"]) for one in made["layout"]["annotations"]}


def test_lines_that_end_inside_the_year_have_their_names_where_they_end() -> None:
    made = year(("Budget", [50.0] * 8), ("Utfall", [20.0] * 8), ("2024", [80.0] * 12))
    assert names(made) == {"Budget": (7, 50), "Utfall": (7, 20), "2024": (11.5, 80)}
    alone = year(("2024", [80.0] * 12))
    assert made["layout"]["margin"]["r"] == alone["layout"]["margin"]["r"], (
        "names inside need no room beside it"
    )


def test_a_name_gives_way_to_a_number_at_the_same_point() -> None:
    printed = Point(7, 20.0, "", "20", beside=True)
    made = year(("Utfall", [20.0] * 8), ("2024", [80.0] * 12), printed=printed)
    name = next(one for one in made["layout"]["annotations"] if one["text"] == "Utfall")
    assert (name["x"], name["y"]) == (7, 20)
    assert name["yshift"] < -name["font"]["size"], "a line below the number, however tall the chart is drawn"


@pytest.mark.parametrize("name", ["Arbetsmarknads- och socialförvaltningen", "Kort"])
def test_names_without_room_inside_stand_at_the_edge(name: str) -> None:
    crowded = [20.0] * 8, [20.5] * 8
    made = year((name, crowded[0]), ("Budget", crowded[1]), ("2024", [80.0] * 12))
    assert {at for at, _ in names(made).values()} == {11.5}
