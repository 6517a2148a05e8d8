"""The facts of a running program with the notes that people have written on them."""

from __future__ import annotations

from datetime import date

from dashboard.measures.facts import Facts
from dashboard.measures.kept import Kept
from dashboard.measures.openings import Openings
from dashboard.notes import NoteStore
from dashboard.settings import Settings

READY = 6  # the newest facts and some earlier ones, each with its notes


class Noted:
    """Facts by the time they were known, with the notes known then. Safe for many threads at once.

    A note is seen at the next question, for one look at the disk; a delivery is looked for as in ``Openings``.
    """

    def __init__(self, settings: Settings) -> None:
        self._openings = Openings(settings)
        self._store = NoteStore(settings.notes)
        self._ready: Kept[Facts] = Kept(READY)

    def at(self, as_of: date | None = None) -> Facts:
        """The newest facts, or those known at ``as_of`` (a day, or a moment with its time zone).

        Raises DashboardError when they cannot be opened; the next call tries again.
        """
        facts, notes = self._openings.at(as_of), self._store.current(as_of)
        if not notes.fingerprint:
            return facts
        key = (facts, notes.fingerprint)
        found = self._ready.get(key)
        if found is None:
            found = facts.with_notes(notes)
            self._ready.put(key, found)
        return found
