"""The log of deliveries: one small JSON file for each, numbered, and never changed.

A snapshot counts when an entry names it. So a delivery of many datasets and months is one step: it happens when its
entry gets its name, and a reader never sees half of it. Each entry carries its own hash and that of the one before.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dashboard.domain.periods import Month
from dashboard.errors import StoreError
from dashboard.snapshots.files import SnapshotFile, fingerprint_of
from dashboard.snapshots.storage import Storage

FOLDER = "_deliveries"
# Every so often an entry lists all that is in effect after it, so that a long log is never read from its beginning.
LIST_EVERY = 32
_VERSION = 1
_NAME = re.compile(rf"{FOLDER}/(\d{{6}})\.json")
_REPAIR = "Återställ mappen från säkerhetskopian; utan den syns inte vad som gäller."

Key = tuple[str, Month]
State = Mapping[Key, SnapshotFile]


class EntryKind(StrEnum):
    """``BASE`` takes in the files of a store that had no log: each counts from the time in its name."""

    BASE = "base"
    LOAD = "load"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that somebody delivered."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the checks and the word that was given. ``about`` is its key, ``dataset/month/…``."""

    about: str
    question: str
    answer: str


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivery or one undoing. ``current`` says which file each month has after it; None: the month is gone again.

    ``confirmed`` are months of the delivery that already stood so. ``known_from`` is in whole seconds and later than
    the entry's before. ``files`` is for a base alone, ``standing`` (all in effect) for every so many. ``after`` is the
    fingerprint of all in effect: what was built from them is found without a look at them. Older entries have none.
    """

    number: int
    kind: EntryKind
    known_from: datetime
    who: str
    current: Mapping[Key, SnapshotFile | None] = field(default_factory=_nothing)
    confirmed: tuple[Key, ...] = ()
    sources: tuple[Source, ...] = ()
    mappings: tuple[Mapping[str, Any], ...] = ()
    answers: tuple[Answer, ...] = ()
    checks: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)
    reason: str = ""
    undoes: int | None = None
    files: tuple[SnapshotFile, ...] = ()
    standing: tuple[SnapshotFile, ...] | None = None
    after: str = ""
    previous: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        return name_of(self.number)


def name_of(number: int) -> str:
    return f"{FOLDER}/{number:06d}.json"


def encode(entry: Entry) -> tuple[bytes, str]:
    """The bytes and the hash in them. The same entry always gives the same."""
    told: dict[str, Any] = {
        "version": _VERSION,
        "number": entry.number,
        "kind": entry.kind.value,
        "known_from": entry.known_from.astimezone(UTC).isoformat(),
        "who": entry.who,
        "current": {_key(key): file.name if file else None for key, file in entry.current.items()},
        "confirmed": [_key(key) for key in entry.confirmed],
        "sources": [{"name": source.name, "sha256": source.sha256} for source in entry.sources],
        "mappings": [dict(mapping) for mapping in entry.mappings],
        "answers": [
            {"about": one.about, "question": one.question, "answer": one.answer} for one in entry.answers
        ],
        "checks": {about: dict(steps) for about, steps in entry.checks.items()},
        "reason": entry.reason,
        "undoes": entry.undoes,
        "files": [file.name for file in entry.files],
        "standing": None if entry.standing is None else [file.name for file in entry.standing],
        "after": entry.after,
        "previous": entry.previous,
    }
    sha256 = _hash(told)
    text = json.dumps({**told, "sha256": sha256}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode() + b"\n", sha256


def decode(number: int, data: bytes) -> Entry:
    """Raises StoreError for bytes that are not what was written."""
    name = name_of(number)
    try:
        told = json.loads(data)
        sha256 = told.pop("sha256")
        if sha256 != _hash(told) or told["number"] != number:
            raise StoreError(
                f"Filen {name} är skadad: innehållet stämmer inte med sin kontrollsumma. {_REPAIR}"
            )
        if told["version"] != _VERSION:
            raise StoreError(
                f"Filen {name} är skriven av ett annat program (version {told['version']}). Uppdatera programmet."
            )
        return _entry(told, sha256)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"Filen {name} går inte att läsa. {_REPAIR}") from error


def _entry(told: Mapping[str, Any], sha256: str) -> Entry:
    standing = told["standing"]
    return Entry(
        number=told["number"],
        kind=EntryKind(told["kind"]),
        known_from=datetime.fromisoformat(told["known_from"]),
        who=told["who"],
        current={
            _parsed(key): SnapshotFile.parse(name) if name else None for key, name in told["current"].items()
        },
        confirmed=tuple(_parsed(key) for key in told["confirmed"]),
        sources=tuple(Source(**one) for one in told["sources"]),
        mappings=tuple(told["mappings"]),
        answers=tuple(Answer(**one) for one in told["answers"]),
        checks=told["checks"],
        reason=told["reason"],
        undoes=told["undoes"],
        files=tuple(map(SnapshotFile.parse, told["files"])),
        standing=None if standing is None else tuple(map(SnapshotFile.parse, standing)),
        after=told.get("after", ""),
        previous=told["previous"],
        sha256=sha256,
    )


def _hash(told: Mapping[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _key(key: Key) -> str:
    return f"{key[0]}/{key[1]}"


def _parsed(text: str) -> Key:
    dataset, _, month = text.partition("/")
    return dataset, Month.parse(month)


def latest_of(files: tuple[SnapshotFile, ...], as_of: datetime | None = None) -> dict[Key, SnapshotFile]:
    """Per dataset and month the last file known at ``as_of``, by the times in the names."""
    found: dict[Key, SnapshotFile] = {}
    for file in sorted(files):
        if as_of is None or file.known_from <= as_of:
            found[file.dataset, file.month] = file
    return found


class Log:
    """The entries of a store, in order. Reading needs no lock: an entry is complete or not there."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def count(self) -> int:
        """How many there are; they are numbered from one. Raises StoreError when one between is gone."""
        numbers = set()
        for name in self._storage.names(FOLDER):
            match = _NAME.fullmatch(name)
            if match is None:
                raise StoreError(f"Filen {name} hör inte hemma bland leveranserna. Flytta bort den.")
            numbers.add(int(match[1]))
        last = max(numbers, default=0)
        if len(numbers) != last or 0 in numbers:
            missing = next(number for number in range(1, last + 1) if number not in numbers)
            raise StoreError(f"Leverans {missing} saknas ({name_of(missing)}). {_REPAIR}")
        return last

    def begun(self) -> bool:
        return self._storage.has(name_of(1))

    def has(self, number: int) -> bool:
        """One look at the disk: this is how a running program learns that there is something new."""
        return self._storage.has(name_of(number))

    def read(self, number: int) -> Entry:
        """Raises StoreError when it is gone or damaged."""
        return decode(number, self._storage.read(name_of(number)))

    def last(self, as_of: datetime | None = None) -> Entry | None:
        """The last entry, or the last known at ``as_of``; None when there is none."""
        low, high = 0, self.count()
        if as_of is None:
            return self.read(high) if high else None
        found = None
        while low < high:  # times rise with the numbers: a long log is looked up, not read
            middle = (low + high + 1) // 2
            entry = self.read(middle)
            if entry.known_from <= as_of:
                low, found = middle, entry
            else:
                high = middle - 1
        return found

    def state(self, last: Entry) -> dict[Key, SnapshotFile]:
        """What is in effect after an entry. Reads at most LIST_EVERY of them."""
        path = [last]
        while path[-1].standing is None and path[-1].number > 1:
            path.append(self.read(path[-1].number - 1))
        start = path.pop()
        if start.standing is None:
            state = applied({}, start)
        else:  # one file for each month, so there is nothing to compare
            state = {(file.dataset, file.month): file for file in start.standing}
        for entry in reversed(path):
            state = applied(state, entry)
        return state

    def append(self, draft: Entry, state: State) -> Entry:
        """Give the draft its number and its links, and keep it: from that moment it counts.

        ``state`` is what is in effect after it. Raises StoreError when it cannot be kept; nothing is then changed.
        The caller holds the lock.
        """
        before = self.last()
        if before is not None and draft.known_from <= before.known_from:
            raise ValueError(f"an entry must be later than {before.known_from.isoformat()}")
        number = before.number + 1 if before else 1
        listed = draft.kind is not EntryKind.BASE and number % LIST_EVERY == 0
        entry = replace(
            draft,
            number=number,
            previous=before.sha256 if before else "",
            standing=tuple(sorted(state.values())) if listed else None,
            after=fingerprint_of(state.values()),
        )
        data, sha256 = encode(entry)
        self._storage.create(entry.name, data)
        return replace(entry, sha256=sha256)


def applied(state: State, entry: Entry) -> dict[Key, SnapshotFile]:
    """The state after an entry."""
    after = dict(state)
    if entry.kind is EntryKind.BASE:
        after.update(latest_of(entry.files))
    for key, file in entry.current.items():
        if file is None:
            after.pop(key, None)
        else:
            after[key] = file
    return after
