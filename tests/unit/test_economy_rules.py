"""Deviation and the two simple forecasts, against the reports' own arithmetic."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.economy import deviation, forecast_b, forecast_c

thousands = st.integers(min_value=-500_000, max_value=500_000)


@pytest.mark.parametrize(
    ("outcome", "budget", "expected"),
    [
        (-382_590, -303_921, -78_669),  # t2-2025, line 283
        (-333_881, -308_853, -25_028),  # delar2-2024, line 258
        (Decimal("-291456"), Decimal("-300613"), 9_157),  # vb-2023, line 652
        (0, -10, 10),
        (None, -10, None),
        (-10, None, None),
        (math.nan, -10, None),
    ],
)
def test_deviation_is_outcome_minus_budget_and_negative_is_worse(
    outcome: float | None, budget: float | None, expected: float | None
) -> None:
    assert deviation(outcome, budget) == expected


def test_b_takes_the_rest_as_budgeted_and_c_keeps_the_pace() -> None:
    """10 worse than budget after eight months of twelve: 10 worse at the end, or 15."""
    assert forecast_b(-90, -80, -120) == -130
    assert forecast_c(-90, -80, -120) == -135


@given(thousands, thousands, thousands)
def test_b_ends_as_far_from_the_budget_as_it_stands_today(outcome: int, budget: int, year: int) -> None:
    assert deviation(forecast_b(outcome, budget, year), year) == outcome - budget


@given(thousands.filter(bool), thousands)
def test_on_budget_both_end_on_the_years_budget(budget: int, year: int) -> None:
    assert forecast_b(budget, budget, year) == year
    assert forecast_c(budget, budget, year) == pytest.approx(year)


@given(thousands, thousands)
def test_when_the_year_has_closed_both_are_the_outcome(outcome: int, year: int) -> None:
    assert forecast_b(outcome, year, year) == outcome
    assert forecast_c(outcome, year, year) == (pytest.approx(outcome) if year else None)


def test_nothing_budgeted_so_far_gives_no_pace() -> None:
    assert forecast_c(-90, 0, -120) is None
