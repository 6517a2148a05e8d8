"""Everything in the store looked through: hashes, footers, contracts, the log, and what was left by a load cut off."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.snapshots.store import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """``faults`` must be acted on. ``strays`` count for nothing and may be deleted."""

    faults: tuple[str, ...]
    strays: tuple[str, ...]
    files: int
    entries: int


def verify(store: Store) -> Verified:
    """Read every file of the store. What the serving file says is held against it by ``measures.serving_check``."""
    faults = store.verify()
    strays = store.strays()
    files = len(store.files()) if not faults else 0
    return Verified(tuple(faults), tuple(strays), files, store.log.count() if not faults else 0)
