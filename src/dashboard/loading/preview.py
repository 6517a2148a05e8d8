"""What a delivery would change, before anyone says yes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.intake.examination import Examination, MonthTable
from dashboard.snapshots.compare import Differences, differences
from dashboard.snapshots.entries import Key
from dashboard.snapshots.files import SnapshotFile, canonical
from dashboard.snapshots.store import Store

TOLD = 1_000  # cells that are listed for each month; the rest is counted


class MonthChange(StrEnum):
    """What a delivery does to a month. ``SOURCE``: the same values, but real ones where made-up ones stood."""

    NEW = "new"
    REVISED = "revised"
    SOURCE = "source"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class MonthPreview:
    """One month of one dataset. ``before`` is the file in effect now, None when the month is new."""

    dataset: str
    month: Month
    change: MonthChange
    rows: int
    differences: Differences
    file: str
    before: SnapshotFile | None = None

    @property
    def key(self) -> Key:
        return self.dataset, self.month


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that has been loaded before: as the delivery ``entry``. ``stands``: all it brought is still in effect."""

    name: str
    entry: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """``after`` is the number of the last entry that this was held against (0: none)."""

    months: tuple[MonthPreview, ...]
    seen: tuple[Seen, ...]
    after: int

    @property
    def changed(self) -> tuple[MonthPreview, ...]:
        """The months that a load would write."""
        return tuple(one for one in self.months if one.change is not MonthChange.UNCHANGED)

    def of(self, change: MonthChange) -> tuple[MonthPreview, ...]:
        return tuple(one for one in self.months if one.change is change)


def preview(store: Store, examination: Examination, most: int = TOLD) -> Preview:
    """What loading it would change. Shape: one per dataset and month that has no error, in their order.

    Raises StoreError when what is in effect cannot be read.
    """
    after = store.log.count()
    state = store.state()
    months = [
        _month(store, table, state.get((table.dataset, table.month)), most) for table in examination.tables
    ]
    return Preview(
        tuple(sorted(months, key=lambda one: one.key)), tuple(_seen(store, examination, state)), after
    )


def _month(store: Store, table: MonthTable, before: SnapshotFile | None, most: int) -> MonthPreview:
    now = table.table
    if before is None:
        found, change = differences(table.dataset, None, now), MonthChange.NEW
    else:
        now = canonical(now, table.dataset)
        found = differences(table.dataset, store.read(before), now, most)
        real = store.footer(before)["origin"] == Origin.IMPORTED.value
        same = MonthChange.UNCHANGED if real else MonthChange.SOURCE
        change = MonthChange.REVISED if found.any else same
    return MonthPreview(table.dataset, table.month, change, now.num_rows, found, table.file, before)


def _seen(store: Store, examination: Examination, state: dict[Key, SnapshotFile]) -> list[Seen]:
    """The newest delivery that each file came with."""
    wanted = {file.sha256: file.name for file in examination.files}
    found: list[Seen] = []
    for number in range(store.log.count(), 0, -1):
        if not wanted:
            break
        entry = store.log.read(number)
        for source in entry.sources:
            if source.sha256 in wanted:
                stands = all(state.get(key) == file for key, file in entry.current.items())
                found.append(Seen(wanted.pop(source.sha256), number, stands))
    return found
