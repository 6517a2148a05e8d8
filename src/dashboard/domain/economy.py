"""Budget, outcome and forecasts. Thousands of kronor, costs negative; a negative deviation is worse.

Sources: the economic tables of the three reports; the forecast letters follow the controller handbook's
B (rest at budget) and C (rest at the pace so far).
"""

from __future__ import annotations

from dashboard.domain.text import Number, is_missing


def deviation(outcome: Number | None, budget: Number | None) -> float | None:
    """Outcome − budget: −382 590 against −303 921 is −78 669."""
    if outcome is None or budget is None or is_missing(outcome) or is_missing(budget):
        return None
    return float(outcome) - float(budget)


def forecast_b(outcome: float, budget: float, year_budget: float) -> float:
    """Outcome so far, and the rest of the year as budgeted."""
    return outcome + (year_budget - budget)


def forecast_c(outcome: float, budget: float, year_budget: float) -> float | None:
    """The year's budget at the pace so far; None when nothing was budgeted so far."""
    return None if budget == 0 else outcome * year_budget / budget
