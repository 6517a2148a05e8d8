"""The cells of a sheet by the contract's names for its columns, merged cells filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.intake.header import Header
from dashboard.intake.shapes import Cell, RawSheet, raw_text
from dashboard.intake.vocabulary import YEAR

_MERGED_AT_MOST = 2_000_000  # rows that merged cells may claim together


class Grid:
    """Looks up cells of raw rows. ``columns`` gives the place of each column that the header has."""

    def __init__(self, raw: RawSheet, header: Header) -> None:
        self.raw = raw
        self.columns = header.columns
        self.errors = raw.errors
        self._filled = _merged_downwards(raw, header)

    def cell(self, row: int, cells: Sequence[Cell], name: str) -> Cell:
        """The cell of a column; in a key column what is merged downwards stands in each of its rows."""
        place = self.columns.get(name, -1)
        if place < 0:
            return None
        cell = cells[place] if place < len(cells) else None
        return self._filled.get((row, place)) if cell is None and self._filled else cell

    def text(self, row: int, cells: Sequence[Cell], name: str) -> str:
        """The cell as text without spaces around it; a formula's error by its name."""
        place = self.columns.get(name, -1)
        if self.errors and (row, place) in self.errors:
            return self.errors[row, place]
        cell = self.cell(row, cells, name)
        return cell.strip() if isinstance(cell, str) else raw_text(cell)

    def has(self, row: int, cells: Sequence[Cell], place: int) -> bool:
        """Whether anything, be it an error, stands in the cell."""
        if self.errors and (row, place) in self.errors:
            return True
        cell = cells[place] if place < len(cells) else None
        return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _merged_downwards(raw: RawSheet, header: Header) -> Mapping[tuple[int, int], Cell]:
    filled: dict[tuple[int, int], Cell] = {}
    if not raw.merged or not raw.rows:
        return filled
    keys = {header.columns[name] for name in (*header.contract.keys, YEAR) if name in header.columns}
    by_row, end, left_over = dict(raw.rows), raw.rows[-1][0], _MERGED_AT_MOST
    for top, left, bottom, _ in raw.merged:
        cells = by_row.get(top + 1, ())
        rows = range(top + 1, min(bottom + 1, end) + 1)
        if left in keys and left < len(cells) and len(rows) <= left_over:
            left_over -= len(rows)
            filled |= {(row, left): cells[left] for row in rows}
    return filled
