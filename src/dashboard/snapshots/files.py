"""A delivery, the file it becomes, and the footer that makes the file explain itself.

pyarrow is imported where a file is read or written: names can be listed without it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboard.contracts import CONTRACTS, ascending
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

FOOTER_KEY = b"dashboard"
_NAME = re.compile(r"([a-z]+)/(\d{4}-\d{2})/(\d{8}T\d{6}Z)-([0-9a-f]{12})\.parquet")
_REPAIR = "Återställ filen från säkerhetskopian eller läs in leveransen igen."


# A store has a name for each month of each dataset, and reads and writes them all at every start.
_month = lru_cache(maxsize=1024)(Month.parse)
_month_text = lru_cache(maxsize=1024)(str)


@lru_cache(maxsize=4096)
def _known(stamp: str) -> datetime:
    """Raises ValueError for a time that there is not."""
    # Five times as quick as strptime.
    return datetime(
        *(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8])),
        *(int(stamp[9:11]), int(stamp[11:13]), int(stamp[13:15])),
        tzinfo=UTC,
    )


@lru_cache(maxsize=4096)
def _stamp(known: datetime) -> str:
    at = known.astimezone(UTC)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One month of one dataset, as it arrived. Times carry a time zone; ``known_from`` counts in seconds."""

    dataset: str
    month: Month
    table: pa.Table
    origin: Origin
    known_from: datetime
    source_name: str
    source_sha256: str
    loaded_by: str
    loaded_at: datetime
    checks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, order=True)
class SnapshotFile:
    """A file in the store; everything here follows from its name."""

    dataset: str
    month: Month
    known_from: datetime
    sha12: str

    @property
    def name(self) -> str:
        return f"{self.dataset}/{_month_text(self.month)}/{_stamp(self.known_from)}-{self.sha12}.parquet"

    @staticmethod
    def is_name(name: str) -> bool:
        """Whether the name has the form of a snapshot's."""
        return _NAME.fullmatch(name) is not None

    @classmethod
    def parse(cls, name: str) -> SnapshotFile:
        """Read a name. Raises StoreError for any file that has no business in the store."""
        match = _NAME.fullmatch(name)
        if not match or match[1] not in CONTRACTS:
            raise StoreError(f"Filen {name} hör inte hemma bland ögonblicksbilderna. Flytta bort den.")
        try:
            return cls(match[1], _month(match[2]), _known(match[3]), match[4])
        except ValueError as error:
            raise StoreError(
                f"Filen {name} har en månad eller tidpunkt som inte finns. Flytta bort den."
            ) from error


def fingerprint_of(files: Iterable[SnapshotFile]) -> str:
    """Sixteen hex digits that change when any of the files does; the order does not matter."""
    return hashlib.sha256("\n".join(sorted(file.name for file in files)).encode()).hexdigest()[:16]


def canonical(table: pa.Table, dataset: str, in_order: bool | None = None) -> pa.Table:
    """Rows in key order, plain chunks, no metadata: equal deliveries become equal tables.

    ``in_order`` saves a look when the caller knows.
    """
    contract = CONTRACTS[dataset]
    if not (ascending(table, contract.keys) if in_order is None else in_order):
        table = table.sort_by([(key, "ascending") for key in contract.keys])
    return table.combine_chunks().cast(contract.schema).replace_schema_metadata(None)


def encode(delivery: Delivery) -> bytes:
    """Its table, which is canonical, as Parquet with its footer. The same delivery always gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = delivery.table
    footer = {
        "dataset": delivery.dataset,
        "contract_version": CONTRACTS[delivery.dataset].version,
        "month": str(delivery.month),
        "origin": str(delivery.origin),
        "known_from": delivery.known_from.astimezone(UTC).isoformat(),
        "source_name": delivery.source_name,
        "source_sha256": delivery.source_sha256,
        "loaded_by": delivery.loaded_by,
        "loaded_at": delivery.loaded_at.astimezone(UTC).isoformat(),
        "rows": table.num_rows,
        "checks": dict(delivery.checks),
    }
    text = json.dumps(footer, ensure_ascii=False, sort_keys=True).encode()
    sink = (
        pa.BufferOutputStream()
    )  # Arrow's own, so that months encoded side by side do not wait for each other
    pq.write_table(
        table.replace_schema_metadata({FOOTER_KEY: text}),
        sink,
        version="2.6",
        compression="zstd",
        # Amounts seldom come twice: a dictionary of them takes time and room.
        use_dictionary=[field.name for field in table.schema if not pa.types.is_floating(field.type)],
        write_statistics=list(CONTRACTS[delivery.dataset].keys),  # what a reader may look rows up by
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data


def sha12_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def decode(file: SnapshotFile, data: bytes) -> tuple[pa.Table, dict[str, object]]:
    """Table and footer, checked against name, contract and each other. Raises StoreError with what to do."""
    import pyarrow as pa

    stored, footer = _opened(file, data)
    try:
        return stored.read().replace_schema_metadata(None), footer
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"Filen {file.name} är inte en läsbar Parquetfil. {_REPAIR}") from error


def footer_of(file: SnapshotFile, data: bytes) -> dict[str, object]:
    """The footer, checked as by ``decode``: bytes that are those of the name need not be unpacked to be trusted."""
    return _opened(file, data)[1]


def _opened(file: SnapshotFile, data: bytes) -> tuple[pq.ParquetFile, dict[str, object]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if sha12_of(data) != file.sha12:
        raise StoreError(f"Filen {file.name} är skadad: innehållet stämmer inte med namnet. {_REPAIR}")
    try:
        stored = pq.ParquetFile(pa.BufferReader(data))
        schema = stored.schema_arrow
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"Filen {file.name} är inte en läsbar Parquetfil. {_REPAIR}") from error
    footer = _footer(file, schema)
    if footer.get("contract_version") != CONTRACTS[file.dataset].version:
        raise StoreError(
            f"Filen {file.name} följer version {footer.get('contract_version')} av {file.dataset}, "
            f"programmet version {CONTRACTS[file.dataset].version}. "
            "Uppdatera programmet eller läs in månaden igen."
        )
    if schema.remove_metadata() != CONTRACTS[file.dataset].schema:
        raise StoreError(f"Filen {file.name} har andra kolumner än {file.dataset} ska ha. {_REPAIR}")
    if footer.get("rows") != stored.metadata.num_rows:
        raise StoreError(
            f"Filen {file.name} har {stored.metadata.num_rows} rader, foten säger {footer.get('rows')}. {_REPAIR}"
        )
    return stored, footer


def _footer(file: SnapshotFile, schema: pa.Schema) -> dict[str, object]:
    text = (schema.metadata or {}).get(FOOTER_KEY)
    if text is None:
        raise StoreError(f"Filen {file.name} saknar fot som säger vad den är. {_REPAIR}")
    try:
        footer = json.loads(text)
    except ValueError as error:
        raise StoreError(f"Filen {file.name} har en fot som inte går att läsa. {_REPAIR}") from error
    told = (footer.get("dataset"), footer.get("month"), footer.get("known_from"))
    if told != (file.dataset, str(file.month), file.known_from.isoformat()):
        raise StoreError(
            f"Filen {file.name} ligger fel: foten säger {told[0]} {told[1]}, {told[2]}. Flytta tillbaka den."
        )
    return dict(footer)
