"""Staff: employees, leavers, sick hours, healthy attendance and the pulse, by unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.domain.periods import Month
from dashboard.errors import DataError
from dashboard.snapshots.demo.constraints import FIRST, MONTHS, ROOT
from dashboard.snapshots.demo.plan import SIZE, Plan, Row, path, reading_window, seasonal
from dashboard.snapshots.demo.solve import (
    Counts,
    Equation,
    Path,
    disaggregate,
    share_out,
    tenths,
    whole,
    window,
)


def rows(plan: Plan) -> list[Row]:
    """One row per month and unit."""
    profile = plan.profile["medarbetare"]
    units = list(profile["units"])
    weights = [profile["units"][unit]["employees"] for unit in units]
    employees, leavers = _employees(plan)
    heads = _by_unit(employees, weights)
    hours = _hours(plan, heads)  # tenths
    sick = _sick_by_unit(plan, hours)  # tenths
    healthy = _healthy(plan, employees)
    pulse, answers = _pulse(plan, employees)
    chance = plan.chance("leavers")
    long_share = path(profile["long_share"])
    found: list[Row] = []
    for spot, month in enumerate(MONTHS):
        staff = [int(heads[place][spot]) for place in range(len(units))]
        gone = chance.multinomial(int(leavers[spot]), np.array(staff) / sum(staff))
        well = share_out(int(healthy[spot]), _leaning(staff, profile, "sick", -0.5), staff)
        voices = share_out(int(answers[spot]), staff, staff)
        points = _points(int(pulse[spot]), voices, profile)
        for place, unit in enumerate(units):
            hours_sick = int(sick[place][spot])
            long = round(hours_sick * float(long_share[spot]))
            found.append(
                {
                    "month": month.first_day,
                    "unit": unit,
                    "sjuktimmar_kort": (hours_sick - long) / 10,
                    "sjuktimmar_lang": long / 10,
                    "ordinarie_timmar": int(hours[place][spot]) / 10,
                    "anstallda": staff[place],
                    "slutat_externt": int(gone[place]),
                    "frisknarvaro_antal": well[place],
                    "puls_summa": points[place] / 10,
                    "puls_svar": voices[place],
                }
            )
    return found


def _by_unit(total: Counts, weights: list[float]) -> list[Counts]:
    months = [share_out(int(value), weights) for value in total]
    return [np.array([month[place] for month in months], dtype=np.int64) for place in range(len(weights))]


def _employees(plan: Plan) -> tuple[Counts, Counts]:
    """Employees and leavers. Turnover = leavers in twelve months by mean employees, both whole numbers.

    For each printed rate the leavers are the nearest whole number, and the employees' sum over the window is
    the whole number that then gives the rate.
    """
    profile = plan.profile["medarbetare"]
    level = path(profile["employees"])
    pattern = path(profile["leavers"]) * seasonal(profile["leavers_season"])
    left: list[Equation] = []
    staff: list[Equation] = []
    for constraint in plan.ledger.of("personalomsattning", ROOT):
        first, last = reading_window(plan.indicators["personalomsattning"], constraint.period)
        mean = float(level[first : last + 1].mean())
        leavers = round(constraint.target / 100 * mean)
        left.append(window(SIZE, first, last, leavers, constraint.label))
        if not constraint.admits(100 * leavers / mean) or constraint.tolerance_decimals > 0:
            total = round(12 * 100 * leavers / constraint.target)
            staff.append(window(SIZE, first, last, total, constraint.label))
    leavers_path = disaggregate(pattern, left, plan.noise("leavers", 0.25))
    return whole(disaggregate(level, staff, plan.noise("employees", 0.003))), whole(leavers_path)


def _hours(plan: Plan, heads: list[Counts]) -> list[Counts]:
    """Ordinary working hours in tenths: working days (Monday to Friday) times hours per day and employee."""
    days = np.array([np.busday_count(month.first_day, month.shift(1).first_day) for month in MONTHS])
    return [tenths(staff * days * plan.profile["medarbetare"]["hours_per_day"]) for staff in heads]


def _sick_by_unit(plan: Plan, hours: list[Counts]) -> list[Counts]:
    """Sick hours in tenths per unit; the sum over units meets the printed rates of the whole."""
    profile = plan.profile["medarbetare"]
    everyone: Path = np.sum(hours, axis=0) / 10.0
    rate = path(profile["sick"]) / 100 * seasonal(profile["sick_season"])
    equations = plan.equations("sjukfranvaro", ROOT, everyone) + plan.equations(
        "sjukfranvaro-r12", ROOT, everyone
    )
    equations += [_point(month, value, everyone) for month, value in profile["sick_points"].items()]
    total = tenths(disaggregate(rate * everyone, equations, plan.noise("sick", profile["sick_noise"])))
    names = list(profile["units"])
    fixed = {
        (row["unit"], Month.parse(month)): float(rate)
        for row in profile["unit_sick"]
        for month, rate in row["points"].items()
    } | {
        (name, constraint.period.end): constraint.target
        for name in names
        for constraint in plan.ledger.of("sjukfranvaro", name)
    }
    chance = plan.chance("sick-units")
    found = [np.zeros(SIZE, dtype=np.int64) for _ in names]
    for spot, month in enumerate(MONTHS):
        lean = [profile["units"][name]["sick"] * (1 + chance.normal(0.0, 0.14)) for name in names]
        known = {name: fixed[name, month] for name in names if (name, month) in fixed}
        parts = _month_of_sick(int(total[spot]), [int(unit[spot]) for unit in hours], lean, names, known)
        for place, part in enumerate(parts):
            found[place][spot] = part
    return found


def _month_of_sick(
    total: int, hours: list[int], lean: list[float], names: list[str], known: Mapping[str, float]
) -> list[int]:
    """Printed rates of single units first, the rest by size and leaning."""
    parts = {name: round(hours[names.index(name)] * known[name] / 100) for name in known}
    others = [place for place, name in enumerate(names) if name not in known]
    pull = [hours[place] * max(0.2, lean[place]) for place in others]
    rest = iter(share_out(total - sum(parts.values()), pull, [hours[place] for place in others]))
    return [parts[name] if name in known else next(rest) for name in names]


def _point(month: str, per_cent: float, hours: Path) -> Equation:
    """A rate in one month that the profile asks for."""
    spot = Month.parse(month).index - FIRST.index
    return window(
        SIZE, spot, spot, per_cent / 100 * float(hours[spot]), f"sjukfranvaro {month} (profile.toml)"
    )


def _healthy(plan: Plan, employees: Counts) -> Counts:
    """Employees with at most five days of sickness; a printed share is met in its month."""
    share = path(plan.profile["medarbetare"]["healthy"]) / 100 * (1 + plan.noise("healthy", 0.008))
    found = np.rint(employees * share).astype(np.int64)
    for constraint in plan.ledger.of("frisknarvaro", ROOT):
        first, last = reading_window(plan.indicators["frisknarvaro"], constraint.period)
        count = round(constraint.target / 100 * int(employees[last]))
        if first != last or not constraint.admits(100 * count / int(employees[last])):
            raise DataError("Demots frisknärvaro kan inte ge den tryckta andelen.", [constraint.label])
        found[last] = count
    return found


def _pulse(plan: Plan, employees: Counts) -> tuple[Counts, Counts]:
    """The sum of the answers in tenths of points, and the number of answers."""
    profile = plan.profile["medarbetare"]
    share = profile["pulse_answers"] * seasonal(profile["pulse_answers_season"])
    answers = np.rint(employees * share).astype(np.int64)
    equations = plan.equations("puls", ROOT, answers.astype(np.float64))
    pattern = path(profile["pulse"]) * answers
    return tenths(disaggregate(pattern, equations, plan.noise("pulse", profile["pulse_noise"]))), answers


def _leaning(staff: list[int], profile: Mapping[str, Any], name: str, power: float) -> list[float]:
    return [count * unit[name] ** power for count, unit in zip(staff, profile["units"].values(), strict=True)]


def _points(total: int, voices: list[int], profile: Mapping[str, Any]) -> list[int]:
    """Tenths of points per unit, between one and six per answer."""
    mean = total / max(1, sum(voices))
    pull = [
        count * (mean + 10 * unit["pulse"])
        for count, unit in zip(voices, profile["units"].values(), strict=True)
    ]
    return share_out(total, pull, [60 * count for count in voices])
