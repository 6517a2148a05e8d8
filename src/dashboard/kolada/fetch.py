"""One fetch: everything the catalogue names, or nothing at all.

Kept are values of both sexes together, of municipalities and the country. Deleted values, values of one sex and rows
without a value are counted and left out. What should be there and is not is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from dashboard.domain.comparison import Comparisons
from dashboard.kolada.answers import (
    TOTAL,
    AreaRow,
    GroupRow,
    KpiRow,
    Value,
    area_of,
    group_of,
    kpi_of,
    values_of,
)
from dashboard.kolada.client import SEGMENT, UNCHANGED, Client
from dashboard.kolada.errors import KoladaError
from dashboard.kolada.fetched import Fetched, Key, Progress

MUNICIPALITY = "K"
TOGETHER = 5  # key figures in one request: enough to be quick, few enough for progress to be seen
_OPENING = 0.1  # share of the progress that the lists take before the values
T = TypeVar("T")


def fetch(
    client: Client, wanted: Comparisons, years: Sequence[int], progress: Progress = lambda what, share: None
) -> Fetched:
    """All of it. Raises KoladaError on the first thing that fails or does not add up."""
    progress("kommuner", 0.0)
    areas = _areas(client, wanted)
    progress("nyckeltalens namn", _OPENING / 3)
    kpis = kpi_rows(client, [one.id for one in wanted.kpis])
    progress("liknande kommuner", 2 * _OPENING / 3)
    groups = group_rows(client, [one.id for one in wanted.groups])
    _present("Nyckeltalen", [one.id for one in wanted.kpis], [one.id for one in kpis])
    _present("Grupperna", [one.id for one in wanted.groups], [one.id for one in groups])
    for group in groups:
        if not group.members:
            raise KoladaError(f"Gruppen {group.id} har inga kommuner i Kolada. {UNCHANGED}")
    kept = {one.id for one in areas}
    values: dict[Key, tuple[float, str]] = {}
    left_out: Counter[str] = Counter()
    batches = [
        (ids, part)
        for ids in _parts([one.id for one in wanted.kpis], TOGETHER)
        for part in _parts(years, SEGMENT)
    ]
    names = {one.id: one.short for one in wanted.kpis}
    for number, (ids, part) in enumerate(batches):
        progress(
            f"{names[ids[0]]} ({number + 1} av {len(batches)})",
            _OPENING + (1 - _OPENING) * number / len(batches),
        )
        for value in _values(client, ids, part):
            _keep(value, kept, values, left_out)
    own = wanted.municipality
    if not any(area == own.id for _, area, _ in values):
        raise KoladaError(f"Kolada har inga värden alls för {own.name} ({own.id}). {UNCHANGED}")
    progress("klart", 1.0)
    return Fetched(client.address, tuple(years), areas, kpis, groups, values, dict(left_out), client.requests)


def _areas(client: Client, wanted: Comparisons) -> tuple[AreaRow, ...]:
    """Every municipality, and the country."""
    own, country = wanted.municipality, wanted.country
    known = [
        area_of(row, place) for page in client.pages("municipality") for place, row in enumerate(page.values)
    ]
    kept = tuple(one for one in known if one.type == MUNICIPALITY or one.id == country.id)
    found = {one.id: one for one in kept}
    for area in (own, country):
        if area.id not in found:
            raise KoladaError(
                f"Kolada känner ingen kommun eller riket med koden {area.id} ({area.name}). {UNCHANGED}"
            )
    if found[own.id].title != own.name:
        raise KoladaError(
            f"Koden {own.id} är {found[own.id].title} i Kolada, inte {own.name}. "
            f"Rätta comparisons.toml. {UNCHANGED}"
        )
    return kept


def kpi_rows(client: Client, ids: Sequence[str]) -> tuple[KpiRow, ...]:
    """What Kolada says of the key figures; those it does not know are missing."""
    return _rows(client, "kpi", ids, kpi_of)


def group_rows(client: Client, ids: Sequence[str]) -> tuple[GroupRow, ...]:
    """The groups with their members; those Kolada does not know are missing."""
    return _rows(client, "municipality_groups", ids, group_of)


def _rows(
    client: Client, resource: str, ids: Sequence[str], make: Callable[[Mapping[str, Any], int], T]
) -> tuple[T, ...]:
    pages = (page for part in _parts(ids, SEGMENT) for page in client.pages(f"{resource}/{','.join(part)}"))
    return tuple(make(row, place) for page in pages for place, row in enumerate(page.values))


def _present(what: str, wanted: Sequence[str], found: Iterable[str]) -> None:
    missing = [one for one in wanted if one not in set(found)]
    if missing:
        raise KoladaError(
            f"{what} {', '.join(missing)} finns inte i Kolada. Rätta eller ta bort dem i comparisons.toml. {UNCHANGED}"
        )


def _values(client: Client, ids: Sequence[str], years: Sequence[int]) -> Iterable[Value]:
    """The values of some key figures in some years, of every area; an answer about anything else is refused."""
    path = f"data/kpi/{','.join(ids)}/year/{','.join(str(year) for year in years)}"
    for page in client.pages(path):
        for value in values_of(page):
            if value.kpi not in ids or value.year not in years:
                raise KoladaError(
                    f"Kolada svarade om {value.kpi} {value.year}, som ingen frågat om. {UNCHANGED}"
                )
            yield value


def _keep(
    value: Value, areas: set[str], values: dict[Key, tuple[float, str]], left_out: Counter[str]
) -> None:
    if value.deleted:
        left_out["raderade"] += 1
    elif value.gender != TOTAL:
        left_out["kön för sig"] += 1
    elif value.area not in areas:
        left_out["andra områden"] += 1
    elif value.value is None:
        left_out["utan värde"] += 1
    else:
        key, found = (value.kpi, value.area, value.year), (value.value, value.status)
        if values.setdefault(key, found) != found:
            raise KoladaError(
                f"Kolada gav två olika värden för {value.kpi} i {value.area} år {value.year}. {UNCHANGED}"
            )


def _parts(whole: Sequence[T], size: int) -> Iterable[tuple[T, ...]]:
    """``abcde`` by two: ``ab``, ``cd``, ``e``."""
    rest = iter(whole)
    while part := tuple(islice(rest, size)):
        yield part
