"""Read ``relations.toml`` and check it; find the figures that a relation names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from dashboard.catalogue.build import Faults, Where, build
from dashboard.errors import PublishedError
from dashboard.published import Figure
from dashboard.reconcile.layer import Layer
from dashboard.reconcile.printed import unit_of
from dashboard.reconcile.relations import (
    COLOURED,
    FILE,
    TERMS,
    Cleared,
    Kind,
    Named,
    Relation,
    Relations,
    Resolved,
    Says,
)

T = TypeVar("T")


def load(folder: Path) -> Relations:
    """The relations of the published layer in ``folder``; none where the file is missing.

    Raises PublishedError with every fault of the file.
    """
    path = folder / FILE
    faults = Faults()
    document: Mapping[str, Any] = {}
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Relations()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.tell(Where(FILE), "giltig TOML i UTF-8", f"något annat ({error})")
    for other in sorted(document.keys() - {"relation", "cleared"}):
        faults.add(Where(FILE, other), "bara [[relation]] och [[cleared]]", other)
    declared = Relations(
        _rows(document, "relation", Relation, faults),
        _rows(document, "cleared", Cleared, faults),
    )
    _check(declared, faults)
    if faults.found:
        raise PublishedError(f"Sambanden i {path} har fel:", faults.found)
    return declared


def _rows(document: Mapping[str, Any], key: str, cls: type[T], faults: Faults) -> tuple[T, ...]:
    tables = document.get(key, [])
    if not isinstance(tables, list):
        faults.add(Where(FILE, key), f"tabeller som [[{key}]]", tables)
        return ()
    built = [build(cls, table, _where(key, number, table), faults) for number, table in enumerate(tables, 1)]
    return tuple(one for one in built if one is not None)


def _where(key: str, number: int, table: object) -> Where:
    """By its id where it has one, else by its number."""
    named = table.get("id", number) if isinstance(table, Mapping) else number
    return Where(FILE, key).item(named)


def _check(declared: Relations, faults: Faults) -> None:
    seen: set[str] = set()
    for one in declared.relations:
        where = Where(FILE, "relation").item(one.id)
        if one.id in seen:
            faults.add(where.at("id"), "ett eget id", one.id)
        seen.add(one.id)
        _fits(one, where, faults)


def _fits(one: Relation, where: Where, faults: Faults) -> None:
    """What a kind needs."""
    least, most, result = TERMS[one.kind]
    if not least <= len(one.terms) <= most:
        faults.add(where.at("terms"), f"{least} till {most} tal för {one.kind}", len(one.terms))
    if result and (one.result is None) is (one.equals is None):
        faults.tell(where.at("result"), "antingen result eller equals", "båda eller inget")
    if one.equals is not None and one.kind is not Kind.SUM:
        faults.add(where.at("equals"), "bara för sum", one.equals)
    if one.kind is Kind.DIRECTION and one.says not in set(Says):
        faults.add(where.at("says"), f"ett av {', '.join(Says)}", one.says)
    if one.kind in COLOURED and not (one.subject and one.period):
        faults.missing(where.at("subject"), "subject och period")


def resolve(layer: Layer, relation: Relation) -> Resolved | str:
    """The relation with its figures, or a Swedish sentence: a figure does not exist or is not one, or units differ."""
    missing: list[str] = []

    def figure(named: Named) -> Figure | None:
        found = _found(layer, relation, named)
        if len(found) == 1:
            return found[0]
        place = f"{named.source or relation.source} rad {named.line or relation.line}"
        missing.append(f"{place}: {named.asked()} ({len(found)} tal passar)")
        return None

    result = figure(relation.result) if relation.result else None
    terms = [figure(named) for named in relation.terms]
    minus = [figure(named) for named in relation.minus]
    if missing:
        return f"{FILE}: {relation.id} pekar inte på ett enda tal: {'; '.join(missing)}"
    found = Resolved(relation, result, tuple(one for one in terms if one), tuple(one for one in minus if one))
    units = _units(found)
    return f"{FILE}: {relation.id} räknar med olika enheter: {', '.join(units)}" if len(units) > 1 else found


def _units(found: Resolved) -> list[str]:
    """The units that are added or compared; a share and a change are per cent of whatever their terms are."""
    own = found.result is not None and found.relation.kind not in {Kind.SHARE, Kind.CHANGE}
    figures = [*found.terms, *found.minus, *([found.result] if found.result and own else [])]
    return sorted({unit_of(figure) for figure in figures})


def _found(layer: Layer, relation: Relation, named: Named) -> list[Figure]:
    place = (named.source or relation.source, named.line or relation.line)
    asked = {
        name: wanted
        for name in ("indicator", "measure", "org", "period", "label", "value")
        if (wanted := getattr(named, name))
    }
    return [
        figure
        for figure in layer.by_line.get(place, ())
        if all(str(getattr(figure, name)) == wanted for name, wanted in asked.items())
    ]
