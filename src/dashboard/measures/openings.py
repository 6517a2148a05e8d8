"""What is open in a running program: the newest facts, and a few as they were known at other times."""

from __future__ import annotations

import threading
from datetime import date

from dashboard.measures.facts import Facts
from dashboard.measures.kept import Kept
from dashboard.measures.opening import open_facts
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

EARLIER = 4  # times in the past that are kept open: a meeting looks at one or two


class Openings:
    """Facts by the time they were known. Safe for many threads at once.

    Whether something new has been delivered is one look at the disk (does the next entry exist?), so it is asked every
    time. While one thread opens what is new, the others go on with what is open.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._log = Store(settings.snapshots).log
        self._opening = threading.Lock()
        self._now: tuple[int, Facts] | None = (
            None  # the number of the entry that has not come yet, and what is before
        )
        self._earlier: Kept[Facts] = Kept(EARLIER)

    def at(self, as_of: date | None = None) -> Facts:
        """The newest facts, or those known at ``as_of`` (a day, or a moment with its time zone).

        Raises DashboardError when they cannot be opened; the next call tries again.
        """
        now = self._newest()
        if as_of is None:
            return now[1]
        # A day that is not over may get another delivery: what was kept is good until one has come.
        key = (as_of, now[0])
        found = self._earlier.get(key)
        if found is None:
            with self._opening:
                found = self._earlier.get(key) or open_facts(self._settings, as_of)
                self._earlier.put(key, found)
        return found

    def _newest(self) -> tuple[int, Facts]:
        open_now = self._now
        if open_now is not None and not self._log.has(open_now[0]):
            return open_now
        if not self._opening.acquire(blocking=open_now is None) and open_now is not None:
            return open_now
        try:
            if self._now is None or self._log.has(self._now[0]):
                coming = (
                    self._log.count() + 1
                )  # counted first: what comes while opening is seen at the next look
                self._now = (coming, open_facts(self._settings))
            return self._now
        finally:
            self._opening.release()
