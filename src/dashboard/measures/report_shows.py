"""What a cell shows of the rows that stand on its lines, one way for each kind of table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from dashboard.domain.layout import ReportTable, TableRow
from dashboard.domain.periods import Period
from dashboard.measures import report_cells as cells
from dashboard.measures.facts import Facts
from dashboard.measures.provenance import Entry, Reference, row_flags
from dashboard.measures.report_cells import Cell, Loose, Part
from dashboard.published import Assessment, Assignment, Contradiction, Figure, GoalRow, RiskRow

RowT = TypeVar("RowT", Figure, Assessment, RiskRow, Assignment, GoalRow)


@dataclass(frozen=True, slots=True)
class Here:
    """What stands on the lines of one row of a table."""

    facts: Facts
    table: ReportTable
    row: TableRow
    on_lines: tuple[Entry, ...]
    loose: Loose

    def of(self, kind: type[RowT]) -> list[RowT]:
        return [entry.row for entry in self.on_lines if isinstance(entry.row, kind)]

    def entry(self, row: object) -> Entry:
        return next(entry for entry in self.on_lines if entry.row is row)


def judged(here: Here, row: Assessment) -> Part:
    """The colour of an assessment on the row's lines."""
    # A colour is in doubt when a judgement is; what is said of the numbers beside it stands at the numbers.
    flags = tuple(
        f for f in row_flags(here.facts, row) if f.kind in {"judgement", "period"} or not _about(here, f)
    )
    return cells.colour(here.entry(row), row.colour, flags)


def _about(here: Here, flag: Contradiction) -> bool:
    """Whether a number on the lines is what the contradiction speaks of."""
    return any(flag in cells.number(here.facts, figure).flags for figure in here.of(Figure))


def shown(here: Here, show: str, period: Period | None = None) -> Cell:
    """What a column with the property shows of the row; empty where the report has nothing there.

    ``period``: in which period an assignment's status is asked for; None for the first that is printed.
    """
    if here.row.style == "group":
        return Cell()
    if show == "status" and here.table.kind == "assignments":
        return _status(here, period)
    makers: Mapping[str, Callable[[Here, str], Cell]] = {
        "figures": _of_figure,
        "assessments": _of_assessment,
        "risks": _of_risk,
        "assignments": _of_assignment,
        "goals": _of_goal,
    }
    return Cell() if show == "empty" else makers[here.table.kind](here, show)


def _of_figure(here: Here, show: str) -> Cell:
    figures = here.of(Figure)
    if not figures:
        return Cell()
    return Cell(cells.linked(here.loose, figures[0].note if show == "note" else figures[0].label))


def _of_assessment(here: Here, show: str) -> Cell:
    found = here.of(Assessment)
    if not found:
        return Cell()
    row = found[0]
    if show == "colour":
        return Cell((judged(here, row),))
    words = {
        "label": row.label,
        "description": row.description,
        "outcome": row.outcome,
        "target": row.target,
    }[show]
    return Cell(cells.linked(here.loose, words))


def _of_risk(here: Here, show: str) -> Cell:
    found = here.of(RiskRow)
    if not found:
        return Cell()
    row = found[0]
    entry = here.entry(row)
    if show == "measures":
        own = [one for one in here.of(Assignment) if one.parent == row.risk]
        return Cell(cells.listed([_linked_whole(here, one) for one in own]))
    colour = cells.colour(entry, row.status, row_flags(here.facts, row))
    comment = cells.linked(here.loose, row.comment) if show in {"comment", "judgement"} else ()
    parts: Mapping[str, tuple[Part, ...]] = {
        "category": (Part(row.category),),
        "risk": (
            Part(f"{row.label} "),
            Part(_value(row), reference=entry.reference),
            *_before(row, entry.reference),
        ),
        "status": (colour,),
        "comment": comment,
        "judgement": (colour, Part(" "), *comment),
    }
    return Cell(parts[show])


def _linked_whole(here: Here, measure: Assignment) -> tuple[Part, ...]:
    """A measure, with the numbers in it as figures; its own words lead to its own place."""
    return _owned(cells.linked(here.loose, measure.label), here.entry(measure))


def _owned(parts: tuple[Part, ...], entry: Entry) -> tuple[Part, ...]:
    """The parts, those without an address of their own given that of the entry."""
    return tuple(part if part.reference else Part(part.text, reference=entry.reference) for part in parts)


def _value(row: RiskRow) -> str:
    """As the reports print it: ``4x4 (16)``, or the value alone."""
    return f"{row.probability}x{row.consequence} ({row.value})" if row.probability else f"({row.value})"


def _before(row: RiskRow, reference: Reference) -> tuple[Part, ...]:
    """The report's words on the value before; they lead to the risk's line."""
    return (Part(row.previous_label, reference=reference, item=True),) if row.previous_label else ()


def _status(here: Here, period: Period | None) -> Cell:
    found = [one for one in here.of(Assignment) if period in {None, one.when}]
    return Cell((cells.status(found[0], here.entry(found[0]).reference),)) if found else Cell()


def _of_assignment(here: Here, show: str) -> Cell:
    found = here.of(Assignment)
    if not found:
        return Cell()
    row = found[0]
    match show:
        case "target" if named := here.of(Assessment):
            return Cell(cells.listed([_indicator(here, one) for one in named]))
        case "target":
            targets = [
                figure
                for figure in here.of(Figure)
                if figure.measure == "mal" and figure in here.loose.figures
            ]
            for figure in targets:
                here.loose.remove(figure)
            return Cell(tuple(cells.number(here.facts, f, lead=f"{f.label}:", item=True) for f in targets))
        case _:
            words = {"label": row.label, "comment": row.comment, "owner": row.owner}[show]
            return Cell(cells.linked(here.loose, words))


def _of_goal(here: Here, show: str) -> Cell:
    if show == "label":
        return Cell(cells.listed([(Part(row.label),) for row in here.of(GoalRow)]))
    return Cell(cells.listed([_indicator(here, row) for row in here.of(Assessment)]))


def _indicator(here: Here, row: Assessment) -> tuple[Part, ...]:
    *before, last = _owned(cells.linked(here.loose, row.label), here.entry(row))
    wanted = cells.linked(here.loose, f" ({row.target})") if row.target else ()
    return (*before, replace(last, flags=row_flags(here.facts, row)), *wanted)
