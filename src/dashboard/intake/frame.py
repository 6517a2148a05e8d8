"""All rows of one dataset in a delivery, beside what the store knows of the months before, as arrays.

Every row gets one whole number made of month, unit and category, so that doubles, the month before and order all
follow from one sort, for ten rows or a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dashboard.beside import beside
from dashboard.contracts import Column, Contract
from dashboard.domain.periods import Month
from dashboard.intake.shapes import Fault, Faults, Severity, Step, fault_key
from dashboard.intake.sheet import Sheet

if TYPE_CHECKING:
    import pyarrow as pa

Mask = np.ndarray
NOWHERE = -1
NEVER = 10_000 * 12
_ROOM = 8  # places in a table of keys, for each row


class Frame:
    """``own`` rows come first, in the order of ``sheets``; rows from the store follow. Arrays have one place a row.

    ``month`` holds ``Month.index``; rows whose key could not be read have ``key`` −1 and take part in nothing.
    """

    def __init__(self, sheets: Sequence[Sheet], past: pa.Table | None = None) -> None:

        self.sheets = sheets
        self.contract: Contract = sheets[0].contract
        self.table = _together([sheet.table for sheet in sheets])
        self.size = self.table.num_rows
        whole = self.table
        if past is not None and past.num_rows:
            whole = _together([whole, past.cast(whole.schema)])
        self._columns: dict[str, np.ndarray] = {}
        self._whole = whole
        self.month = _month_index(whole["month"])
        self.units, self.unit = _coded(whole["unit"])
        category = self.contract.category
        none = np.zeros(whole.num_rows, dtype=np.int32)
        self.categories: list[str]
        self.category: np.ndarray
        self.categories, self.category = _coded(whole[category]) if category else ([""], none)
        self.stride = len(self.units) * len(self.categories) or 1
        self.key = self.month * np.int64(self.stride)
        self.key += self.unit * np.int64(len(self.categories))
        self.key += self.category
        self.key[(self.month | self.unit | self.category) < 0] = -1  # one of them is
        self.order = np.argsort(self.key, kind="stable")
        self.sorted = self.key[self.order]
        self._spots = _Spots(self.sorted, self.order)

    @property
    def dataset(self) -> str:
        return self.contract.name

    @cached_property
    def months(self) -> list[int]:
        """The indices of the delivery's own months, in order."""
        own = self.month[: self.size]
        if own.min(initial=0) < 0:
            own = own[own >= 0]
        low = int(own.min(initial=NEVER))
        return [low + int(step) for step in np.flatnonzero(np.bincount(own - low))] if own.size else []

    def values(self, column: str) -> np.ndarray:
        """A number column of all rows; nan where there is none."""
        if column not in self._columns:
            array = self._whole[column].combine_chunks()
            self._columns[column] = (
                array.to_numpy(zero_copy_only=False) if array.null_count else array.to_numpy()
            )
        return self._columns[column]

    def texts(self, column: str) -> list[str | None]:
        """A text column of the delivery's own rows."""
        return self.table[column].to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types

    def before(self, months: int = 1, rows: np.ndarray | None = None) -> np.ndarray:
        """For each own row (or those given), the row of the same unit and category so many months earlier.

        NOWHERE where there is none.
        """
        keys = self.key[: self.size] if rows is None else self.key[rows]
        return self._spots.of(np.where(keys >= months * self.stride, keys - months * self.stride, NOWHERE))

    def gone(self, months: Sequence[int]) -> np.ndarray:
        """The keys of the month before one of ``months`` that have no row in it."""
        bounds = np.searchsorted(
            self.sorted, [(month - step) * self.stride for month in months for step in (1, 0)]
        )
        parts = [self.sorted[start:stop] for start, stop in bounds.reshape(-1, 2)]
        keys = np.concatenate(parts) if parts else self.sorted[:0]
        return np.asarray(keys[self._spots.of(keys + self.stride) == NOWHERE])

    def sheet_of(self, row: int) -> tuple[Sheet, int]:
        """The sheet that an own row came from, and its place in the sheet's table."""
        for sheet in self.sheets:
            if row < sheet.table.num_rows:
                return sheet, row
            row -= sheet.table.num_rows
        raise IndexError(row)

    def month_of(self, row: int) -> Month:
        return _month(int(self.month[row]))

    def subject(self, row: int) -> tuple[str, str]:
        """The ids of the row's unit and category; empty where there is none, or none that could be read."""
        unit, category = self.unit[row], self.category[row]
        return self.units[unit] if unit >= 0 else "", self.categories[category] if category >= 0 else ""

    def in_order(self) -> list[tuple[Month, pa.Table]]:
        """The delivery's own rows by month, each month in the order of its keys."""
        import pyarrow as pa

        own = self.order[self.order < self.size]
        months, rows = self.month[own], pa.array(own)

        def made(field: pa.Field) -> pa.Array:
            return self.table[field.name].combine_chunks().take(rows).cast(field.type)

        # Put in order in one piece, columns side by side: a month is then a view of it.
        schema = self.contract.schema
        whole = pa.Table.from_arrays(beside(made, schema), schema=schema)
        bounds = [0, *(int(spot) + 1 for spot in np.flatnonzero(np.diff(months))), len(months)]
        return [
            (_month(int(months[start])), whole.slice(start, stop - start))
            for start, stop in pairwise(bounds)
            if stop > start
        ]


