"""How the command line tells of months, datasets and times."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.contracts import CONTRACTS
from dashboard.snapshots.entries import Entry, EntryKind, Key

KINDS = {EntryKind.BASE: "grund", EntryKind.LOAD: "inläsning", EntryKind.UNDO: "ångrad"}


def title(key: Key) -> str:
    """``Ekonomi augusti 2025``"""
    return f"{CONTRACTS[key[0]].title} {key[1].name}"


def months_of(keys: Iterable[Key]) -> str:
    """``Ekonomi augusti 2025, Risker juli–augusti 2025 (2)``: each dataset once, with its first and last month."""
    by_dataset: dict[str, list[Key]] = {}
    for key in sorted(keys):
        by_dataset.setdefault(key[0], []).append(key)
    parts = []
    for own in by_dataset.values():
        last = f"–{own[-1][1].name} ({len(own)} månader)" if len(own) > 1 else ""
        parts.append(title(own[0]) + last)
    return ", ".join(parts)


def what(entry: Entry) -> str:
    """One line on what an entry did."""
    match entry.kind:
        case EntryKind.BASE:
            return f"{len(entry.files)} månadsfiler som fanns före den första leveransen"
        case EntryKind.UNDO:
            return f"ångrar leverans {entry.undoes}: {months_of(entry.current)}. {entry.reason}"
        case EntryKind.LOAD:
            names = ", ".join(source.name for source in entry.sources)
            note = f". {entry.reason}" if entry.reason else ""
            return f"{months_of(entry.current)} ur {names}{note}"
