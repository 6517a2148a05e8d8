"""Placements and investigations: what is under way is what was, plus what began, less what ended."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.errors import DataError
from dashboard.snapshots.demo.constraints import MONTHS
from dashboard.snapshots.demo.plan import SIZE, Plan, Row, path, seasonal
from dashboard.snapshots.demo.solve import Counts, Path, disaggregate, share_out, tenths, whole

DAYS = np.array([monthrange(month.year, month.number)[1] for month in MONTHS])


def placements(plan: Plan) -> list[Row]:
    """One row per month, department and form of care."""
    found: list[Row] = []
    for unit in ("avd-barn-unga", "avd-vuxen"):
        for form, shape in plan.profile["placeringar"][unit].items():
            found += _placement(plan, unit, form, shape)
    return found


def _placement(plan: Plan, unit: str, form: str, shape: Mapping[str, Any]) -> list[Row]:
    profile = plan.profile["placeringar"]
    chance = plan.chance(f"placeringar-{unit}-{form}")
    ongoing = _wander(path(shape["levels"]), float(profile["noise"]), chance)
    before = np.concatenate([ongoing[:1], ongoing[:-1]])
    left = np.minimum(chance.poisson(before / shape["stay"]), before)
    left = np.maximum(left, before - ongoing)  # as many must leave as the count falls by
    came = ongoing - before + left
    # Who comes or leaves is there for half of the month.
    days = np.rint(DAYS * (before - left + (came + left) / 2)).astype(np.int64)
    growth = 1 + profile["price_growth"] * np.arange(SIZE) / 12
    cost = days * shape["price"] / 1000 * growth
    equations = plan.equations(f"placeringar.kostnad_tkr/{form}", unit)
    noise = chance.normal(0.0, profile["price_noise"], SIZE)
    # A form that is not used in a month costs nothing; the pattern must stay positive for the solver.
    money = (
        tenths(disaggregate(np.maximum(cost, 1e-3), equations, noise))
        if equations
        else tenths(cost * (1 + noise))
    )
    return [
        {
            "month": month.first_day,
            "unit": unit,
            "form": form,
            "pagaende": int(ongoing[spot]),
            "paborjade": int(came[spot]),
            "avslutade": int(left[spot]),
            "dygn": int(days[spot]),
            "kostnad_tkr": int(money[spot]) / 10,
        }
        for spot, month in enumerate(MONTHS)
    ]


def _wander(level: Path, noise: float, chance: np.random.Generator) -> Counts:
    """Whole numbers around a level, each month's surprise fading slowly."""
    surprise = chance.normal(0.0, noise, SIZE)
    drift = np.zeros(SIZE)
    for spot in range(1, SIZE):
        drift[spot] = 0.6 * drift[spot - 1] + surprise[spot]
    return np.maximum(np.rint(level + drift * np.sqrt(np.maximum(level, 1.0)) / 4), 0).astype(np.int64)


def investigations(plan: Plan) -> list[Row]:
    """One row per month, unit and kind."""
    cells = [
        (unit, kind, shape)
        for unit, kinds in plan.profile["utredningar"].items()
        if unit != "season"
        for kind, shape in kinds.items()
    ]
    flows = {(unit, kind): _flows(plan, unit, kind, shape) for unit, kind, shape in cells}
    late = {(unit, kind): _late(plan, unit, kind, shape, flows[unit, kind][1]) for unit, kind, shape in cells}
    _meet_printed_shares(plan, flows, late)
    return [
        {
            "month": month.first_day,
            "unit": unit,
            "kind": kind,
            "inledda": int(flows[unit, kind][0][spot]),
            "avslutade": int(flows[unit, kind][1][spot]),
            "pagaende": int(flows[unit, kind][2][spot]),
            "avslutade_over_fyra_man": int(late[unit, kind][spot]),
        }
        for unit, kind, _ in cells
        for spot, month in enumerate(MONTHS)
    ]


def _flows(plan: Plan, unit: str, kind: str, shape: Mapping[str, Any]) -> tuple[Counts, Counts, Counts]:
    """Started, closed and ongoing; ongoing follows its level as far as closing fewer than none allows."""
    chance = plan.chance(f"utredningar-{unit}-{kind}")
    mean = path(shape["started"]) * seasonal(plan.profile["utredningar"]["season"])
    started = np.maximum(np.rint(mean + chance.normal(0.0, 0.6, SIZE) * np.sqrt(mean)), 0).astype(np.int64)
    level = path(shape["ongoing"])
    aim = np.rint(level + chance.normal(0.0, 0.35, SIZE) * np.sqrt(level)).astype(np.int64)
    ongoing, closed = np.zeros(SIZE, dtype=np.int64), np.zeros(SIZE, dtype=np.int64)
    before = int(aim[0])
    for spot in range(SIZE):
        closed[spot] = max(0, before + int(started[spot]) - int(aim[spot]))
        ongoing[spot] = before + started[spot] - closed[spot]
        before = int(ongoing[spot])
    return started, closed, ongoing


def _late(plan: Plan, unit: str, kind: str, shape: Mapping[str, Any], closed: Counts) -> Counts:
    chance = plan.chance(f"late-{unit}-{kind}")
    share = np.clip(path(shape["over_four"]) * (1 + chance.normal(0.0, 0.1, SIZE)), 0, 1)
    return np.minimum(whole(closed * share), closed)


def _meet_printed_shares(
    plan: Plan,
    flows: Mapping[tuple[str, str], tuple[Counts, Counts, Counts]],
    late: Mapping[tuple[str, str], Counts],
) -> None:
    """A printed share of one month is met by the units together, in proportion to what they closed."""
    name = "utredningar-over-fyra-manader"
    category = plan.indicators[name].terms[0].category
    for constraint in (c for c in plan.ledger.constraints if c.indicator == name):
        spots = [spot for spot, month in enumerate(MONTHS) if constraint.period.contains(month)]
        inside = [
            cell for cell in flows if category in ("", cell[1]) and plan.inside(cell[0], constraint.unit)
        ]
        closed = [int(flows[cell][1][spot]) for cell in inside for spot in spots]
        target = round(constraint.target / 100 * sum(closed))
        if not closed or not constraint.admits(100 * target / sum(closed)):
            raise DataError(
                "Demots utredningar kan inte ge den tryckta andelen; ändra nivåerna.", [constraint.label]
            )
        parts = iter(share_out(target, closed, closed))
        for cell in inside:
            for spot in spots:
                late[cell][spot] = next(parts)
