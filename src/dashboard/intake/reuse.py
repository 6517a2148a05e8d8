"""The saved mapping of a sender: what the last delivery from it was taken to mean, looked up in the store's log.

A sender is known by its file's name without the month (``reading.sender_of``). A mapping counts while its delivery
stands: one that was undone may have been undone because it was read wrongly. It is used when all its headers stand in
the file. Nothing in it is trusted: what no longer holds is passed over, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from dashboard.catalogue import Catalogue
from dashboard.errors import IntakeError, StoreError
from dashboard.intake.header import spelled
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.names import Names
from dashboard.intake.reading import sender_of
from dashboard.intake.shapes import joined, quoted
from dashboard.intake.sheet import Sheet
from dashboard.intake.values import without_month
from dashboard.intake.vocabulary import YEAR, vocabulary
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.snapshots.store import Store

MOST_ENTRIES = 200  # of the log that are looked through, from the newest: some years of deliveries


def _none() -> Mapping[str, tuple[SenderMapping, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Remembered:
    """By sender the mappings that may be used, newest first. ``passed`` says by sender what was passed over and why."""

    mappings: Mapping[str, tuple[SenderMapping, ...]] = field(default_factory=_none)
    passed: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, file: str) -> tuple[SenderMapping, ...]:
        return self.mappings.get(sender_of(file), ())

    def notes(self, file: str, sheets: Sequence[Sheet]) -> tuple[str, ...]:
        """Why a file of a known sender was not read as last time; nothing where it was."""
        passed = self.passed.get(sender_of(file), ())
        if any(sheet.header.saved is not None for sheet in sheets):
            return ()
        datasets = {sheet.dataset for sheet in sheets}
        kept = (one for one in self.of(file) if one.entry)
        last = next((one for one in kept if not datasets or one.dataset in datasets), None)
        return (*passed, _changed(last, sheets)) if last is not None else passed


def remembered(
    store: Store, catalogue: Catalogue, files: Iterable[str], recent: Sequence[SenderMapping] = ()
) -> Remembered:
    """What is known of the senders of these files. ``recent`` are mappings that no delivery has kept yet, newest first.

    A log that cannot be read is told, not raised: a file can be read without it.
    """
    wanted = {sender_of(name) for name in files}
    found: dict[str, dict[tuple[object, ...], SenderMapping]] = {sender: {} for sender in wanted}
    passed: dict[str, list[str]] = {}
    known_names = cache(lambda dataset: Names(catalogue, vocabulary(dataset)))  # most senders are new
    try:
        for entry in standing(store):
            for told in entry.mappings:
                sender = _sender(told)
                if sender not in wanted:
                    continue
                try:
                    mapping = SenderMapping.from_dict(told)
                except IntakeError as error:
                    if not found[sender]:
                        passed.setdefault(sender, []).append(_unfit(entry.number, error))
                    continue
                shape = (mapping.dataset, without_month(mapping.sheet), frozenset(mapping.headers.items()))
                if shape not in found[sender]:  # a month like the one before says nothing new
                    found[sender][shape] = _own(mapping, known_names(mapping.dataset), entry.number)
    except StoreError as error:
        for sender in wanted:
            passed.setdefault(sender, []).append(f"Sparade mappningar kunde inte läsas. {error}")
    return Remembered(
        {
            sender: (*(one for one in recent if one.sender == sender), *own.values())
            for sender, own in found.items()
        },
        {sender: tuple(notes) for sender, notes in passed.items()},
    )


def standing(store: Store) -> Iterator[Entry]:
    """The newest deliveries that have not been undone, newest first. An undoing that was undone counts as never done.

    Raises StoreError for a log that cannot be read.
    """
    last = store.log.count()
    undone: set[int] = set()
    for number in range(last, max(last - MOST_ENTRIES, 0), -1):
        entry = store.log.read(number)
        if number in undone:
            continue
        if entry.undoes is not None:
            undone.add(entry.undoes)
        if entry.kind is EntryKind.LOAD:
            yield entry


def _sender(told: object) -> str | None:
    """Whose it is. Kept with the whole name of the file before; the month in it does not count."""
    sender = told.get("sender") if isinstance(told, Mapping) else None
    return without_month(sender) if isinstance(sender, str) else None


def _own(mapping: SenderMapping, names: Names, entry: int) -> SenderMapping:
    """Without the words that say themselves what they stand for: a unit's name may stand for another one next year."""
    told = {text: meaning for text, meaning in mapping.names.items() if not names.evident(text, meaning)}
    return replace(mapping, names=told, entry=entry)


def _unfit(number: int, error: IntakeError) -> str:
    return f"Hur leverans {number} lästes går inte att använda igen och hoppades över. {error}"


def _changed(last: SenderMapping, sheets: Sequence[Sheet]) -> str:
    here = {spelled(text) for sheet in sheets for text in sheet.header.texts.values()}
    gone = [
        quoted(text, 30)
        for text, column in last.headers.items()
        if column and column != YEAR and spelled(text) not in here
    ]
    why = f" {joined(gone, 4)} saknas." if sheets and gone else ""
    return f"Filen är inte uppställd som i leverans {last.entry}, så den lästes inte som förra gången.{why}"
