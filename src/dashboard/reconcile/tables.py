"""Every printed table, computed again from its own cells and from the year before.

Source: the reports' economic tables. Costs are negative; deviation = outcome − budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.domain.layout import ReportTable, TableColumn
from dashboard.published import Figure
from dashboard.reconcile.findings import (
    Finding,
    Place,
    difference_in_words,
    place_of,
    severity,
    spoken,
    told,
)
from dashboard.reconcile.layer import Layer
from dashboard.reconcile.printed import step

# A column of differences: what is held against what. Both for the column's own period, the year before for its year.
OUTCOME, BEFORE = "utfall", "utfall-foregaende-ar"
DIFFERENCES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "avvikelse": ((OUTCOME,), "budget"),
    "prognosavvikelse": (("prognos",), "helarsbudget"),
    "avvikelse-foregaende-ar": (("prognos", OUTCOME), BEFORE),
}
# varav rows are held by another row already, and notes are about something else.
ADDED = frozenset({"row", "buffer"})


@dataclass(frozen=True, slots=True)
class TableCheck:
    """One table. ``cells`` are printed, ``recomputed`` of them follow from others."""

    id: str
    source: str
    title: str
    cells: int
    recomputed: int
    findings: tuple[Finding, ...]

    def count(self, how: str) -> int:
        return sum(finding.severity == how for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table with its figures by column."""

    line: int
    style: str
    figures: Mapping[int, Figure]


@dataclass(frozen=True, slots=True)
class Computed:
    """What a cell ought to hold. ``first`` is where the first term stands, ``words`` how it was computed."""

    value: Decimal
    kind: str
    first: Place
    words: str


def check_table(layer: Layer, table: ReportTable) -> TableCheck:
    rows = tuple(_row(layer, table, number) for number in range(len(table.rows)))
    cells = sum(len(row.figures) for row in rows)
    findings: list[Finding] = []
    recomputed: set[tuple[int, int]] = set()
    for row, column, wanted in _expected(layer, table, rows):
        recomputed.add((row.line, column))
        finding = _compare(table, row.figures[column], table.columns[column], wanted)
        if finding is not None:
            findings.append(finding)
    return TableCheck(table.id, table.source, table.title, cells, len(recomputed), tuple(findings))


def _row(layer: Layer, table: ReportTable, number: int) -> Row:
    own = table.rows[number]
    figures = layer.by_line.get((table.source, own.line), ())
    found = {
        index: figure
        for index, column in enumerate(table.columns)
        for figure in reversed(figures)
        if (figure.measure, figure.when) == (own.measure_in(column), column.period)
        and figure.unit == table.unit
    }
    return Row(own.line, own.style, found)


def _expected(layer: Layer, table: ReportTable, rows: tuple[Row, ...]) -> Iterator[tuple[Row, int, Computed]]:
    """Each printed cell that follows from others, as often as it does: (row, column, what it ought to be)."""
    for index, row in enumerate(rows):
        for column in sorted(row.figures):
            wanted = _difference(table, row, column) or _against_last_year(layer, table, row, column)
            if wanted:
                yield row, column, wanted
            if row.style == "total" and (wanted := _total(table, rows[:index], column)):
                yield row, column, wanted


def _difference(table: ReportTable, row: Row, column: int) -> Computed | None:
    """Minuend − subtrahend on the same line; None where either is not printed."""
    minuend, subtrahend = _terms(table, column)
    if minuend is None or subtrahend is None or not {minuend, subtrahend} <= row.figures.keys():
        return None
    value = row.figures[minuend].value - row.figures[subtrahend].value
    names = f"{_lowered(table.columns[minuend])} minus {_lowered(table.columns[subtrahend])} på samma rad"
    return Computed(value, "comparison", Place(table.source, row.line), names)


def _against_last_year(layer: Layer, table: ReportTable, row: Row, column: int) -> Computed | None:
    """This year − the outcome that another report prints for the year before, where the catalogue carries it on."""
    head = table.columns[column]
    minuend, subtrahend = _terms(table, column)
    if head.period is None or minuend is None or minuend not in row.figures or subtrahend is not None:
        return None
    if DIFFERENCES[head.measure][1] != BEFORE:
        return None
    now = row.figures[minuend]
    outcome = next((figure for figure in row.figures.values() if figure.measure == OUTCOME), now)
    terms = layer.outcome_of(outcome.indicator, now.org, head.period.year_before())
    if not terms or any(term.unit != now.unit for term in terms):
        return None
    value = now.value - sum((term.value for term in terms), Decimal(0))
    year = head.period.year_before().short
    names = f"{_lowered(table.columns[minuend])} minus utfallet {year} i {terms[0].source}"
    return Computed(value, "between-reports", Place(terms[0].source, terms[0].line), names)


def _total(table: ReportTable, above: tuple[Row, ...], column: int) -> Computed | None:
    """All rows and buffers above, earlier totals not; None where a row has no value in the column."""
    parts = [row for row in above if row.style in ADDED]
    values = [_share_of(table, row, column) for row in parts]
    known = [value for value in values if value is not None]
    if not parts or len(known) < len(values):
        return None
    first = next(row.line for row in parts)
    return Computed(sum(known, Decimal(0)), "sum", Place(table.source, first), "raderna ovanför")


def _share_of(table: ReportTable, row: Row, column: int) -> Decimal | None:
    """What the row gives to a total of the column: its cell, else what its other cells say.

    A buffer fills in only the forecast. It has no budget, so it is a deviation of its own size, and it is nothing
    in the columns that it does not touch.
    """
    if column in row.figures:
        return row.figures[column].value
    if row.style != "buffer":
        return None
    minuend, subtrahend = _terms(table, column)
    return _value(row, minuend) - _value(row, subtrahend)


def _value(row: Row, column: int | None) -> Decimal:
    return row.figures[column].value if column is not None and column in row.figures else Decimal(0)


def _terms(table: ReportTable, column: int) -> tuple[int | None, int | None]:
    """The columns of which this one is the difference."""
    head = table.columns[column]
    if head.measure not in DIFFERENCES or head.period is None:
        return None, None
    minuends, subtrahend = DIFFERENCES[head.measure]
    when = head.period.year_before() if subtrahend == BEFORE else head.period
    first = [_column(table, measure, head.period) for measure in minuends]
    return next((found for found in first if found is not None), None), _column(table, subtrahend, when)


def _column(table: ReportTable, measure: str, period: object) -> int | None:
    heads = enumerate(table.columns)
    return next((index for index, head in heads if (head.measure, head.period) == (measure, period)), None)


def _lowered(head: TableColumn) -> str:
    return head.label[:1].lower() + head.label[1:]


def _compare(table: ReportTable, figure: Figure, head: TableColumn, wanted: Computed) -> Finding | None:
    difference = figure.value - wanted.value
    if difference == 0:
        return None
    how = severity(difference, step(figure))
    printed, computed = spoken(figure.value, figure.unit), spoken(wanted.value, figure.unit)
    sentence = (
        f"{figure.label.strip('*')}, {_lowered(head)}: tryckt {printed}, men {wanted.words} ger {computed}; "
        f"{difference_in_words(difference, figure.unit, how)}."
    )
    values, rule = (figure.value, wanted.value), f"tabell {table.id}"
    return told(wanted.kind, figure.measure, place_of(figure), wanted.first, values, sentence, rule, how)
