"""The five-by-five matrix."""

from __future__ import annotations

import pytest

from dashboard.domain.model import Colour
from dashboard.domain.risk import SCALE, cell, colour, factors, order, value

CELLS = [(p, c) for p in SCALE for c in SCALE]


def test_the_matrix_has_eight_green_eleven_yellow_and_six_red_cells() -> None:
    colours = [colour(value(p, c)) for p, c in CELLS]
    assert {one: colours.count(one) for one in set(colours)} == {
        Colour.GREEN: 8,
        Colour.YELLOW: 11,
        Colour.RED: 6,
    }


def test_no_red_cell_touches_a_green_one_not_even_at_a_corner() -> None:
    touching = [
        (one, other)
        for one in CELLS
        for other in CELLS
        if max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1
        and {colour(value(*one)), colour(value(*other))} == {Colour.RED, Colour.GREEN}
    ]
    assert touching == []


@pytest.mark.parametrize(
    ("risk_value", "expected"),
    [(1, "green"), (4, "green"), (5, "yellow"), (12, "yellow"), (15, "red"), (25, "red")],
)
def test_the_colours_change_where_the_report_says(risk_value: int, expected: str) -> None:
    assert colour(risk_value) is Colour(expected)


def test_a_board_may_move_the_limits() -> None:
    assert colour(12, red=12) is Colour.RED
    assert colour(4, yellow=4) is Colour.YELLOW


@pytest.mark.parametrize(
    ("risk_value", "expected"),
    [
        (16, (4, 4)),
        (25, (5, 5)),
        (9, (3, 3)),
        (1, (1, 1)),
        (20, None),
        (15, None),
        (4, None),
        (13, None),
        (7, None),
    ],
)
def test_a_cell_is_known_only_when_the_value_alone_decides_it(
    risk_value: int, expected: tuple[int, int] | None
) -> None:
    assert cell(risk_value) == expected


def test_factors_are_all_the_cells_with_the_value() -> None:
    assert factors(20) == ((4, 5), (5, 4))
    assert factors(4) == ((1, 4), (2, 2), (4, 1))
    assert factors(14) == ()
    assert sum(len(factors(number)) for number in range(1, 26)) == 25


@pytest.mark.parametrize(("probability", "consequence"), [(0, 3), (3, 0), (6, 1), (1, 6), (-1, -5)])
def test_what_is_outside_the_scale_has_no_value(probability: int, consequence: int) -> None:
    with pytest.raises(ValueError, match="1-5"):
        value(probability, consequence)


def test_the_highest_value_comes_first_and_ties_go_by_consequence() -> None:
    risks = [(15, 3), (20, 4), (16, 4), (20, 5), (15, 5), (20, None)]
    assert sorted(risks, key=lambda one: order(*one)) == [
        (20, 5),
        (20, 4),
        (20, None),
        (16, 4),
        (15, 5),
        (15, 3),
    ]
