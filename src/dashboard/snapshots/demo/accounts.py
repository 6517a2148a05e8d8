"""The accounts in each year's structure: accumulated outcome and budget, full-year forecast and budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import DataError
from dashboard.snapshots.demo.constraints import FIRST, LAST, MONTHS, ROOT
from dashboard.snapshots.demo.plan import SIZE, Plan, Row
from dashboard.snapshots.demo.solve import Counts, Equation, Path, disaggregate, share_out, whole

KINDS = ("verksamhet", "avdelning", "varav")
BUFFER = "buffert"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the reports print of one row in one year: by month of the year, whole tkr, signs as printed."""

    outcome: Mapping[int, int]
    budget: Mapping[int, int]
    forecast: Mapping[int, int]
    year_budget: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Account:
    """A row's year: accumulated and full-year series, one value per month."""

    outcome: Counts
    budget: Counts
    forecast: Counts
    year_budget: int


def rows(plan: Plan, others: Mapping[str, list[Row]]) -> list[Row]:
    """One row per month and accounting row of the year's structure.

    ``others`` are the rows of the datasets that hold the same money as some accounting rows.
    """
    found: list[Row] = []
    money = {unit: _money(source, others) for unit, source in plan.profile["ekonomi"]["same_money"].items()}
    for year in range(FIRST.year, LAST.year + 1):
        months = [month for month in MONTHS if month.year == year]
        accounts = _year(plan, year, len(months), money)
        for unit, account in accounts.items():
            for spot, month in enumerate(months):
                found.append(
                    {
                        "month": month.first_day,
                        "unit": unit,
                        "utfall_ack": float(account.outcome[spot]),
                        "budget_ack": float(account.budget[spot]),
                        "prognos_helar": float(account.forecast[spot]),
                        "budget_helar": float(account.year_budget),
                    }
                )
    return found


def _money(source: Mapping[str, Any], others: Mapping[str, list[Row]]) -> Path:
    """What another dataset says was paid, tkr a month; the rest of the last year is not known."""
    found = np.zeros(SIZE)
    category = CONTRACTS[source["dataset"]].category
    for row in others[source["dataset"]]:
        if row["unit"] in source["units"] and source.get("category", row[category]) == row[category]:
            found[Month.of(row["month"]).index - FIRST.index] += row[source["column"]]
    return found


def _year(plan: Plan, year: int, size: int, money: Mapping[str, Path]) -> dict[str, Account]:
    units = _units(plan, year)
    printed = {unit: _printed(plan, unit, year) for unit in units}
    final = _final(plan, year, printed)
    found: dict[str, Account] = {}
    for unit, kind in units.items():
        if kind == BUFFER:
            buffer = next(iter(printed[unit].forecast.values()))
            nothing = np.zeros(size, dtype=np.int64)
            found[unit] = Account(nothing, nothing, nothing + buffer, 0)
            continue
        told = printed[unit]
        year_budget = _year_budget(plan, told, final[unit])
        outcome = _outcome(plan, unit, told, final[unit], (year, size), money)
        budget = _running(plan, f"{unit}-budget-{year}", told.budget, year_budget, size, 0.0)
        found[unit] = Account(outcome, budget, np.zeros(size, dtype=np.int64), year_budget)
    return _with_forecasts(plan, year, found, printed, final, units)


def _outcome(
    plan: Plan, unit: str, told: Printed, final: int, when: tuple[int, int], money: Mapping[str, Path]
) -> Counts:
    """Accumulated outcome of a year: the same money as elsewhere, that and a rest, or a path of its own."""
    year, size = when
    name = f"{unit}-outcome-{year}"
    part = plan.profile["ekonomi"]["contains"].get(unit, unit)
    if part not in money:
        return _running(plan, name, told.outcome, final, size, 1.0)
    start = Month(year, 1).index - FIRST.index
    paid = np.cumsum(money[part][start : start + size])
    booked = -np.floor(np.round(paid, 3) + 0.5).astype(np.int64)
    if part == unit:
        return booked
    rest = {number: value - int(booked[number - 1]) for number, value in told.outcome.items()}
    return booked + _running(plan, name, rest, final - int(booked[-1]), size, 1.0)


def _units(plan: Plan, year: int) -> dict[str, str]:
    """Accounting rows of a year: a unit that the reports print money for in that year."""
    named = {
        constraint.unit: plan.units[constraint.unit].kind
        for name in ("ekonomi-utfall", "ekonomi-prognos")
        for constraint in plan.ledger.constraints
        if constraint.indicator == name and constraint.period.end.year == year and constraint.unit != ROOT
    }
    return {unit: kind for unit, kind in named.items() if kind in (*KINDS, BUFFER)}


def _printed(plan: Plan, unit: str, year: int) -> Printed:
    def of(name: str) -> dict[int, int]:
        return {
            constraint.period.end.number: round(constraint.target)
            for constraint in plan.ledger.of(name, unit)
            if constraint.period.end.year == year
        }

    return Printed(
        of("ekonomi-utfall"), of("ekonomi-budget"), of("ekonomi-prognos"), of("ekonomi-helarsbudget")
    )


