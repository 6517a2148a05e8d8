"""The layout of a report: its headings, and what stands in each cell of its tables.

A layout holds no values. A cell names what it shows and the row of the published layer is found by report, line and
that name, so a table can be rebuilt from the store and a new report is added by data alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.domain.periods import Period

# What a table is made of, and which of its properties a column may show. "empty": a column the report leaves open.
SHOWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "figures": ("label", "note", "empty"),
        "assessments": ("label", "description", "outcome", "target", "colour", "empty"),
        "risks": ("category", "risk", "measures", "status", "comment", "judgement", "empty"),
        "assignments": ("label", "target", "status", "comment", "owner", "empty"),
        "goals": ("label", "indicators", "empty"),
    }
)
CHANGE = "forandring"
# Heads of a table over the months, as the reports write them.
MONTHS = ("Jan", "Feb", "Mars", "April", "Maj", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dec")
# row and total are plain; varav is part of a row above it; buffer and note fill in only some columns; group is a line
# of words over the rows that follow; sub has its own label in a column of its own, under the head of a row above.
ROW_STYLES = ("row", "total", "varav", "buffer", "note", "group", "sub")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a report as it is printed. ``level`` 1 is a chapter."""

    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """What a column shows, in one of three ways.

    ``show`` names a property of the row (one of SHOWS); a status may have a ``period``. ``place`` is the row's first,
    second … figure. Else ``measure``, ``subject`` and ``period`` together choose the figure or the colour; what is
    left out is not asked.
    ``rest``: figures of the row that no other cell shows are added here.
    """

    label: str
    show: str = ""
    place: int = 0
    measure: str = ""
    subject: str = ""
    period: Period | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """``line`` (to ``to``, 0: the same) is where the row stands. ``label`` is its head when the rows of the store
    give none; ``heads``: the labels of its figures stand above them as a line of heads. ``changes``: what the row
    prints in the column of this measure is a change in it (a figure with the measure ``forandring``)."""

    line: int
    style: str
    to: int = 0
    label: str = ""
    heads: bool = False
    changes: str = ""

    @property
    def last(self) -> int:
        return max(self.line, self.to)

    def holds(self, line: int) -> bool:
        return self.line <= line <= self.last

    def measure_in(self, column: TableColumn) -> str:
        """The measure of the row's figure in the column, "" for any."""
        return CHANGE if self.changes and self.changes == column.measure else column.measure


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A printed table. ``kind`` says of which rows of the published layer it is made (a key of SHOWS).

    ``first_line``-``last_line``: where it stands. ``stub`` is the head of the first column, which shows ``head`` (by
    default the label); ``topic`` marks tables that other pages look for; ``mark`` follows every number as printed;
    ``blank`` is what the report prints in a cell without a value. ``months``: a year whose months are the columns.
    """

    id: str
    source: str
    title: str
    period: Period
    first_line: int
    last_line: int
    rows: tuple[TableRow, ...]
    columns: tuple[TableColumn, ...] = ()
    months: int = 0
    kind: str = "figures"
    unit: str = ""
    stub: str = ""
    head: str = "label"
    topic: str = ""
    mark: str = ""
    blank: str = ""
    footnotes: tuple[str, ...] = ()

    @property
    def all_columns(self) -> tuple[TableColumn, ...]:
        """The columns, those of the months first."""
        if not self.months:
            return self.columns
        year = Period.year(self.months)
        return (
            *(TableColumn(MONTHS[m.number - 1], period=Period.month(m)) for m in year.months),
            *self.columns,
        )
