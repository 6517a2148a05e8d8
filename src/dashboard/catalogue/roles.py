"""What the file on roles must hold: measures that exist and are of the kind that the part asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.model import Indicator, Nature
from dashboard.domain.roles import Accounts, Roles

FILE = "roles.toml"
NATURES = {
    "outcome": Nature.ACCUMULATED,
    "budget": Nature.ACCUMULATED,
    "forecast": Nature.FULL_YEAR,
    "year_budget": Nature.FULL_YEAR,
}


def check_roles(
    roles: Roles | None,
    indicators: Mapping[str, Indicator],
    ids: Mapping[str, frozenset[str] | None],
    faults: Faults,
) -> None:
    """Note every fault. ``ids`` holds the ids of the indicators, None for a file that could not be read."""
    if roles is None:
        return
    where = Where(FILE)
    for one in fields(Accounts):
        at, name = where.at("accounts").at(one.name), getattr(roles.accounts, one.name)
        _known(name, ids, at, faults)
        wanted = NATURES.get(one.name)
        if wanted is not None and name in indicators and indicators[name].nature is not wanted:
            faults.add(at, f"ett mått med nature {wanted}", name)
    for volume in roles.volumes:
        at = where.at("volumes").item(volume.id)
        for key in ("name", "counted"):
            if not getattr(volume, key).strip():
                faults.add(at.at(key), "minst ett ord", getattr(volume, key))
        for key in ("volume", "cost"):
            name = getattr(volume, key)
            _known(name, ids, at.at(key), faults)
            if name in indicators and not indicators[name].monthly:
                faults.add(at.at(key), "ett mått som räknas varje månad", name)
    found = Counter(volume.id for volume in roles.volumes)
    for name, count in found.items():
        if count > 1:
            faults.tell(where.at("volumes"), "att varje id står en gång", f"{name} {count} gånger")
    if roles.placements not in found:
        faults.dangling(where.at("placements"), "volumes", roles.placements, found)


def _known(name: str, ids: Mapping[str, frozenset[str] | None], where: Where, faults: Faults) -> None:
    known = ids["indicator"]
    if known is not None and name not in known:
        faults.dangling(where, "måtten", name, known)
