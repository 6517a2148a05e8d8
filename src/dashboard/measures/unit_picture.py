"""One unit's whole picture, and all units at a glance: each measure's value with what its last month says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain import organisation
from dashboard.domain.model import Indicator, Unit
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.measures.readings import Reading, readings
from dashboard.measures.spc_latest import Latest, latest_known

WORDS_ONLY = "text"  # the unit of measures that a report gives no number for
OF_THE_ORGANISATION = frozenset({"avdelning", "enhet", "team"})


@dataclass(frozen=True, slots=True)
class Seen:
    """``latest`` is None where too few months are known to say what is usual."""

    reading: Reading
    latest: Latest | None

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator


@dataclass(frozen=True, slots=True)
class Picture:
    """By theme what the unit has a number for in the period, in the catalogue's order.

    ``without`` are the measures that are followed for units of its kind and have none; ``reason`` says why there is
    nothing at all.
    """

    unit: Unit
    themes: tuple[tuple[str, tuple[Seen, ...]], ...]
    without: tuple[Indicator, ...]
    reason: str = ""

    @property
    def seen(self) -> tuple[Seen, ...]:
        return tuple(one for _, those in self.themes for one in those)


@dataclass(frozen=True, slots=True)
class Glance:
    """A unit with a place for each of the measures asked for; None where the measure is not followed for it."""

    unit: Unit
    depth: int
    cells: tuple[Seen | None, ...]


def picture(facts: Facts, selection: Selection) -> Picture:
    """Every measure of the chosen unit but the parts of others; one query. Raises KeyError for an unknown unit."""
    unit = facts.catalogue.unit(selection.unit)
    asked = [
        one
        for one in facts.catalogue.indicators.values()
        if not one.part_of and one.unit != WORDS_ONLY and (unit.kind in one.levels or not one.levels)
    ]
    found = readings(facts, [one.id for one in asked], selection)
    known = [one for one in found if one.value.number is not None]
    themes = tuple(
        (name, tuple(_seen(facts, one) for one in known if one.indicator.theme == theme))
        for theme, name in facts.catalogue.board.themes.items()
    )
    without = tuple(one.indicator for one in found if one.indicator.monthly and one.value.number is None)
    reason = found[0].value.reason if found else f"Inget mått följs för {unit.name}."
    return Picture(unit, tuple(row for row in themes if row[1]), without, "" if known else reason)


def _seen(facts: Facts, one: Reading) -> Seen:
    if not one.indicator.monthly:
        return Seen(one, None)
    # A period that a report reads otherwise still ends with the month that the selection ends with.
    last = one.spark[-1][0] if one.spark else one.value.period.end
    return Seen(one, latest_known(facts, one.indicator.id, one.unit.id, last))


def glances(facts: Facts, indicators: Sequence[str], selection: Selection) -> tuple[Glance, ...]:
    """The departments, units and teams under the chosen one, in the organisation's order; at most one query.

    Units without a number for any of the measures are left out. Raises KeyError for an unknown unit or measure.
    """
    catalogue = facts.catalogue
    base = organisation.level(catalogue.units, selection.unit)
    inside = [
        unit
        for unit in organisation.descendants(catalogue.units, selection.unit, selection.period)
        if unit.kind in OF_THE_ORGANISATION
    ]
    facts.whole(indicators, [unit.id for unit in inside])
    rows = []
    for unit in inside:
        found = readings(facts, indicators, replace(selection, unit=unit.id), spark=True)
        cells = tuple(
            _seen(facts, one) if unit.kind in one.indicator.levels and one.value.number is not None else None
            for one in found
        )
        if any(cells):
            rows.append(Glance(unit, organisation.level(catalogue.units, unit.id) - base, cells))
    return tuple(rows)
