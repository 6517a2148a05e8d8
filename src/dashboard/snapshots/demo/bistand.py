"""Economic assistance: households by how long they have had it, children, money and closed cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.snapshots.demo.constraints import MONTHS, ROOT
from dashboard.snapshots.demo.plan import Plan, Row, path, seasonal
from dashboard.snapshots.demo.solve import Counts, Equation, Path, disaggregate, share_out, tenths, whole

SHORT, LONG = "under-10-man", "10-man-eller-mer"
_CLOSED = ("avslutade_arbete", "avslutade_studier", "avslutade_annat")


def rows(plan: Plan) -> list[Row]:
    """One row per month, unit and duration. Children never number fewer than families."""
    profile = plan.profile["bistand"]
    units = list(profile["units"])
    weights = list(profile["units"].values())
    total, long = _households(plan)
    children = _children(plan)
    families = whole(children * profile["families_per_child"] * (1 + plan.noise("families", 0.015)))
    paid = _paid(plan, total)
    closed = whole(
        disaggregate(
            path(profile["closed_per_month"]),
            plan.equations("bistand-avslutade", ROOT),
            plan.noise("closed", 0.12),
        )
    )
    chance = plan.chance("bistand-closed")
    found: list[Row] = []
    for spot, month in enumerate(MONTHS):
        homes = share_out(int(long[spot]), weights) + share_out(int(total[spot] - long[spot]), weights)
        kids = share_out(int(children[spot]), homes, [4 * home for home in homes])
        roof = [min(home, kid) for home, kid in zip(homes, kids, strict=True)]
        parents = share_out(int(families[spot]), kids, roof)
        ends = _closed(int(closed[spot]), homes, profile, chance)
        dear = profile["long_costs_more"]
        for place, unit in enumerate(units):
            here = (place, place + len(units))
            money = share_out(int(paid[unit][spot]), [homes[here[0]] * dear, homes[here[1]]])
            for part, (cell, duration) in enumerate(zip(here, (LONG, SHORT), strict=True)):
                found.append(
                    {
                        "month": month.first_day,
                        "unit": unit,
                        "duration": duration,
                        "hushall": homes[cell],
                        "barnfamiljer": parents[cell],
                        "barn": kids[cell],
                        "utbetalt_tkr": money[part] / 10,
                        **dict(zip(_CLOSED, ends[cell], strict=True)),
                    }
                )
    return found


def _households(plan: Plan) -> tuple[Counts, Counts]:
    profile = plan.profile["bistand"]
    season = seasonal(profile["season"])
    printed = plan.equations("hushall-bistand", ROOT)
    printed += [plan.sum_of(period, value) for period, value in profile["households_sums"].items()]
    total = disaggregate(
        path(profile["households"]) * season, printed, plan.noise("households", profile["noise"])
    )
    long = disaggregate(
        path(profile["long"]),
        plan.equations("hushall-langvarigt", ROOT),
        plan.noise("long", profile["noise"]),
        high=total,
    )
    return whole(total), whole(long)


def _children(plan: Plan) -> Counts:
    profile = plan.profile["bistand"]
    noise = plan.noise("children", profile["children_noise"])
    return whole(disaggregate(path(profile["children"]), plan.equations("barn-bistand", ROOT), noise))


def _paid(plan: Plan, households: Counts) -> dict[str, Counts]:
    """Tenths of tkr per month and unit.

    The years that are printed per unit bind the units; the years printed for the whole bind the sum. The last
    unit is what remains of the sum, so both hold.
    """
    profile = plan.profile["bistand"]
    units = list(profile["units"])
    per_unit = {unit: plan.equations("bistand-utbetalt", unit) for unit in units}
    both = plan.equations("bistand-utbetalt", ROOT) + [
        _joined(group) for group in zip(*(per_unit[unit] for unit in units), strict=True)
    ]
    pattern: Path = households * path(profile["cost_per_household"])
    total = disaggregate(pattern, both, plan.noise("paid", 0.02))
    rest = tenths(total)
    found: dict[str, Counts] = {}
    for unit in units[1:]:
        share = disaggregate(
            total * profile["units"][unit], per_unit[unit], plan.noise(f"paid-{unit}", 0.02), high=total
        )
        found[unit] = tenths(share)
        rest = rest - found[unit]
    return {units[0]: rest, **found}


def _joined(parts: Sequence[Equation]) -> Equation:
    """The same months of every unit, added up."""
    return Equation(parts[0].weights, sum(part.value for part in parts), parts[0].name)


def _closed(
    total: int, homes: list[int], profile: Mapping[str, Any], chance: np.random.Generator
) -> list[list[int]]:
    """Closed cases per cell and reason. Cells come long first, then short."""
    half = len(homes) // 2
    long = profile["closed_long_share"]
    pull = [
        home
        * (long if cell < half else 1 - long)
        / max(1, sum(homes[:half] if cell < half else homes[half:]))
        for cell, home in enumerate(homes)
    ]
    cells = chance.multinomial(total, np.array(pull) / sum(pull))
    reasons = np.array([profile["closed_reasons"][reason] for reason in _CLOSED])
    return [[int(part) for part in chance.multinomial(cell, reasons / reasons.sum())] for cell in cells]
