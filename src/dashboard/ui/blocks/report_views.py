"""Rebuilt tables and printed lists ready to be drawn: every number a link to its provenance, remarks numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dashboard.domain.layout import Heading
from dashboard.measures.facts import Facts
from dashboard.measures.provenance import Entry, Reference, row_flags
from dashboard.measures.report_cells import Cell, Part
from dashboard.measures.report_outline import Section, flags_in
from dashboard.measures.report_tables import Line, Rebuilt
from dashboard.published import Assignment, Contradiction, Event, Figure, Retelling, RiskMention
from dashboard.ui.blocks import report_words as words
from dashboard.ui.blocks.cards import spreadsheet
from dashboard.ui.render import STATUS_SHAPES, STATUS_WORDS

RISK_VALUE = re.compile(r"\(\d+\)")  # words with a number in them, as ``4x4 (16)``


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark at a cell: its number in the list below the table, and whether it is more than a rounding."""

    number: int
    serious: bool
    sentence: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """``anchor`` is the id of the place, set once for each address; ``look`` is (class, shape) of a status."""

    text: str
    lead: str = ""
    href: str = ""
    anchor: str = ""
    look: tuple[str, str] | None = None
    marks: tuple[Mark, ...] = ()
    item: bool = False
    quiet: bool = False  # words that lead somewhere, which need no underline to be found


