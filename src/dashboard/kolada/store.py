"""What has been fetched, kept for good: one file for each fetch, never changed, and its footer says what it is.

``kolada/<known_from>-<sha12>.parquet``. Kolada revises without notice, so that what a figure was on a day can only be
known from what was fetched by then. The values are rows; areas, key figures and groups stand in the footer.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.errors import StoreError
from dashboard.kolada.answers import AreaRow, GroupRow, KpiRow
from dashboard.kolada.fetched import Fetched, Key
from dashboard.snapshots.storage import LocalStorage, Storage

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
FOOTER_KEY = b"kolada"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{12})\.parquet")
_STAMP = "%Y%m%dT%H%M%SZ"
_REPAIR = "Hämta från Kolada igen, eller återställ filen från säkerhetskopian."


@dataclass(frozen=True, slots=True, order=True)
class FetchFile:
    """A file in the store; everything here follows from its name."""

    known_from: datetime
    sha12: str

    @property
    def name(self) -> str:
        return f"{self.known_from.astimezone(UTC).strftime(_STAMP)}-{self.sha12}.parquet"

    @classmethod
    def parse(cls, name: str) -> FetchFile:
        """Raises StoreError for a file that has no business in the store."""
        match = _NAME.fullmatch(name)
        if match is not None:
            try:
                return cls(datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), match[2])
            except ValueError:
                pass
        raise StoreError(f"Filen {name} hör inte hemma bland hämtningarna från Kolada. Flytta bort den.")


@dataclass(frozen=True, slots=True)
class Changes:
    """Against the fetch before: values that are new, that have another value now, and that are gone."""

    new: int
    revised: int
    gone: int

    @classmethod
    def between(cls, before: Mapping[Key, float], after: Mapping[Key, float]) -> Changes:
        both = before.keys() & after.keys()
        revised = sum(1 for key in both if before[key] != after[key])
        return cls(len(after.keys() - both), revised, len(before.keys() - both))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A fetch read back. ``values`` by key figure and year, then by area; ``changes`` is None for the first fetch."""

    file: FetchFile
    address: str
    years: tuple[int, ...]
    areas: Mapping[str, AreaRow]
    kpis: Mapping[str, KpiRow]
    groups: Mapping[str, GroupRow]
    values: Mapping[tuple[str, int], Mapping[str, float]]
    left_out: Mapping[str, int]
    changes: Changes | None

    def flat(self) -> dict[Key, float]:
        """The values by key figure, area and year."""
        return {
            (kpi, area, year): value for (kpi, year), by in self.values.items() for area, value in by.items()
        }


class KoladaStore:
    """Fetches under ``root``, the folder ``kolada`` of the data directory."""

    def __init__(self, root: Path, storage: Storage | None = None) -> None:
        self.root = root
        self._storage: Storage = storage if storage is not None else LocalStorage(root)

    def write(self, fetched: Fetched, known_from: datetime, changes: Changes | None = None) -> FetchFile:
        """Keep a fetch. Raises StoreError when it cannot be kept; the store is then as it was."""
        if known_from.tzinfo is None:
            raise ValueError("known_from needs a time zone")
        known = known_from.astimezone(UTC).replace(microsecond=0)
        data = _encode(fetched, known, changes)
        file = FetchFile(known, hashlib.sha256(data).hexdigest()[:12])
        self._storage.create(file.name, data)
        return file

    def files(self) -> tuple[FetchFile, ...]:
        """Every fetch, in order of time. Raises StoreError for a file that does not belong."""
        return tuple(sorted(FetchFile.parse(name) for name in self._storage.names()))

    def latest(self, as_of: datetime | None = None) -> FetchFile | None:
        """The last fetch, or the last known at ``as_of``; None when there is none."""
        known = [file for file in self.files() if as_of is None or file.known_from <= as_of]
        return known[-1] if known else None

    def read(self, file: FetchFile) -> Snapshot:
        """Raises StoreError when the file is gone, damaged or not what it says."""
        return _decode(file, self._storage.read(file.name))

    def verify(self) -> list[str]:
        """Every fault in the store, in Swedish."""
        faults = []
        for name in sorted(self._storage.names()):
            try:
                self.read(FetchFile.parse(name))
            except StoreError as error:
                faults.append(str(error))
        return faults


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("kpi", pa.string(), nullable=False),
            pa.field("area", pa.string(), nullable=False),
            pa.field("year", pa.int32(), nullable=False),
            pa.field("value", pa.float64(), nullable=False),
            pa.field("status", pa.string(), nullable=False),
        ]
    )


def _encode(fetched: Fetched, known: datetime, changes: Changes | None) -> bytes:
    """The same fetch at the same time always gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [(*key, *fetched.values[key]) for key in sorted(fetched.values)]
    columns = list(zip(*rows, strict=True)) or [()] * 5
    schema = _schema()
    table = pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )
    footer = {
        "dataset": "kolada",
        "version": VERSION,
        "known_from": known.isoformat(),
        "address": fetched.address,
        "requests": fetched.requests,
        "rows": len(rows),
        "content_sha256": hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        "years": list(fetched.years),
        "areas": [asdict(one) for one in fetched.areas],
        "kpis": [asdict(one) for one in fetched.kpis],
        "groups": [asdict(one) for one in fetched.groups],
        "left_out": dict(sorted(fetched.left_out.items())),
        "changes": asdict(changes) if changes else None,
    }
    text = json.dumps(footer, ensure_ascii=False, sort_keys=True).encode()
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({FOOTER_KEY: text}), sink, compression="zstd")
    return sink.getvalue()


def _decode(file: FetchFile, data: bytes) -> Snapshot:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if hashlib.sha256(data).hexdigest()[:12] != file.sha12:
        raise StoreError(f"Filen {file.name} är skadad: innehållet stämmer inte med namnet. {_REPAIR}")
    try:
        table = pq.ParquetFile(io.BytesIO(data)).read()
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"Filen {file.name} är inte en läsbar Parquetfil. {_REPAIR}") from error
    footer = _footer(file, (table.schema.metadata or {}).get(FOOTER_KEY))
    if table.replace_schema_metadata(None).schema != _schema() or footer["rows"] != table.num_rows:
        raise StoreError(f"Filen {file.name} har andra rader eller kolumner än foten säger. {_REPAIR}")
    values: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    columns = (table[name].to_pylist() for name in ("kpi", "area", "year", "value"))
    for kpi, area, year, value in zip(*columns, strict=True):
        values[kpi, year][area] = value
    return Snapshot(
        file=file,
        address=footer["address"],
        years=tuple(footer["years"]),
        areas=MappingProxyType({one["id"]: AreaRow(**one) for one in footer["areas"]}),
        kpis=MappingProxyType({one["id"]: KpiRow(**one) for one in footer["kpis"]}),
        groups=MappingProxyType(
            {one["id"]: GroupRow(one["id"], one["title"], tuple(one["members"])) for one in footer["groups"]}
        ),
        values=MappingProxyType(dict(values)),
        left_out=MappingProxyType(footer["left_out"]),
        changes=Changes(**footer["changes"]) if footer["changes"] else None,
    )


def _footer(file: FetchFile, text: bytes | None) -> dict[str, Any]:
    try:
        footer = json.loads(text or b"")
        told = (footer["dataset"], footer["version"], footer["known_from"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"Filen {file.name} saknar en fot som går att läsa. {_REPAIR}") from error
    if told != ("kolada", VERSION, file.known_from.isoformat()):
        raise StoreError(f"Filen {file.name} säger i foten att den är något annat. {_REPAIR}")
    return dict(footer)
