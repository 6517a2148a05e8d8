"""What a value rests on when it rests on both demo and loaded months, and how a series says which is which."""

from __future__ import annotations

import pytest

from dashboard.catalogue import Catalogue
from dashboard.charts import Axis, Chart, Kind, Marker, Point, Series, Stroke, figure
from dashboard.charts.sparkline import sparkline
from dashboard.domain import series as rules
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import Month, Period
from dashboard.domain.rates import together
from dashboard.domain.series import Point as Value
from dashboard.insights.words import weakest

DEMO, LOADED, PRINTED, BOTH = Origin.SYNTHETIC, Origin.IMPORTED, Origin.PUBLISHED, Origin.MIXED
SEPTEMBER = Month(2025, 9)


@pytest.mark.parametrize(
    ("origins", "whole"),
    [
        ([], None),
        ([None, DEMO], DEMO),
        ([LOADED, LOADED], LOADED),
        ([DEMO, LOADED], BOTH),
        ([LOADED, BOTH], BOTH),
        ([PRINTED, DEMO], DEMO),
        ([PRINTED, LOADED], LOADED),
        ([PRINTED, DEMO, LOADED], BOTH),
        ([PRINTED], PRINTED),
    ],
)
def test_the_origin_of_what_is_computed_from_several(
    origins: list[Origin | None], whole: Origin | None
) -> None:
    assert combined(origins) is whole
    assert weakest(*origins) is whole


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("dd", ""),
        ("ii", ""),
        ("ddi", "t.o.m. februari 2025 demo, mars 2025 inläst"),
        ("dii", "t.o.m. januari 2025 demo, februari 2025–mars 2025 inläst"),
        ("di.d", "t.o.m. januari 2025 demo, februari 2025 inläst, april 2025 demo"),
        ("dididi", "3 månader demo, 3 månader inläst"),
    ],
)
def test_a_series_says_which_months_are_what(pattern: str, told: str) -> None:
    kinds = {"d": DEMO, "i": LOADED, ".": None}
    assert what_is_what({Month(2025, at): kinds[one] for at, one in enumerate(pattern, 1)}) == told


def points(last_loaded: int = 1) -> dict[Month, Value]:
    """Twelve months to September 2025, the last of them loaded."""
    months = SEPTEMBER.shift(-11).until(SEPTEMBER)
    return {
        month: Value(month, 1.0, 2.0, LOADED if at >= 12 - last_loaded else DEMO)
        for at, month in enumerate(months)
    }


@pytest.mark.parametrize(
    ("indicator", "period", "whole"),
    [
        ("sjukfranvaro-r12", Period.month(SEPTEMBER), BOTH),  # eleven of the months behind it are the demo's
        ("sjukfranvaro-r12", Period.month(Month(2025, 8)), DEMO),
        ("hushall-bistand", Period.month(SEPTEMBER), LOADED),
        ("anmalningar-barn", Period.parse("2025-05..2025-09"), BOTH),
        ("placeringar-externa", Period.parse("2025-05..2025-09"), LOADED),  # a stock is its last month
    ],
)
def test_a_value_rests_on_all_the_months_behind_it(
    catalogue: Catalogue, indicator: str, period: Period, whole: Origin
) -> None:
    assert rules.origin_of(catalogue.indicators[indicator], points(), period) is whole


def test_a_ratio_of_two_series_rests_on_both() -> None:
    both = together(points(), points(2))
    assert [both[month].origin for month in sorted(both)][-3:] == [DEMO, BOTH, LOADED]


def line(*solid: bool, stroke: Stroke = Stroke.DASHED, marker: Marker = Marker.HOLLOW) -> Chart:
    made = tuple(Point(at, float(at), f"punkt {at}", solid=one) for at, one in enumerate(solid))
    names = tuple(str(at) for at in range(len(solid)))
    series = Series("Linje", 1, made, stroke, marker, end_label="Linje")
    return Chart(Kind.LINE, "T", "Antal", 0, Axis(names, (), ()), (series,), "")


def test_the_loaded_part_of_a_line_is_solid_and_the_demo_dashed_and_they_meet() -> None:
    dashed, solid = figure(line(False, False, True, True))["data"]
    assert (dashed["line"]["dash"], solid["line"]["dash"]) == ("dash", "solid")
    assert dashed["y"] == [0.0, 1.0, 2.0, None]  # the line over to the first loaded month rests on both
    assert solid["y"] == [None, None, 2.0, 3.0]
    assert (dashed["marker"]["color"], solid["marker"]["color"]) == ("var(--raised)", "var(--c1)")
    assert dashed["hovertext"][2] == ""  # only the loaded point says what it is


def test_a_line_of_one_kind_is_one_line() -> None:
    assert len(figure(line(False, False))["data"]) == 1
    (solid,) = figure(line(True, True, stroke=Stroke.SOLID, marker=Marker.NONE))["data"]
    assert solid["mode"] == "lines"


def test_loaded_bars_are_filled_and_those_of_the_demo_hatched() -> None:
    made = (Point(0, 1.0), Point(1, 2.0, solid=True))
    bars = Series("Del", 1, made, Stroke.DASHED)
    chart = Chart(Kind.STACKED, "T", "Antal", 0, Axis(("a", "b"), (), ()), (bars,), "")
    (trace,) = figure(chart)["data"]
    assert trace["marker"]["pattern"]["shape"] == ["/", ""]


def test_a_small_curve_is_dashed_where_it_rests_on_the_demo_and_ends_in_its_own_kind_of_mark() -> None:
    mixed = sparkline([1, 2, 3, 4], synthetic=[True, True, False, False])
    assert [path.dashed for path in mixed.paths] == [True, False]
    assert mixed.paths[0].points.split()[-1] == mixed.paths[1].points.split()[0]
    assert [mark.look for mark in mixed.marks] == ["dot"]
    assert [mark.look for mark in sparkline([1, 2], synthetic=[True, True]).marks] == ["hollow"]
    assert [mark.look for mark in sparkline([1, 2], [None, 2]).marks] == ["solid"]