@dataclass(frozen=True, slots=True)
class CellView:
    """``plain`` is what a spreadsheet gets."""

    parts: tuple[PartView, ...]
    plain: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class LineView:
    line: Line
    head: CellView
    cells: tuple[CellView, ...]
    marks: tuple[Mark, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """``heads`` are (text, is a column of numbers); ``kind`` names the look."""

    id: str
    title: str
    unit: str
    kind: str
    stub: str
    heads: tuple[tuple[str, bool], ...]
    lines: tuple[LineView, ...]
    footnotes: tuple[str, ...]
    marks: tuple[Mark, ...]
    remarks: tuple[Mark, ...]
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing printed in running text. ``marks`` hold their sentences."""

    what: str
    label: str
    value: str
    note: str
    when: str
    line: int
    href: str
    anchor: str
    look: tuple[str, str, str] | None
    marks: tuple[Mark, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """``lists`` are (title, items) by kind, in the order of the report within each."""

    heading: Heading
    tables: tuple[TableView, ...]
    lists: tuple[tuple[str, tuple[ItemView, ...]], ...]
    marks: tuple[Mark, ...]

    @property
    def empty(self) -> bool:
        return not (self.tables or self.lists or self.marks)


@dataclass(slots=True)
class Drawer:
    """Draws sections of one report. ``unit`` is the chosen unit whose rows are marked, "" for none.

    ``seen`` keeps each place's id to one element of the page.
    """

    facts: Facts
    point: Callable[[Reference], str]
    unit: str = ""
    seen: set[str] = field(default_factory=set)

    def section(self, section: Section) -> SectionView:
        lists: dict[str, list[ItemView]] = {}
        for entry in section.listed:
            lists.setdefault(_list_of(entry), []).append(self.item(entry))
        ordered = [(title, tuple(lists[title])) for title in LISTS if title in lists]
        tables = tuple(self.table(table) for table in section.tables)
        marks = tuple(self.mark(flag) for flag in section.flags)
        return SectionView(section.heading, tables, tuple(ordered), marks)

    def table(self, found: Rebuilt) -> TableView:
        table = found.table
        report = self.facts.catalogue.reports[table.source]
        numbers = {flag.id: self.mark(flag, at) for at, flag in enumerate(flags_in(found), 1)}
        lines = tuple(self._line(line, numbers, table.mark) for line in found.lines)
        # A column is one of numbers when more of its cells hold a number alone than words.
        heads = tuple(
            (column.label, any(line.cells[at].numeric for line in lines))
            for at, column in enumerate(found.columns)
        )
        return TableView(
            id=table.id,
            title=table.title,
            unit=UNITS.get(table.unit, table.unit),
            kind="months" if table.months else table.kind,
            stub=table.stub,
            heads=heads,
            lines=lines,
            footnotes=table.footnotes,
            marks=tuple(numbers[flag.id] for flag in found.flags),
            remarks=tuple(numbers.values()),
            place=f"rad {table.first_line}–{table.last_line}",
            source=f"Källa: {report.title}, rad {table.first_line}–{table.last_line}",
        )

    def mark(self, flag: Contradiction, number: int = 0) -> Mark:
        place = f"{self.facts.catalogue.reports[flag.source].short}, rad {flag.line}"
        return Mark(number, flag.severity == "real", flag.sentence, place)

    def _line(self, line: Line, numbers: dict[str, Mark], sign: str) -> LineView:
        return LineView(
            line,
            self._cell(line.head, numbers, sign),
            tuple(self._cell(cell, numbers, sign) for cell in line.cells),
            tuple(numbers[flag.id] for flag in line.flags),
            bool(self.unit) and self.unit in line.units,
        )

    def _cell(self, cell: Cell, numbers: dict[str, Mark], sign: str) -> CellView:
        parts = tuple(self._part(part, numbers, sign) for part in cell.parts)
        alone = cell.parts[0].figure if len(cell.parts) == 1 and not cell.parts[0].text else None
        if alone is not None:
            return CellView(parts, spreadsheet(alone.value, words.decimals(alone)) or "", numeric=True)
        if not parts and cell.blank:
            return CellView((PartView(cell.blank),), cell.blank, numeric=True)
        return CellView(parts, _plain(parts), numeric=False)

    def _part(self, part: Part, numbers: dict[str, Mark], sign: str) -> PartView:
        marks = tuple(numbers[flag.id] for flag in part.flags)
        href, anchor = self._address(part.reference)
        look: tuple[str, str] | None = None
        text = part.text
        if part.figure is not None and not text:
            text = words.hedged(part.figure) if part.lead else words.printed(part.figure) + sign
        elif part.colour is not None:
            look, text = (part.colour.value, STATUS_SHAPES[part.colour]), STATUS_WORDS[part.colour]
            if part.text:  # an assignment's: not assessed is then that no status is printed
                name, shape, text = words.status_look(part.text)
                look = (name, shape)
        elif part.word or part.text in words.PROGRESS:
            name, shape, text = words.status_look(part.text, part.word)
            look = (name, shape)
        quiet = part.figure is None and look is None and not RISK_VALUE.search(part.text)
        return PartView(text, part.lead, href, anchor, look, marks, part.item, quiet)

    def _address(self, reference: Reference | None) -> tuple[str, str]:
        if reference is None:
            return "", ""
        new = reference.anchor not in self.seen
        self.seen.add(reference.anchor)
        return self.point(reference), reference.anchor if new else ""

    def item(self, entry: Entry) -> ItemView:
        row = entry.row
        href, anchor = self._address(entry.reference)
        flags = () if isinstance(row, Event) else row_flags(self.facts, row)
        retold = isinstance(row, Retelling)  # the text alone: its heading stands above
        return ItemView(
            what=words.kind_of(row, self.facts.catalogue.texts),
            label=row.text if isinstance(row, Retelling) else words.label_of(row),
            value=words.value_of(row),
            note="" if retold else words.comment_of(row),
            when="" if isinstance(row, Assignment) else words.when_of(row),
            line=entry.reference.line,
            href=href,
            anchor=anchor,
            look=words.look_of(row),
            marks=tuple(self.mark(flag) for flag in flags),
            mine=bool(self.unit) and isinstance(row, Figure) and row.org == self.unit,
        )


UNITS = {"tkr": "tusen kronor (tkr)", "procent": "procent"}
LISTS = (
    "Återgivet i korthet, med styrkortets egna ord",
    "Tal i löpande text",
    "Bedömningar i löpande text",
    "Åtgärder och uppdrag",
    "Händelser och beslut",
    "Risker som nämns utan värde",
    "Mål",
)


def _list_of(entry: Entry) -> str:
    match entry.row:
        case Retelling():
            return LISTS[0]
        case Figure():
            return LISTS[1]
        case Assignment():
            return LISTS[3]
        case Event():
            return LISTS[4]
        case RiskMention():
            return LISTS[5]
        case _:
            return LISTS[2] if entry.reference.kind == "b" else LISTS[6]


def _plain(parts: Sequence[PartView]) -> str:
    """The words of a cell on one line, the items of a list parted by semicolons."""
    text = ""
    for part in parts:
        lead = f"{part.lead} " if part.lead else ""
        text += ("; " if part.item and text else "") + lead + part.text
    return " ".join(text.split())
