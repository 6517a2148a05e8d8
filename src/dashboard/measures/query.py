"""The numbers of one indicator as plain rows, for the command line and for whoever wants to check a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.series import Points
from dashboard.domain.text import rounded
from dashboard.measures.facts import Facts

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

    Without a period: everything printed and every month. With one: what is printed for exactly it, and its value
    from the months when they are all there. Raises SelectionError for an unknown indicator or unit.
    """
    indicator = facts.catalogue.indicator(indicator_id)
    unit = facts.catalogue.unit(unit_id)
    points = facts.series([indicator.id], [unit.id], FIRST, LAST).get((indicator.id, unit.id), {})
    printed = _printed(facts, indicator, unit.id, period)
    monthly = _monthly(facts, indicator, unit.id, period, points)
    return (*printed, *monthly)


def _printed(facts: Facts, indicator: Indicator, unit: str, period: Period | None) -> Iterator[Answer]:
    for figure in facts.published.figures:
        if figure.indicator == indicator.id and figure.org == unit and period in {None, figure.when}:
            yield Answer(
                indicator.id,
                unit,
                str(figure.when),
                figure.when.kind.value,
                figure.measure,
                str(figure.value),
                figure.unit,
                Origin.PUBLISHED.value,
                f"{figure.source}:{figure.line}",
            )


def _monthly(
    facts: Facts, indicator: Indicator, unit: str, period: Period | None, points: Points
) -> Iterator[Answer]:
    periods = [Period.month(month) for month in sorted(points)] if period is None else [period]
    for one in periods:
        number = rules.value(indicator, points, one)
        if number is None:
            continue
        origins = {points[month].origin for month in one.months if month in points}
        origin = Origin.SYNTHETIC if Origin.SYNTHETIC in origins else Origin.IMPORTED
        yield Answer(
            indicator.id,
            unit,
            str(one),
            one.kind.value,
            "utfall",
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
