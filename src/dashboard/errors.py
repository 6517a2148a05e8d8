"""The errors that a user can act on. Every message is plain Swedish and says what is wrong where."""

from collections.abc import Sequence


class DashboardError(Exception):
    """Something a user can act on; the message is shown as it stands."""


class DataError(DashboardError):
    """One or more faults in files that people write: all of them at once, each with its place."""

    def __init__(self, summary: str, faults: Sequence[str]) -> None:
        self.summary = summary
        self.faults = tuple(faults)
        super().__init__("\n".join([summary, *(f"  - {fault}" for fault in self.faults)]))


class CatalogueError(DataError):
    """The board's own definitions (``data/catalogue``) do not hold together."""


class PublishedError(DataError):
    """The published layer (``data/published``) has rows that cannot be read."""


class StoreError(DashboardError):
    """The snapshot store or the serving file is missing, damaged or not writable."""


class SelectionError(DashboardError):
    """A period, unit or comparison that does not exist."""


class IntakeError(DashboardError):
    """A file that cannot be taken in at all: what it is, why, and what to do."""
