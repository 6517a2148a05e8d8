"""A delivery of a million rows that nothing is wrong with, and the made-up organisation that it comes from.

Placements of made-up departments, in each form of placement: of a whole country's for three years, or of some hundred
for ten. Every row is legal by the contract, the catalogue and the checks, so that all of them are done and none of them
asks anything.
"""

from __future__ import annotations

import io
from calendar import monthrange
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Unit
from dashboard.domain.periods import Month
from dashboard.intake.history import NEWEST

DATASET = "placeringar"
LAST = Month(2025, 8)
_SPREAD = 5  # a stock moves among so few values that no month of it is strange to the months before


@dataclass(frozen=True, slots=True)
class Shape:
    """How a million rows are divided: a file is written for each month."""

    departments: int
    months: int


COUNTRY, DECADE = Shape(3_087, 36), Shape(926, 120)


def organisation(catalogue: Catalogue, departments: int) -> Catalogue:
    """The board's catalogue with so many departments beside its own."""
    units = dict(catalogue.units)
    for number in range(1, departments + 1):
        name = f"Område {number:04d}"
        units[unit_id(number)] = Unit(
            unit_id(number), name, name, "avdelning", catalogue.root, Month(1990, 1), None
        )
    return replace(catalogue, units=MappingProxyType(units))


def unit_id(number: int) -> str:
    return f"omrade-{number:04d}"


def rows(shape_of: Shape, seed: int = 1) -> pa.Table:
    """All rows in the order of their months; columns are those of the contract. The same seed, the same rows.

    A stock is the one before with what came and went, and every placement that stands has each day of its month. The
    newest months, which are tried against those before, are as those of the year before: nothing stands out.
    """
    random = np.random.default_rng(seed)
    departments, months = shape_of.departments, shape_of.months
    forms = CONTRACTS[DATASET].codes["form"]
    shape = (months, departments * len(forms))
    level = random.integers(10, 60, shape[1])
    stock = level + random.integers(0, _SPREAD, shape)
    stock[-NEWEST:] = stock[-NEWEST - 12 : -12]
    moved = np.diff(stock, axis=0, prepend=stock[:1])
    came, went = 2 + np.maximum(moved, 0), 2 + np.maximum(-moved, 0)
    when = [LAST.shift(step - months + 1) for step in range(months)]
    days = np.array([monthrange(month.year, month.number)[1] for month in when])[:, None]
    nights = stock * days
    price = random.uniform(1.9, 2.1, shape)
    price[-NEWEST:] = price[-NEWEST - 12 : -12]
    cost = np.round(nights * price, 1)
    names = [unit_id(number) for number in range(1, departments + 1)]
    columns = {
        "month": np.repeat(np.array([str(month) for month in when]), shape[1]),
        "unit": np.tile(np.repeat(np.array(names), len(forms)), months),
        "form": np.tile(np.array(forms), departments * months),
        **{
            name: values.ravel()
            for name, values in zip(
                ("pagaende", "paborjade", "avslutade", "dygn", "kostnad_tkr"),
                (stock, came, went, nights, cost),
                strict=True,
            )
        },
    }
    return pa.table(columns)


def as_csv(table: pa.Table) -> bytes:
    """As the template has it and Excel in Swedish writes it: UTF-8 with its mark, semicolons, decimal commas."""
    sink = io.StringIO()
    sink.write(";".join(table.column_names) + "\r\n")
    lists = [column.to_pylist() for column in table.columns]
    lists[-1] = [f"{value:.1f}".replace(".", ",") for value in lists[-1]]
    sink.writelines(";".join(map(str, row)) + "\r\n" for row in zip(*lists, strict=True))
    return b"\xef\xbb\xbf" + sink.getvalue().encode()
