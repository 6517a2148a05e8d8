"""Stores that are as large as ten years of monthly rounds make them, and as small as the first month leaves them.

Made from the demo's months: what lies beyond them repeats their last year. Each month has its three deliveries, the
last of which counts, and every delivery is an entry in the log, as when people load.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.settings import Settings
from dashboard.snapshots.demo.build import demo_tables
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.snapshots.files import Delivery
from dashboard.snapshots.storage import LocalStorage, Piece
from dashboard.snapshots.store import Store

MONTHS, DELIVERIES = 120, 3
_FIRST = datetime(2024, 1, 10, 6, tzinfo=UTC)


class Unhurried(LocalStorage):
    """A folder that nobody waits for the disk to keep: this store is thrown away in any case."""

    def create_all(self, pieces: Iterable[Piece], *, anew: bool = False) -> Sequence[str]:
        names = []
        for name, data in (piece() for piece in pieces):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            names.append(name)
        return names


@dataclass(frozen=True, slots=True)
class Size:
    """How many months a store holds, and how many times each was delivered."""

    months: int
    deliveries: int


def build(settings: Settings, size: Size) -> None:
    """Fill ``settings.snapshots``, which must be empty, with all nine datasets. The same every time."""
    shutil.rmtree(settings.snapshots, ignore_errors=True)
    store = Store(settings.snapshots, Unhurried(settings.snapshots))
    demo = demo_tables(
        catalogues.load(settings.catalogue), publications.load(settings.published), settings.demo
    )
    last = max(month for _, month in demo)
    first = last.shift(-11)
    moment = _FIRST
    for step in range(size.months):
        month = first.shift(step)
        like = month if month <= last else first.shift(step % 12)
        for turn in range(size.deliveries):
            moment += timedelta(days=1)
            deliveries = [
                _delivery(dataset, month, _revised(dataset, demo[dataset, like], month, turn), moment)
                for dataset in CONTRACTS
            ]
            draft = Entry(number=0, kind=EntryKind.LOAD, known_from=moment, who="prov")
            store.commit(deliveries, draft)


def _delivery(dataset: str, month: Month, table: pa.Table, moment: datetime) -> Delivery:
    return Delivery(
        dataset=dataset,
        month=month,
        table=table,
        origin=Origin.SYNTHETIC,
        known_from=moment,
        source_name=f"{dataset}-{month}.csv",
        source_sha256="0" * 64,
        loaded_by="prov",
        loaded_at=moment,
    )


def _revised(dataset: str, table: pa.Table, month: Month, turn: int) -> pa.Table:
    """The table as that of another month; a later delivery has put the first count right by one."""
    days = pa.array([month.first_day] * table.num_rows, pa.date32())
    table = table.set_column(0, table.schema.field("month"), days)
    for place, field in enumerate(table.schema):
        if pa.types.is_integer(field.type) and CONTRACTS[dataset].column(field.name).high is None:
            more = pa.array([turn if row == 0 else 0 for row in range(table.num_rows)], field.type)
            return table.set_column(place, field, pc.add(table[field.name], more))
    return table
