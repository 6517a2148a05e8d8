"""The tables of the reports, rebuilt: the layout says what stands where, the published layer holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.domain.layout import ReportTable, TableColumn, TableRow
from dashboard.measures import report_cells as cells
from dashboard.measures.facts import Facts
from dashboard.measures.provenance import entries
from dashboard.measures.report_cells import Cell, Loose, Part
from dashboard.measures.report_shows import Here, judged, shown
from dashboard.published import Assessment, Assignment, Contradiction, Figure, GoalRow, RiskRow


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a rebuilt table. ``heads`` are the words over its numbers, where the report prints some; ``flags``
    concern the row without concerning one of its cells; ``units`` are those its figures are about."""

    row: TableRow
    head: Cell
    cells: tuple[Cell, ...]
    heads: tuple[str, ...] = ()
    flags: tuple[Contradiction, ...] = ()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A table as the report prints it: shape (lines, columns). ``flags`` concern its head."""

    table: ReportTable
    columns: tuple[TableColumn, ...]
    lines: tuple[Line, ...]
    flags: tuple[Contradiction, ...] = ()
    placed: frozenset[object] = frozenset()  # the rows of the store that a cell shows


def rebuild(facts: Facts, table: ReportTable) -> Rebuilt:
    """The table with every cell filled from the published layer. What the store lacks stays empty."""
    columns = table.all_columns
    drawn = [_line(facts, table, row, columns) for row in table.rows]
    lines = (
        _once_in_a_run([line for line, _ in drawn]) if table.head == "category" else [one for one, _ in drawn]
    )
    placed = frozenset(row for _, rows in drawn for row in rows)
    borne = {flag.id for line in lines for flag in _all_flags(line)}
    first = min((line.row.line for line in lines), default=table.last_line + 1)
    flags = {
        flag.id: flag
        for number in range(table.first_line, first)
        for flag in facts.flags_by_line.get((table.source, number), ())
        if flag.id not in borne
    }
    return Rebuilt(table, columns, tuple(lines), tuple(flags.values()), placed)


def _all_flags(line: Line) -> list[Contradiction]:
    return [
        *line.flags,
        *(flag for cell in (line.head, *line.cells) for part in cell.parts for flag in part.flags),
    ]


def _line(
    facts: Facts, table: ReportTable, row: TableRow, columns: Sequence[TableColumn]
) -> tuple[Line, list[object]]:
    """The row, and the rows of the store it shows."""
    known = entries(facts)
    on_lines = tuple(
        entry for number in range(row.line, row.last + 1) for entry in known.get((table.source, number), ())
    )
    figures = [entry.row for entry in on_lines if isinstance(entry.row, Figure)]
    subject = next((e.row.subject for e in on_lines if isinstance(e.row, Assessment)), "")
    here = Here(facts, table, row, on_lines, Loose(facts, list(figures), frozenset({subject})))
    filled: dict[int, Cell] = {}
    head = _head(here)
    for number, column in enumerate(columns):
        filled[number] = _cell(here, column)
    for number, column in enumerate(columns):
        if column.rest and (left := cells.rest(here.loose, subject)):
            filled[number] = Cell((*filled[number].parts, *left))
    drawn = tuple(filled[number] for number in range(len(columns)))
    heads = tuple(figure.label for cell in drawn for figure in cell.figures) if row.heads else ()
    units = frozenset(figure.org for cell in drawn for figure in cell.figures)
    line = Line(row, head, drawn, heads, (), units)
    return _flagged(here, line), _placed(here)


def _flagged(here: Here, line: Line) -> Line:
    """The row with those contradictions on its lines that none of its cells bears already."""
    shown = {flag.id for flag in _all_flags(line)}
    left = {
        flag.id: flag
        for number in range(here.row.line, here.row.last + 1)
        for flag in here.facts.flags_by_line.get((here.table.source, number), ())
        if flag.id not in shown
        and (flag.severity == "real" or (flag.source, flag.line) == (here.table.source, number))
    }
    # The terms of a sum are not in doubt themselves.
    own = [
        flag
        for flag in left.values()
        if flag.kind != "sum" or (flag.source == here.table.source and here.row.holds(flag.line))
    ]
    return Line(line.row, line.head, line.cells, line.heads, tuple(own), line.units)


def _placed(here: Here) -> list[object]:
    """Everything on the row's lines that the kind of table shows; figures unless they are left loose."""
    kinds: Mapping[str, tuple[type, ...]] = {
        "figures": (),
        "assessments": (Assessment, GoalRow),
        "risks": (RiskRow, Assignment),
        "assignments": (Assignment, Assessment),
        "goals": (GoalRow, Assessment),
    }
    shown: list[object] = [e.row for e in here.on_lines if isinstance(e.row, kinds[here.table.kind])]
    return [
        *shown,
        *(e.row for e in here.on_lines if isinstance(e.row, Figure) and e.row not in here.loose.figures),
    ]


def _once_in_a_run(lines: Sequence[Line]) -> list[Line]:
    """A head that is the same as that of the row above stands once, as the reports print categories."""
    result: list[Line] = []
    before = ""
    for line in lines:
        own = "".join(part.text for part in line.head.parts)
        head = Cell() if own == before else line.head
        result.append(Line(line.row, head, line.cells, line.heads, line.flags, line.units))
        before = own
    return result


def _head(here: Here) -> Cell:
    row, table = here.row, here.table
    if row.label or row.style in {"group", "sub"}:
        return Cell((Part(row.label),)) if row.label else Cell()
    match table.kind:
        case "figures":
            labels = {figure.label for figure in here.of(Figure)}
            return (
                Cell((Part(labels.pop().removeprefix(f"{table.stub}: ")),)) if _one(labels, table) else Cell()
            )
        case "assessments":
            matrix = all(not column.show for column in table.all_columns)
            return Cell() if matrix else shown(here, table.head)
        case _:
            return shown(here, table.head)


def _one(labels: set[str], table: ReportTable) -> bool:
    """Whether the figures of a row have one label; of a scale only the step itself is meant."""
    steps = {label for label in labels if table.stub and label.startswith(f"{table.stub}: ")}
    if len(steps) == 1:
        labels.intersection_update(steps)
    return len(labels) == 1


def _cell(here: Here, column: TableColumn) -> Cell:
    if column.show:
        if column.show == "label" and here.row.style not in {"sub"}:
            return Cell()  # the label is the row's head
        return shown(here, column.show, column.period)
    if here.row.style == "group":
        return Cell()
    if here.table.kind == "assessments":
        return _colour_at(here, column)
    found = here.of(Figure)
    if column.place:
        found = found[column.place - 1 : column.place]
    else:
        found = [
            f
            for f in found
            if here.row.measure_in(column) in {"", f.measure} and column.period in {None, f.when}
        ]
    if not found:
        return Cell(blank=here.table.blank)
    here.loose.remove(found[0])
    return Cell((cells.number(here.facts, found[0]),))


def _colour_at(here: Here, column: TableColumn) -> Cell:
    """The colour of a goal, or of a month: the one assessment on the lines that fits the column."""
    for row in here.of(Assessment):
        if column.subject in {"", row.subject} and column.period in {None, row.when}:
            return Cell((judged(here, row),))
    return Cell(blank=here.table.blank)
