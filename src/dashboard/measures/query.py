"""The numbers of one indicator as plain rows, for the command line and for whoever wants to check a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.series import Points
from dashboard.domain.text import rounded
from dashboard.measures.facts import BESIDE, Facts

if TYPE_CHECKING:
    from pandas import DataFrame

FIRST, LAST = Month(1900, 1), Month(9999, 12)


@dataclass(frozen=True, slots=True)
class Answer:
    """One number. ``source`` is the report with line for printed figures, the serving file for monthly ones."""

    indicator: str
    unit: str
    period: str
    period_kind: str
    measure: str
    value: str
    unit_of_measure: str
    origin: str
    source: str


def query(facts: Facts, indicator_id: str, unit_id: str, period: Period | None) -> tuple[Answer, ...]:
    """Printed figures first, in the order of the reports, then monthly values.

    Without a period: everything printed and every month. With one: what is printed for it (under whichever name a
    report gives it: T2 and August say the same of a stock), and its value from the months when they are all there.
    Raises SelectionError for an unknown indicator or unit.
    """
    indicator = facts.catalogue.indicator(indicator_id)
    unit = facts.catalogue.unit(unit_id)
    points = facts.series([indicator.id], [unit.id], FIRST, LAST).get((indicator.id, unit.id), {})
    printed = _printed(facts, indicator, unit.id, period)
    monthly = _monthly(facts, indicator, unit.id, period, points)
    return (*printed, *monthly)


def _printed(facts: Facts, indicator: Indicator, unit: str, period: Period | None) -> Iterator[Answer]:
    for figure in facts.published.figures:
        if figure.indicator != indicator.id or figure.org != unit:
            continue
        report = facts.catalogue.reports[figure.source]
        made_then = (
            indicator.nature is Nature.FULL_YEAR and report.period == period
        )  # a forecast is its report's
        if period is None or made_then or _same_value(indicator, figure.when, period):
            yield Answer(
                indicator.id,
                unit,
                figure.period,
                figure.period_kind,
                figure.measure,
                str(figure.value),
                figure.unit,
                Origin.PUBLISHED.value,
                f"{figure.source}:{figure.line}",
            )


def _same_value(indicator: Indicator, printed: Period, asked: Period) -> bool:
    """Whether a value printed for one period is the indicator's value for the other."""
    if printed == asked:
        return True
    if printed.end != asked.end:
        return False
    if indicator.over_period is OverPeriod.R12:
        return len(printed.months) == 12
    return indicator.nature is Nature.STOCK and indicator.over_period is OverPeriod.LAST


def _monthly(
    facts: Facts, indicator: Indicator, unit: str, period: Period | None, points: Points
) -> Iterator[Answer]:
    rolled = indicator.over_period is OverPeriod.R12
    measure = next(
        (
            f.measure
            for f in facts.published.figures
            if f.indicator == indicator.id and f.measure not in BESIDE
        ),
        "utfall",
    )
    periods = [Period.month(month) for month in sorted(points)] if period is None else [period]
    for one in periods:
        number = rules.value(indicator, points, one)
        if number is None:
            continue
        origin = rules.origin_of(indicator, points, one) or Origin.IMPORTED
        r12 = rolled or one.kind is PeriodKind.R12
        yield Answer(
            indicator.id,
            unit,
            str(one.end) if r12 else str(one),
            PeriodKind.R12.value if r12 else one.kind.value,
            measure,
            f"{rounded(number, max(indicator.decimals, 4)):f}".rstrip("0").rstrip("."),
            indicator.unit,
            origin.value,
            f"snapshot:{facts.warehouse.fingerprint}",
        )


def frame(answers: tuple[Answer, ...]) -> DataFrame:
    """The rows as a tidy pandas frame, ``value`` as numbers: for notebooks and further analysis."""
    import pandas as pd  # heavy, and nothing on the way to a page needs it

    table = pd.DataFrame([asdict(answer) for answer in answers], columns=[f.name for f in fields(Answer)])
    return table.assign(value=pd.to_numeric(table["value"]))
