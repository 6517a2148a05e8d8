"""What a person sets going: fetch and keep, or check the catalogue against Kolada. Nothing else ever asks Kolada."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.domain.comparison import Comparisons
from dashboard.domain.text import number
from dashboard.errors import SelectionError, StoreError
from dashboard.kolada.client import UNCHANGED, Client
from dashboard.kolada.errors import KoladaError
from dashboard.kolada.fetch import fetch, group_rows, kpi_rows
from dashboard.kolada.fetched import Progress
from dashboard.kolada.store import Changes, FetchFile, KoladaStore, Snapshot

ADDRESS = (
    "DASHBOARD_KOLADA_URL"  # names another address than the catalogue's: a mirror, or a test's own server
)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A fetch that has been kept. ``without`` are key figures that Kolada has no value of in these years."""

    file: FetchFile
    values: int
    areas: int
    kpis: int
    without: tuple[str, ...]
    changes: Changes | None

    @property
    def sentence(self) -> str:
        """``Hämtade 1 234 värden för 18 nyckeltal och 290 kommuner. 12 är nya, 3 ändrade …``"""
        counts = f"{number(self.kpis)} nyckeltal och {number(self.areas)} kommuner"
        said = f"Hämtade {number(self.values)} värden för {counts}."
        if self.changes is not None:
            new, revised, gone = self.changes.new, self.changes.revised, self.changes.gone
            said += f" Sedan förra hämtningen: {number(new)} nya, {number(revised)} ändrade, {number(gone)} borta."
        if self.without:
            said += f" Inga värden de här åren: {', '.join(self.without)}."
        return said


def address_of(wanted: Comparisons, given: str | None = None) -> str:
    """What was given, else what the environment names, else the catalogue's."""
    return given or os.environ.get(ADDRESS) or wanted.address


def years_of(text: str | None, wanted: Comparisons, today: datetime | None = None) -> tuple[int, ...]:
    """``2019-2024`` or ``2024``; without text from the catalogue's first year on. Raises SelectionError."""
    last = (today or datetime.now(UTC)).year
    if not text:
        return tuple(range(min(wanted.first_year, last), last + 1))
    first, _, end = text.partition("-")
    numbers = [part.strip() for part in (first, end or first)]
    if all(len(part) == 4 and part.isascii() and part.isdigit() for part in numbers):
        start, stop = int(numbers[0]), int(numbers[1])
        if 1990 <= start <= stop <= last:
            return tuple(range(start, stop + 1))
    raise SelectionError(
        f"Åren ”{text[:20]}” går inte att läsa. Skriv till exempel 2019-2024, längst till {last}."
    )


def refresh(
    root: Path,
    wanted: Comparisons,
    years: Sequence[int],
    *,
    address: str | None = None,
    progress: Progress = lambda what, share: None,
    now: datetime | None = None,
    client: Client | None = None,
) -> Refreshed:
    """Fetch everything and keep it as one more file under ``root``.

    Raises KoladaError when anything at all fails, StoreError when it cannot be kept: nothing has changed then.
    """
    if not wanted.kpis:
        raise KoladaError(f"comparisons.toml nämner inga nyckeltal att hämta. {UNCHANGED}")
    store = KoladaStore(root)
    before = last_sound(store)
    with client or Client(address_of(wanted, address)) as opened:
        fetched = fetch(opened, wanted, years, progress)
    after = {key: value for key, (value, _) in fetched.values.items()}
    without = tuple(one.id for one in wanted.kpis if not any(kpi == one.id for kpi, _, _ in after))
    if before is not None:
        _nothing_lost(before, without, years)
    changes = Changes.between(_within(before, years, wanted), after) if before is not None else None
    file = store.write(fetched, now or datetime.now(UTC), changes)
    areas = len({area for _, area, _ in after} - {wanted.country.id})
    return Refreshed(file, len(after), areas, len(wanted.kpis), without, changes)


def last_sound(store: KoladaStore) -> Snapshot | None:
    """The newest fetch that can be read, None without any."""
    for file in reversed(store.files()):
        try:
            return store.read(file)
        except StoreError:
            continue
    return None


def _within(before: Snapshot, years: Sequence[int], wanted: Comparisons) -> dict[tuple[str, str, int], float]:
    """The earlier values of what was asked for now: a narrower question is not a loss."""
    kpis = {one.id for one in wanted.kpis}
    return {key: value for key, value in before.flat().items() if key[0] in kpis and key[2] in years}


def _nothing_lost(before: Snapshot, without: Sequence[str], years: Sequence[int]) -> None:
    """A key figure that had values in these years and now has none at all is more likely a fault than news."""
    lost = [one for one in without if any(kpi == one and year in years for kpi, year in before.values)]
    if lost:
        raise KoladaError(
            f"Kolada har inte längre några värden för {', '.join(lost)}. "
            f"Är det rätt, så ta bort nyckeltalet ur comparisons.toml. {UNCHANGED}"
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What the catalogue says and what Kolada says of one id. ``fault`` is empty when they can be reconciled."""

    id: str
    ours: str
    theirs: str
    verified: bool
    fault: str = ""


def check(
    wanted: Comparisons, *, address: str | None = None, client: Client | None = None
) -> tuple[Checked, ...]:
    """Hold every id of the catalogue against Kolada. Raises KoladaError when Kolada cannot be asked."""
    with client or Client(address_of(wanted, address)) as opened:
        kpis = {one.id: one for one in kpi_rows(opened, [one.id for one in wanted.kpis])}
        groups = {one.id: one for one in group_rows(opened, [one.id for one in wanted.groups])}
    found = []
    for kpi in wanted.kpis:
        theirs = kpis[kpi.id].title if kpi.id in kpis else ""
        fault = "" if theirs else "finns inte i Kolada"
        if theirs and kpi.verified and theirs != kpi.title:
            fault = f"Kolada har bytt rubrik; den kontrollerade var ”{kpi.title}”"
        found.append(Checked(kpi.id, f"{kpi.name}, {kpi.unit}", theirs, kpi.verified, fault))
    for group in wanted.groups:
        row = groups.get(group.id)
        fault = "" if row else "finns inte i Kolada"
        if row and group.members and {one.id for one in group.members} != set(row.members):
            fault = f"Kolada har andra kommuner i gruppen: {', '.join(row.members)}"
        found.append(Checked(group.id, group.name, row.title if row else "", group.verified, fault))
    return tuple(found)
