"""A reconciliation as lines of plain Swedish, for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.domain.text import listing
from dashboard.reconcile.match import READING
from dashboard.reconcile.run import Reconciliation
from dashboard.reconcile.tables import TableCheck


def lines(found: Reconciliation) -> Iterator[str]:
    """What was recomputed, tables with their roundings, then each real contradiction with its place."""
    computable = [table for table in found.tables if table.recomputed]
    recomputed, cells = sum(one.recomputed for one in computable), sum(one.cells for one in computable)
    counts = found.counts
    yield (
        f"Avstämning: {len(found.tables)} tabeller, varav {len(computable)} går att räkna om "
        f"({recomputed} av {cells} celler); {counts.relations} samband mellan tal; {counts.repeated_figures} tal och "
        f"{counts.repeated_colours} färger som står på flera ställen; {counts.comparisons} jämförelser med året före; "
        f"{counts.labels} rubriker; {counts.risks} risker; {counts.goal_indicators} mått under gröna mål."
    )
    yield from map(_table, computable)
    real = [one for one in found.settled if one.row.severity == "real"]
    rounding = len(found.settled) - len(real)
    read = sum(one.row.found_by == READING for one in real)
    yield (
        f"Motsägelser i rapporterna: {len(real)}, varav {len(real) - read} beräknade och {read} lästa; "
        f"dessutom {_count(rounding, 'avrundning', 'avrundningar')}."
    )
    for one in real:
        yield f"  {one.row.source} rad {one.row.line}: {one.row.sentence}"


def _table(table: TableCheck) -> str:
    real, rounding = table.count("real"), table.count("rounding")
    parts = [
        *([_count(real, "verklig motsägelse", "verkliga motsägelser")] if real else []),
        *([_count(rounding, "avrundning", "avrundningar")] if rounding else []),
    ]
    result = listing(parts) if parts else "allt går ihop"
    return f"  {table.source}, {table.title}: {table.recomputed} av {table.cells} celler omräknade, {result}."


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
