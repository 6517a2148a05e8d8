"""The table behind a chart of signal or noise: every month with its limits and the rule that fired."""

from __future__ import annotations

from dashboard.domain.spc import Limits, Xmr
from dashboard.domain.text import number
from dashboard.measures import spc
from dashboard.measures.spc import Control
from dashboard.measures.spc_words import VARIATION
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.cards import Cell, Table, spreadsheet
from dashboard.ui.blocks.trend_words import origin_cells, value_heads

HEADS = ("Medel", "Nedre gräns", "Övre gräns")


def table(one: Control, found: Xmr, start: int) -> Table:
    """The months from the place ``start``, the newest first."""
    heads = [("Månad", False), *value_heads("Värde", one.origin), *((head, True) for head in HEADS)]
    heads += [("Signal", False), ("Betyder", False)]
    rows = [_row(one, found, at) for at in range(len(one.months) - 1, start - 1, -1)]
    return Table(f"{one.indicator.name}, {one.unit.name}: signal eller slump", tuple(heads), tuple(rows))


def _row(one: Control, found: Xmr, at: int) -> tuple[Cell, ...]:
    limits = found.segment(at).limits
    mark, value = found.signals[at], one.values[at]
    look = origins.look(one.origins[at])
    cells = [Cell(one.months[at].name, str(one.months[at])), _number(value, one.indicator.decimals, look)]
    cells += origin_cells(one.origin, one.origins[at])
    levels = _levels(limits) if limits else (None, None, None)
    digits = spc.decimals(one.indicator, limits) if limits else 0
    cells += [_number(level, digits, "n") for level in levels]
    # A month without limits carries no verdict; one between its limits says so.
    usual = "–" if limits is None or value is None else "ingen"
    cells.append(Cell(spc.said(mark) if mark else usual))
    cells.append(Cell(VARIATION[mark.variation] if mark else "–"))
    return tuple(cells)


def _levels(limits: Limits) -> tuple[float, float, float]:
    return limits.mean, limits.lower, limits.upper


def _number(value: float | None, digits: int, look: str) -> Cell:
    return Cell(number(value, digits), spreadsheet(value, digits), look)
