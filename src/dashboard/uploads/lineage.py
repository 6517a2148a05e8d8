"""What a month stands on: each file that has held it, who loaded it when from what, and what was asked and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.snapshots.entries import Answer, Entry, EntryKind
from dashboard.snapshots.files import SnapshotFile
from dashboard.snapshots.store import Store

MOST_ENTRIES = 500  # read when a month's story is told; older ones are counted by their files alone


@dataclass(frozen=True, slots=True)
class Version:
    """A file of a month. ``entry`` is the delivery that brought it, None for one from before there was a log.

    ``effective``: it is what counts now. ``undone`` is the entry that took it away again, when one did.
    """

    file: SnapshotFile
    effective: bool
    origin: Origin
    source: str
    source_sha256: str
    who: str
    loaded_at: datetime
    rows: int
    checks: Mapping[str, str]
    entry: int | None = None
    answers: tuple[Answer, ...] = ()
    undone: int | None = None


def versions(store: Store, dataset: str, month: Month) -> tuple[Version, ...]:
    """Every file that has counted for the month, newest first. Raises StoreError when one cannot be read."""
    key = (dataset, month)
    brought: dict[str, Entry] = {}
    undone: dict[str, int] = {}
    current: SnapshotFile | None = None
    entries = latest(store)
    for entry in reversed(entries):
        if key not in entry.current:
            continue
        file = entry.current[key]
        if entry.kind is EntryKind.UNDO and current is not None:
            undone[current.name] = entry.number
        elif file is not None:
            brought[file.name] = entry
        if file is not None:
            undone.pop(file.name, None)
        current = file
    effective = store.state().get(key)
    whole = bool(entries) and entries[-1].number == 1
    counted = {*brought, *(file.name for file in entries[-1].files)} if whole else set()
    files = [file for file in store.files(f"{dataset}/{month}") if not counted or file.name in counted]
    return tuple(_version(store, file, effective, brought, undone) for file in reversed(files))


def latest(store: Store) -> tuple[Entry, ...]:
    """The newest entries, newest first."""
    last = store.log.count()
    return tuple(store.log.read(number) for number in range(last, max(last - MOST_ENTRIES, 0), -1))


def _version(
    store: Store,
    file: SnapshotFile,
    effective: SnapshotFile | None,
    brought: Mapping[str, Entry],
    undone: Mapping[str, int],
) -> Version:
    told = store.footer(file)
    checks = told["checks"]
    entry = brought.get(file.name)
    about = f"{file.dataset}/{file.month}/"
    return Version(
        file=file,
        effective=file == effective,
        origin=Origin(str(told["origin"])),
        source=str(told["source_name"]),
        source_sha256=str(told["source_sha256"]),
        who=str(told["loaded_by"]),
        loaded_at=datetime.fromisoformat(str(told["loaded_at"])),
        rows=int(str(told["rows"])),
        checks={str(step): str(said) for step, said in checks.items()} if isinstance(checks, dict) else {},
        entry=entry.number if entry else None,
        answers=tuple(one for one in entry.answers if one.about.startswith(about)) if entry else (),
        undone=undone.get(file.name),
    )
