"""One locked, read-only connection per serving file; a cursor per question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dashboard.errors import StoreError
from dashboard.warehouse.statements import statement

Row = tuple[Any, ...]


@dataclass(slots=True)
class Counter:
    """How many questions reached the database; the tests count them."""

    queries: int = 0


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open serving file. ``fingerprint`` names what it was built from and keys every kept answer.

    ``gaps`` are (dataset, first day of the month): months that lack between a dataset's first and its last, in order.
    """

    path: Path
    fingerprint: str
    connection: duckdb.DuckDBPyConnection
    gaps: tuple[tuple[str, date], ...] = ()
    counter: Counter = field(default_factory=Counter)

    def run(self, name: str, **params: object) -> list[Row]:
        """Rows of ``sql/<name>.sql`` with named parameters.

        Raises StoreError when the file can no longer be read.
        """
        self.counter.queries += 1
        with self._cursor() as cursor:
            try:
                return cursor.execute(statement(name), params).fetchall()
            except duckdb.Error as error:
                raise StoreError(
                    f"Databasen {self.path.name} kan inte läsas: {error}. "
                    "Kör ”dashboard build” så byggs den om från månadsfilerna."
                ) from error

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        # DuckDB refuses a connection that two threads use at once: each question gets a cursor of its own.
        cursor = self.connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def open_warehouse(path: Path) -> Warehouse:
    """Open read-only, with no way out to other files, the network or other settings.

    The file is read through once, so that damage is found here and not when someone asks for what it hit.
    Raises StoreError when the file is missing or damaged.
    """
    try:
        connection = duckdb.connect(
            str(path),
            read_only=True,
            config={
                "enable_external_access": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "threads": "2",
                # Given here and not set afterwards: whoever opens the same file a second time shares the
                # first one's database, where nothing can be set any more.
                "lock_configuration": "true",
            },
        )
        connection.execute(statement("read_through")).fetchall()
        gaps = connection.execute(statement("gaps")).fetchall()
    except duckdb.Error as error:
        raise StoreError(
            f"Databasen {path.name} kan inte öppnas: {error}. "
            "Kör ”dashboard build” så byggs den om från månadsfilerna."
        ) from error
    return Warehouse(path, path.stem, connection, tuple(gaps))
