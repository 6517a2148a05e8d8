"""The municipality beside others: its place in the whole field, in the county and among alike, by key figure and year.

Values are Kolada's; places, medians and quarters are counted here. The two are never shown under the same source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from dashboard.domain.comparison import Comparisons, Kpi, Quarter, Standing, median, standing
from dashboard.errors import StoreError
from dashboard.kolada.store import FetchFile, KoladaStore, Snapshot

MUNICIPALITY = "K"  # as Kolada calls the type


@dataclass(frozen=True, slots=True)
class Source:
    """The fetch that a page rests on; None before the first. ``notices`` are what is wrong in the store, in Swedish."""

    snapshot: Snapshot | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One group that the municipality is compared with, itself included.

    ``values`` are sorted, ``middle`` is their median; ``standing`` is None when there is nobody to compare with.
    """

    name: str
    values: tuple[float, ...]
    middle: float
    standing: Standing | None
    members: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A key figure in a year. ``title`` is Kolada's own name for it. ``country`` is the country's own value."""

    kpi: Kpi
    title: str
    year: int
    own: float
    country: float | None
    lanes: tuple[Lane, ...]
    preliminary: bool

    @property
    def place(self) -> Standing | None:
        """Among all municipalities; None when no other has a value."""
        return self.lanes[0].standing if self.lanes else None

    @property
    def quarter(self) -> Quarter | None:
        return self.place.quarter if self.place else None

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that is shown."""
        known = [self.own, *(value for lane in self.lanes for value in lane.values)]
        known += [self.country] if self.country is not None else []
        return min(known), max(known)


@dataclass(frozen=True, slots=True)
class YearRow:
    """The years side by side. ``county`` and ``peers`` are medians."""

    year: int
    own: float | None
    country: float | None
    county: float | None
    peers: float | None
    preliminary: bool


def source(folder: Path) -> Source:
    """The newest fetch that can be read; what is damaged is passed over and named."""
    try:
        files = KoladaStore(folder).files()
    except StoreError as error:
        return Source(None, (str(error),))
    notices: list[str] = []
    for file in reversed(files):
        try:
            return Source(_read(folder, file), tuple(notices))
        except StoreError as error:
            notices.append(f"{error} Visar hämtningen före.")
    return Source(None, tuple(notices))


@lru_cache(maxsize=2)
def _read(folder: Path, file: FetchFile) -> Snapshot:
    # A file never changes, and reading one takes longer than drawing the page.
    return KoladaStore(folder).read(file)


def compared(found: Snapshot, wanted: Comparisons, kpi: Kpi, last: int) -> Compared | None:
    """The key figure in the latest year up to ``last`` for which the municipality has a value; None without any."""
    own = wanted.municipality.id
    years = [year for known, year in found.values if known == kpi.id and year <= last]
    year = max((year for year in years if own in found.values[kpi.id, year]), default=None)
    if year is None:
        return None
    values = found.values[kpi.id, year]
    group, row = wanted.group(kpi.group), found.kpis.get(kpi.id)
    fields = (
        ("alla kommuner", _everyone(found)),
        (wanted.county.name, _county(found, wanted)),
        (group.name if group else "liknande kommuner", _peers(found, kpi)),
    )
    lanes = (_lane(name, found, kpi, values, areas, own) for name, areas in fields)
    return Compared(
        kpi=kpi,
        title=row.title if row else "",
        year=year,
        own=values[own],
        country=values.get(wanted.country.id),
        lanes=tuple(lane for lane in lanes if lane is not None),
        preliminary=_preliminary(found, kpi, year),
    )


def all_compared(found: Snapshot, wanted: Comparisons, last: int) -> tuple[Compared, ...]:
    """Every key figure that has something to compare, in the catalogue's order."""
    made = (compared(found, wanted, kpi, last) for kpi in wanted.kpis)
    return tuple(one for one in made if one is not None)


def history(found: Snapshot, wanted: Comparisons, kpi: Kpi) -> tuple[YearRow, ...]:
    """Every year that was fetched and has any value of the key figure, in order."""
    county, peers = _county(found, wanted), _peers(found, kpi)
    years = sorted(year for known, year in found.values if known == kpi.id)
    return tuple(
        YearRow(
            year=year,
            own=values.get(wanted.municipality.id),
            country=values.get(wanted.country.id),
            county=median(values[area] for area in county if area in values),
            peers=median(values[area] for area in peers if area in values),
            preliminary=_preliminary(found, kpi, year),
        )
        for year in years
        for values in (found.values[kpi.id, year],)
    )


def _lane(
    name: str, found: Snapshot, kpi: Kpi, values: Mapping[str, float], areas: Iterable[str], own: str
) -> Lane | None:
    """None when none of the ``areas`` has a value. The median is theirs; the place is among them and oneself."""
    others = [area for area in areas if area in values]
    inside = {area: values[area] for area in {*others, own}}
    middle = median(values[area] for area in others)
    if middle is None or len(inside) < 2:
        return None
    named = sorted(
        ((found.areas[area].title, value) for area, value in inside.items()), key=lambda one: one[::-1]
    )
    place = standing(inside, own, kpi.direction)
    return Lane(name, tuple(value for _, value in named), middle, place, tuple(named))


def _everyone(found: Snapshot) -> set[str]:
    return {area.id for area in found.areas.values() if area.type == MUNICIPALITY}


def _county(found: Snapshot, wanted: Comparisons) -> set[str]:
    return {area for area in _everyone(found) if area.startswith(wanted.county.prefix)}


def _peers(found: Snapshot, kpi: Kpi) -> set[str]:
    """The group's members in Kolada, which are others than the municipality itself."""
    group = found.groups.get(kpi.group)
    return set(group.members) & _everyone(found) if group else set()


def _preliminary(found: Snapshot, kpi: Kpi, year: int) -> bool:
    """Kolada names the year its latest figures are about, and the day they become final."""
    row = found.kpis.get(kpi.id)
    if row is None or row.period != str(year):
        return False
    try:
        final = date.fromisoformat(row.published[:10])
    except ValueError:
        return False
    return found.file.known_from.date() < final
