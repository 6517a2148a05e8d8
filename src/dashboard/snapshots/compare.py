"""Two tables of the same dataset and month held against each other, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contracts import CONTRACTS

if TYPE_CHECKING:
    import pyarrow as pa

Value = int | float | str | None


@dataclass(frozen=True, slots=True, order=True)
class CellChange:
    """A value before and after; None where the row is not there. ``category`` is empty where there is none."""

    unit: str
    category: str
    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Differences:
    """Counts of rows, and the cells that differ: each column of a row that is new or gone, too.

    ``untold`` counts cells beyond those listed. Without a table before, ``cells`` is empty: all of it is new.
    """

    new: int
    revised: int
    gone: int
    same: int
    cells: tuple[CellChange, ...] = ()
    untold: int = 0

    @property
    def any(self) -> bool:
        return bool(self.new or self.revised or self.gone)


def differences(
    dataset: str, before: pa.Table | None, after: pa.Table | None, most: int | None = None
) -> Differences:
    """From one table to the other, both following the contract; None for a month that is not there.

    ``most`` bounds the list of cells, ordered by column, unit and category.
    """
    if before is None or after is None:
        return Differences(after.num_rows if after else 0, 0, before.num_rows if before else 0, 0)
    import pyarrow as pa
    import pyarrow.compute as pc

    contract = CONTRACTS[dataset]
    keys = list(contract.keys[1:])
    was = before.drop_columns(["month"]).append_column("_was", pa.repeat(True, before.num_rows))
    now = after.drop_columns(["month"]).append_column("_now", pa.repeat(True, after.num_rows))
    both = was.join(now, keys, join_type="full outer", left_suffix=":was", right_suffix=":now")
    there, here = pc.is_valid(both["_was"]), pc.is_valid(both["_now"])
    touched = pc.or_(pc.invert(there), pc.invert(here))
    revised = pc.and_(there, here)
    any_differs = None
    cells: list[CellChange] = []
    untold = 0
    for column in contract.columns:
        one, other = both[f"{column.name}:was"], both[f"{column.name}:now"]
        differs = pc.or_(touched, pc.fill_null(pc.not_equal(one, other), False))
        any_differs = differs if any_differs is None else pc.or_(any_differs, differs)
        found = both.filter(differs).select([*keys, f"{column.name}:was", f"{column.name}:now"])
        room = found.num_rows if most is None else max(most - len(cells), 0)
        untold += max(found.num_rows - room, 0)
        if room:
            found = found.sort_by([(key, "ascending") for key in keys]).slice(0, room)
            cells += [_cell(column.name, *row) for row in _rows(found, len(keys))]
    changed = pc.sum(pc.and_(any_differs, revised)).as_py() or 0
    gone, new = (pc.sum(pc.invert(side)).as_py() or 0 for side in (here, there))
    return Differences(new, changed, gone, before.num_rows - changed - gone, tuple(cells), untold)


def _rows(table: pa.Table, keys: int) -> zip[tuple[Value, ...]]:
    """unit, category, before, after"""
    columns = [column.to_pylist() for column in table.columns]
    if keys == 1:
        columns.insert(1, [""] * table.num_rows)
    return zip(*columns, strict=True)


def _cell(column: str, unit: Value, category: Value, before: Value, after: Value) -> CellChange:
    return CellChange(str(unit), str(category), column, before, after)
