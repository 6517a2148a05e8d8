"""Whether two values can be held against each other, and what can be said of it."""

from __future__ import annotations

from decimal import Decimal

from dashboard.domain.model import Indicator, Nature, OverPeriod, Unit
from dashboard.domain.periods import Period, PeriodKind
from dashboard.measures.facts import Facts


def same_footing(indicator: Indicator, now: Period, other: Period) -> bool:
    """Whether values of the two periods can be held against each other.

    What is counted up over a period needs as many months in both, or to be running in the same year.
    """
    if len(now.months) == len(other.months):
        return True
    if indicator.nature is Nature.ACCUMULATED:
        return now.end.year == other.end.year
    return indicator.nature is not Nature.FLOW and (
        indicator.nature is not Nature.PUBLISHED or indicator.unit == "procent"
    )


def at_odds(facts: Facts, indicator: Indicator, unit: Unit, one: str, other: str) -> bool:
    """Whether the two reports print different values of the series for some period that both speak of.

    They then count in different ways, or one of them is wrong, and a difference between them may be no change at all.
    """
    if one == other:
        return False
    last = [_final_words(facts, indicator, unit, source) for source in (one, other)]
    return any(last[0][when] != last[1][when] for when in last[0].keys() & last[1].keys())


def _final_words(facts: Facts, indicator: Indicator, unit: Unit, source: str) -> dict[object, Decimal]:
    """What a report prints by period; of a period printed twice the later line, its final word.

    What is read at a month's end is known by that month, whatever period it is printed for.
    """
    at_end = indicator.nature is not Nature.FULL_YEAR and indicator.over_period in {
        OverPeriod.LAST,
        OverPeriod.R12,
    }
    mine = (one for one in facts.figures(indicator.id, unit.id) if one.source == source)
    return {
        one.when.end if at_end and one.when.kind is not PeriodKind.HALF_YEAR else one.when: one.value
        for one in sorted(mine, key=lambda one: one.line)
    }
