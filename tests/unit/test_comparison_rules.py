"""A place among others, counted; and where its mark stands on the strip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.comparison import Quarter, Standing, median, standing
from dashboard.domain.model import Direction
from dashboard.ui.blocks.strips import share, strip

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL
NUMBERS = st.integers(-50, 50).map(float)
FIELDS = st.dictionaries(st.integers(0, 400).map(str), NUMBERS, min_size=2, max_size=60)


def field(*values: float) -> dict[str, float]:
    return {str(place): value for place, value in enumerate(values)}


def test_the_best_is_the_highest_or_the_lowest_as_the_catalogue_says() -> None:
    values = field(10, 20, 30, 40)
    assert standing(values, "3", HIGHER) == Standing(1, 4, 1, Quarter.BEST)
    assert standing(values, "3", LOWER) == Standing(4, 4, 1, Quarter.WORST)
    assert standing(values, "3", NEUTRAL) == Standing(1, 4, 1, None)


def test_a_quarter_holds_a_quarter() -> None:
    values = field(*range(1, 9))
    found = [standing(values, name, HIGHER) for name in values]
    quarters = [one.quarter for one in found if one]
    assert [quarters.count(quarter) for quarter in Quarter] == [2, 4, 2]


def test_equal_values_share_their_place() -> None:
    values = field(5, 5, 5, 1)
    assert standing(values, "1", HIGHER) == Standing(1, 4, 3, Quarter.BEST)
    assert standing(values, "3", HIGHER) == Standing(4, 4, 1, Quarter.WORST)


def test_all_equal_is_the_middle_and_alone_is_no_comparison() -> None:
    assert standing(field(3, 3, 3, 3), "0", LOWER) == Standing(1, 4, 4, Quarter.MIDDLE)
    assert standing(field(3), "0", LOWER) is None
    assert standing(field(3, 4), "9", LOWER) is None
    assert median([]) is None


@given(FIELDS, st.sampled_from(list(Direction)))
def test_places_agree_with_sorting_them_all(values: dict[str, float], direction: Direction) -> None:
    turned = sorted(values.values(), reverse=direction is not LOWER)
    for name, value in values.items():
        found = standing(values, name, direction)
        assert found is not None
        assert found.place == turned.index(value) + 1
        assert found.shared == turned.count(value)
        assert found.of == len(values)


@given(FIELDS)
def test_turning_the_direction_turns_the_field(values: dict[str, float]) -> None:
    turned = {name: -value for name, value in values.items()}
    for name in values:
        assert standing(values, name, HIGHER) == standing(turned, name, LOWER)


@given(FIELDS, st.sampled_from([HIGHER, LOWER]))
def test_nobody_worse_is_in_a_better_quarter(values: dict[str, float], direction: Direction) -> None:
    order = list(Quarter)
    found = [standing(values, name, direction) for name in values]
    places = sorted((one.place, order.index(one.quarter)) for one in found if one and one.quarter)
    assert [quarter for _, quarter in places] == sorted(quarter for _, quarter in places)
    best = sum(1 for _, quarter in places if quarter == 0)
    tied = max(one.shared for one in found if one)
    assert best <= len(values) / 4 + tied, "only a tie makes the best quarter larger than one"


@given(FIELDS)
def test_marks_stay_on_the_strip_and_keep_their_order(values: dict[str, float]) -> None:
    bounds = min(values.values()), max(values.values())
    places = [share(value, bounds) for value in sorted(values.values())]
    assert places == sorted(places)
    assert all(0 < place < 1 for place in places)
    drawn = strip(list(values.values()), bounds, own=bounds[0], middle=median(values.values()))
    assert drawn.ticks.count("M") == len({round(place * 1000, 1) for place in places})
    assert drawn.country == ""


def test_when_nothing_differs_everything_stands_in_the_middle() -> None:
    drawn = strip([4.0, 4.0], (4.0, 4.0), own=4.0, country=4.0)
    assert (drawn.own, drawn.country, drawn.ticks) == ("50.00%", "50.00%", "M500.0 0V20")
