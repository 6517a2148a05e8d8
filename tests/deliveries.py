"""Small deliveries that have been examined, made without a file: what the tests of loading load."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.intake.examination import Examination, Examined, MonthTable
from dashboard.intake.shapes import Fault, Place, Severity, Step

AUGUST, JULY = Month(2025, 8), Month(2025, 7)
COUNTS = {"anmalningar": ("unit", "reason"), "arbetsmarknad": ("unit",)}


def table(dataset: str, month: Month, rows: Mapping[tuple[str, ...], int]) -> pa.Table:
    """Rows by their unit (and category); the number stands in every count of the row."""
    contract = CONTRACTS[dataset]
    names = contract.keys[1:]
    lines = [
        {
            "month": month.first_day,
            **dict(zip(names, key, strict=True)),
            **{column.name: number for column in contract.columns},
        }
        for key, number in rows.items()
    ]
    return pa.Table.from_pylist(lines, schema=contract.schema)


def reports(number: int, month: Month = AUGUST) -> MonthTable:
    return _month(
        "anmalningar", month, {("barn-ungdom-1", "vald"): number, ("barn-ungdom-1", "ovrigt"): number}
    )


def efforts(number: int, month: Month = AUGUST) -> MonthTable:
    return _month("arbetsmarknad", month, {("team-vux",): number})


def _month(dataset: str, month: Month, rows: Mapping[tuple[str, ...], int]) -> MonthTable:
    return MonthTable(dataset, month, table(dataset, month, rows), "", "")


def examined(
    *tables: MonthTable,
    name: str = "uttag.xlsx",
    faults: tuple[Fault, ...] = (),
    answers: Mapping[str, str] | None = None,
) -> Examination:
    """As if the tables had stood in one file; the file's hash follows from what it says."""
    said = "".join(f"{one.dataset}{one.month}{one.table.to_pylist()}" for one in tables)
    sha256 = hashlib.sha256(f"{name}{said}".encode()).hexdigest()
    own = tuple(MonthTable(one.dataset, one.month, one.table, name, sha256) for one in tables)
    return Examination(
        files=(Examined(name, sha256, len(said)),),
        tables=own,
        faults=faults,
        answers=MappingProxyType(dict(answers or {})),
    )


def whole(number: int) -> Examination:
    """Three months of two datasets that all say the same number: half of it would show."""
    return examined(reports(number), reports(number, JULY), efforts(number))


def question(about: str = "anmalningar/2025-08/antal/historik") -> Fault:
    place = Place("uttag.xlsx", "Blad1", 3, 2)
    return Fault(
        Step.HISTORY, Severity.QUESTION, place, "anmalningar", "antal", "9", "1–4", "Stämmer 9?", about
    )


def error() -> Fault:
    place = Place("uttag.xlsx", "Blad1", 4, 2)
    key = "anmalningar/2025-08/antal/form"
    return Fault(
        Step.FORM, Severity.ERROR, place, "anmalningar", "antal", "x", "ett heltal", "x är inget tal.", key
    )
