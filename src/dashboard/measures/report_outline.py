"""A whole report from the store, in its own order: under each heading its tables, and what else it prints there."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.layout import Heading
from dashboard.domain.model import Report
from dashboard.domain.periods import Period
from dashboard.errors import SelectionError
from dashboard.measures.facts import Facts
from dashboard.measures.goals import reading_report
from dashboard.measures.provenance import Entry, entries, row_flags
from dashboard.measures.report_tables import Line, Rebuilt, rebuild
from dashboard.published import Contradiction, Event, GoalRow


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between a heading and the next. ``listed``: printed in running text, in the order of the lines.

    ``flags`` are the contradictions on its lines that nothing shown here bears.
    """

    heading: Heading
    tables: tuple[Rebuilt, ...]
    listed: tuple[Entry, ...]
    flags: tuple[Contradiction, ...]

    @property
    def empty(self) -> bool:
        return not (self.tables or self.listed or self.flags)


def chosen_report(facts: Facts, period: Period) -> Report:
    """The report that a period leads to: the one on it, the latest before it, or the first of all.

    Raises SelectionError when none was known.
    """
    found = reading_report(facts, period) or next(iter(facts.catalogue.reports.values()), None)
    if found is None:
        raise SelectionError("Ingen rapport var känd då. Välj ett senare läge, eller lämna läget.")
    return found


def sections(facts: Facts, report: Report) -> tuple[Section, ...]:
    """The report's headings in order, each with all that the store holds of its lines. Nothing is left out.

    What stands before the first heading, or in a report without headings, comes under the report's own title.
    """
    headings = list(report.headings)
    if not headings or headings[0].line > 1:
        headings.insert(0, Heading(0, 1, report.title))
    tables = [rebuild(facts, table) for table in facts.catalogue.tables_of(report.id)]
    placed = {row for table in tables for row in table.placed}
    printed = [
        entry
        for (source, _), on_line in sorted(entries(facts).items())
        if source == report.id
        for entry in on_line
        if entry.row not in placed and not _is_heading(entry, headings)
    ]
    ends = [heading.line for heading in headings[1:]] + [10**9]
    found = []
    for heading, end in zip(headings, ends, strict=True):
        own = tuple(table for table in tables if heading.line <= table.table.first_line < end)
        listed = tuple(entry for entry in printed if heading.line <= entry.reference.line < end)
        found.append(Section(heading, own, listed, _left(facts, report, heading.line, end, own, listed)))
    if found[0].empty and found[0].heading.line == 0:
        found.pop(0)
    return tuple(found)


def _is_heading(entry: Entry, headings: list[Heading]) -> bool:
    """A goal whose name is the heading itself, said there already."""
    return isinstance(entry.row, GoalRow) and any(entry.row.line == heading.line for heading in headings)


def _left(
    facts: Facts, report: Report, start: int, end: int, tables: tuple[Rebuilt, ...], listed: tuple[Entry, ...]
) -> tuple[Contradiction, ...]:
    """The contradictions that stand on the section's lines and that no cell and no item of it bears."""
    borne = {flag.id for table in tables for flag in flags_in(table)}
    borne |= {
        flag.id
        for entry in listed
        if not isinstance(entry.row, Event)
        for flag in row_flags(facts, entry.row)
    }
    return tuple(
        flag
        for flag in facts.published.contradictions
        if flag.source == report.id and start <= flag.line < end and flag.id not in borne
    )


def flags_in(table: Rebuilt) -> tuple[Contradiction, ...]:
    """Every contradiction that a table bears, each once, in the order it is met."""
    found = {flag.id: flag for flag in table.flags}
    for line in table.lines:
        found.update((flag.id, flag) for flag in line_flags(line))
    return tuple(found.values())


def line_flags(line: Line) -> tuple[Contradiction, ...]:
    cells = (line.head, *line.cells)
    return (*line.flags, *(flag for cell in cells for part in cell.parts for flag in part.flags))
