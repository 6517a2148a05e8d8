"""The ledger of forecasts: each that was delivered, and how wrong it was once its year had closed.

A year's outcome is what a report prints; else what a later report implies when it prints its own forecast and how far
that is from the year's outcome; else the accounts' December. Which of them stands is said everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dashboard.domain.forecast import Miss, graded
from dashboard.domain.model import Origin, Unit
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.measures.facts import Facts, Series
from dashboard.measures.flags import flags_of
from dashboard.published import Figure

EARLIEST, LATEST = Month(1900, 1), Month(9999, 12)


class How(StrEnum):
    """How the outcome of a year is known."""

    PRINTED = "printed"
    IMPLIED = "implied"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """``figures``: the printed outcome; or, when implied, pairs of a forecast and its distance to the outcome."""

    year: int
    value: Decimal | float
    how: How
    origin: Origin
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A forecast for ``year`` as it was delivered for ``month``. ``miss`` is None while the year is open."""

    year: int
    month: Month
    value: Decimal | float
    origin: Origin
    figure: Figure | None
    miss: Miss | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """``entries`` by year and month, a printed forecast before a loaded one of the same month."""

    unit: Unit
    entries: tuple[Entry, ...]
    outcomes: Mapping[int, YearOutcome]

    @property
    def printed(self) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.figure is not None)

    @property
    def closed(self) -> tuple[int, ...]:
        """The years that can be graded, those with an outcome and a forecast."""
        return tuple(sorted({one.year for one in self.entries if one.miss is not None}))

    def at(self, year: int, number: int) -> Entry | None:
        """The forecast of a month that speaks: the printed one, and a report's final word before its first."""
        found = [one for one in self.entries if (one.year, one.month.number) == (year, number)]
        printed = [one for one in found if one.figure is not None]
        return printed[-1] if printed else next(iter(found), None)


def ledger(facts: Facts, unit: Unit) -> Ledger:
    """Every forecast of the unit, graded where its year has closed. At most one query.

    December's own is left out: by then there is an outcome.
    """
    accounts = facts.catalogue.roles.accounts
    found = facts.series([accounts.forecast, accounts.outcome], [unit.id], EARLIEST, LATEST)
    made = [*_printed(facts, unit), *_loaded(found, accounts.forecast, unit)]
    years = sorted({month.year for month, _, _, _ in made})
    outcomes = {year: one for year in years if (one := outcome_of(facts, unit, year, found))}
    entries = []
    for month, value, origin, figure in made:
        outcome = outcomes.get(month.year)
        miss = graded(value, outcome.value) if outcome else None
        entries.append(Entry(month.year, month, value, origin, figure, miss))
    entries.sort(key=lambda one: (one.month, one.figure is None, one.figure.line if one.figure else 0))
    return Ledger(unit, tuple(entries), outcomes)


Made = tuple[Month, Decimal | float, Origin, Figure | None]


def _printed(facts: Facts, unit: Unit) -> list[Made]:
    """The reports' own forecasts for the year that they were written in."""
    made: list[Made] = []
    for figure in facts.figures(facts.catalogue.roles.accounts.forecast, unit.id):
        month = facts.catalogue.reports[figure.source].period.end
        if figure.when == Period.year(month.year) and month.number < 12:
            made.append((month, figure.value, Origin.PUBLISHED, figure))
    return made


def _loaded(found: Series, forecast: str, unit: Unit) -> list[Made]:
    points = found.get((forecast, unit.id), {})
    return [(month, point.num, point.origin, None) for month, point in points.items() if month.number < 12]


def outcome_of(facts: Facts, unit: Unit, year: int, found: Series) -> YearOutcome | None:
    """The outcome of a year: printed, else implied, else the accounts' December; None while it is open."""
    outcome = facts.catalogue.roles.accounts.outcome
    if printed := facts.printed(outcome, unit.id, Period.year(year)):
        return YearOutcome(year, printed[0].value, How.PRINTED, Origin.PUBLISHED, printed)
    if implied := _implied(facts, unit, year):
        return implied
    point = found.get((outcome, unit.id), {}).get(Month(year, 12))
    return YearOutcome(year, point.num, How.MONTHS, point.origin) if point else None


def _implied(facts: Facts, unit: Unit, year: int) -> YearOutcome | None:
    """Next year's forecast minus its distance to this year's outcome, from one line of one report.

    −382 590 − (−34 655) is −347 935. A distance that is contradicted elsewhere implies nothing, and neither do lines
    that disagree.
    """
    pairs: list[tuple[Figure, Figure]] = []
    accounts = facts.catalogue.roles.accounts
    for forecast in facts.figures(accounts.forecast, unit.id):
        if forecast.when.kind is not PeriodKind.YEAR or forecast.when.end.year != year + 1:
            continue
        pairs += [
            (forecast, one)
            for one in facts.figures(accounts.since_last_year, unit.id)
            if (one.source, one.line, one.when) == (forecast.source, forecast.line, forecast.when)
            and not flags_of(facts, one)
        ]
    values = {forecast.value - distance.value for forecast, distance in pairs}
    if len(values) != 1:
        return None
    figures = tuple(figure for pair in pairs for figure in pair)
    return YearOutcome(year, values.pop(), How.IMPLIED, Origin.PUBLISHED, figures)
