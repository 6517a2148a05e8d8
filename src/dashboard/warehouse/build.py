"""Build the serving file beside the old one and rename it into place.

Its name is the fingerprint of what it was built from, so a file that exists is complete and true, a page that
has one open keeps it, and any of them can be thrown away.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Indicator, Term
from dashboard.domain.organisation import ancestry
from dashboard.errors import StoreError
from dashboard.snapshots.files import SnapshotFile, fingerprint_of
from dashboard.snapshots.store import Store
from dashboard.warehouse.statements import statement

Progress = Callable[[str, float], None]

SCHEMA_VERSION = "3"
END_OF_TIME = date(9999, 12, 1)


def path_for(folder: Path, catalogue: Catalogue, in_effect: str) -> Path:
    """Where the serving file lies that is built from the snapshots with this fingerprint (``fingerprint_of``).

    Its name is sixteen hex digits over them, the definitions and its own schema.
    """
    rests_on = " ".join((SCHEMA_VERSION, catalogue.fingerprint, in_effect))
    return folder / f"{hashlib.sha256(rests_on.encode()).hexdigest()[:16]}.duckdb"


def is_built(path: Path) -> bool:
    return path.is_file()


def build(
    folder: Path,
    catalogue: Catalogue,
    store: Store,
    files: Sequence[SnapshotFile],
    progress: Progress = lambda what, share: None,
    origins: Mapping[SnapshotFile, str] | None = None,
) -> Path:
    """Build from the given snapshots and return the file's path; an existing one is returned as it is.

    ``origins`` are those of files that somebody has just looked through; without it each is held against its hash here.
    ``progress`` gets a Swedish word on what is being done and the share done, 0-1.
    Raises StoreError when a snapshot is damaged or the folder cannot be written; nothing is left behind.
    """
    target = path_for(folder, catalogue, fingerprint_of(files))
    if is_built(target):
        return target
    beside = folder / f".{target.stem}.{os.getpid()}-{threading.get_ident()}.tmp"
    try:
        if origins is None:
            sound, faults = store.origins(files)
            if faults:
                raise faults[0]
            origins = sound
        folder.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with duckdb.connect(str(beside)) as con:
            _fill(con, catalogue, store, files, origins, progress)
        os.replace(beside, target)
    except (duckdb.Error, OSError) as error:
        raise StoreError(
            f"Databasen kunde inte byggas i {folder}: {error}. "
            "Kör ”dashboard check” för att se vilken fil det gäller; månadsfilerna är orörda."
        ) from error
    finally:
        with suppress(OSError):  # what went wrong is already on its way to the user
            beside.unlink(missing_ok=True)
    return target


def _fill(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    store: Store,
    files: Sequence[SnapshotFile],
    origins: Mapping[SnapshotFile, str],
    progress: Progress,
) -> None:
    con.begin()
    define(con, catalogue)
    _insert(con, "snapshot", _snapshot_rows(store, files, origins))
    con.execute(statement("build_gap"))
    datasets = sorted({file.dataset for file in files})
    for number, dataset in enumerate(datasets):
        progress(f"läser in {dataset}", number / (len(datasets) + 1))
        paths = [str(store.path(file)) for file in files if file.dataset == dataset]
        con.execute(statement(f"load_{dataset}"), {"files": paths})
    progress("räknar samman", len(datasets) / (len(datasets) + 1))
    con.execute(statement("build_series"))
    con.execute("INSERT INTO meta VALUES ('schema', ?)", [SCHEMA_VERSION])
    con.commit()
    con.execute("CHECKPOINT")
    progress("klart", 1.0)


def define(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """The empty tables, and the definitions that rows are joined to."""
    con.execute(statement("schema"))
    _insert(con, "term", _term_rows(catalogue.indicators.values()))
    _insert(con, "ancestry", _ancestry_rows(catalogue))


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    if columns := [list(column) for column in zip(*rows, strict=True)]:
        con.execute(statement(f"insert_{table}"), columns)


def _snapshot_rows(
    store: Store, files: Sequence[SnapshotFile], origins: Mapping[SnapshotFile, str]
) -> Iterable[tuple[object, ...]]:
    for file in files:
        known = file.known_from.replace(tzinfo=None)
        yield (str(store.path(file)), file.dataset, file.month.first_day, known, origins[file])


def _term_rows(indicators: Iterable[Indicator]) -> Iterable[tuple[object, ...]]:
    def row(indicator: Indicator, part: str, term: Term) -> tuple[object, ...]:
        return (indicator.id, part, term.dataset, term.column, term.category, term.factor)

    for indicator in indicators:
        yield from (row(indicator, "num", term) for term in indicator.terms)
        yield from (row(indicator, "den", term) for term in indicator.per)


def _ancestry_rows(catalogue: Catalogue) -> Iterable[tuple[object, ...]]:
    for row in ancestry(catalogue.units):
        last = row.valid_to.first_day if row.valid_to else END_OF_TIME
        yield (row.unit, row.ancestor, row.valid_from.first_day, last)
