"""The monthly round: a large delivery loaded, a large store opened and built anew, each against DuckDB alone.

No server and no browser takes part, except in the cold starts. Both sides of a ratio use the machine's cores as they
like, and take turns.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks import bigstore, delivery, wire
from benchmarks.measure import WARM_ROUNDS, Bench
from benchmarks.samples import turns
from benchmarks.servers import HOST, KINDS, ROOT, running
from benchmarks.targets import (
    FIRST_FULLER,
    FIRST_SAME,
    LOADING,
    LOADING_DECADE,
    MANY,
    ONE,
    OPENING,
    REBUILDING,
    SERVED,
    SERVING,
)
from dashboard import catalogue as catalogues
from dashboard import warehouse
from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.intake.examination import examine
from dashboard.loading import Approval, load
from dashboard.measures.openings import Openings
from dashboard.settings import Settings
from dashboard.snapshots.files import SnapshotFile
from dashboard.snapshots.store import Store
from dashboard.warehouse.build import define
from dashboard.warehouse.statements import statement

_TODAY = date(2025, 9, 1)
_CSV = """
    read_csv($csv, delim = ';', header = true, decimal_separator = ',', dateformat = '%Y-%m', columns = {
        'month': 'DATE', 'unit': 'VARCHAR', 'form': 'VARCHAR', 'pagaende': 'BIGINT', 'paborjade': 'BIGINT',
        'avslutade': 'BIGINT', 'dygn': 'BIGINT', 'kostnad_tkr': 'DOUBLE'
    })
