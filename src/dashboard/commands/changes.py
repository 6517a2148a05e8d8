"""``dashboard changes``: what deliveries and reports changed between two times."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from dashboard import catalogue as catalogues
from dashboard.commands.words import title
from dashboard.domain.known import known_on
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

if TYPE_CHECKING:  # what only this verb needs is loaded when it runs: every verb goes through here
    from dashboard.measures.store_changes import Cause, Standing, StoreChanges, When

_HEADINGS = {
    "report": "Nya rapporter",
    "report-gone": "Rapporter som inte var kända",
    "new": "Nya månader",
    "gone": "Borttagna månader",
    "revised": "Ändrade värden",
    "colour": "Ändrade färger",
    "risk": "Ändrade risker",
    "forecast": "Ändrade prognoser",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change as a row of a table. ``subject`` is a report, a goal, a risk or a year, else the row's category."""

    kind: str
    dataset: str
    month: str
    unit: str
    subject: str
    column: str
    before: str
    after: str
    reason: str = ""
    entry: str = ""
    who: str = ""
    known_from: str = ""


def add(verbs: Any) -> None:
    """Add the verb to the parser's verbs."""
    parser = verbs.add_parser(
        "changes",
        help="visa vad som ändrats mellan två dagar eller leveranser",
        description="Ett datum är det som var känt när dagen var slut, ett nummer det som gällde efter leveransen.",
    )
    when = "datum (2025-09-12), tidpunkt (2025-09-12T140000) eller leveransens nummer"
    parser.add_argument("since", metavar="FRÅN", help=when)
    parser.add_argument("until", metavar="TILL", nargs="?", default="", help=f"{when}; nu om det utelämnas")
    formats = ["text", "csv", "json"]
    parser.add_argument("--format", choices=formats, default="text", help="text (förvalt), csv eller json")
    parser.set_defaults(run=_changes)


def when_of(text: str) -> When:
    """Raises SelectionError for what is neither a time nor a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else known_on(text)


def _changes(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.measures.store_changes import store_changes

    until = when_of(chosen.until) if chosen.until else None
    reports = catalogues.load(settings.catalogue).reports.values()
    found = store_changes(Store(settings.snapshots), when_of(chosen.since), until, reports)
    lines = list(rows_of(found))
    match chosen.format:
        case "json":
            json.dump([asdict(line) for line in lines], sys.stdout, ensure_ascii=False, indent=1)
            print()
        case "csv":
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(field.name for field in fields(Line))
            writer.writerows(tuple(asdict(line).values()) for line in lines)
        case _:
            _print(found, lines)
    return 0


def rows_of(found: StoreChanges) -> Iterator[Line]:
    """Every change as a row, in the order of its kinds."""
    for kind, reports in (("report", found.reports), ("report-gone", found.reports_gone)):
        for report in reports:
            known = f"känd från {report.published}"
            yield Line(kind, "", str(report.period), "", report.id, "", "", "", known)
    for kind, months in (("new", found.new), ("gone", found.gone)):
        for month in months:
            counts = ("", f"{month.rows} rader") if kind == "new" else (f"{month.rows} rader", "")
            yield Line(kind, month.dataset, str(month.month), "", "", "", *counts, *_cause(month.cause))
    for one in found.revised:
        cell = one.cell
        values = _told(cell.before), _told(cell.after)
        where = (one.dataset, str(one.month), cell.unit, cell.category, cell.column)
        yield Line("revised", *where, *values, *_cause(one.cause))
    standing = (
        ("colour", "bedomningar", "colour", found.colours),
        ("risk", "risker", "probability×consequence", found.risks),
        ("forecast", "ekonomi", "prognos_helar", found.forecasts),
    )
    for kind, dataset, column, those in standing:
        for stand in those:
            yield _standing(kind, dataset, column, stand)


def _standing(kind: str, dataset: str, column: str, one: Standing) -> Line:
    months = "→".join(dict.fromkeys(str(month) for month in (one.before_month, one.after_month) if month))
    return Line(kind, dataset, months, one.unit, one.subject, column, _told(one.before), _told(one.after))


def _cause(cause: Cause) -> tuple[str, str, str, str]:
    return cause.reason, str(cause.entry or ""), cause.who, cause.known_from.isoformat()


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _print(found: StoreChanges, lines: list[Line]) -> None:
    if not lines:
        print("Inget har ändrats.")
    said = ""
    for line in lines:
        if line.kind != said:
            said = line.kind
            print(_HEADINGS[said])
        if line.kind in {"report", "report-gone"}:
            print(f"  {line.subject}: {line.reason}")
        elif line.kind in {"new", "gone"}:
            month = next(
                one
                for one in (*found.new, *found.gone)
                if (one.dataset, str(one.month)) == (line.dataset, line.month)
            )
            print(f"  {title((month.dataset, month.month))}: {month.rows} rader{_because(line)}")
        else:
            name = " · ".join(
                part for part in (line.dataset, line.month, line.unit, line.subject, line.column) if part
            )
            print(f"  {name}: {line.before or '–'} → {line.after or '–'}{_because(line)}")


def _because(line: Line) -> str:
    by = f"leverans {line.entry}" if line.entry else line.who
    said = ", ".join(part for part in (by, line.reason) if part)
    return f" ({said})" if said else ""
