"""The colours that rules give, at their very limits."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.model import Colour, Direction
from dashboard.domain.status import Verdict, against_target, economy, pulse, verdict

thousands = st.integers(min_value=-500_000, max_value=500_000)


@pytest.mark.parametrize(
    ("result", "budget", "colour"),
    [
        (-333_881, -308_853, Colour.RED),  # delar2-2024, line 258: 8 % worse
        (-308_853, -308_853, Colour.GREEN),  # exactly 100 %
        (-308_852, -308_853, Colour.GREEN),
        (-102_000, -100_000, Colour.YELLOW),  # exactly 2 % worse
        (-102_001, -100_000, Colour.RED),
        (-100_001, -100_000, Colour.YELLOW),
        (98_000, 100_000, Colour.YELLOW),  # an income: less is worse
        (97_999, 100_000, Colour.RED),
        (100_001, 100_000, Colour.GREEN),
        (-1, 0, Colour.RED),
        (0, 0, Colour.GREEN),
        (2_412, 0, Colour.GREEN),  # vb-2023, Ukraina: an income without a budget
        (None, -100_000, Colour.NOT_ASSESSED),
        (-100_000, None, Colour.NOT_ASSESSED),
        (math.nan, -100_000, Colour.NOT_ASSESSED),
        (Decimal("-102000"), Decimal("-100000"), Colour.YELLOW),
    ],
)
def test_economy_at_its_limits(result: float | None, budget: float | None, colour: Colour) -> None:
    assert economy(result, budget) is colour


@given(thousands, thousands, thousands)
def test_a_better_result_never_gets_a_worse_colour(budget: int, first: int, second: int) -> None:
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN]
    worse, better = sorted((first, second))
    assert order.index(economy(worse, budget)) <= order.index(economy(better, budget))


@given(thousands, thousands)
def test_yellow_is_what_lies_between_budget_and_two_per_cent(result: int, budget: int) -> None:
    shortfall = budget - result
    expected = (
        Colour.GREEN if shortfall <= 0 else Colour.YELLOW if 50 * shortfall <= abs(budget) else Colour.RED
    )
    assert economy(result, budget) is expected


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (6.0, Colour.GREEN),
        (5.0, Colour.GREEN),
        (4.99, Colour.YELLOW),
        (3.0, Colour.YELLOW),
        (2.99, Colour.RED),
        (None, Colour.NOT_ASSESSED),
        (math.nan, Colour.NOT_ASSESSED),
    ],
)
def test_pulse_at_its_limits(value: float | None, colour: Colour) -> None:
    assert pulse(value) is colour


@pytest.mark.parametrize(
    ("value", "target", "direction", "colour"),
    [
        (65, 65, Direction.HIGHER, Colour.GREEN),
        (62, 65, Direction.HIGHER, Colour.YELLOW),  # within 5 % of the target
        (61.75, 65, Direction.HIGHER, Colour.YELLOW),
        (61.7, 65, Direction.HIGHER, Colour.RED),
        (374, 374, Direction.LOWER, Colour.GREEN),
        (389, 374, Direction.LOWER, Colour.YELLOW),
        (393, 374, Direction.LOWER, Colour.RED),
        (1, 2, Direction.NEUTRAL, Colour.NOT_ASSESSED),
        (None, 2, Direction.HIGHER, Colour.NOT_ASSESSED),
        (1, None, Direction.LOWER, Colour.NOT_ASSESSED),
    ],
)
def test_a_target_is_met_nearly_met_or_missed_and_grey_is_never_yellow(
    value: float | None, target: float | None, direction: Direction, colour: Colour
) -> None:
    assert against_target(value, target, direction) is colour


@pytest.mark.parametrize(
    ("change", "direction", "word"),
    [
        (15, Direction.LOWER, Verdict.WORSE),
        (-15, Direction.LOWER, Verdict.BETTER),
        (15, Direction.HIGHER, Verdict.BETTER),
        (-0.1, Direction.HIGHER, Verdict.WORSE),
        (0, Direction.HIGHER, Verdict.UNCHANGED),
        (0, Direction.NEUTRAL, Verdict.UNCHANGED),
        (15, Direction.NEUTRAL, Verdict.NEUTRAL),
        (None, Direction.HIGHER, None),
        (math.nan, Direction.HIGHER, None),
    ],
)
def test_what_a_change_means_follows_from_which_way_is_good(
    change: float | None, direction: Direction, word: Verdict | None
) -> None:
    assert verdict(change, direction) is word