class _Spots:
    """The first row of each key.

    A table of all keys between the lowest and the highest where it is no larger than a few times the rows, as it is
    where most units report each month; else a search among the sorted.
    """

    def __init__(self, ordered: np.ndarray, order: np.ndarray) -> None:
        start = int(np.searchsorted(ordered, 0))
        self._ordered, self._order = ordered[start:], order[start:]
        self._low = int(self._ordered[0]) if len(self._ordered) else 0
        span = int(self._ordered[-1]) - self._low + 1 if len(self._ordered) else 0
        self._row: np.ndarray | None = None
        if span <= _ROOM * len(ordered):
            self._row = np.full(span + 1, NOWHERE, np.int32)  # the last place is for keys outside
            self._row[(self._ordered - self._low)[::-1]] = self._order[
                ::-1
            ]  # of equal keys the first row stays

    def of(self, keys: np.ndarray) -> np.ndarray:
        """The row of each key; NOWHERE where there is none, as for a key below zero."""
        if self._row is not None:
            places = keys - self._low
            outside = (places < 0) | (places >= len(self._row))
            places[outside] = -1
            return np.asarray(self._row[places])
        if not len(self._ordered):
            return np.full(len(keys), NOWHERE, np.int64)
        spot = np.minimum(np.searchsorted(self._ordered, keys), len(self._ordered) - 1)
        return np.where(self._ordered[spot] == keys, self._order[spot], NOWHERE)


@dataclass(frozen=True, slots=True)
class Naming:
    """Ids of units and categories, and columns, in the words of a reader."""

    units: Mapping[str, str]
    categories: Mapping[str, str]
    labels: Mapping[str, str]

    def subject(self, unit: str, category: str) -> str:
        name = self.units.get(unit, unit)
        return f"{name} · {self.categories.get(category, category)}" if category else name

    def label(self, column: str) -> str:
        return self.labels.get(column, column)


class Teller:
    """Makes faults of a frame's rows, with their cells and stable keys."""

    def __init__(self, frame: Frame, faults: Faults, names: Naming) -> None:
        self.frame = frame
        self.faults = faults
        self.names = names

    def rows(self, mask: Mask, severity: Severity) -> Iterable[int]:
        """The rows of a mask that there is room to tell of; the rest are counted."""
        found = np.flatnonzero(mask)
        room = max(self.faults.room, 0)
        self.faults.count(self.frame.dataset, severity, max(len(found) - room, 0))
        return (int(row) for row in found[:room])

    def tell(
        self,
        step: Step,
        severity: Severity,
        row: int,
        column: str,
        rule: str,
        expected: str,
        message: str,
        about: str = "",
    ) -> None:
        """One fault about a row. A question is known by its subject and ``about``, which holds its numbers, so
        that an answer is good for those only; an error by where it stands.
        """
        sheet, index = self.frame.sheet_of(row)
        place = sheet.place(index, column)
        value = sheet.raw(place)
        month = self.frame.month_of(row) if self.frame.month[row] >= 0 else ""
        subject = (self.frame.dataset, month, rule, *self.frame.subject(row))
        if severity is Severity.QUESTION:
            key = fault_key(*subject, about)
        else:
            key = fault_key(step, *subject, column, sheet.file, sheet.name, place.cell)
        self.faults.add(
            Fault(step, severity, place, self.frame.dataset, column, value, expected, message, key)
        )

    def who(self, row: int) -> str:
        """``Ekonomiskt bistånd · Under 10 månader, augusti 2025``."""
        unit, category = self.frame.subject(row)
        return f"{self.names.subject(unit, category)}, {self.frame.month_of(row).name}"


def told(numbers: Mapping[str, float]) -> str:
    """``pagaende:64+dygn:1984``: the numbers that a question is about, for its key."""
    return "+".join(f"{column}:{value:.12g}" for column, value in numbers.items())


def number_columns(contract: Contract) -> tuple[Column, ...]:
    return tuple(column for column in contract.columns if column.form != "string")


def _month(index: int) -> Month:
    year, number = divmod(index, 12)
    return Month(year, number + 1)


def _together(tables: Sequence[pa.Table]) -> pa.Table:
    """One table under another, in one piece; words are dictionaries where they are so in the first."""
    import pyarrow as pa

    schema = tables[0].schema
    return pa.concat_tables([table.cast(schema) for table in tables]).unify_dictionaries().combine_chunks()


def _month_index(column: pa.ChunkedArray) -> np.ndarray:
    """``Month.index`` of each day; −1 for null. Days are many and few are different."""
    encoded = column.combine_chunks().dictionary_encode()
    months = [Month.of(day).index for day in encoded.dictionary.to_pylist()]
    codes = encoded.indices.fill_null(len(months)).to_numpy()
    return np.asarray(np.array([*months, -1], dtype=np.int32)[codes])


def _coded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    """The distinct texts in order, and the place of each row's among them; −1 for null."""
    encoded = column.combine_chunks().dictionary_encode()
    words: list[str] = encoded.dictionary.to_pylist()
    places = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words) + 1, dtype=np.int32)
    rank[places] = np.arange(len(words))
    rank[-1] = -1
    codes = encoded.indices.fill_null(len(words)).to_numpy()
    return [words[place] for place in places], rank[codes]