def _final(plan: Plan, year: int, printed: Mapping[str, Printed]) -> dict[str, int]:
    """What each row comes to at the year's end: printed, or the forecast and a share of what followed."""
    found = {unit: told.outcome[12] for unit, told in printed.items() if 12 in told.outcome}
    open_rows = {unit: told for unit, told in printed.items() if unit not in found}
    forecast = {unit: next(iter(told.forecast.values())) for unit, told in open_rows.items()}
    total = [c.target for c in plan.ledger.of("ekonomi-utfall", ROOT) if c.period.end == Month(year, 12)]
    if total and open_rows:
        rest = plan.profile["ekonomi"][f"rest_{year}"]
        parts = share_out(abs(round(total[0]) - sum(forecast.values())), [rest[unit] for unit in open_rows])
        return found | {unit: forecast[unit] - part for unit, part in zip(open_rows, parts, strict=True)}
    return found | forecast


def _year_budget(plan: Plan, told: Printed, final: int) -> int:
    if told.year_budget:
        return next(iter(told.year_budget.values()))
    return told.budget[12] if 12 in told.budget else round(final * plan.profile["ekonomi"]["budget_2022"])


def _running(
    plan: Plan, name: str, printed: Mapping[int, int], final: int, size: int, noise: float
) -> Counts:
    """An accumulated series through the printed months to the year's end; it never turns back."""
    sign = -1 if final < 0 else 1
    known = {number: sign * value for number, value in printed.items()} | {12: sign * final}
    if not any(known.values()):
        return np.zeros(size, dtype=np.int64)
    if min(known.values()) < 0:
        raise DataError("Ett tryckt utfall byter tecken under året.", [name])
    season = np.array(plan.profile["ekonomi"]["season"]) if noise else np.ones(12)
    pattern = season * known[12] / season.sum()
    equations = [
        Equation((np.arange(12) < number).astype(np.float64), value, name) for number, value in known.items()
    ]
    chance = plan.chance(name).normal(0.0, plan.profile["ekonomi"]["noise"] * noise, 12)
    steps = whole(disaggregate(np.maximum(pattern, 1e-3), equations, chance))
    return sign * np.cumsum(steps)[:size]


def _with_forecasts(
    plan: Plan,
    year: int,
    accounts: Mapping[str, Account],
    printed: Mapping[str, Printed],
    final: Mapping[str, int],
    units: Mapping[str, str],
) -> dict[str, Account]:
    """Full-year forecasts: from the budget towards the printed forecast, then towards the outcome."""
    found = dict(accounts)
    size = len(next(iter(accounts.values())).outcome)
    money = [unit for unit, kind in units.items() if kind != BUFFER]
    deviations = _deviations_by_total(plan, year, accounts, printed, units)
    for unit in money:
        account, told = accounts[unit], printed[unit]
        anchor = next(iter(told.forecast.values()), final[unit])
        gap = anchor - account.year_budget
        path = [account.year_budget + round(gap * share) for share in _shares(plan, year)[:size]]
        for spot, value in enumerate(deviations.get(unit, ())):
            path[spot] = account.year_budget + value
        for spot in range(8, size) if told.forecast else ():
            share = plan.profile["ekonomi"][f"path_{year}_autumn"][spot - 8]
            path[spot] = anchor + round((final[unit] - anchor) * share)
        forecast = np.array(path, dtype=np.int64)
        if units[unit] == "varav":  # no forecast promises a cost below what has been spent already
            forecast = np.minimum(forecast, np.array(account.outcome[:size], dtype=np.int64))
        found[unit] = Account(account.outcome, account.budget, forecast, account.year_budget)
    return found


def _shares(plan: Plan, year: int) -> Sequence[float]:
    profile = plan.profile["ekonomi"]
    if f"path_{year}" in profile:
        return [*profile[f"path_{year}"], *[1.0] * 4]
    return [*profile["closing_path"]]


def _deviations_by_total(
    plan: Plan,
    year: int,
    accounts: Mapping[str, Account],
    printed: Mapping[str, Printed],
    units: Mapping[str, str],
) -> dict[str, list[int]]:
    """Where the profile gives the departments' joint deviation: shared out as the printed deviation is.

    ``varav`` rows lie inside the departments and move in step with them.
    """
    totals = plan.profile["ekonomi"].get(f"deviation_{year}")
    if totals is None:
        return {}
    gap = {
        unit: abs(next(iter(printed[unit].forecast.values())) - accounts[unit].year_budget)
        for unit, kind in units.items()
        if kind != BUFFER
    }
    parents = [unit for unit in gap if units[unit] == "avdelning"]
    whole_gap = sum(gap[unit] for unit in parents)
    found: dict[str, list[int]] = {unit: [] for unit in gap}
    for total in totals:
        parts = dict(zip(parents, share_out(-total, [gap[unit] for unit in parents]), strict=True))
        for unit, own in gap.items():
            found[unit].append(-parts.get(unit, round(own * -total / whole_gap)))
    # The printed month itself is the printed forecast.
    return {unit: [*values, -gap[unit]] for unit, values in found.items()}
