"""The append-only store: one Parquet file per dataset, month and delivery, and nothing beside them.

The folder is the only manifest. *As known on a day* follows from file names alone, so it is quick and cannot
get out of step with what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.contracts import CONTRACTS
from dashboard.errors import DataError, StoreError
from dashboard.snapshots.files import (
    Delivery,
    SnapshotFile,
    canonical,
    decode,
    encode,
    fingerprint_of,
    sha12_of,
)
from dashboard.snapshots.storage import LocalStorage, Storage

if TYPE_CHECKING:
    import pyarrow as pa


class Store:
    """Deliveries under ``root``, the folder ``snapshots`` of the data directory."""

    def __init__(self, root: Path, storage: Storage | None = None) -> None:
        self.root = root
        self._storage: Storage = storage if storage is not None else LocalStorage(root)

    def write(self, delivery: Delivery, kinds: Mapping[str, str] | None = None) -> SnapshotFile:
        """Keep a delivery and return its file; when nothing is new, the file that already says the same.

        ``kinds`` maps unit ids to unit kinds and adds that check. Raises DataError with every fault of the
        delivery, StoreError when the file cannot be kept; either way the store is as it was.
        """
        delivery = _checked(delivery, kinds)
        table = canonical(delivery.table, delivery.dataset)
        here = self.files(f"{delivery.dataset}/{delivery.month}")
        known = [file for file in here if file.known_from <= delivery.known_from]
        if known:
            latest = max(known)
            told = self.footer(latest)
            if (told["content_sha256"], told["origin"]) == (fingerprint_of(table), str(delivery.origin)):
                return latest
            if latest.known_from == delivery.known_from:
                raise StoreError(
                    f"En annan leverans av {delivery.dataset} för {delivery.month} har redan tidpunkten "
                    f"{delivery.known_from.isoformat()}. Vänta en sekund och läs in igen."
                )
        data = encode(delivery, table)
        file = SnapshotFile(delivery.dataset, delivery.month, delivery.known_from, sha12_of(data))
        self._storage.create(file.name, data)
        return file

    def files(self, folder: str = "") -> tuple[SnapshotFile, ...]:
        """Every delivery ever kept (in ``<dataset>`` or ``<dataset>/<month>`` if given), in order of time.

        Raises StoreError for a file that does not belong: nothing is passed over in silence.
        """
        # Names sort as what they say does: every part but the first has a fixed width.
        return tuple(SnapshotFile.parse(name) for name in sorted(self._storage.names(folder)))

    def current(self, as_of: datetime | None = None) -> tuple[SnapshotFile, ...]:
        """Per dataset and month the last delivery known at ``as_of`` (None: everything known today)."""
        if as_of is not None and as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone")
        latest: dict[tuple[str, object], SnapshotFile] = {}
        for file in self.files():  # in order of known_from, so the last one wins
            if as_of is None or file.known_from <= as_of:
                latest[file.dataset, file.month] = file
        return tuple(latest.values())  # still in order: a key keeps its first place

    def read(self, file: SnapshotFile) -> pa.Table:
        """The rows, in key order. Raises StoreError when the file is gone, damaged or not what it says."""
        return decode(file, self._storage.read(file.name))[0]

    def footer(self, file: SnapshotFile) -> dict[str, object]:
        """What the file says about itself: origin, source, who loaded it and when, rows, checks."""
        return decode(file, self._storage.read(file.name))[1]

    def path(self, file: SnapshotFile) -> Path:
        """Where a local reader (the warehouse) finds the file."""
        return self.root / file.name

    def verify(self) -> list[str]:
        """Every fault in the store, in Swedish: strays, damage, missing footers, broken contracts."""
        faults = []
        for name in sorted(self._storage.names()):
            try:
                file = SnapshotFile.parse(name)
                table = self.read(file)
            except StoreError as error:
                faults.append(str(error))
                continue
            broken = CONTRACTS[file.dataset].faults(table, file.month)
            faults += [f"Filen {name} bryter mot kontraktet: {fault}." for fault in broken]
        return faults

    @staticmethod
    def fingerprint(files: Iterable[SnapshotFile]) -> str:
        """Sixteen hex digits that change when any file in effect does; the order does not matter."""
        return hashlib.sha256("\n".join(sorted(file.name for file in files)).encode()).hexdigest()[:16]


def _checked(delivery: Delivery, kinds: Mapping[str, str] | None) -> Delivery:
    """The delivery with its time in UTC and whole seconds, or DataError."""
    contract = CONTRACTS.get(delivery.dataset)
    if contract is None:
        raise DataError("Leveransen kan inte tas emot.", [f"datamängden {delivery.dataset!r} finns inte"])
    if delivery.known_from.tzinfo is None or delivery.loaded_at.tzinfo is None:
        raise ValueError("known_from and loaded_at need a time zone")
    faults = contract.faults(delivery.table, delivery.month, kinds)
    if faults:
        raise DataError(f"Leveransen av {delivery.dataset} för {delivery.month} kan inte tas emot.", faults)
    return replace(delivery, known_from=delivery.known_from.astimezone(UTC).replace(microsecond=0))
