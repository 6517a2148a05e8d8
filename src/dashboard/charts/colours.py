"""A unit has the same colour on every page: it follows from its place in the catalogue, never from the chart."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.model import Unit

PALETTE = 10
ORGANISATION = frozenset({"avdelning", "enhet", "team"})


def unit_colour(units: Mapping[str, Unit], unit_id: str) -> int:
    """1 is the whole organisation's own. Raises KeyError for an unknown unit.

    The rest take 2-10 in the catalogue's order: departments, units and teams together, and each division of the
    accounts by itself, so that rows that stand beside each other differ as far as ten colours reach.
    """
    unit = units[unit_id]
    if unit.parent is None:
        return 1
    if unit.kind in ORGANISATION:
        family = [one.id for one in units.values() if one.kind in ORGANISATION]
    else:
        family = [one.id for one in units.values() if one.kind not in ORGANISATION and one.valid_from == unit.valid_from]
        family = [one for one in family if units[one].parent is not None]
    return family.index(unit_id) % (PALETTE - 1) + 2
