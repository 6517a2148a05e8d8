"""The organisation over time: who belongs to whom, what existed when, and where a series breaks.

Pure functions over ``Mapping[str, Unit]`` whose parents and successors are known to hold together (the
catalogue checks that). Rows of the kinds in ``ASIDE`` stand beside the parts that a unit is divided into.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.model import Relation, Unit
from dashboard.domain.periods import Month, Period

Units = Mapping[str, Unit]

KINDS = ("forvaltning", "avdelning", "enhet", "team", "verksamhet", "varav", "buffert")
VARAV = "varav"
ASIDE = frozenset({VARAV, "buffert"})


@dataclass(frozen=True, slots=True)
class Ancestry:
    """``unit`` counts into ``ancestor`` (itself too) from ``valid_from`` to ``valid_to`` (None: still)."""

    unit: str
    ancestor: str
    valid_from: Month
    valid_to: Month | None


@dataclass(frozen=True, slots=True)
class Link:
    """One stretch of a series under one id. ``end`` is None while the unit exists."""

    unit: str
    start: Month
    end: Month | None


@dataclass(frozen=True, slots=True)
class Break:
    """From ``month`` on, ``after`` stands where ``before`` stood, and the two are not one series."""

    month: Month
    before: tuple[str, ...]
    after: tuple[str, ...]
    relation: Relation


def path(units: Units, unit_id: str) -> tuple[Unit, ...]:
    """From the root down to the unit, both included."""
    found = [units[unit_id]]
    while (parent := found[-1].parent) is not None:
        found.append(units[parent])
    return tuple(reversed(found))


def level(units: Units, unit_id: str) -> int:
    """Steps below the root; the root is 0."""
    return len(path(units, unit_id)) - 1


def children(units: Units, unit_id: str, when: Month | Period | None = None) -> tuple[Unit, ...]:
    """The units directly below, in the catalogue's order; with ``when`` only those that existed then."""
    below = (unit for unit in units.values() if unit.parent == unit_id)
    return tuple(unit for unit in below if when is None or existed(unit, when))


def descendants(units: Units, unit_id: str, when: Month | Period | None = None) -> tuple[Unit, ...]:
    """Everything below, parents before their children; the unit itself is left out."""
    found: list[Unit] = []
    for child in children(units, unit_id, when):
        found += [child, *descendants(units, child.id, when)]
    return tuple(found)


def existed(unit: Unit, when: Month | Period) -> bool:
    """In the month, or in any month of the period."""
    if isinstance(when, Month):
        return unit.existed(when)
    return unit.valid_from <= when.end and (unit.valid_to is None or when.start <= unit.valid_to)


def existing(units: Units, when: Month | Period) -> tuple[Unit, ...]:
    """All units of the month or the period, in the catalogue's order."""
    return tuple(unit for unit in units.values() if existed(unit, when))


def ancestry(units: Units) -> tuple[Ancestry, ...]:
    """Every (unit, ancestor) pair to sum over, the unit itself included, for the months when both existed.

    A ``varav`` row counts only into itself, and so does what stands below it: its parent holds it already. A
    buffer is money of its own and counts, as in the report's last sum; which rows make up the sum before it
    is for the tables to say.
    """
    rows: list[Ancestry] = []
    for unit in units.values():
        start, end = unit.valid_from, unit.valid_to
        rows.append(Ancestry(unit.id, unit.id, start, end))
        below = unit
        while below.kind != VARAV and below.parent is not None:
            below = units[below.parent]
            start = max(start, below.valid_from)
            end = _earlier(end, below.valid_to)
            if end is not None and end < start:
                break
            rows.append(Ancestry(unit.id, below.id, start, end))
    return tuple(rows)


def _earlier(first: Month | None, second: Month | None) -> Month | None:
    if first is None or second is None:
        return second if first is None else first
    return min(first, second)


def chain(units: Units, unit_id: str) -> tuple[Link, ...]:
    """The stretches that are one series with the unit: joined where the catalogue says same or renamed."""
    found = [units[unit_id]]
    while (older := _comparable_before(units, found[0])) is not None:
        found.insert(0, older)
    while (newer := _comparable_after(units, found[-1])) is not None:
        found.append(newer)
    return tuple(Link(unit.id, unit.valid_from, unit.valid_to) for unit in found)


def _comparable_after(units: Units, unit: Unit) -> Unit | None:
    return next((units[successor.id] for successor in unit.successors if successor.comparable), None)


def _comparable_before(units: Units, unit: Unit) -> Unit | None:
    for other in units.values():
        if any(successor.id == unit.id and successor.comparable for successor in other.successors):
            return other
    return None


def breaks(units: Units, unit_id: str) -> tuple[Break, ...]:
    """Where the unit's series begins after, or ends before, something that is not comparable with it.

    The join inside a chain is no break. A unit that ends without a named successor breaks into nothing.
    """
    links = chain(units, unit_id)
    first, last = units[links[0].unit], units[links[-1].unit]
    found = []
    before = [other for other in units.values() if any(s.id == first.id for s in other.successors)]
    if before:
        relation = next(s.relation for s in before[0].successors if s.id == first.id)
        ended = [other.valid_to for other in before if other.valid_to is not None]
        month = max(ended).shift(1) if ended else first.valid_from
        found.append(Break(month, tuple(other.id for other in before), (first.id,), relation))
    if last.valid_to is not None:
        relation = last.successors[0].relation if last.successors else Relation.NONE
        after = tuple(successor.id for successor in last.successors)
        found.append(Break(last.valid_to.shift(1), (last.id,), after, relation))
    return tuple(found)
