"""Open everything that answers rest on; build the serving file when it is not there yet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard import warehouse
from dashboard.domain.model import Report
from dashboard.domain.periods import Month
from dashboard.errors import PublishedError, StoreError
from dashboard.measures.facts import Facts
from dashboard.measures.known_reports import known_at
from dashboard.settings import Settings
from dashboard.snapshots.files import SnapshotFile, fingerprint_of
from dashboard.snapshots.store import Store

Progress = Callable[[str, float], None]


def open_facts(
    settings: Settings, as_of: date | None = None, progress: Progress = lambda what, share: None
) -> Facts:
    """Catalogue, published layer and the serving file of the snapshots known on ``as_of`` (None: all there are).

    ``as_of`` is a day, or a moment with its time zone.
    A report that became known later is left out with all that it prints, and ``Facts.notices`` says so.
    A snapshot that is damaged is left out and named in ``Facts.notices``, as is a month that is missing
    between others: the rest still serves, and every page says so.
    Raises CatalogueError and PublishedError with every fault, StoreError when nothing can be served.
    """
    catalogue = catalogues.load(settings.catalogue)
    store = Store(settings.snapshots)
    in_effect = store.known(as_of)
    empty = in_effect.fingerprint == fingerprint_of(())
    with ThreadPoolExecutor(1) as beside:  # opening is DuckDB's own work; reading the rows is ours
        opened = beside.submit(
            _open, warehouse.path_for(settings.warehouse, catalogue, in_effect.fingerprint)
        )
        published = publications.load(settings.published)
        missing = catalogues.missing_references(catalogue, publications.references(published))
    if missing:
        raise PublishedError(
            f"De publicerade uppgifterna i {settings.published} nämner det som inte finns:", missing
        )
    notices: list[str] = []
    serving = opened.result()
    if serving is None:
        origins, faults = store.origins(in_effect.files)
        files = tuple(origins)
        empty = not files
        notices = [f"{fault} Månaden är inte med i det som visas." for fault in faults]
        sound = warehouse.path_for(settings.warehouse, catalogue, fingerprint_of(files))
        serving = _open(sound) or warehouse.open_warehouse(
            warehouse.build(settings.warehouse, catalogue, store, files, progress, origins)
        )
    if empty and as_of and store.current():
        notices.append(f"Inga månadsvärden var kända {as_of:%Y-%m-%d}.")
    elif empty:
        notices.append("Inga månadsvärden är inlästa. Kör ”dashboard build” så byggs demons månader.")
    notices.extend(_gaps(serving))
    known = known_at(catalogue, published, as_of, lambda: _judged(serving))
    if known.notice:
        notices.append(known.notice)
    moments = [moment for moment in (in_effect.moment, known.moment) if moment]
    return Facts(
        known.catalogue,
        known.published,
        serving,
        _fingerprint(settings.published, known.left_out),
        tuple(notices),
        max(moments, default=None),
        hidden=known.hidden,
    )


def _judged(serving: warehouse.Warehouse) -> frozenset[str]:
    """The goals that some unit judges in some month."""
    every = {"first": Month(1900, 1).first_day, "last": Month(9999, 12).first_day}
    return frozenset(row[0] for row in serving.run("unit_status", **every))


def prepare_serving(
    settings: Settings, progress: Progress = lambda what, share: None
) -> Callable[[Sequence[SnapshotFile]], None]:
    """What ``loading`` does just before a delivery counts: build the serving file that it leads to.

    Pages then go over to it without waiting; a delivery that cannot be served is not kept. What is called raises
    CatalogueError and StoreError.
    """

    def prepare(files: Sequence[SnapshotFile]) -> None:
        catalogue = catalogues.load(settings.catalogue)
        warehouse.build(settings.warehouse, catalogue, Store(settings.snapshots), files, progress)

    return prepare


def _fingerprint(folder: Path, left_out: Sequence[Report]) -> str:
    """Sixteen hex digits over the bytes of the published layer and what of it is left out."""
    digest = hashlib.sha256(" ".join(report.id for report in left_out).encode())
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _open(path: Path) -> warehouse.Warehouse | None:
    """The serving file, or None. One that is damaged is thrown away: it can always be built again."""
    if not warehouse.is_built(path):
        return None
    try:
        return warehouse.open_warehouse(path)
    except StoreError:
        path.unlink(missing_ok=True)
        return None


def _gaps(serving: warehouse.Warehouse) -> list[str]:
    """A dataset that has months on both sides of one that is missing."""
    missing: dict[str, list[Month]] = {}
    for dataset, day in serving.gaps:
        missing.setdefault(dataset, []).append(Month.of(day))
    notices = []
    for dataset, months in missing.items():
        names = ", ".join(month.name for month in months[:3]) + (" med flera" if len(months) > 3 else "")
        notices.append(f"Datamängden {dataset} saknar {names}. Läs in månaden, så försvinner luckan.")
    return notices
