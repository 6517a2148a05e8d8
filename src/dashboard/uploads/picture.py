"""A window of a sheet with its faults marked: the header, the rows with faults and those beside them.

However large the sheet is, a picture holds at most ``MOST_ROWS`` rows and ``MOST_COLUMNS`` columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.intake.shapes import Fault, RawSheet, Severity, letters

if TYPE_CHECKING:
    from dashboard.intake.examination import Examined

MOST_ROWS, MOST_COLUMNS, LONGEST = 26, 18, 60
Numbered = tuple[int, Fault]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell. ``marks`` are the numbers of its faults, ``look`` is *error*, *question* or empty."""

    text: str
    marks: tuple[int, ...] = ()
    look: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet; ``number`` 0 stands for rows left out. ``marks`` are faults of the row as a whole."""

    number: int
    boxes: tuple[Box, ...] = ()
    head: bool = False
    marks: tuple[int, ...] = ()
    look: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """``columns`` are letters, empty for columns left out. ``shown`` of ``marked`` rows with faults are in it."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    shown: int
    marked: int


def picture(file: Examined, faults: Sequence[Numbered], at: int = 0) -> Picture | None:
    """The sheet of fault number ``at`` (0: the first that has a place). None when no fault stands in a row.

    ``faults`` are those of the file, by number.
    """
    placed = [(number, fault) for number, fault in faults if fault.row]
    chosen = next((one for one in placed if one[0] == at), placed[0] if placed else None)
    if chosen is None:
        return None
    own = [(number, fault) for number, fault in placed if fault.sheet == chosen[1].sheet]
    reach = _Cells(file, chosen[1].sheet)
    rows, shown = _rows(own, chosen[1].row, reach)
    columns = _columns(own, chosen[1], reach)
    lines = []
    before = 0
    for row in rows:
        if before and row > before + 1 and reach.between(before, row):
            lines.append(Line(0))
        lines.append(_line(row, columns, own, chosen, reach))
        before = row
    names = tuple("" if column < 0 else letters(column) for column in columns)
    marked = len({fault.row for _, fault in own})
    return Picture(file.name, chosen[1].sheet, names, tuple(lines), shown, marked)


class _Cells:
    """Looks up texts in the raw sheet, or where a large text file has none, in what was read."""

    def __init__(self, file: Examined, name: str) -> None:
        self._raw: RawSheet | None = next((raw for raw in file.raw if raw.name == name), None)
        sheet = next((one for one in file.sheets if one.name == name), None)
        self._source = sheet.source if sheet is not None else None
        self.header = sheet.header.row if sheet is not None else 0
        places = set(sheet.header.texts) if sheet is not None else set()
        self._numbers = [number for number, _ in self._raw.rows] if self._raw is not None else []
        head = self._raw.rows[: self.header + 1] if self._raw is not None else ()
        self.width = max([*places, *(len(cells) - 1 for _, cells in head)], default=0) + 1

    def text(self, row: int, column: int) -> str:
        if self._raw is not None:
            return self._raw.text(row, column)
        return self._source.text(row, column) if self._source is not None else ""

    def has(self, row: int) -> bool:
        if self._raw is None:
            return row > 0 and any(self.text(row, column) for column in range(min(self.width, MOST_COLUMNS)))
        at = bisect_left(self._numbers, row)
        return at < len(self._numbers) and self._numbers[at] == row

    def between(self, first: int, last: int) -> bool:
        """Whether the sheet has rows between the two."""
        if self._raw is None:
            return True
        return bisect_left(self._numbers, last) - bisect_left(self._numbers, first + 1) > 0


def _rows(own: Iterable[Numbered], at: int, reach: _Cells) -> tuple[list[int], int]:
    """The rows of the window in order, and how many of them have faults: those nearest to the one pointed at."""
    marked = sorted({fault.row for _, fault in own}, key=lambda row: (abs(row - at), row))
    chosen: set[int] = {reach.header} if reach.header else set()
    shown = 0
    for row in marked:
        around = {near for near in (row - 1, row, row + 1) if near == row or reach.has(near)}
        if len(chosen | around) > MOST_ROWS:
            break
        chosen |= around
        shown += 1
    return sorted(chosen), shown


def _columns(own: Iterable[Numbered], at: Fault, reach: _Cells) -> list[int]:
    """All when they are few; else the first, and those of the faults nearest to the one pointed at. −1 is a gap."""
    marked = {fault.place.column for _, fault in own if fault.place.column >= 0}
    width = max(reach.width, *(column + 1 for column in marked), 1) if marked else reach.width
    if width <= MOST_COLUMNS:
        return list(range(width))
    chosen = set(range(4))
    for column in sorted(marked, key=lambda column: abs(column - at.place.column)):
        around = {near for near in (column - 1, column, column + 1) if 0 <= near < width}
        if len(chosen | around) > MOST_COLUMNS - 2:
            break
        chosen |= around
    found: list[int] = []
    for column in sorted(chosen):
        if found and column != found[-1] + 1:
            found.append(-1)
        found.append(column)
    return found if found[-1] == width - 1 else [*found, -1]


def _line(row: int, columns: Iterable[int], own: Sequence[Numbered], chosen: Numbered, reach: _Cells) -> Line:
    here = [one for one in own if one[1].row == row]
    boxes = []
    for column in columns:
        marks = [one for one in here if one[1].place.column == column and column >= 0]
        text = reach.text(row, column) if column >= 0 else ""
        cut = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        boxes.append(Box(cut, _numbers(marks), look(marks), any(one[0] == chosen[0] for one in marks)))
    whole = [one for one in here if one[1].place.column < 0]
    pointed = any(one[0] == chosen[0] for one in whole)
    return Line(row, tuple(boxes), row == reach.header, _numbers(whole), look(whole), pointed)


def _numbers(faults: Iterable[Numbered]) -> tuple[int, ...]:
    return tuple(number for number, _ in faults)


def look(faults: Iterable[Numbered]) -> str:
    """An error goes before a question."""
    kinds = {fault.severity for _, fault in faults}
    if Severity.ERROR in kinds:
        return "error"
    return "question" if kinds else ""
