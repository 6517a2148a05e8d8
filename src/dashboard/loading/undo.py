"""Take a delivery back: what stood before it is made current again by an entry of its own. Undoing that is redoing."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.contracts import CONTRACTS
from dashboard.errors import StoreError
from dashboard.snapshots.entries import Entry, EntryKind, Key
from dashboard.snapshots.files import SnapshotFile
from dashboard.snapshots.lock import WAIT_SECONDS
from dashboard.snapshots.store import Prepare, Store


def undo(
    store: Store,
    number: int,
    who: str,
    reason: str,
    *,
    at: datetime | None = None,
    prepare: Prepare = lambda files: None,
    wait: float = WAIT_SECONDS,
) -> Entry:
    """Take back the entry with this number, as long as nothing later has changed the same months.

    A month that the entry brought for the first time is gone again. Raises StoreError when there is no such entry, when
    it cannot be taken back, or when no reason is given; the store is then as it was.
    """
    if not reason.strip():
        raise StoreError("Skriv varför leveransen ångras; det sparas med den.")
    with store.writing(wait):
        if not 0 < number <= store.log.count():
            raise StoreError(f"Leverans {number} finns inte. ”dashboard snapshots” visar vilka som finns.")
        target = store.log.read(number)
        if target.kind is EntryKind.BASE:
            raise StoreError(f"Leverans {number} är det som fanns från början och kan inte ångras.")
        state = store.state()
        if later := [key for key, file in target.current.items() if state.get(key) != file]:
            raise StoreError(_refused(store, number, later))
        before = store.log.state(store.log.read(number - 1))
        moment = store.next_moment(at or datetime.now(UTC))
        current: dict[Key, SnapshotFile | None] = {key: before.get(key) for key in target.current}
        draft = Entry(
            number=0,
            kind=EntryKind.UNDO,
            known_from=moment,
            who=who,
            current=current,
            reason=reason.strip(),
            undoes=number,
        )
        return store.commit((), draft, prepare=prepare)


def _refused(store: Store, number: int, later: list[Key]) -> str:
    dataset, month = later[0]
    newest = next(
        other
        for other in range(store.log.count(), number, -1)
        if any(key in store.log.read(other).current for key in later)
    )
    name = CONTRACTS[dataset].title
    more = f" och {len(later) - 1} månader till" if len(later) > 1 else ""
    return (
        f"{name} för {month.name}{more} har ändrats av leverans {newest} sedan dess. Ångra den först, "
        "eller läs in en rättad fil."
    )
