"""Judged values: how many units are yellow or red on a goal, and the risks' step-wise values."""

from __future__ import annotations

from dashboard.domain.periods import Month
from dashboard.errors import DataError
from dashboard.snapshots.demo.constraints import MONTHS, ROOT
from dashboard.snapshots.demo.plan import Plan, Row, stairs


def goals(plan: Plan) -> list[Row]:
    """One row per month, unit and goal that is in force.

    The first units in the profile's order are red, the next yellow: a unit keeps its colour while the counts
    stand still, so the map of colours does not flicker. Raises DataError for a goal that is not in force.
    """
    profile = plan.profile["bedomningar"]
    order = profile["order"]
    found: list[Row] = []
    for goal in profile["goal"]:
        first, last = Month.parse(goal["from"]), Month.parse(goal["to"])
        for month in first.until(last):
            _in_force(plan, goal["id"], month)
            red, yellow = stairs(goal["red"], month), stairs(goal["yellow"], month)
            for place, unit in enumerate(order):
                colour = "red" if place < red else "yellow" if place < red + yellow else "green"
                found.append(
                    {
                        "month": month.first_day,
                        "unit": unit,
                        "goal": goal["id"],
                        "colour": colour,
                        "reason": "Enligt plan" if colour == "green" else goal["reason"],
                    }
                )
    return found


def _in_force(plan: Plan, goal: str, month: Month) -> None:
    if goal not in plan.goals or not plan.goals[goal].existed(month):
        raise DataError("Demot bedömer ett mål som inte gäller.", [f"{goal} {month}"])


def risks(plan: Plan) -> list[Row]:
    """One row per month and risk that is followed."""
    found: list[Row] = []
    for risk, steps in plan.profile["risker"].items():
        if risk not in plan.risks:
            raise DataError("Demot har en risk som inte finns i katalogen.", [risk])
        for month in MONTHS:
            values = stairs(steps, month)
            if values:
                probability, consequence, status = values
                found.append(
                    {
                        "month": month.first_day,
                        "unit": ROOT,
                        "risk": risk,
                        "probability": probability,
                        "consequence": consequence,
                        "measures_status": status,
                    }
                )
    return found
