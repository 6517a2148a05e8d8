"""The month of each row: from its cell, from a year beside it, from title and file name, or as it was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain.periods import Month
from dashboard.intake.grid import Grid
from dashboard.intake.shapes import Cell, raw_text
from dashboard.intake.sheet import Reading
from dashboard.intake.values import Unreadable, read_month, read_year
from dashboard.intake.vocabulary import YEAR


def read_months(
    reading: Reading, grid: Grid, numbers: Sequence[int], data: Sequence[Sequence[Cell]]
) -> list[Month | None]:
    """One month a row, None where it cannot be told."""
    if "month" not in grid.columns:
        return [_of_the_file(reading)] * len(data)
    months: list[Month | None] = []
    known: dict[tuple[str, int | None], Month] = {}
    for row, cells in zip(numbers, data, strict=True):
        cell = grid.cell(row, cells, "month")
        year = read_year(grid.cell(row, cells, YEAR)) if YEAR in grid.columns else None
        key = (cell, year) if isinstance(cell, str) else None
        month = known.get(key) if key else None
        if month is None:
            month = _month(reading, row, cell, year, grid.errors.get((row, grid.columns["month"]), ""))
            if key and month is not None:
                known[key] = month
        if month is not None and reading.month is not None and month != reading.month:
            _wrong(reading, row, raw_text(cell), month, reading.month)
        months.append(month)
    return months


def _of_the_file(reading: Reading) -> Month | None:
    told, asked = reading.told, reading.month
    if told and asked and told != asked:
        _wrong(reading, 0, told.name, told, asked)
    if not told and not asked:
        message = (
            "Det framgår inte vilken månad filen gäller: det finns ingen kolumn för månad och ingen månad i rubriken "
            "eller filnamnet. Ange månaden."
        )
        reading.fault(0, "month", "", "en månad", message)
    return asked or told


def _month(reading: Reading, row: int, cell: Cell, year: int | None, error: str) -> Month | None:
    text = error or raw_text(cell).strip()
    if not text:
        reading.fault(row, "month", "", "en månad", "Månaden saknas. Skriv den som 2025-08.")
        return None
    try:
        return read_month(error or cell, year)
    except Unreadable as problem:
        reading.unreadable(row, "month", text, str(problem))
        return None


def _wrong(reading: Reading, row: int, text: str, month: Month, asked: Month) -> None:
    message = f"{'Raden' if row else 'Filen'} gäller {month.name}, men {asked.name} skulle läsas in."
    reading.fault(row, "month", text, asked.name, message)
