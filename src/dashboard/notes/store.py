"""The notes' own append-only dataset: one small numbered file for each note and each withdrawal, never changed."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from dashboard.errors import StoreError
from dashboard.notes.note import NO_NOTES, Draft, Note, NoteError, Notes, Record, Withdrawal
from dashboard.notes.records import decode, encode
from dashboard.snapshots import lock
from dashboard.snapshots.storage import LocalStorage, Storage
from dashboard.snapshots.store import instant

EARLIER = 8  # times in the past whose notes are kept ready
_NAME = re.compile(r"(\d{6})\.json", re.ASCII)
R = TypeVar("R", Note, Withdrawal)


class NoteStore:
    """Notes under ``root``, the folder ``notes`` of the data directory. Safe for many threads at once.

    What has been read is remembered, for no file changes: to find out whether there is anything new is one look at
    the disk (does the file with the next number exist?). While a file is damaged the folder is read each time, so
    that it counts as soon as it has been restored.
    """

    def __init__(self, root: Path, storage: Storage | None = None) -> None:
        self.root = root
        self._storage: Storage = storage if storage is not None else LocalStorage(root)
        self._reading = threading.Lock()
        self._records: Mapping[int, Record] = {}
        self._faults: tuple[str, ...] = ()
        self._next = 0  # the folder has not been read
        self._ready: dict[date | None, Notes] = {}

    def write(self, draft: Draft, *, at: datetime | None = None) -> Note:
        """Keep a note. The same ``key`` once more is the same note: it is returned, and nothing is written.

        ``at`` is now unless given. Raises StoreError when it cannot be kept.
        """

        def make(number: int, now: datetime) -> Note:
            return Note(number, now, draft)

        return self._append(Note, draft.key, at, make)

    def withdraw(
        self, note: int, who: str, reason: str, *, key: str = "", role: str = "", at: datetime | None = None
    ) -> Withdrawal:
        """Keep the word that a note no longer holds. The note stays in the store, and is shown as known before.

        Raises NoteError when there is no such note, somebody has withdrawn it, or the words are missing; StoreError
        when it cannot be kept.
        """

        def make(number: int, now: datetime) -> Withdrawal:
            if not isinstance(self._records.get(note), Note):
                raise NoteError({"": "Anteckningen finns inte."})
            for one in self._records.values():
                if isinstance(one, Withdrawal) and one.note == note:
                    raise NoteError({"": f"{one.who} har redan dragit tillbaka anteckningen."})
            return Withdrawal(number, now, note, who, reason, role, key)

        return self._append(Withdrawal, key, at, make)

    def current(self, as_of: date | None = None) -> Notes:
        """The notes that hold, now or as known at ``as_of``, a day or a moment. A damaged file is told, not raised.

        Raises StoreError when the folder itself cannot be read.
        """
        self._look()
        ready = self._ready
        found = ready.get(as_of)
        if found is None:
            found = self._known(instant(as_of) if as_of is not None else None)
            if len(ready) > EARLIER:
                ready.clear()
            ready[as_of] = found
        return found

    def _known(self, known: datetime | None) -> Notes:
        records, faults = self._records, self._faults
        found = [one for _, one in sorted(records.items()) if known is None or one.written <= known]
        if not found and not faults:
            return NO_NOTES
        gone = {one.note for one in found if isinstance(one, Withdrawal)}
        shown = tuple(one for one in found if isinstance(one, Note) and one.number not in gone)
        moment = max((one.written for one in found), default=None)
        return Notes(shown, faults, _fingerprint(found, faults), moment)

    def history(self) -> tuple[Record, ...]:
        """Everything that can be read, withdrawn notes and withdrawals included, in the order it was written."""
        self._look()
        return tuple(one for _, one in sorted(self._records.items()))

    def _append(self, kind: type[R], key: str, at: datetime | None, make: Callable[[int, datetime], R]) -> R:
        with lock.held(self.root / ".lock"):
            self._look()
            for one in self._records.values():
                if key and isinstance(one, kind) and _key(one) == key:
                    return one
            earliest = max((one.written for one in self._records.values()), default=None)
            now = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
            record = make(self._next, max(now, earliest) if earliest else now)
            self._storage.create(_file(record.number), encode(record))
        return record

    def _look(self) -> None:
        if self._next and not self._faults and not self._storage.has(_file(self._next)):
            return
        with self._reading:
            records, faults = dict(self._records), list[str]()
            numbers, strays = self._numbers()
            for number in range(1, max(numbers, default=0) + 1):
                try:
                    if number not in numbers:
                        raise StoreError(
                            f"Filen {_file(number)} bland anteckningarna saknas. Återställ den från säkerhetskopian."
                        )
                    if number not in records:
                        name = _file(number)
                        records[number] = decode(name, number, self._storage.read(name))
                except StoreError as error:
                    faults.append(str(error))
            faults += [
                f"Filen {name} hör inte hemma bland anteckningarna. Flytta bort den." for name in strays
            ]
            # The next number last: whoever sees it must see what is before it.
            self._records, self._faults = records, tuple(faults)
            self._next = max(numbers, default=0) + 1
            self._ready = {}

    def _numbers(self) -> tuple[set[int], list[str]]:
        numbers, strays = set(), []
        for name in self._storage.names():
            match = _NAME.fullmatch(name)
            if match and int(match[1]) > 0:
                numbers.add(int(match[1]))
            else:
                strays.append(name)
        return numbers, sorted(strays)


def _file(number: int) -> str:
    return f"{number:06d}.json"


def _key(record: Record) -> str:
    return record.draft.key if isinstance(record, Note) else record.key


def _fingerprint(records: list[Record], faults: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for one in records:
        digest.update(encode(one))
    digest.update("\n".join(faults).encode())
    return digest.hexdigest()[:12]
