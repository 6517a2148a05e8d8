"""What the layouts of the reports must hold: known kinds, shows and styles, lines in order and within the table."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.layout import ROW_STYLES, SHOWS, ReportTable, TableColumn
from dashboard.domain.model import Report


def file_of(source: str) -> str:
    """The file that holds the tables of a report."""
    return f"tables/{source}.toml"


def check_tables(tables: Mapping[str, ReportTable], reports: frozenset[str] | None, faults: Faults) -> None:
    """``reports`` are the ids that exist, None when they could not be read."""
    for table in tables.values():
        where = Where(file_of(table.source), f"table[{table.id}]")
        if reports is not None and table.source not in reports:
            faults.dangling(where.at("source"), "rapporterna", table.source, reports)
        if table.kind not in SHOWS:
            faults.add(where.at("kind"), f"ett av {', '.join(SHOWS)}", table.kind)
            continue
        _shown(table.head, table.kind, where.at("head"), faults)
        for number, column in enumerate(table.columns, 1):
            _column(column, table.kind, where.at("columns").item(number), faults)
        _rows(table, where, faults)


def check_headings(reports: Mapping[str, Report], faults: Faults) -> None:
    """Headings stand in the order of the report."""
    for report in reports.values():
        before = 0
        for number, heading in enumerate(report.headings, 1):
            where = Where("reports.toml", f"report[{report.id}].headings").item(number)
            if heading.line <= before:
                faults.add(where.at("line"), f"en rad efter {before}", heading.line)
            if heading.level not in {1, 2, 3, 4}:
                faults.add(where.at("level"), "1 till 4", heading.level)
            before = max(before, heading.line)


def _column(column: TableColumn, kind: str, where: Where, faults: Faults) -> None:
    in_period = kind == "assignments" and column.show == "status"  # a status may be asked for by period
    chosen = bool(column.measure or column.subject or (column.period and not in_period))
    if [bool(column.show), bool(column.place), chosen].count(True) != 1:
        faults.tell(where, "antingen show, place eller measure, subject och period", _said(column))
    elif column.show:
        _shown(column.show, kind, where.at("show"), faults)
    elif kind not in {"figures", "assessments"}:
        faults.tell(where.at("show"), f"ett av {', '.join(SHOWS[kind])}", _said(column))
    elif column.place < 0:
        faults.add(where.at("place"), "1 eller mer", column.place)


def _shown(show: str, kind: str, where: Where, faults: Faults) -> None:
    if show not in SHOWS[kind]:
        faults.add(where, f"ett av {', '.join(SHOWS[kind])}", show)


def _said(column: TableColumn) -> str:
    names = ("show", "place", "measure", "subject", "period")
    return ", ".join(name for name in names if getattr(column, name)) or "inget av dem"


def _rows(table: ReportTable, where: Where, faults: Faults) -> None:
    if table.last_line < table.first_line:
        faults.add(where.at("last_line"), f"{table.first_line} eller senare", table.last_line)
    before = 0
    for number, row in enumerate(table.rows, 1):
        at = where.at("rows").item(number)
        if row.style not in ROW_STYLES:
            faults.add(at.at("style"), f"ett av {', '.join(ROW_STYLES)}", row.style)
        if row.line <= before:
            faults.add(at.at("line"), f"en rad efter {before}", row.line)
        if not table.first_line <= row.line <= row.last <= table.last_line:
            faults.add(at.at("line"), f"{table.first_line} till {table.last_line}", row.line)
        before = max(before, row.last)
