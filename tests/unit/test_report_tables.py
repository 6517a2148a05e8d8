"""The rebuilt tables against the reports themselves, copied out by hand, and against the published layer.

``tests/data/report_tables/<table>.csv`` holds each table as it is printed: the heads, then for every row its line in
the source and its cells. It was copied from the texts of the reports and not from the store. Its signs:

- ``?`` a colour that the text form has lost, ``—`` a printed dash,
- ``~`` words that the page retells, followed by the numbers printed in them; the cell may not be empty,
- ``…`` the rest of a long text, `` | `` between the items of a list.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.domain.model import Colour
from dashboard.measures import Facts
from dashboard.measures.provenance import Row
from dashboard.measures.report_cells import Cell, Part
from dashboard.measures.report_outline import flags_in, sections
from dashboard.measures.report_tables import Rebuilt, rebuild
from dashboard.published import GoalRow

HOME = Path(__file__).resolve().parents[2]
COPIES = HOME / "tests" / "data" / "report_tables"
TABLES = sorted(path.stem for path in COPIES.glob("*.csv"))
REPORTS = ("vb-2023", "delar2-2024", "t2-2025")
SIGNS = {
    Colour.GREEN: "Grön",
    Colour.YELLOW: "Gul",
    Colour.RED: "Röd",
    Colour.UNKNOWN: "?",
    Colour.NOT_ASSESSED: "—",
}


def copied(table: str) -> list[list[str]]:
    with (COPIES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_table_of_the_reports_has_a_layout_and_a_copy(empty_facts: Facts) -> None:
    assert sorted(empty_facts.catalogue.tables) == TABLES
    assert {table.source for table in empty_facts.catalogue.tables.values()} == set(REPORTS)


@pytest.mark.parametrize("name", TABLES)
def test_a_rebuilt_table_is_the_printed_one_cell_by_cell(name: str, empty_facts: Facts) -> None:
    found = rebuild(empty_facts, empty_facts.catalogue.tables[name])
    (_, *heads), *rows = copied(name)
    assert [found.table.stub, *(column.label for column in found.columns)] == heads
    drawn = drawn_rows(found)
    assert [line for line, _ in drawn] == [line for line, *_ in rows]
    for (_, cells), (line, *wanted) in zip(drawn, rows, strict=True):
        assert len(cells) == len(wanted) or not any(cell.parts for cell in cells[len(wanted) :])
        for cell, want in zip(cells, wanted, strict=False):
            agree(cell, want, f"{name}, rad {line}", found.table.mark)


def drawn_rows(found: Rebuilt) -> list[tuple[str, list[Cell]]]:
    """(line, cells) with the words over the numbers as rows of their own."""
    drawn: list[tuple[str, list[Cell]]] = []
    for line in found.lines:
        if line.heads:
            drawn.append(("", [Cell(), *(Cell((Part(text),)) for text in line.heads)]))
        drawn.append((str(line.row.line), [line.head, *line.cells]))
    return drawn


def agree(cell: Cell, want: str, where: str, mark: str) -> None:
    """The cell says what is printed: numbers, colours and names exactly, retold words by their numbers."""
    said = written(cell, mark)
    wanted = plain(want).split(" | ")
    # What is retold as a whole may be divided in its own way; in a list item stands against item.
    items = said.split(" | ") if len(wanted) > 1 or "~" not in want else [said]
    assert len(items) == len(wanted), (where, said, want)
    printed: list[Decimal] = []
    for item, one in zip(items, wanted, strict=True):
        words, retold, numbers = one.partition("~")
        start, cut, end = one.partition(" …")
        if retold:
            assert item.startswith(words), (where, item, one)
            assert item.removeprefix(words).strip(), f"{where}: the report prints words here, the page none"
            printed += [Decimal(number.replace(",", ".")) for number in numbers.split()]
        else:
            assert (item.startswith(start) and item.endswith(end)) if cut else item == one, (where, item, one)
    if "~" in want:
        found = [value(part) for part in cell.parts if part.figure is not None]
        # What a retelling leaves out is not in the store as a figure of this line: weeks.
        assert sorted(found) == sorted(
            number for number in printed if number not in NOT_FIGURES.get(where, ())
        ), where


# Numbers that say when something comes and not how it went.
NOT_FIGURES = {
    "t2-indikatorer-ekonomi, rad 341": (Decimal(40),),
    "t2-indikatorer-kvalitet, rad 397": (Decimal(40),),
}


def test_an_empty_cell_is_not_a_retelling() -> None:
    with pytest.raises(AssertionError, match="the page none"):
        agree(Cell(), "~", "prov", "")
    with pytest.raises(AssertionError, match="the page none"):
        agree(Cell((Part("Grön"),)), "Grön~", "prov", "")
    agree(Cell((Part("Med andra ord"),)), "~", "prov", "")


def value(part: Part) -> Decimal:
    assert part.figure is not None
    return part.figure.value


def written(cell: Cell, mark: str) -> str:
    text = ""
    for part in cell.parts:
        if part.item and text:
            text = text.rstrip() + " | "
        if part.figure is not None:
            text += part.text or f"{value(part)}".replace(".", ",") + mark
        elif part.colour is not None:
            text += SIGNS[part.colour]
        else:
            text += part.word or part.text
    return plain(text or cell.blank)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("−", "-")).strip()


def test_every_number_of_a_table_is_one_figure_and_none_is_shown_twice(empty_facts: Facts) -> None:
    for table in empty_facts.catalogue.tables.values():
        found = rebuild(empty_facts, table)
        shown = [f for line in found.lines for cell in (line.head, *line.cells) for f in cell.figures]
        assert len(shown) == len(set(shown)), table.id
        inside = {
            figure
            for figure in empty_facts.published.figures
            if figure.source == table.source and any(row.holds(figure.line) for row in table.rows)
        }
        assert set(shown) == inside, table.id


@pytest.mark.parametrize("source", REPORTS)
def test_everything_the_store_holds_of_a_report_stands_on_its_page_once(
    source: str, empty_facts: Facts
) -> None:
    report = empty_facts.catalogue.reports[source]
    found = sections(empty_facts, report)
    shown: list[object] = [entry.row for section in found for entry in section.listed]
    shown += [row for section in found for table in section.tables for row in table.placed]
    assert len(shown) == len(set(shown))
    kept = empty_facts.published
    groups: tuple[tuple[Row, ...], ...] = (
        kept.figures,
        kept.assessments,
        kept.risks,
        kept.assignments,
        kept.events,
        kept.risk_mentions,
        kept.retellings,
    )
    held = {row for rows in groups for row in rows if row.source == source}
    lines = {heading.line for heading in report.headings}
    held |= {row for row in kept.goals if row.source == source and row.line not in lines}
    assert set(shown) >= held
    assert {type(row) for row in set(shown) - held} <= {GoalRow}


@pytest.mark.parametrize("source", REPORTS)
def test_sections_are_the_reports_headings_in_its_order(source: str, empty_facts: Facts) -> None:
    found = sections(empty_facts, empty_facts.catalogue.reports[source])
    lines = [section.heading.line for section in found]
    assert lines == sorted(lines)
    for section, after in zip(found, [*lines[1:], 10**6], strict=True):
        places = [table.table.first_line for table in section.tables]
        places += [entry.reference.line for entry in section.listed]
        assert all(section.heading.line <= place < after for place in places)
    assert sum(len(section.tables) for section in found) == len(empty_facts.catalogue.tables_of(source))


def test_every_contradiction_is_borne_by_something_on_its_reports_page(empty_facts: Facts) -> None:
    from dashboard.measures.provenance import row_flags

    for report in empty_facts.catalogue.reports.values():
        found = sections(empty_facts, report)
        borne = {flag.id for section in found for table in section.tables for flag in flags_in(table)}
        borne |= {flag.id for section in found for flag in section.flags}
        borne |= {flag.id for s in found for entry in s.listed for flag in row_flags(empty_facts, entry.row)}
        assert {f.id for f in empty_facts.published.contradictions if f.source == report.id} <= borne


def test_every_remark_under_a_table_has_its_mark_at_a_row_or_a_cell_on_the_page(
    empty_facts: Facts,
) -> None:
    """Rows of words over other rows bear their remarks as well: the board's name in *Sjukfrånvaro*."""
    found = rebuild(empty_facts, empty_facts.catalogue.tables["t2-sjukfranvaro"])
    group = next(line for line in found.lines if line.row.style == "group")
    assert [flag.id for flag in group.flags] == ["aos-eller-asn"]


def test_the_value_of_a_risk_before_leads_to_its_line_and_has_the_reports_words(empty_facts: Facts) -> None:
    found = rebuild(empty_facts, empty_facts.catalogue.tables["delar2-risker"])
    before = {
        line.row.line: str(part.reference)
        for line in found.lines
        for part in line.cells[0].parts
        if "4x5 (20) i" in part.text
    }
    assert before == {line: f"delar2-2024:{line}:r1" for line in (308, 310, 311)}


def test_a_fault_of_a_sum_stands_at_the_cell_that_does_not_add_up(empty_facts: Facts) -> None:
    found = rebuild(empty_facts, empty_facts.catalogue.tables["ekonomi-delar2-2024"])
    total = next(line for line in found.lines if line.row.line == 258)
    kinds = {flag.severity for part in total.cells[-1].parts for flag in part.flags}
    assert "real" in kinds
    assert not any(part.flags for part in total.cells[1].parts)
