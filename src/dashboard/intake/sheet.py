"""A sheet that has been read: the contract's columns as Arrow, and for every value the way back to its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dashboard.contracts import Contract
from dashboard.domain.periods import Month
from dashboard.intake.header import Header
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.names import Names
from dashboard.intake.shapes import Fault, Faults, Place, Severity, Step, fault_key, quoted, wanted
from dashboard.intake.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


class Source(Protocol):
    """Raw texts, for faults and for a picture of the sheet."""

    def text(self, row: int, column: int) -> str:
        """By 1-based row and 0-based column; empty where there is nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Total:
    """A row that says the sum of others. ``first``–``last`` are the table rows above it, ``since`` where those begin
    that no earlier total has summed; ``month``, ``category`` and ``under`` (a unit) narrow them down when given.
    """

    row: int
    label: str
    values: Mapping[str, float]
    since: int
    last: int
    month: Month | None = None
    category: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``table`` has the contract's columns in order, null where a cell could not be read, words plain or encoded.

    ``rows`` holds the row of the file for each row of the table. ``mapping`` is what the file was taken to mean; keep
    it for the next one.
    """

    file: str
    name: str
    header: Header
    mapping: SenderMapping
    table: pa.Table
    rows: np.ndarray
    source: Source
    totals: tuple[Total, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def dataset(self) -> str:
        return self.header.dataset

    @property
    def contract(self) -> Contract:
        return self.header.contract

    def place(self, index: int, column: str = "") -> Place:
        """Where row ``index`` of the table stands; in the header's column when the contract's column is there."""
        return Place(self.file, self.name, int(self.rows[index]), self.header.columns.get(column, -1))

    def raw(self, place: Place) -> str:
        return self.source.text(place.row, place.column) if place.column >= 0 else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of one sheet works with. ``month`` is the one that was asked for, ``told`` the one that title,
    sheet or file name speaks of.
    """

    file: str
    sheet: str
    header: Header
    names: Names
    words: Vocabulary
    faults: Faults
    sender: str = ""
    month: Month | None = None
    told: Month | None = None
    notice: Callable[[], None] | None = None

    def silent(self, notice: Callable[[], None]) -> Reading:
        """The same, but a fault is only noticed and not told."""
        return replace(self, notice=notice)

    def fault(self, row: int, column: str, value: str, expected: str, message: str) -> None:
        """An error of form. The column's place follows from the header."""
        if self.notice is not None:
            self.notice()
            return
        place = Place(self.file, self.sheet, row, self.header.columns.get(column, -1))
        self.faults.add(
            Fault(
                step=Step.FORM,
                severity=Severity.ERROR,
                place=place,
                dataset=self.header.dataset,
                column=column,
                value=value,
                expected=expected,
                message=message,
                key=fault_key("form", self.file, self.sheet, place.cell or column, fold_key(message)),
            )
        )

    def unreadable(self, row: int, column: str, value: str, expected: str) -> None:
        """The cell does not hold what the column wants."""
        label = self.words.label(column)
        self.fault(
            row,
            column,
            value,
            expected,
            f"{quoted(value)} går inte att läsa som {label}. {wanted(expected)}",
        )

    def empty(self, row: int, column: str) -> None:
        label = self.words.label(column)
        self.fault(row, column, "", "ett värde", f"{label} saknas. Skriv värdet, eller 0 om det är noll.")


def fold_key(message: str) -> str:
    """Tells two faults of one place apart."""
    return message if len(message) < 30 else f"{message[:18]}…{message[-11:]}"


def assembled(contract: Contract, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    """The contract's columns as Arrow; what is not among ``columns`` is null throughout."""
    import pyarrow as pa

    rows = max((len(values) for values in columns.values()), default=0)
    fields = [pa.field(field.name, field.type) for field in contract.schema]
    arrays = [pa.array(columns.get(field.name, [None] * rows), type=field.type) for field in fields]
    return pa.table(arrays, schema=pa.schema(fields))
