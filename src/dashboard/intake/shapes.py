"""What intake speaks of: a sheet's raw cells, a fault with its place, and the collector of faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dashboard.domain.text import number

Cell = str | int | float | bool | date | None


class Step(StrEnum):
    """The three steps of checking, in order."""

    FORM = "form"
    SENSE = "sense"
    HISTORY = "history"


class Severity(StrEnum):
    """An error stops the load; a question needs an answer, which is kept with the delivery."""

    ERROR = "error"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a delivery. ``row`` is 1-based, 0 for a whole sheet; ``column`` 0-based, −1 for a whole row."""

    file: str
    sheet: str = ""
    row: int = 0
    column: int = -1

    @property
    def cell(self) -> str:
        """``C7``; ``rad 7`` for a whole row; empty for a sheet or a file."""
        if self.row and self.column >= 0:
            return f"{letters(self.column)}{self.row}"
        return f"rad {self.row}" if self.row else ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.sheet, self.cell) if part)


def wanted(expected: str) -> str:
    """The last sentence of a message: *Väntade en månad.* A guess at what was meant ends it with its own mark."""
    return f"Väntade {expected}" + ("" if expected.endswith("?") else ".")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong or must be explained. ``key`` is the same each time the same thing is found.

    ``column`` is the contract's name of the column, empty where the fault is about a row, a sheet or a file.
    ``value`` is the raw text; ``message`` says in Swedish what is wrong and what to do.
    """

    step: Step
    severity: Severity
    place: Place
    dataset: str
    column: str
    value: str
    expected: str
    message: str
    key: str

    @property
    def wrong(self) -> str:
        """The message without what was expected, for where that stands beside it."""
        return self.message.removesuffix(f" {wanted(self.expected)}")

    @property
    def file(self) -> str:
        return self.place.file

    @property
    def sheet(self) -> str:
        return self.place.sheet

    @property
    def row(self) -> int:
        return self.place.row

    @property
    def cell(self) -> str:
        return self.place.cell

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Faults:
    """All faults so far, each once; past ``most`` they are only counted."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.untold = 0
        self._found: dict[str, Fault] = {}
        self._errors: set[str] = set()

    def add(self, fault: Fault) -> None:
        if fault.severity is Severity.ERROR:
            self._errors.add(fault.dataset)
        if fault.key in self._found:
            return
        if len(self._found) >= self.most:
            self.untold += 1
        else:
            self._found[fault.key] = fault

    def take(self, other: Faults) -> None:
        """All that ``other`` holds, after what is here."""
        for fault in other:
            self.add(fault)
        self.untold += other.untold
        self._errors |= other._errors

    def count(self, dataset: str, severity: Severity, untold: int) -> None:
        """Faults that were counted and not looked at one by one."""
        self.untold += untold
        if untold and severity is Severity.ERROR:
            self._errors.add(dataset)

    @property
    def room(self) -> int:
        return self.most - len(self._found)

    def stopped(self, dataset: str) -> bool:
        """Whether the dataset, or a file as a whole, has an error."""
        return dataset in self._errors or "" in self._errors

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._found.values())


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet before anyone has said what it means. Rows are (1-based number, cells from column A), none empty.

    ``merged`` holds 0-based (first row, first column, last row, last column); ``errors`` the formula errors by
    (1-based row, 0-based column).
    """

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The raw text of a cell; empty where there is none."""
        if (row, column) in self.errors:
            return self.errors[row, column]
        low, high = 0, len(self.rows)
        while low < high:  # rows stand in order
            middle = (low + high) // 2
            if self.rows[middle][0] < row:
                low = middle + 1
            else:
                high = middle
        if low == len(self.rows) or self.rows[low][0] != row or not 0 <= column < len(self.rows[low][1]):
            return ""
        return raw_text(self.rows[low][1][column])


def raw_text(cell: Cell) -> str:
    """A cell as a reader would write it; text stands as it is."""
    match cell:
        case None:
            return ""
        case bool():
            return "SANT" if cell else "FALSKT"
        case float():
            return shown(cell)
        case _:
            return str(cell)


def shown(value: float) -> str:
    """A number with the decimals it needs, at most four, in Swedish."""
    text = number(value, 4)
    return text.rstrip("0").rstrip(",") if "," in text else text


def quoted(text: str, most: int = 60) -> str:
    """”text”, cut where it is long, on one line."""
    line = " ".join(text.split())
    return f"”{line if len(line) <= most else line[: most - 1] + '…'}”"


def letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def fault_key(*parts: object) -> str:
    """Parts joined by ``/``; empty ones are left out."""
    return "/".join(text for text in (str(part) for part in parts) if text)


def joined(lines: Iterable[str], most: int = 8) -> str:
    """A list in a sentence, its tail counted."""
    words = list(lines)
    if len(words) > most:
        return f"{', '.join(words[:most])} och {len(words) - most} till"
    return f"{', '.join(words[:-1])} och {words[-1]}" if len(words) > 1 else "".join(words)
