"""Forecast D, the grading of forecasts, the split into volume and price, and the steps of a waterfall."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.economy import forecast_b
from dashboard.domain.forecast import Pace, Split, forecast_d, graded, pace, split_change, stairs

costs = st.integers(min_value=-500_000, max_value=-1)
money = st.floats(min_value=0, max_value=1e9, allow_nan=False)
volumes = st.floats(min_value=0.5, max_value=1e6, allow_nan=False)


def test_pace_sums_before_it_divides() -> None:
    """Two months of 30 and 31 days, 300 and 620 dygn, for 600 and 930 tkr."""
    found = pace([300, 620], [600, 930], [30, 31])
    assert found == Pace(920 / 61, 1_530_000 / 920)
    assert found is not None
    assert found.cost(61) == pytest.approx(1530)
    assert found.volume(61) == pytest.approx(920)


@pytest.mark.parametrize("months", [([], [], []), ([0, 0], [5, 5], [30, 31]), ([5], [1], [0])])
def test_without_volume_there_is_no_price(months: tuple[list[float], list[float], list[float]]) -> None:
    assert pace(*months) is None


def test_d_is_the_outcome_the_volumes_ahead_and_the_rest_as_budgeted() -> None:
    """Half of the 80 so far is placements: half of the remaining 40 is budget for the rest, and placements cost 30."""
    assert forecast_d(-80, -80, -120, covered=40, ahead=30) == -80 - 20 - 30


@given(costs, costs, costs)
def test_without_volumes_d_is_b(outcome: int, budget: int, year: int) -> None:
    assert forecast_d(outcome, budget, year, 0, 0) == pytest.approx(forecast_b(outcome, budget, year))


@given(costs, costs, st.floats(min_value=0, max_value=1))
def test_when_the_year_has_closed_d_is_the_outcome(outcome: int, year: int, share: float) -> None:
    assert forecast_d(outcome, year, year, -outcome * share, 0) == pytest.approx(outcome)


@pytest.mark.parametrize(("outcome", "covered"), [(0, 0), (10, 0), (-10, 11)])
def test_d_says_none_when_there_is_nothing_to_divide(outcome: float, covered: float) -> None:
    assert forecast_d(outcome, -10, -20, covered, 5) is None


@pytest.mark.parametrize(
    ("forecast", "outcome", "error", "share"),
    [
        (-333_881, -347_935, -14_054, 0.0404),  # delar2-2024, line 258; implied by t2-2025, lines 283 and 285
        (
            Decimal("-300613"),
            Decimal("-291456"),
            9_157,
            0.0314,
        ),  # vb-2023, line 652: the budget as a forecast
        (-10, 0, 10, None),
    ],
)
def test_a_forecast_is_graded_by_the_outcome(
    forecast: float, outcome: float, error: float, share: float | None
) -> None:
    found = graded(forecast, outcome)
    assert found.error == error
    assert found.share == (None if share is None else pytest.approx(share, abs=5e-5))


def test_a_split_by_hand() -> None:
    """100 dygn at 2 000 kr become 120 at 2 500 kr: 40 000 for more dygn, 60 000 for dearer ones."""
    assert split_change(100, 200_000, 120, 300_000) == Split(40_000, 60_000)


@given(volumes, money, volumes, money)
def test_volume_and_price_are_the_change_exactly(
    old: float, old_cost: float, new: float, new_cost: float
) -> None:
    found = split_change(old, old_cost, new, new_cost)
    assert found is not None
    assert found.volume + found.price == found.change == round(Fraction(new_cost)) - round(Fraction(old_cost))
    dearer = (Fraction(new_cost) / Fraction(new) - Fraction(old_cost) / Fraction(old)) * Fraction(new)
    assert abs(found.price - dearer) <= 2  # what is rounded away is at most one krona and a half


@given(volumes, money)
def test_nothing_changed_is_no_change(volume: float, cost: float) -> None:
    assert split_change(volume, cost, volume, cost) == Split(0, 0)


@pytest.mark.parametrize("case", [(0, 0, 10, 5), (10, 5, 0, 5), (0, 5, 10, 5), (5, 5, -1, 5)])
def test_a_cost_without_volume_cannot_be_split(case: tuple[float, float, float, float]) -> None:
    assert split_change(*case) is None


def test_when_all_volume_is_gone_the_whole_change_is_volume() -> None:
    assert split_change(10, 5_000, 0, 0) == Split(-5_000, 0)


@given(st.lists(st.integers(-100_000, 100_000)), st.integers(-500_000, 0))
def test_steps_hang_together_and_end_at_the_sum(changes: list[int], start: int) -> None:
    found = stairs(changes, start)
    assert len(found) == len(changes)
    assert [to - since for since, to in found] == changes
    assert all(first[1] == second[0] for first, second in pairwise(found))
    assert (found[-1][1] if found else start) == start + sum(changes)
