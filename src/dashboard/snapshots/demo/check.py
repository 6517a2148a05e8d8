"""The last word before the demo is handed over: is every constraint met by the tables themselves?

Knows nothing of how the series were made. A figure that someone adds to the published layer and that no
series is built for stops the demo here, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Indicator, Nature, OverPeriod, Term
from dashboard.domain.periods import Month
from dashboard.snapshots.demo.constraints import Constraint
from dashboard.snapshots.demo.plan import Plan, Row, resolve


@dataclass(frozen=True, slots=True)
class Sums:
    """Values by (dataset, column, category, unit, month), as the rows have them."""

    values: Mapping[tuple[str, str, str, str, Month], float]
    units: Mapping[str, frozenset[str]]

    def of(self, terms: Iterable[Term], units: frozenset[str], months: Iterable[Month]) -> float:
        months = tuple(months)
        return sum(
            term.factor * self.values.get((term.dataset, term.column, term.category, unit, month), 0.0)
            for term in terms
            for unit in units & self.units[term.dataset]
            for month in months
        )


def unmet(plan: Plan, rows: Mapping[str, list[Row]]) -> list[str]:
    """Every constraint that the rows do not meet, with the value they give."""
    sums = _sums(rows)
    found = []
    for constraint in plan.ledger.constraints:
        value = reading(plan, sums, constraint)
        if not constraint.admits(value):
            found.append(f"{constraint.label}: serien ger {value:.4g}")
    return found


def reading(plan: Plan, sums: Sums, constraint: Constraint) -> float:
    """The indicator's value for the constraint's unit and period."""
    indicator = resolve(constraint.indicator, plan.indicators)
    units = _parts(plan, constraint.unit)
    months = _months(indicator, constraint)
    top = sums.of(indicator.terms, units, months)
    if indicator.per:
        bottom = sums.of(indicator.per, units, months)
        return indicator.scale * top / (bottom / len(months) if indicator.per_mean else bottom)
    return top / len(months) if indicator.over_period is OverPeriod.MEAN else top


def _months(indicator: Indicator, constraint: Constraint) -> tuple[Month, ...]:
    end = constraint.period.end
    if indicator.over_period is OverPeriod.R12:
        return end.shift(-11).until(end)
    column = CONTRACTS[indicator.terms[0].dataset].column(indicator.terms[0].column)
    if indicator.over_period is OverPeriod.LAST or column.nature in {Nature.ACCUMULATED, Nature.FULL_YEAR}:
        return (end,)
    return constraint.period.months


def _parts(plan: Plan, names: str) -> frozenset[str]:
    """The unit itself and what adds up to it: never a varav or buffer row of it. ``a+b`` names several."""
    wanted = names.split("+")
    return frozenset(
        unit
        for unit, shape in plan.units.items()
        if unit in wanted
        or (shape.kind not in {"varav", "buffert"} and any(plan.inside(unit, name) for name in wanted))
    )


def _sums(rows: Mapping[str, list[Row]]) -> Sums:
    values: dict[tuple[str, str, str, str, Month], float] = {}
    for dataset, lines in rows.items():
        contract = CONTRACTS[dataset]
        numbers = [column.name for column in contract.columns if column.nature is not None]
        for row in lines:
            month = Month.of(row["month"])
            for category in {"", row[contract.category] if contract.category else ""}:
                for column in numbers:
                    key = (dataset, column, category, row["unit"], month)
                    values[key] = values.get(key, 0.0) + row[column]
    return Sums(values, {dataset: frozenset(row["unit"] for row in lines) for dataset, lines in rows.items()})
