"""Whether a log holds together: nothing gone, nothing changed, and its lists what its steps lead to."""

from __future__ import annotations

from itertools import pairwise

from dashboard.errors import StoreError
from dashboard.snapshots.entries import Entry, EntryKind, Key, Log, applied
from dashboard.snapshots.files import SnapshotFile, fingerprint_of
from dashboard.snapshots.storage import Storage

_ADVICE = "Återställ mappen från säkerhetskopian."


def named_files(log: Log) -> set[str]:
    """Every snapshot that an entry names. Raises StoreError for a damaged log."""
    named: set[str] = set()
    for number in range(1, log.count() + 1):
        entry = log.read(number)
        named |= {file.name for file in (*entry.files, *entry.current.values()) if file is not None}
    return named


def log_faults(log: Log, storage: Storage) -> list[str]:
    """Every fault of the log, in Swedish; empty for a store without one."""
    faults: list[str] = []
    entries: list[Entry] = []
    try:
        count = log.count()
    except StoreError as error:
        return [str(error)]
    for number in range(1, count + 1):
        try:
            entries.append(log.read(number))
        except StoreError as error:
            faults.append(str(error))
    if faults:
        return faults
    state: dict[Key, SnapshotFile] = {}
    for entry in entries:
        state = applied(state, entry)
        faults += _step_faults(entry, state, count)
    for before, after in pairwise(entries):
        if after.previous != before.sha256:
            faults.append(
                f"Leverans {after.number} följer inte på den leverans {before.number} som finns. {_ADVICE}"
            )
        if after.known_from <= before.known_from:
            faults.append(f"Leverans {after.number} är inte senare än leverans {before.number}. {_ADVICE}")
    missing = sorted(name for name in named_files(log) if not storage.has(name))
    return faults + [f"Filen {name} saknas, men en leverans räknar med den. {_ADVICE}" for name in missing]


def _step_faults(entry: Entry, state: dict[Key, SnapshotFile], count: int) -> list[str]:
    found = []
    if (entry.kind is EntryKind.BASE) != (entry.number == 1):
        found.append(f"Leverans {entry.number} tar in äldre filer mitt i loggen. {_ADVICE}")
    if entry.standing is not None and set(entry.standing) != set(state.values()):
        found.append(f"Leverans {entry.number} räknar upp annat än det som gäller efter den. {_ADVICE}")
    if entry.after and entry.after != fingerprint_of(state.values()):
        found.append(
            f"Leverans {entry.number} säger att annat gäller efter den än det som gör det. {_ADVICE}"
        )
    if entry.undoes is not None and not 0 < entry.undoes < entry.number <= count:
        found.append(f"Leverans {entry.number} ångrar en leverans som inte finns. {_ADVICE}")
    return found
