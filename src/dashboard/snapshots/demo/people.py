"""Reports of concern and the labour-market teams: counts shared out over units, reasons and outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dashboard.domain.periods import Period
from dashboard.snapshots.demo.constraints import FIRST, LAST, MONTHS
from dashboard.snapshots.demo.plan import SIZE, Plan, Row, path, seasonal
from dashboard.snapshots.demo.solve import Counts, disaggregate, share_out, whole

HEAD = "cai"


def reports(plan: Plan) -> list[Row]:
    """Reports of concern about children: one row per month, unit and reason."""
    profile = plan.profile["anmalningar"]
    season = seasonal(profile["season"])
    noise = plan.noise("reports", profile["noise"])
    equations = plan.equations("anmalningar-barn", "avd-barn-unga")
    total = whole(disaggregate(path(profile["levels"]) * season, equations, noise))
    shares = {reason: path(knots) for reason, knots in profile["reasons"].items()}
    chance = plan.chance("reports-cells")
    found: list[Row] = []
    for spot, month in enumerate(MONTHS):
        cells = [(unit, reason) for unit in profile["units"] for reason in shares]
        pull = [
            profile["units"][unit] * shares[reason][spot] * (1 + chance.normal(0.0, 0.07))
            for unit, reason in cells
        ]
        for (unit, reason), count in zip(cells, share_out(int(total[spot]), pull), strict=True):
            found.append({"month": month.first_day, "unit": unit, "reason": reason, "antal": count})
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one team, with what it pulls of closed cases and of good outcomes."""

    team: str
    spot: int
    pull: float
    onward: float
    studies: float


def labour_market(plan: Plan) -> list[Row]:
    """One row per month and team that exists. Printed windows are shared out over their team-months."""
    profile = plan.profile["arbetsmarknad"]
    season = seasonal(profile["season"])
    chance = plan.chance("labour-market")
    cells: dict[tuple[str, int], Cell] = {}
    enrolled: dict[str, Counts] = {}
    for team, shape in profile["teams"].items():
        pull = path(shape["closed"]) * season * np.exp(chance.normal(0.0, 0.22, SIZE))
        enrolled[team] = np.rint(path(shape["enrolled"]) + chance.normal(0.0, 1.1, SIZE)).astype(np.int64)
        for spot in plan.months_of(team):
            cells[team, spot] = Cell(team, spot, float(pull[spot]), shape["onward"], shape["studies"])
    found: dict[tuple[str, int], tuple[int, int, int]] = {}
    for row in profile["window"]:
        spots = _spots(Period.parse(row["period"]))
        inside = [cells.pop((row["team"], spot)) for spot in spots]
        found |= _outcomes(inside, row["closed"], row["work"] + row["studies"], row["studies"])
    for spots in _stretches(plan):
        inside = [cell for key, cell in cells.items() if key[1] in spots]
        done = [found[key] for key in found if key[1] in spots]
        closed, onward = _totals(plan, spots, inside, done)
        studies = round(
            sum(cell.pull * cell.onward * cell.studies for cell in inside) / _good(inside) * onward
        )
        found |= _outcomes(inside, closed, onward, studies)
    return [
        {
            "month": MONTHS[spot].first_day,
            "unit": team,
            "inskrivna": int(enrolled[team][spot]),
            "avslutade": closed,
            "avslutade_arbete": work,
            "avslutade_studier": studies,
        }
        for (team, spot), (closed, work, studies) in sorted(found.items())
    ]


def _spots(period: Period) -> range:
    return range(period.start.index - FIRST.index, period.end.index - FIRST.index + 1)


def _stretches(plan: Plan) -> list[range]:
    """The timeline cut at year ends and at the edges of every printed period."""
    edges = {0, SIZE} | {spot for spot, month in enumerate(MONTHS) if month.number == 1}
    for name in ("arbetsmarknad-avslutade", "arbetsmarknad-till-arbete-studier"):
        for constraint in plan.ledger.of(name, HEAD):
            spots = _spots(constraint.period)
            edges |= {spots.start, spots.stop}
    cuts = sorted(edges)
    return [range(start, stop) for start, stop in pairwise(cuts)]


def _totals(
    plan: Plan, spots: range, inside: Sequence[Cell], done: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """Closed and closed to work or studies in a stretch, less what other windows have already said."""
    period = Period.between(MONTHS[spots.start], min(LAST, MONTHS[spots.stop - 1]))
    names = (
        "arbetsmarknad-avslutade",
        "arbetsmarknad-till-arbete-studier",
        "arbetsmarknad.avslutade_arbete+avslutade_studier",
    )
    printed = {
        name: constraint.target
        for name in names
        for constraint in plan.ledger.of(name, HEAD)
        if constraint.period.months == period.months
    }
    before, before_good = sum(part[0] for part in done), sum(part[1] + part[2] for part in done)
    closed = round(printed.get(names[0], before + sum(cell.pull for cell in inside))) - before
    if names[2] in printed:
        return closed, round(printed[names[2]]) - before_good
    if names[1] in printed:
        return closed, round(printed[names[1]] / 100 * (closed + before)) - before_good
    return closed, round(closed * _good(inside) / sum(cell.pull for cell in inside))


def _good(cells: Sequence[Cell]) -> float:
    return sum(cell.pull * cell.onward for cell in cells)


def _outcomes(
    cells: Sequence[Cell], closed: int, onward: int, studies: int
) -> dict[tuple[str, int], tuple[int, int, int]]:
    """Closed, to work and to studies per team-month, adding up to the given totals."""
    ends = share_out(closed, [cell.pull for cell in cells])
    good = share_out(onward, [end * cell.onward for end, cell in zip(ends, cells, strict=True)], ends)
    school = share_out(studies, [part * cell.studies for part, cell in zip(good, cells, strict=True)], good)
    return {
        (cell.team, cell.spot): (end, part - book, book)
        for cell, end, part, book in zip(cells, ends, good, school, strict=True)
    }
