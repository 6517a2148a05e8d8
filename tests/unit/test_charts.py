"""Charts: what is drawn follows from the specification, and Plotly accepts every figure."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.charts import (
    Band,
    Break,
    Chart,
    Event,
    Kind,
    Limits,
    Marker,
    Point,
    Series,
    Stroke,
    Target,
    category_axis,
    figure,
    labels_at_ends,
    month_axis,
    unit_colour,
)
from dashboard.charts.scale import scale, spread
from dashboard.domain.periods import Month

GOLDEN = Path(__file__).parent / "golden" / "chart.json"
MONTHS = Month(2023, 1).until(Month(2024, 6))


def line(name: str, values: list[float | None], colour: int = 1, **more: Any) -> Series:
    points = tuple(Point(at, value, f"{name}: {value}") for at, value in enumerate(values))
    return Series(name, colour, points, **more)


def full() -> Chart:
    """One of everything: synthetic line with a gap, printed points (one flagged), target, event, break,
    band.
    """
    synthetic = line(
        "Långvarigt bistånd",
        [208.0, 205.5, None, *(200.0 - n for n in range(15))],
        stroke=Stroke.DASHED,
        marker=Marker.HOLLOW,
    )
    printed = Series(
        "tryckt",
        1,
        (
            Point(0, 208.0, "208\nHelår 2023, rad 544", "208", href="/rapporter?figur=vb-2023:544:1"),
            Point(7, 196.0, "195", "195 ⚑", flagged=True, since=3),
        ),
        Stroke.NONE,
        Marker.SOLID,
    )
    return Chart(
        kind=Kind.LINE,
        title="Långvarigt bistånd",
        unit="antal",
        decimals=0,
        axis=month_axis(MONTHS),
        series=(synthetic, printed),
        summary="Från 208 till 186.",
        target=Target(190.0, "Mål 190"),
        events=(Event(4, 1, "Beslut"), Event(4, 2, "Lag <b>ny</b>")),
        breaks=(Break(12, "ny indelning jan 2024"),),
        band=Band(12, 17),
    )


def bars(kind: Kind) -> Chart:
    found = (line("Utfall", [-3.0, 2.5], stroke=Stroke.DASHED), line("Budget", [-2.0, 1.0], colour=9))
    return Chart(kind, "Avvikelse", "mnkr", 1, category_axis(["Vuxen", "Barn"]), found, "Två delar.")


@pytest.mark.parametrize("chart", [full(), bars(Kind.BAR), bars(Kind.STACKED)], ids=lambda chart: chart.kind)
@pytest.mark.parametrize("size", [13, 20])
def test_plotly_accepts_the_figure_as_it_is(chart: Chart, size: int) -> None:
    made = figure(chart, size=size)
    assert go.Figure(made, skip_invalid=False).to_dict()["data"]
    json.dumps(made, allow_nan=False)  # plain values only, or the browser would not get it


def test_the_figure_is_the_one_that_was_approved() -> None:
    assert figure(full()) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_origins_never_look_alike() -> None:
    synthetic, printed = (one for one in figure(full())["data"] if one.get("mode") != "lines")
    assert synthetic["line"]["dash"] == "dash"
    assert synthetic["marker"]["color"] == "var(--raised)"
    assert "lines" not in printed["mode"]
    assert printed["marker"]["color"] == "var(--c1)"
    assert printed["marker"]["symbol"] == ["circle", "diamond"]


def test_a_printed_point_speaks_for_what_lies_under_it_and_leads_to_its_line() -> None:
    """Whichever of the two is hit, the month of the demo is not told where a report prints the same."""
    synthetic, printed = (one for one in figure(full())["data"] if one.get("mode") != "lines")
    assert printed["customdata"] == ["/rapporter?figur=vb-2023:544:1", ""]
    assert synthetic["hovertext"][0] == printed["hovertext"][0]
    assert synthetic["customdata"][:2] == ["/rapporter?figur=vb-2023:544:1", ""]
    assert synthetic["hovertext"][1] not in printed["hovertext"]


def test_a_gap_stays_a_gap() -> None:
    assert figure(full())["data"][0]["y"][2] is None
    assert "connectgaps" not in figure(full())["data"][0]


def test_a_value_for_several_months_is_drawn_over_them_all() -> None:
    span = next(one for one in figure(full())["data"] if one.get("mode") == "lines")
    assert (span["x"], span["y"]) == ([3, 7], [196.0, 196.0])


def test_events_in_one_month_share_a_marker_and_their_words_are_data() -> None:
    notes = figure(full())["layout"]["annotations"]
    together = next(note for note in notes if note["text"] == "1, 2")
    assert together["x"] == 4
    assert together["hovertext"] == "Beslut<br>Lag &lt;b&gt;ny&lt;/b&gt;"


def test_ticks_are_swedish() -> None:
    layout = figure(bars(Kind.BAR))["layout"]
    assert layout["yaxis"]["ticktext"] == ["−4", "−2", "0", "2", "4"]
    axis = figure(full())["layout"]["xaxis"]
    assert axis["ticktext"][:3] == ["jan<br>2023", "mars", "maj"]
    assert axis["ticktext"][6] == "jan<br>2024"


def test_bars_stand_on_zero() -> None:
    chart = Chart(Kind.BAR, "t", "antal", 0, category_axis(["a"]), (line("a", [95.0]),), "s")
    assert figure(chart)["layout"]["yaxis"]["range"][0] == 0


def test_names_stand_at_the_ends_when_they_fit_and_not_when_they_do_not() -> None:
    def chart(count: int, gap: float) -> Chart:
        found = tuple(line(f"Enhet {n}", [0.0, n * gap], n + 1, end_label=f"Enhet {n}") for n in range(count))
        return Chart(Kind.LINE, "t", "antal", 0, month_axis(MONTHS[:2]), found, "s")

    apart = figure(chart(3, 10.0))["layout"]
    assert [note["text"] for note in apart["annotations"]] == ["Enhet 0", "Enhet 1", "Enhet 2"]
    assert labels_at_ends(chart(3, 10.0))
    crowded = chart(10, 0.001)
    crowded = Chart(
        Kind.LINE, "t", "antal", 0, crowded.axis, (*crowded.series, line("Stor", [0.0, 90.0])), "s"
    )
    assert not labels_at_ends(crowded)
    assert "annotations" not in figure(crowded)["layout"]


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (Month(2025, 1).until(Month(2025, 3)), ("jan<br>2025", "feb", "mars")),
        (Month(2022, 1).until(Month(2025, 8)), ("jan<br>2022", "juli", "jan<br>2023", "juli")),
        (Month(2019, 12).until(Month(2025, 8)), ("jan<br>2020", "jan<br>2021", "jan<br>2022", "jan<br>2023")),
    ],
)
def test_months_are_labelled_as_densely_as_they_fit(
    months: tuple[Month, ...], labels: tuple[str, ...]
) -> None:
    assert month_axis(months).labels[:4] == labels


@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=30), st.booleans())
def test_a_scale_holds_its_values_on_round_ticks(values: list[float], zero: bool) -> None:
    found = scale(values, zero=zero)
    margin = 1e-6 * max(1.0, abs(found.low), abs(found.high))
    assert found.low - margin <= min(values)
    assert max(values) <= found.high + margin
    assert 3 <= len(found.ticks) <= 13
    steps = {round((b - a) / (found.ticks[1] - found.ticks[0]), 3) for a, b in pairwise(found.ticks)}
    assert steps == {1.0}
    if zero:
        assert found.low <= 0 <= found.high


@given(st.lists(st.floats(0, 300), min_size=2, max_size=8))
def test_labels_are_apart_and_inside_or_given_up(places: list[float]) -> None:
    found = spread(places, 16, 300, 36)
    if found is None:
        return
    ordered = sorted(found)
    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(ordered))
    assert ordered[-1] <= 300 + 1e-6
    assert all(abs(a - b) <= 36 for a, b in zip(found, places, strict=True))


def test_a_unit_has_its_own_colour_and_siblings_differ(catalogue: Catalogue) -> None:
    units = catalogue.units
    assert unit_colour(units, "forvaltningen") == 1
    departments = [unit_colour(units, one) for one in ("avd-overgripande", "avd-vuxen", "avd-barn-unga")]
    assert len({1, *departments}) == 4
    rows = [one.id for one in units.values() if one.kind == "verksamhet" and one.valid_from == Month(2024, 1)]
    assert len({unit_colour(units, one) for one in rows}) == len(rows) == 6
    assert all(1 <= unit_colour(units, one) <= 10 for one in units)


def test_a_line_that_ended_early_has_its_name_where_it_ended() -> None:
    months = Month(2023, 1).until(Month(2025, 8))
    old = line("Barnvård 2023", [10.0] * 12, 2, end_label="Barnvård 2023")
    new = line("Barn och unga", [20.0] * 32, 3, end_label="Barn och unga")
    chart = Chart(Kind.LINE, "t", "antal", 0, month_axis(months), (old, new), "s")
    ended, going = sorted(figure(chart)["layout"]["annotations"], key=lambda note: note["x"])
    assert (ended["text"], ended["x"], ended["y"]) == ("Barnvård 2023", 11, 10.0)
    assert (going["text"], going["x"]) == ("Barn och unga", 31.5)


def controlled(*limits: Limits) -> Chart:
    signals = Series(
        "sämre än vanligt", 1, (Point(17, 30.0, "x"),), Stroke.NONE, token="spc-concerning", symbol="x"
    )
    usual = line("Puls", [10.0 + n % 2 for n in range(18)], stroke=Stroke.DASHED, token="spc-common")
    return Chart(Kind.LINE, "t", "antal", 0, month_axis(MONTHS), (usual, signals), "s", limits=limits)


def test_limits_are_a_ground_with_three_lines_and_names_at_the_end() -> None:
    old = Limits(0, 8, 4.0, 6.0, 8.0, ("nedre 4", "medel 6", "övre 8"))
    new = Limits(9, 17, 9.0, 11.0, 40.0, ("nedre 9", "medel 11", "övre 40"), provisional=True)
    made = figure(controlled(old, new))
    go.Figure(made, skip_invalid=False)
    shapes = made["layout"]["shapes"]
    grounds = [one for one in shapes if one["type"] == "rect"]
    assert [(one["x0"], one["x1"], one["y0"], one["y1"]) for one in grounds] == [
        (-0.5, 8.5, 4.0, 8.0),
        (8.5, 17.5, 9.0, 40.0),
    ]
    dashes = [one["line"]["dash"] for one in shapes if one["type"] == "line"]
    assert dashes == ["solid", "solid", "solid", "dot", "solid", "dot"]
    assert [note["text"] for note in made["layout"]["annotations"]] == ["nedre 9", "medel 11", "övre 40"]
    assert made["layout"]["yaxis"]["range"][1] >= 40


def test_limits_that_end_early_have_no_name_at_the_edge() -> None:
    assert "annotations" not in figure(controlled(Limits(0, 8, 4.0, 6.0, 8.0, ("a", "b", "c"))))["layout"]


def test_a_series_that_is_a_meaning_has_a_colour_and_a_shape_of_its_own() -> None:
    usual, signals = figure(controlled())["data"]
    assert (usual["mode"], usual["line"]["color"], usual["line"]["dash"]) == (
        "lines",
        "var(--spc-common)",
        "dash",
    )
    assert signals["mode"] == "markers"
    assert (signals["marker"]["symbol"], signals["marker"]["color"]) == ("x", "var(--spc-concerning)")


def test_costs_hang_from_zero() -> None:
    assert scale([-5.0, -300.0]).high == 0
