"""Measures per household and per employee: which the catalogue allows, and their series and readings.

Both numbers are kept apart until the end: a unit's, a department's or a year's rate is the sum of the one over the
sum of the other (``domain.rates``).
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Indicator, Nature, OverPeriod
from dashboard.domain.periods import Month
from dashboard.domain.rates import Rate, divided, together
from dashboard.domain.selection import Selection
from dashboard.errors import SelectionError
from dashboard.measures.facts import Facts, Series
from dashboard.measures.readings import Reading, reading_from

FIRST, LAST = Month(1900, 1), Month(9999, 12)


def rates_for(catalogue: Catalogue, indicator: Indicator) -> tuple[Rate, ...]:
    """What the measure may be divided by, in the catalogue's order."""
    return tuple(rate for rate in catalogue.rates.values() if rate.measure(indicator.id) is not None)


def rate_refused(catalogue: Catalogue, indicator: Indicator, per: str) -> str:
    """Why the measure is not divided so, in a plain sentence; "" when it may be."""
    rate = catalogue.rates.get(per)
    if rate is None:
        return f"Att räkna per ”{per[:40]}” finns inte. Visar måttet som det är."
    if rate.measure(indicator.id) is not None:
        return ""
    if indicator.per or indicator.over_period is OverPeriod.R12 or indicator.nature is Nature.RATIO:
        why = "är redan en kvot och delas inte en gång till"
    elif not indicator.monthly:
        why = "finns bara som tryckta tal, så det finns inga månader att dela"
    elif indicator.nature in {Nature.ACCUMULATED, Nature.FULL_YEAR}:
        why = f"gäller året hittills eller hela året och räknas inte {rate.words}"
    else:
        why = f"räknas inte {rate.words}"
    return f"{indicator.short} {why}. Visar måttet som det är."


def rated(catalogue: Catalogue, indicator: Indicator, per: str) -> Indicator:
    """The measure divided. Raises SelectionError, in words, when the catalogue does not allow it."""
    rate = catalogue.rates.get(per)
    measure = rate.measure(indicator.id) if rate else None
    if rate is None or measure is None:
        raise SelectionError(rate_refused(catalogue, indicator, per))
    return divided(indicator, catalogue.indicator(rate.per), rate, measure)


def rated_series(facts: Facts, indicator: Indicator, per: str, units: Iterable[str]) -> Series:
    """The months of the divided measure by (its id, unit); at most one query. Raises as ``rated`` does."""
    own = rated(facts.catalogue, indicator, per)
    by = facts.catalogue.rates[per].per
    wanted = set(units)
    found = facts.series([indicator.id, by], wanted, FIRST, LAST)
    both = {
        (own.id, unit): together(found.get((indicator.id, unit), {}), found.get((by, unit), {}))
        for unit in wanted
    }
    return {pair: points for pair, points in both.items() if points}


def rated_reading(facts: Facts, indicator: Indicator, per: str, selection: Selection) -> Reading:
    """Where the divided measure stands in the period, and against what it is compared with."""
    own = rated(facts.catalogue, indicator, per)
    return reading_from(facts, own, selection, rated_series(facts, indicator, per, [selection.unit]))
