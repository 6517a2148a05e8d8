"""Findings against the rows that a person has settled, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.published import Contradiction
from dashboard.reconcile.findings import Finding, Key, key

FILE = "contradictions.csv"
COMPUTATION, READING = "computation", "reading"


@dataclass(frozen=True, slots=True)
class Settled:
    """A row with the finding that it judges, or a row that only reading could find."""

    row: Contradiction
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Matched:
    """``faults`` in Swedish: findings that nobody has judged, and rows that say something else than the computation."""

    settled: tuple[Settled, ...]
    faults: tuple[str, ...]


def match(findings: Iterable[Finding], rows: Iterable[Contradiction]) -> Matched:
    """Each finding needs a row; each row that says it was computed needs a finding."""
    by_key = {finding.key: finding for finding in findings}
    seen: dict[Key, Contradiction] = {}
    settled: list[Settled] = []
    faults: list[str] = []
    for row in rows:
        finding = by_key.get(key(row))
        first = seen.setdefault(key(row), row)
        if first is not row:
            faults.append(f"{FILE}: {row.id} säger samma sak som {first.id}.")
        faults.extend(_wrong(row, finding))
        settled.append(Settled(row, finding))
    faults.extend(
        f"Ny motsägelse, inte bedömd i {FILE}: {one.source} rad {one.line}: {one.sentence} "
        f"({one.kind}, {one.severity}, {one.measure}: {one.printed} mot {one.computed}, {one.rule})"
        for one_key, one in by_key.items()
        if one_key not in seen
    )
    return Matched(tuple(settled), tuple(faults))


def _wrong(row: Contradiction, finding: Finding | None) -> Iterator[str]:
    where = f"{FILE}: {row.id} ({row.source} rad {row.line})"
    if finding is None:
        if row.found_by == COMPUTATION:
            yield f"{where} motsägs inte längre: beräkningen ger ingen sådan skillnad."
        elif row.severity == "rounding":
            yield f"{where} säger rounding, men avrundning är bara det som beräkningen visar vara det."
        return
    if row.found_by == READING:
        yield f"{where} hittas av beräkningen ({finding.rule}); skriv {COMPUTATION} i found_by."
    if row.severity != finding.severity:
        yield f"{where} säger {row.severity} men regeln för avrundning ger {finding.severity}."
