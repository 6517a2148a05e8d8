"""Raw rows sorted into data, totals and text, and the data rows read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.domain.periods import Month
from dashboard.intake.cells import NumberColumn, read_units, read_words, same_words
from dashboard.intake.grid import Grid
from dashboard.intake.months import read_months
from dashboard.intake.shapes import Cell, RawSheet, joined, quoted, shown
from dashboard.intake.sheet import Reading, Sheet, Total, assembled
from dashboard.intake.values import Unreadable, read_month, read_number
from dashboard.intake.vocabulary import YEAR, is_total


@dataclass(frozen=True, slots=True)
class _TotalRow:
    """A row that sums others: ``since`` and ``last`` count the data rows above it."""

    number: int
    cells: Sequence[Cell]
    label: str
    since: int
    last: int


class RowReader:
    """Reads the rows below the header of one sheet. ``run`` gives the sheet; faults go to the reading."""

    def __init__(self, raw: RawSheet, reading: Reading) -> None:
        self.raw = raw
        self.reading = reading
        self.contract = reading.header.contract
        self.grid = Grid(raw, reading.header)
        self.numbers: list[int] = []
        self.data: list[Sequence[Cell]] = []
        self.totals: list[_TotalRow] = []
        self.skipped: list[int] = []
        self._is_total: dict[str, bool] = {}
        self._held: frozenset[str] | None = None

    def run(self) -> Sheet:
        import numpy as np

        self._sort()
        header, reading = self.reading.header, self.reading
        months = read_months(reading, self.grid, self.numbers, self.data)
        words = [name for name in header.columns if name not in {"month", YEAR} and not self._is_number(name)]
        texts = {name: self._texts(name) for name in words}
        units = texts.pop("unit", [reading.names.root if self.contract.whole_only else ""] * len(self.data))
        values: dict[str, Sequence[object]] = {"month": [month and month.first_day for month in months]}
        ids: list[str | None] = []
        if "unit" in header.columns or self.contract.whole_only:
            values["unit"] = ids = read_units(reading, self.numbers, units, months)
        for name, column in texts.items():
            values[name] = read_words(reading, name, self.numbers, column, months)
        values |= self._read_numbers()
        meant = {text: unit for text, unit in zip(units, ids, strict=False) if unit is not None}
        return Sheet(
            file=reading.file,
            name=reading.sheet,
            header=header,
            mapping=header.mapping(reading.sender, reading.sheet, {**header.names, **meant}),
            table=assembled(self.contract, values),
            rows=np.array(self.numbers, dtype=np.int64),
            source=self.raw,
            totals=tuple(self._total(row) for row in self.totals),
            notes=self._notes(),
        )

    def _is_number(self, name: str) -> bool:
        return any(column.name == name and column.form != "string" for column in self.contract.columns)

    def _texts(self, name: str) -> list[str]:
        return [self.grid.text(row, cells, name) for row, cells in zip(self.numbers, self.data, strict=True)]

    def _sort(self) -> None:
        """Tell data rows from totals, repeated headers and lines of text."""
        header, grid = self.reading.header, self.grid
        measured = [header.columns[name] for name in header.measured]
        for number, cells in self.raw.rows:
            if number <= header.row:
                continue
            filled = any(grid.has(number, cells, place) for place in measured)
            label = self._label(number, cells)
            if filled and self._sums(label):
                since = self.totals[-1].last if self.totals else 0
                self.totals.append(_TotalRow(number, cells, label, since, len(self.data)))
            elif (filled and not same_words(cells, header.texts)) or self._forgotten(number, cells, label):
                self.numbers.append(number)
                self.data.append(cells)
            else:
                self.skipped.append(number)

    def _forgotten(self, number: int, cells: Sequence[Cell], label: str) -> bool:
        """A row that names a unit, and a category where there is one, but has no values at all."""
        place = self.grid.columns.get(self.contract.category, -1)
        if self._sums(label) or not self.reading.names.is_unit(self.grid.text(number, cells, "unit")):
            return False
        return place < 0 or self.grid.has(number, cells, place)

    def _sums(self, label: str) -> bool:
        known = self._is_total.get(label)
        if known is None:
            # A unit above others sums them up only where they stand beside it; alone it is a unit of the wrong kind.
            whole = self.reading.names.total_of(label)
            known = self._is_total[label] = is_total(label) or (
                whole is not None and whole in self._holders()
            )
        return known

    def _holders(self) -> frozenset[str]:
        if self._held is None:
            texts = {self.grid.text(row, cells, "unit") for row, cells in self.raw.rows}
            self._held = self.reading.names.holders(texts)
        return self._held

    def _label(self, number: int, cells: Sequence[Cell]) -> str:
        """What names the row: a total's word wherever it stands, its unit, else the first text that stands in it."""
        category = self.grid.text(number, cells, self.contract.category)
        if category and is_total(category):
            return category
        first = next((cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()), "")
        unit = self.grid.text(number, cells, "unit")
        return unit if unit and not (first and is_total(first)) else first

    def _read_numbers(self) -> dict[str, Sequence[object]]:
        columns = []
        for column in self.contract.columns:
            if column.form != "string" and column.name in self.grid.columns:
                place = self.grid.columns[column.name]
                cells = [row[place] if place < len(row) else None for row in self.data]
                reader = NumberColumn(self.reading, column)
                reader.read(self.numbers, cells, self.raw.errors)
                columns.append((reader, cells))
        dot = any(reader.decimal_dot for reader, _ in columns)
        comma = any(reader.decimal_comma for reader, _ in columns)
        for reader, cells in columns:
            if reader.grouped:
                reader.settle(self.numbers, cells, dot=dot, comma=comma)
        return {reader.column.name: reader.values for reader, _ in columns}

    def _total(self, row: _TotalRow) -> Total:
        """What the row says; a cell that is no number says nothing."""
        values = {}
        for column in self.contract.columns:
            value = _number(self.grid.cell(row.number, row.cells, column.name))
            if column.form != "string" and value is not None:
                values[column.name] = value * self.reading.header.scales.get(column.name, 1.0)
        month = _month_or_none(self.grid.cell(row.number, row.cells, "month"))
        when = month or self.reading.month or self.reading.told or Month(2000, 1)
        category = self.grid.text(row.number, row.cells, self.contract.category)
        unit = self.grid.text(row.number, row.cells, "unit")
        names = self.reading.names
        try:
            category = names.category(category, when) if category and not is_total(category) else ""
        except Unreadable:
            category = ""
        try:
            under = names.total_of(row.label) or (
                names.unit(unit, when) if unit and not is_total(unit) else ""
            )
        except Unreadable:
            under = ""
        return Total(row.number, row.label, values, row.since, row.last, month, category, under)

    def _notes(self) -> tuple[str, ...]:
        header = self.reading.header
        notes = list(self.raw.notes)
        if header.ignored:
            names = joined(quoted(header.texts[place], 30) for place in header.ignored)
            notes.append(f"Kolumner som inte används: {names}.")
        if "month" not in header.columns and self.reading.told and not self.reading.month:
            notes.append(f"Månaden, {self.reading.told.name}, togs ur rubriken eller namnet.")
        for name, scale in header.scales.items():
            notes.append(f"{header.texts[header.columns[name]]} räknades om till tkr (× {shown(scale)}).")
        if self.totals:
            rows = joined(str(one.number) for one in self.totals)
            notes.append(f"Summarader lästes inte in men kontrollerades: rad {rows}.")
        if self.skipped:
            notes.append(f"Rader utan värden hoppades över: rad {joined(str(row) for row in self.skipped)}.")
        return tuple(notes)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool | date) or cell is None:
        return None
    try:
        return float(read_number(cell).value if isinstance(cell, str) else cell)
    except Unreadable:
        return None


def _month_or_none(cell: Cell) -> Month | None:
    try:
        return read_month(cell)
    except Unreadable:
        return None
