"""What changed between two times: reports that became known, months, values, and what stands because of them.

Only months whose file differs are read. Values are those of the datasets, unit by unit, as delivered; what a report
prints differently from the one before it is told by ``measures.changes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.domain.model import Report
from dashboard.domain.periods import Month
from dashboard.errors import SelectionError
from dashboard.measures.known_reports import came_between
from dashboard.snapshots.compare import CellChange, differences
from dashboard.snapshots.entries import Entry, Key, State
from dashboard.snapshots.files import SnapshotFile
from dashboard.snapshots.store import Store, instant

GOALS, RISKS, ACCOUNTS = "bedomningar", "risker", "ekonomi"
FORECAST = "prognos_helar"
# A day, a moment with its time zone, or the number of an entry: what was known just after it.
When = date | int
Row = Mapping[str, object]
_Said = tuple[tuple[str, str], str | float]  # (subject, unit) and what stands
_Told = Callable[[Iterable[Row]], Iterator[_Said]]


@dataclass(frozen=True, slots=True)
class Cause:
    """The last delivery that changed a month. ``entry`` is None without a log; ``undoes``: what it took back."""

    entry: int | None
    who: str
    known_from: datetime
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class MonthCame:
    """A month that is there now and was not, or the other way round. ``rows`` are those of the file."""

    dataset: str
    month: Month
    rows: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Revision:
    """A value of a month that was known before. None where the row was not there, or is not there any more."""

    dataset: str
    month: Month
    cell: CellChange
    cause: Cause


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """What stands in the last month known, before and after: a unit's colour for a goal, a risk, a year's forecast.

    ``subject`` is the goal, the risk or the year; ``unit`` is empty for risks. Values are told as words. None: nothing
    was known.
    """

    subject: str
    unit: str
    before: str | float | None
    after: str | float | None
    before_month: Month | None
    after_month: Month | None


@dataclass(frozen=True, slots=True)
class StoreChanges:
    """Each in order of dataset, month, unit. ``risks`` are told as ``probability×consequence status``.

    ``reports`` became known in between; ``reports_gone`` are no longer known when the times are given backwards.
    Reports without a date are in neither.
    """

    new: tuple[MonthCame, ...] = ()
    gone: tuple[MonthCame, ...] = ()
    revised: tuple[Revision, ...] = ()
    colours: tuple[Standing, ...] = ()
    risks: tuple[Standing, ...] = ()
    forecasts: tuple[Standing, ...] = ()
    reports: tuple[Report, ...] = ()
    reports_gone: tuple[Report, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.new or self.gone or self.revised or self.reports or self.reports_gone)


def store_changes(
    store: Store, since: When, until: When | None = None, reports: Iterable[Report] = ()
) -> StoreChanges:
    """What is known at ``until`` (None: now) and was not, or was otherwise, at ``since``.

    ``reports`` are the catalogue's. Raises SelectionError for an entry that does not exist, StoreError when a file
    cannot be read.
    """
    before, after = state_at(store, since), state_at(store, until)
    touched = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    causes = _causes(store, touched, after, until)
    new, gone, revised = [], [], []
    for dataset, month in touched:
        key = (dataset, month)
        old, now = before.get(key), after.get(key)
        found = differences(dataset, *(store.read(file) if file else None for file in (old, now)))
        if old is None:
            new.append(MonthCame(dataset, month, found.new, causes[key]))
        elif now is None:
            gone.append(MonthCame(dataset, month, found.gone, causes[key]))
        else:
            revised += [Revision(dataset, month, cell, causes[key]) for cell in found.cells]
    came, left = came_between(
        reports, time_of(store, since), None if until is None else time_of(store, until)
    )
    return StoreChanges(
        tuple(new),
        tuple(gone),
        tuple(revised),
        tuple(_standing(store, _last(before, GOALS), _last(after, GOALS), _colours)),
        tuple(_standing(store, _last(before, RISKS), _last(after, RISKS), _risks)),
        tuple(_forecasts(store, before, after)),
        came,
        left,
    )


def time_of(store: Store, when: When) -> date:
    """The day or the moment; of an entry, when it came. Raises StoreError for an entry that cannot be read."""
    return when if isinstance(when, date) else store.log.read(when).known_from


def state_at(store: Store, when: When | None) -> State:
    """The files in effect then. Raises SelectionError for an entry that does not exist."""
    if when is None or isinstance(when, date):
        return store.state(when)
    if not 0 < when <= store.log.count():
        raise SelectionError(f"Leverans {when} finns inte. ”dashboard snapshots” visar vilka som finns.")
    return store.log.state(store.log.read(when))


def _causes(store: Store, touched: Iterable[Key], after: State, until: When | None) -> dict[Key, Cause]:
    """Per month the last entry that touched it, by ``until``; without a log what the file says of itself."""
    missing = set(touched)
    found: dict[Key, Cause] = {}
    if isinstance(until, int):
        last: Entry | None = store.log.read(until)
    else:
        last = store.log.last(instant(until) if until is not None else None)
    for number in range(last.number if last else 0, 0, -1):
        if not missing:
            break
        entry = store.log.read(number)
        for key in missing & entry.current.keys():
            found[key] = _cause(entry, key)
        missing -= found.keys()
    for key in missing & after.keys():
        told = store.footer(after[key])
        found[key] = Cause(None, str(told["loaded_by"]), after[key].known_from)
    return found


def _cause(entry: Entry, key: Key) -> Cause:
    """The reason given, else the answers to what the checks asked about the month."""
    about = f"{key[0]}/{key[1]}/"
    answers = dict.fromkeys(one.answer for one in entry.answers if one.about.startswith(about))
    reason = entry.reason or " ".join(answers)
    return Cause(entry.number, entry.who, entry.known_from, reason, entry.undoes)


def _last(state: State, dataset: str, year: int | None = None) -> SnapshotFile | None:
    months = [month for name, month in state if name == dataset and (year is None or month.year == year)]
    return state[dataset, max(months)] if months else None


def _forecasts(store: Store, before: State, after: State) -> Iterator[Standing]:
    years = sorted({month.year for state in (before, after) for name, month in state if name == ACCOUNTS})
    for year in years:
        old, now = _last(before, ACCOUNTS, year), _last(after, ACCOUNTS, year)
        yield from _standing(store, old, now, _forecasts_of)


def _standing(
    store: Store, old: SnapshotFile | None, now: SnapshotFile | None, told: _Told
) -> Iterator[Standing]:
    """What differs between two files. Without a file before all of it is new."""
    if old == now:
        return
    was, is_now = (dict(told(_rows(store, file))) if file else {} for file in (old, now))
    for subject, unit in sorted(was.keys() | is_now.keys()):
        before, after = was.get((subject, unit)), is_now.get((subject, unit))
        if before != after:
            months = old.month if old else None, now.month if now else None
            yield Standing(subject, unit, before, after, *months)


def _rows(store: Store, file: SnapshotFile) -> list[Row]:
    rows: list[Row] = store.read(file).to_pylist()
    return rows


def _colours(rows: Iterable[Row]) -> Iterator[_Said]:
    for row in rows:
        yield (str(row["goal"]), str(row["unit"])), str(row["colour"])


def _risks(rows: Iterable[Row]) -> Iterator[_Said]:
    for row in rows:
        yield (str(row["risk"]), ""), f"{row['probability']}×{row['consequence']} {row['measures_status']}"


def _forecasts_of(rows: Iterable[Row]) -> Iterator[_Said]:
    for row in rows:
        month, value = row["month"], row[FORECAST]
        if isinstance(month, date) and isinstance(value, float):
            yield (str(month.year), str(row["unit"])), value
