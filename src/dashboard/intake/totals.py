"""Total rows against the rows they sum: left out of the delivery, but a check on it that costs the sender nothing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.contracts import Contract
from dashboard.domain import organisation
from dashboard.domain.model import Nature, Unit
from dashboard.intake.frame import Naming, number_columns
from dashboard.intake.shapes import Fault, Faults, Place, Severity, Step, fault_key, quoted, shown
from dashboard.intake.sheet import Sheet, Total

_ROUNDING = 1.0  # printed sums of decimals may be off by one in the last whole number
_MANY = 200  # totals in one sheet; past this only the rows since the total before are tried
Wrong = dict[str, tuple[float, float]]


def check_totals(sheet: Sheet, units: Mapping[str, Unit], naming: Naming, faults: Faults) -> None:
    """An error for every number of a total row that no reading of the rows above it gives.

    A total may sum the rows since the total before or all above, with or without a buffer; ``varav`` rows never count.
    """
    if not sheet.totals or not sheet.table.num_rows:
        return
    adds = _Rows(sheet, units)
    for total in sheet.totals:
        wrong = adds.wrong(total, all_above=len(sheet.totals) <= _MANY)
        for column, (said, found) in wrong.items():
            place = Place(sheet.file, sheet.name, total.row, sheet.header.columns[column])
            message = (
                f"{quoted(total.label)} säger {shown(said)} för {naming.label(column)}, men raderna ger "
                f"{shown(found)}. Saknas en rad, eller är ett värde fel?"
            )
            faults.add(
                Fault(
                    step=Step.SENSE,
                    severity=Severity.ERROR,
                    place=place,
                    dataset=sheet.dataset,
                    column=column,
                    value=sheet.raw(place),
                    expected=shown(found),
                    message=message,
                    key=fault_key(Step.SENSE, sheet.dataset, "summa", sheet.file, sheet.name, place.cell),
                )
            )


class _Rows:
    """The rows of a sheet as what totals are made of."""

    def __init__(self, sheet: Sheet, units: Mapping[str, Unit]) -> None:
        contract: Contract = sheet.contract
        table = sheet.table
        self.units = units
        self.unit = table["unit"].to_pylist()
        kinds = [units[unit].kind if unit in units else "" for unit in self.unit]
        self.counts = np.array([kind != organisation.VARAV for kind in kinds], dtype=bool)
        self.buffer = np.array([kind in organisation.ASIDE for kind in kinds], dtype=bool)
        self.category = np.array(
            table[contract.category].to_pylist() if contract.category else [""] * len(kinds)
        )
        self.month = table["month"].to_pylist()
        self.values = {
            column.name: np.array(table[column.name].to_numpy(zero_copy_only=False), dtype=float)
            for column in number_columns(contract)
        }
        # A count on a day is no sum over months, nor is what runs from January.
        self.flows = {column.name for column in contract.columns if column.nature is Nature.FLOW}
        self.whole = {column.name for column in contract.columns if column.form == "int64"}

    def wrong(self, total: Total, *, all_above: bool) -> Wrong:
        """By column what the total says and what its rows give; empty when some reading of it agrees."""
        best: Wrong | None = None
        for start in dict.fromkeys((total.since, 0) if all_above else (total.since,)):
            for mask in self._masks(total, start):
                found = self._compared(total, mask)
                if not found:
                    return {}
                if best is None or len(found) < len(best):
                    best = found
        return best or {}

    def _masks(self, total: Total, start: int) -> list[np.ndarray]:
        mask = np.zeros(len(self.unit), dtype=bool)
        mask[start : total.last] = True
        if total.month is not None:
            mask &= np.array([month == total.month.first_day for month in self.month], dtype=bool)
        if total.category:
            mask &= self.category == total.category
        if total.under:
            mask &= np.array([self._inside(unit, total.under) for unit in self.unit], dtype=bool)
        mask &= self.counts
        return [mask] if not (mask & self.buffer).any() else [mask, mask & ~self.buffer]

    def _inside(self, unit: str | None, whole: str) -> bool:
        return unit in self.units and any(
            one.id == whole for one in organisation.path(self.units, unit or "")
        )

    def _compared(self, total: Total, mask: np.ndarray) -> Wrong:
        several = len({self.month[row] for row in np.flatnonzero(mask)}) > 1
        found: Wrong = {}
        for column, said in total.values.items():
            values = self.values[column][mask]
            if (several and column not in self.flows) or np.isnan(values).any():
                continue
            added = float(values.sum())
            slack = _ROUNDING if len(values) and column not in self.whole else 1e-6
            if abs(added - said) > slack + 1e-9 * abs(said):
                found[column] = (said, added)
        return found