"""
_TABLES = ("observation", "unit_status", "risk_state")


class LoadFault(Exception):
    """The delivery was not loaded as it should have been."""


def loading(bench: Bench) -> None:
    """A CSV file of a million rows into an empty store, and the same file to Parquet by DuckDB.

    Ours is all of it: reading the file, every check, preview, a file a month with its footer, flushed to disk, and the
    entry in the log. The serving file that a load builds before its entry takes several times as long for so many
    units; it is measured beside it, at the end of full rounds.
    """
    board = catalogues.load(ROOT / "data" / "catalogue")
    for metric, shape in ((LOADING, delivery.COUNTRY), (LOADING_DECADE, delivery.DECADE)):
        catalogue = delivery.organisation(board, shape.departments)
        with TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            csv = folder / f"{delivery.DATASET}.csv"
            csv.write_bytes(delivery.as_csv(delivery.rows(shape)))
            _turns(bench, metric, csv, catalogue)


def _turns(bench: Bench, metric: str, csv: Path, catalogue: Catalogue) -> None:
    folder = csv.parent
    both: dict[str, Callable[[], dict[str, float]]] = {
        "app": lambda: _load(csv, folder, catalogue),
        "duckdb": lambda: {"duckdb": _copied(csv, folder)},
    }
    for number in range(-WARM_ROUNDS, bench.rounds.loading):
        for side in turns(list(both), number):
            seconds = both[side]()
            if number >= 0:
                for what, value in seconds.items():
                    bench.put(metric, "ms", what, 1000 * value)
    if metric == LOADING:
        for _ in range(bench.rounds.serving):
            _load(csv, folder, catalogue, bench)


def _load(csv: Path, folder: Path, catalogue: Catalogue, serving: Bench | None = None) -> dict[str, float]:
    """Seconds of the whole and its parts. With ``serving`` the serving file is built, too, and its time put there."""
    store = Store(folder / "data" / "snapshots")

    def prepare(files: Sequence[SnapshotFile]) -> None:
        if serving is not None:
            begun = time.perf_counter()
            warehouse.build(folder / "data" / "warehouse", catalogue, store, files)
            serving.put(SERVING, "ms", "app", 1000 * (time.perf_counter() - begun))

    begun = time.perf_counter()
    found = examine([(csv.name, csv.read_bytes())], catalogue, store, today=_TODAY)
    examined = time.perf_counter()
    entry = load(store, found, Approval("prov"), catalogue=catalogue, prepare=prepare).entry
    done = time.perf_counter()
    if entry is None or not entry.current:
        raise LoadFault(f"{len(found.errors)} errors, {len(found.questions)} questions")
    shutil.rmtree(folder / "data")
    return {"app": done - begun, "app, examining": examined - begun, "app, keeping": done - examined}


def _copied(csv: Path, folder: Path) -> float:
    """Seconds that DuckDB needs to read the file, types and months included, and to write it as it stands."""
    target = folder / "copy.parquet"
    begun = time.perf_counter()
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT * FROM {_CSV}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", {"csv": str(csv)}
        )
    return time.perf_counter() - begun


def starting(bench: Bench) -> None:
    """Opening, cold start and rebuilding with ten years in the store, and with one month."""
    with TemporaryDirectory(prefix="bench-") as name:
        places = {
            ONE: Settings(ROOT, Path(name) / "one"),
            MANY: Settings(ROOT, Path(name) / "many"),
        }
        bigstore.build(places[ONE], bigstore.Size(1, 1))
        bigstore.build(places[MANY], bigstore.Size(bigstore.MONTHS, bigstore.DELIVERIES))
        for settings in places.values():
            _opened(settings)
        for number in range(-1, bench.rounds.opening):
            for side in turns(list(places), number):
                seconds = _opened(places[side])
                if number >= 0:
                    bench.put(OPENING, "ms", side, 1000 * seconds)
        _cold(bench, places)
        _rebuilding(bench, places[MANY], Path(name))


def _cold(bench: Bench, places: dict[str, Settings]) -> None:
    """Servers started anew, each asked for one page."""
    at = {side: replace(bench.place, data=settings.snapshots.parent) for side, settings in places.items()}
    with (
        running(KINDS["app"], at[ONE]) as server,
        wire.Session(HOST, server.port) as session,
    ):
        pages = session.rerun().pages
    for number in range(-1, bench.rounds.cold):
        for side in turns(list(places), number):
            for metric, page in ((FIRST_FULLER, ""), (FIRST_SAME, pages["rapporter"])):
                with running(KINDS["app"], at[side], page) as server:
                    if number >= 0:
                        bench.put(SERVED, "ms", side, 1000 * server.http)
                        bench.put(metric, "ms", side, 1000 * server.answer)


def _opened(settings: Settings) -> float:
    begun = time.perf_counter()
    facts = Openings(settings).at()
    seconds = time.perf_counter() - begun
    facts.warehouse.connection.close()
    return seconds


def _rebuilding(bench: Bench, settings: Settings, folder: Path) -> None:
    catalogue, store = catalogues.load(settings.catalogue), Store(settings.snapshots)
    rows = folder / "rows.parquet"
    _in_one_file(catalogue, store, rows)

    def ours() -> None:
        target = folder / "rebuilt"
        warehouse.build(target, catalogue, store, store.current())
        shutil.rmtree(target)

    def theirs() -> None:
        target = folder / "rebuilt.duckdb"
        with duckdb.connect(str(target)) as con:
            _from_one_file(con, catalogue, rows)
        os.unlink(target)

    both = {"app": ours, "duckdb": theirs}
    for number in range(-1, bench.rounds.opening):
        for side in turns(list(both), number):
            begun = time.perf_counter()
            both[side]()
            if number >= 0:
                bench.put(REBUILDING, "ms", side, 1000 * (time.perf_counter() - begun))


def _in_one_file(catalogue: Catalogue, store: Store, rows: Path) -> None:
    """Every row that the serving file is made from, in one Parquet file."""
    files = store.current()
    with duckdb.connect() as con:
        define(con, catalogue)
        for file in files:
            con.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, 'synthetic')",
                [
                    str(store.path(file)),
                    file.dataset,
                    file.month.first_day,
                    file.known_from.replace(tzinfo=None),
                ],
            )
        for dataset in CONTRACTS:
            paths = [str(store.path(file)) for file in files if file.dataset == dataset]
            con.execute(statement(f"load_{dataset}"), {"files": paths})
        parts = " UNION ALL BY NAME ".join(f"SELECT '{table}' AS kind, * FROM {table}" for table in _TABLES)
        con.execute(f"COPY ({parts}) TO '{rows}' (FORMAT parquet, COMPRESSION zstd)")


def _from_one_file(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, rows: Path) -> None:
    con.begin()
    define(con, catalogue)
    for table in _TABLES:
        columns = ", ".join(name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall())
        con.execute(
            f"INSERT INTO {table} SELECT {columns} FROM read_parquet($rows) WHERE kind = '{table}'",
            {"rows": str(rows)},
        )
    con.execute(statement("build_series"))
    con.commit()
    con.execute("CHECKPOINT")
