"""The sums that a ratio rests on, so that anyone can divide them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.contracts import CONTRACTS
from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, Term, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.measures.values import Value, missing_reason, value_of


@dataclass(frozen=True, slots=True)
class Working:
    """``top`` / ``bottom`` × ``scale`` = ``value``, over ``months``. ``top_unit`` and ``bottom_unit``: *timmar*, *tkr*,
    empty for what is only counted. ``mean``: the bottom is the months' mean and not their sum.

    ``shown`` is what the screens show for the period, which is what a report prints where one does. ``reason`` says why
    there is nothing to divide.
    """

    indicator: Indicator
    unit: Unit
    months: tuple[Month, ...]
    top: float
    bottom: float
    top_unit: str
    bottom_unit: str
    mean: bool
    value: float | None
    shown: Value
    origin: Origin | None
    reason: str = ""


def working(facts: Facts, indicators: Sequence[str], selection: Selection) -> tuple[Working, ...]:
    """In the order asked for; one query. Raises ValueError for an indicator that is no ratio."""
    known = [facts.catalogue.indicator(name) for name in indicators]
    unit = facts.catalogue.unit(selection.unit)
    first, last = selection.period.start.shift(-12), selection.period.end
    found = facts.series([one.id for one in known], [unit.id], min(first, last.shift(-11)), last)
    return tuple(
        _working(facts, one, unit, selection.period, found.get((one.id, unit.id), {})) for one in known
    )


def _working(facts: Facts, indicator: Indicator, unit: Unit, period: Period, points: rules.Points) -> Working:
    if indicator.nature is not Nature.RATIO:
        raise ValueError(f"{indicator.id} is no ratio")
    months = rules.behind(indicator, period)
    rows = [points[month] for month in months if month in points]
    complete = len(rows) == len(months)
    top, bottom = sum(row.num for row in rows), sum(row.den or 0.0 for row in rows)
    value = rules.ratio(rows, indicator.scale, mean_den=indicator.per_mean) if complete else None
    return Working(
        indicator,
        unit,
        months,
        top,
        bottom / len(rows) if indicator.per_mean and rows else bottom,
        _unit(indicator.terms),
        _unit(indicator.per),
        indicator.per_mean,
        value,
        value_of(facts, indicator, unit, period, points),
        combined(row.origin for row in rows),
        "" if value is not None else missing_reason(facts, indicator, unit, period, points),
    )


def _unit(terms: Sequence[Term]) -> str:
    unit = CONTRACTS[terms[0].dataset].column(terms[0].column).unit
    return "" if unit == "antal" else unit
