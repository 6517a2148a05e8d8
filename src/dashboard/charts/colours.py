"""A unit has the same colour on every page: it follows from its place in the catalogue, never from the
chart.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.model import Unit

ROOT = 1
# A department never has the colour of a unit, nor a unit that of a team inside the same department.
ORGANISATION = {"avdelning": (2, 3, 4), "enhet": (5, 6, 7, 8, 9, 10), "team": (8, 9, 10, 2, 3, 4)}
ACCOUNTS = (2, 3, 4, 5, 6, 7, 8, 9, 10)


def unit_colour(units: Mapping[str, Unit], unit_id: str) -> int:
    """A number from 1 to 10 in the theme's palette. Raises KeyError for an unknown unit.

    The rest follow in the catalogue's order: departments, units and teams each in colours of their own, and
    each
    division of the accounts by itself, so that what stands beside each other differs as far as ten colours
    reach.
    """
    unit = units[unit_id]
    if unit.parent is None:
        return ROOT
    palette = ORGANISATION.get(unit.kind, ACCOUNTS)
    family = [one.id for one in units.values() if _kin(one, unit)]
    return palette[family.index(unit_id) % len(palette)]


def _kin(one: Unit, unit: Unit) -> bool:
    if unit.kind in ORGANISATION:
        return one.kind == unit.kind
    return one.kind not in ORGANISATION and one.parent is not None and one.valid_from == unit.valid_from
