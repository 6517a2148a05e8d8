"""Which months of which datasets there are, which are late, and what the next month still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Indicator, Origin
from dashboard.domain.periods import Month
from dashboard.measures.facts import Facts

DUE_DAY = 10  # of the month after: the week after month end, with room for a holiday
MONTHS = 12


class State(StrEnum):
    """``LATE``: should have been here. ``AWAITED``: there is still time."""

    HERE = "here"
    LATE = "late"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Holding:
    """One month of one dataset. Without ``origin`` and ``known_from`` when it is not here."""

    dataset: str
    month: Month
    state: State
    origin: Origin | None = None
    known_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """``months`` end with the one to be loaded next. One row per dataset, each with all the months."""

    months: tuple[Month, ...]
    rows: Mapping[str, tuple[Holding, ...]]
    today: date

    @property
    def next(self) -> Month:
        """The month being collected: the first that no dataset, or not every dataset, has."""
        return next(
            (month for month in self.months if any(not self.at(name, month) for name in self.rows)),
            self.months[-1],
        )

    def at(self, dataset: str, month: Month) -> Holding | None:
        """The holding when it is here, else None."""
        found = self.of(month).get(dataset)
        return found if found is not None and found.state is State.HERE else None

    def of(self, month: Month) -> Mapping[str, Holding]:
        """Per dataset what is known of a month; empty for one that is not shown."""
        return {name: one for name, row in self.rows.items() for one in row if one.month == month}


def due(month: Month) -> date:
    """The day when a month should be here."""
    after = month.shift(1)
    return date(after.year, after.number, DUE_DAY)


def holdings(facts: Facts, today: date, months: int = MONTHS) -> Holdings:
    """The last ``months`` months of every dataset, and the one after. One query; of an empty store the newest alone."""
    here: dict[str, dict[Month, Holding]] = {name: {} for name in CONTRACTS}
    for dataset, day, known, origin in facts.warehouse.run("holdings"):
        month = Month.of(day)
        here[dataset][month] = Holding(dataset, month, State.HERE, Origin(origin), known)
    known_months = [month for row in here.values() for month in row]
    newest = max(known_months, default=Month.of(today).shift(-2))
    span = newest.shift(1 - months if known_months else 0).until(newest.shift(1))
    rows = {
        name: tuple(row.get(month) or _missing(name, month, today) for month in span)
        for name, row in here.items()
    }
    return Holdings(span, rows, today)


def _missing(dataset: str, month: Month, today: date) -> Holding:
    return Holding(dataset, month, State.LATE if today > due(month) else State.AWAITED)


def fed_by(facts: Facts, dataset: str) -> tuple[Indicator, ...]:
    """The measures that a dataset feeds, in the order of the catalogue."""
    return tuple(
        one
        for one in facts.catalogue.indicators.values()
        if any(term.dataset == dataset for term in (*one.terms, *one.per))
    )
