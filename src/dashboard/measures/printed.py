"""Printed values on a time axis: each at the last month of what it speaks of, equal ones as one point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, OverPeriod, Unit
from dashboard.domain.periods import Month, PeriodKind
from dashboard.measures.facts import OUTCOME, Facts
from dashboard.measures.flags import flags_of_all
from dashboard.published import Contradiction, Figure


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed value placed on the time axis: at the last month of what it speaks of.

    ``figures`` are all that print this value for this period, ``figure`` the first. ``since`` is the first
    month
    when the value holds for several months together; ``span`` says so in words: *snitt jan–aug 2025*.
    """

    month: Month
    number: Decimal
    figure: Figure
    span: str
    flags: tuple[Contradiction, ...]
    figures: tuple[Figure, ...] = ()
    since: Month | None = None
    drawn: bool = True  # False for a sum over several months, which has no place on a monthly scale


def printed_points(
    facts: Facts, indicator: Indicator, unit: Unit, months: Sequence[Month], *, rolled: bool
) -> tuple[Printed, ...]:
    """The printed values whose last month is one of the months, in order of time."""
    return printed_between(facts, indicator, unit.id, months[0], months[-1], rolled=rolled)


def printed_between(
    facts: Facts, indicator: Indicator, unit_id: str, first: Month, last: Month, *, rolled: bool
) -> tuple[Printed, ...]:
    """The outcomes that reports print; R12 values only on an R12 line and the others only on a monthly one.

    Reports that print the same value for the same months make one point; different values make one each.
    """
    groups: dict[tuple[Month, Month, Decimal], list[Figure]] = {}
    for figure in facts.figures(indicator.id, unit_id, OUTCOME):
        twelve = len(figure.when.months) == 12 and (
            figure.when.kind is PeriodKind.R12 or indicator.over_period in {OverPeriod.R12, OverPeriod.SUM}
        )
        if indicator.monthly and twelve != rolled:
            continue
        if first <= figure.when.end <= last:
            start = figure.when.start if _spanning(indicator, figure) else figure.when.end
            groups.setdefault((start, figure.when.end, figure.value), []).append(figure)
    found = [_printed(facts, indicator, figures, start) for (start, _, _), figures in groups.items()]
    return tuple(sorted(found, key=lambda point: (point.month, point.figure.source, point.figure.line)))


def _spanning(indicator: Indicator, figure: Figure) -> bool:
    """Whether the value speaks of several months together, rather than of the last of them."""
    if figure.when.kind in {PeriodKind.MONTH, PeriodKind.R12} or indicator.over_period is OverPeriod.R12:
        return False
    return indicator.over_period is not OverPeriod.LAST


def _printed(facts: Facts, indicator: Indicator, figures: Sequence[Figure], start: Month) -> Printed:
    figure = figures[0]
    several = start < figure.when.end
    summed = several and indicator.over_period is OverPeriod.SUM
    return Printed(
        month=figure.when.end,
        number=figure.value,
        figure=figure,
        span=rules.read_as(indicator, figure.when) if several else "",
        flags=flags_of_all(facts, figures),
        figures=tuple(figures),
        since=start if several else None,
        drawn=not summed,
    )


def all_printed(facts: Facts, indicator: Indicator, units: Sequence[str]) -> tuple[Figure, ...]:
    """Every printed figure of the indicator: values, targets, changes and limits, the latest period first.

    The chosen units first, then the others in the catalogue's order.
    """
    order = {unit: place for place, unit in enumerate([*units, *facts.catalogue.units])}
    found = [figure for figure in facts.published.figures if figure.indicator == indicator.id]

    def rank(figure: Figure) -> tuple[int, int, str, int]:
        return (
            order.get(figure.org, len(order)) if figure.org in units else len(units),
            -figure.when.end.index,
            figure.source,
            figure.line,
        )

    return tuple(sorted(found, key=rank))
