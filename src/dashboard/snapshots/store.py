"""The append-only store: one Parquet file per dataset, month and delivery, and a log that says which of them count.

A store that nobody has delivered to yet, such as the demo, has no log: there each file counts from the time in its
name. The first delivery takes those files into the log as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.beside import beside
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.errors import StoreError
from dashboard.snapshots import lock
from dashboard.snapshots.entries import FOLDER, Entry, EntryKind, Key, Log, applied, latest_of
from dashboard.snapshots.files import (
    Delivery,
    SnapshotFile,
    decode,
    fingerprint_of,
    footer_of,
)
from dashboard.snapshots.log_check import log_faults, named_files
from dashboard.snapshots.receiving import checked, file_of, pieces_of
from dashboard.snapshots.storage import LocalStorage, Storage

if TYPE_CHECKING:
    import pyarrow as pa

LOCK = ".lock"
Prepare = Callable[[Sequence[SnapshotFile]], None]


def instant(day: date) -> datetime:
    """The last moment of a day (days are those of UTC); a moment stands as it is.

    Raises ValueError for a moment without a time zone.
    """
    if not isinstance(day, datetime):
        return datetime.combine(day, time.max, UTC)
    if day.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    return day


@dataclass(frozen=True)
class Known:
    """What is known at a time. ``moment`` is when it came to be so: None when there has been nothing.

    ``files`` are those in effect, in order of dataset and month; they are looked up when they are asked for, since
    ``fingerprint`` is enough to find what was built from them.
    """

    fingerprint: str
    moment: datetime | None
    look: Callable[[], tuple[SnapshotFile, ...]]

    @cached_property
    def files(self) -> tuple[SnapshotFile, ...]:
        return self.look()


class Store:
    """Deliveries under ``root``, the folder ``snapshots`` of the data directory."""

    def __init__(self, root: Path, storage: Storage | None = None) -> None:
        self.root = root
        self._storage: Storage = storage if storage is not None else LocalStorage(root)
        self.log = Log(self._storage)

    @contextmanager
    def writing(self, wait: float = lock.WAIT_SECONDS) -> Iterator[None]:
        """Be the only one who writes. Raises StoreError, which names who is, when they do not finish in time."""
        with lock.held(self.root / LOCK, wait):
            yield

    def write(self, delivery: Delivery, kinds: Mapping[str, str] | None = None) -> SnapshotFile:
        """Keep a delivery in a store without a log, and return its file: it counts from ``known_from``.

        When nothing is new, the file that already says the same is returned. ``kinds`` maps unit ids to unit kinds
        and adds that check. Raises DataError with every fault of the delivery, StoreError when the file cannot be
        kept or the store has a log (see ``commit``); either way the store is as it was.
        """
        delivery = checked(delivery, kinds)
        here = self.files(f"{delivery.dataset}/{delivery.month}")
        known = [file for file in here if file.known_from <= delivery.known_from]
        if known:
            latest = max(known)
            if self.says(latest, delivery.table, delivery.origin):
                return latest
            if latest.known_from == delivery.known_from:
                raise StoreError(
                    f"En annan leverans av {delivery.dataset} för {delivery.month} har redan tidpunkten "
                    f"{delivery.known_from.isoformat()}. Vänta en sekund och läs in igen."
                )
        if self.log.begun():
            raise StoreError(
                f"Lagret {self.root} har leveranser, så {delivery.dataset} för {delivery.month} kan inte läggas "
                "in bakvägen. Läs in filen med ”dashboard import”."
            )
        file, data = file_of(delivery)
        self._storage.create(file.name, data)
        return file

    def commit(
        self,
        deliveries: Iterable[Delivery],
        draft: Entry,
        kinds: Mapping[str, str] | None = None,
        prepare: Prepare = lambda files: None,
    ) -> Entry:
        """Keep all the deliveries and the entry that makes them count: one step, done or not done.

        ``draft`` says what is to be remembered, its ``current`` is filled in here; ``prepare`` is given the files that
        will be in effect and may still refuse by raising. Raises DataError and StoreError; the store is then as it was.
        The caller holds the lock (``writing``).
        """
        pieces = pieces_of(list(deliveries), kinds)
        before = self._begin(draft.known_from)
        number = self.log.count() + 1
        made: list[SnapshotFile] = []
        try:
            # A load cut off this very second may have left its files: no entry is as young as this, so they go.
            names = self._storage.create_all(pieces, anew=True)
            made = [SnapshotFile.parse(name) for name in names]
            own: dict[Key, SnapshotFile | None] = {(file.dataset, file.month): file for file in made}
            entry = replace(draft, current={**draft.current, **own})
            after = applied(before, entry)
            prepare(tuple(after[key] for key in sorted(after)))
            return self.log.append(entry, after)
        except BaseException:
            if not self.log.has(number):  # else it happened, and was only interrupted on its way back
                for file in made:
                    self._storage.discard(file.name)
            raise

    def next_moment(self, now: datetime) -> datetime:
        """The time of a new entry: now, and later than everything in the store even where a clock has gone back."""
        last = self.log.last()
        known = [last.known_from] if last else [file.known_from for file in self.files()]
        earliest = max(known) + timedelta(seconds=1) if known else now
        return max(now.astimezone(UTC).replace(microsecond=0), earliest.replace(microsecond=0))

    def files(self, folder: str = "") -> tuple[SnapshotFile, ...]:
        """Every file ever kept (in ``<dataset>`` or ``<dataset>/<month>`` if given), in order of time.

        Raises StoreError for a file that does not belong: nothing is passed over in silence.
        """
        # Names sort as what they say does: every part but the first has a fixed width.
        names = sorted(name for name in self._storage.names(folder) if not name.startswith(f"{FOLDER}/"))
        return tuple(SnapshotFile.parse(name) for name in names)

    def state(self, as_of: date | None = None) -> dict[Key, SnapshotFile]:
        """The file in effect of each dataset and month known at ``as_of``, a day or a moment (None: all known)."""
        known = instant(as_of) if as_of is not None else None
        if not self.log.begun():
            try:
                found = latest_of(self.files(), known)
            except StoreError:
                if not self.log.begun():
                    raise
            else:
                # A first delivery may have begun meanwhile, and its files do not count yet.
                if not self.log.begun():
                    return found
        last = self.log.last(known)
        return self.log.state(last) if last else latest_of(self.log.read(1).files, known)

    def current(self, as_of: date | None = None) -> tuple[SnapshotFile, ...]:
        """What ``state`` says, in order of dataset and month."""
        return _ordered(self.state(as_of))

    def known(self, as_of: date | None = None) -> Known:
        """What is known at ``as_of`` and since when: from one entry of the log, however many there are."""
        last = self.log.last(instant(as_of) if as_of is not None else None)
        if last is not None and last.after and last.kind is not EntryKind.BASE:
            entry = last  # what comes later must not be among the files
            return Known(last.after, last.known_from, lambda: _ordered(self.log.state(entry)))
        files = self.current(as_of) if last is None else _ordered(self.log.state(last))
        since = max((file.known_from for file in files), default=None)
        if last is not None and last.kind is not EntryKind.BASE:
            since = last.known_from
        return Known(fingerprint_of(files), since, lambda: files)

    def history(self) -> tuple[Entry, ...]:
        """Every entry, oldest first; empty for a store without a log."""
        return tuple(self.log.read(number) for number in range(1, self.log.count() + 1))

    def read(self, file: SnapshotFile) -> pa.Table:
        """The rows, in key order. Raises StoreError when the file is gone, damaged or not what it says."""
        return decode(file, self._storage.read(file.name))[0]

    def footer(self, file: SnapshotFile) -> dict[str, object]:
        """What the file says about itself: origin, source, who loaded it and when, rows, checks."""
        return footer_of(file, self._storage.read(file.name))

    def origins(self, files: Iterable[SnapshotFile]) -> tuple[dict[SnapshotFile, str], list[StoreError]]:
        """Where each file says that its values come from, in order, and what is wrong with those that are damaged.

        Each is read whole and held against its hash.
        """
        told = beside(self._origin, files)
        sound = {file: origin for file, origin in told if isinstance(origin, str)}
        return sound, [fault for _, fault in told if isinstance(fault, StoreError)]

    def _origin(self, file: SnapshotFile) -> tuple[SnapshotFile, str | StoreError]:
        try:
            return file, str(self.footer(file)["origin"])
        except StoreError as error:
            return file, error

    def says(self, file: SnapshotFile, table: pa.Table, origin: Origin) -> bool:
        """Whether the file already holds these rows (in canonical form) from the same kind of source."""
        stored, footer = decode(file, self._storage.read(file.name))
        return footer["origin"] == str(origin) and stored.equals(table)

    def path(self, file: SnapshotFile) -> Path:
        """Where a local reader (the warehouse) finds the file."""
        return self.root / file.name

    def verify(self) -> list[str]:
        """Every fault in the store, in Swedish: strays, damage, missing footers, broken contracts."""
        faults = []
        strays = set(self.strays())
        for name in sorted(self._storage.names()):
            if name in strays or name.startswith(f"{FOLDER}/"):
                continue
            try:
                file = SnapshotFile.parse(name)
                table = self.read(file)
            except StoreError as error:
                faults.append(str(error))
                continue
            broken = CONTRACTS[file.dataset].faults(table, file.month)
            faults += [f"Filen {name} bryter mot kontraktet: {fault}." for fault in broken]
        return faults + log_faults(self.log, self._storage)

    def strays(self) -> list[str]:
        """Snapshots that no entry names and files that were never finished: what an interrupted load leaves behind.

        They count for nothing and may be deleted.
        """
        left = sorted(self._storage.unfinished())
        try:
            named = named_files(self.log) if self.log.begun() else None
        except StoreError:  # verify tells what is wrong with the log
            named = None
        if named is None:
            return left
        return left + [
            name for name in sorted(self._storage.names()) if SnapshotFile.is_name(name) and name not in named
        ]

    def _begin(self, now: datetime) -> dict[Key, SnapshotFile]:
        """The state before a new entry. A store without a log first gets one that takes in its files."""
        if not self.log.begun():
            files = self.files()
            base = Entry(
                number=1,
                kind=EntryKind.BASE,
                known_from=now - timedelta(seconds=1),
                who=lock.user(),
                files=files,
            )
            self.log.append(base, latest_of(files))
        return self.state()


def _ordered(state: Mapping[Key, SnapshotFile]) -> tuple[SnapshotFile, ...]:
    # By the numbers of months: comparing months themselves takes several times as long.
    return tuple(state[key] for key in sorted(state, key=lambda key: (key[0], key[1].index)))
