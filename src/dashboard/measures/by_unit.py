"""One indicator for units beside each other: who they are, where each stands, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.catalogue import Catalogue
from dashboard.domain import organisation
from dashboard.domain.model import Direction, Indicator, Unit
from dashboard.domain.periods import Month
from dashboard.domain.selection import Selection
from dashboard.domain.spc import Variation
from dashboard.measures.facts import Facts
from dashboard.measures.readings import LOOK_BACK, Reading, readings
from dashboard.measures.spc_latest import Latest, latest_known

# The order of signals: what is worse than usual first, then what is otherwise than usual.
SIGNALS = (Variation.CONCERNING, Variation.NEUTRAL, Variation.IMPROVING, Variation.COMMON)


class Order(StrEnum):
    """How the units are ordered. The words are those of the address bar."""

    ORGANISATION = ""
    VALUE = "varde"
    CHANGE = "forandring"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """``depth`` is the number of steps below the unit that is compared with.

    ``latest`` is the period's last month among those before it; None where too few are known to say what is usual.
    """

    reading: Reading
    depth: int
    chosen: bool
    latest: Latest | None = None

    @property
    def unit(self) -> Unit:
        return self.reading.unit


@dataclass(frozen=True, slots=True)
class ByUnit:
    """``whole`` is what the units are parts of; ``groups`` hold the units of one kind each unless they stand in the
    organisation's order, which is one group. ``without`` are the units that the measure has no numbers for.
    """

    indicator: Indicator
    whole: UnitRow
    groups: tuple[tuple[UnitRow, ...], ...]
    without: tuple[Unit, ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        return tuple(row for group in self.groups for row in group)

    @property
    def smallest(self) -> tuple[UnitRow, ...]:
        """Those units that have no other beneath them: the ones that differ without overlapping."""
        parents = {row.unit.parent for row in self.rows}
        return tuple(row for row in self.rows if row.unit.id not in parents)


def beside(catalogue: Catalogue, indicator: Indicator, selection: Selection) -> tuple[Unit, ...]:
    """The unit and those below it that the measure can have; for a unit without any, its parent and its siblings.

    The first is the one that holds the others.
    """
    chosen = catalogue.unit(selection.unit)
    for top in (chosen, catalogue.units[chosen.parent] if chosen.parent else None):
        if top is None:
            continue
        below = organisation.descendants(catalogue.units, top.id, selection.period)
        if inside := [unit for unit in below if unit.kind in indicator.levels]:
            return (top, *inside)
    return (chosen,)


def read_ahead(facts: Facts, indicators: Iterable[str], selection: Selection) -> None:
    """Read every series of a page at once: one query, after which its blocks find theirs known."""
    known = [facts.catalogue.indicator(name) for name in indicators]
    units = {unit.id for one in known for unit in beside(facts.catalogue, one, selection)}
    last = selection.period.end
    facts.series([one.id for one in known], units | {selection.unit}, last, last)


def by_unit(
    facts: Facts, indicator_id: str, selection: Selection, order: Order = Order.ORGANISATION
) -> ByUnit:
    """The measure for the units beside each other. At most one query.

    Raises SelectionError for an unknown indicator or unit.
    """
    indicator = facts.catalogue.indicator(indicator_id)
    units = beside(facts.catalogue, indicator, selection)
    last = selection.period.end
    facts.series([indicator_id], [unit.id for unit in units], last.shift(1 - LOOK_BACK), last)
    read = {unit.id: readings(facts, [indicator_id], replace(selection, unit=unit.id))[0] for unit in units}
    top = units[0]
    base = organisation.level(facts.catalogue.units, top.id)
    rows = [
        UnitRow(
            read[unit.id],
            organisation.level(facts.catalogue.units, unit.id) - base,
            unit.id == selection.unit,
            latest_known(facts, indicator_id, unit.id, last),
        )
        for unit in units
    ]
    known = [row for row in rows[1:] if _has_numbers(row.reading)]
    without = tuple(row.unit for row in rows[1:] if not _has_numbers(row.reading))
    return ByUnit(indicator, rows[0], _ordered(known, indicator, order), without)


def _has_numbers(reading: Reading) -> bool:
    return reading.value.number is not None or any(value is not None for _, value in reading.spark)


def _ordered(rows: Sequence[UnitRow], indicator: Indicator, order: Order) -> tuple[tuple[UnitRow, ...], ...]:
    if order is Order.ORGANISATION:
        return (tuple(rows),) if rows else ()
    depths = sorted({row.depth for row in rows})

    def rank(row: UnitRow) -> tuple[bool, float]:
        if order is Order.SIGNAL:
            return (row.latest is None, SIGNALS.index(row.latest.variation) if row.latest else 0.0)
        number = row.reading.value.number if order is Order.VALUE else row.reading.change
        if number is None:
            return (True, 0.0)
        return (False, -_weight(float(number), indicator, order))

    return tuple(tuple(sorted((row for row in rows if row.depth == depth), key=rank)) for depth in depths)


def _weight(number: float, indicator: Indicator, order: Order) -> float:
    """What comes first weighs most: the highest value, the change that is worst, or the greatest where none is."""
    if order is Order.VALUE:
        return number
    if indicator.direction is Direction.NEUTRAL:
        return abs(number)
    return -number if indicator.direction is Direction.HIGHER else number


def months_of(rows: Iterable[UnitRow]) -> tuple[Month, ...]:
    """The months of the rows' curves; empty without rows."""
    return next((tuple(month for month, _ in row.reading.spark) for row in rows), ())
