"""The economic table ready to be drawn: cells in words, remarks numbered, the chosen row and comparison
marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain.model import Origin, Unit
from dashboard.domain.selection import Compare
from dashboard.domain.text import millions, number, quantity
from dashboard.measures import accounts
from dashboard.measures.accounts import ComputedTable, Reading
from dashboard.measures.economy import Line, PrintedTable
from dashboard.published import Contradiction
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.cards import spreadsheet
from dashboard.ui.page import Page

DEVIATIONS = frozenset({"avvikelse", "prognosavvikelse"})
LAST_YEAR = frozenset({"avvikelse-foregaende-ar", "utfall-foregaende-ar"})
MEASURES = (
    "utfall",
    "budget",
    "avvikelse",
    "prognos",
    "helarsbudget",
    "prognosavvikelse",
    "avvikelse-foregaende-ar",
)


@dataclass(frozen=True, slots=True)
class CellView:
    """``remarks`` are the numbers of the remarks below the table."""

    text: str
    value: str
    remarks: tuple[int, ...]
    serious: bool
    marked: bool
    negative: bool
    href: str = ""  # where a printed number stands in its report


@dataclass(frozen=True, slots=True)
class LineView:
    label: str
    style: str
    note: str
    number: int
    chosen: bool
    cells: tuple[CellView, ...]
    remarks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    number: int
    sentence: str
    place: str
    serious: bool


@dataclass(frozen=True, slots=True)
class TableView:
    title: str
    unit: str
    sentence: str
    heads: tuple[tuple[str, bool], ...]  # (label, marked by the comparison)
    lines: tuple[LineView, ...]
    footnotes: tuple[str, ...]
    remarks: tuple[Remark, ...]
    source: str
    demo: Origin | None
    nearest: tuple[str, str] | None
    notes: tuple[str, ...]


def table_view(page: Page, reading: Reading, unit: Unit, missing: str) -> TableView | None:
    """The printed table, else the computed one; None when there is neither. ``missing``: why the unit has
    no row.
    """
    printed = accounts.table_of(page.facts, reading)
    if printed is not None:
        return _printed(page, printed, unit, missing)
    computed = accounts.computed_table(page.facts, reading)
    return _computed(page, computed, unit, missing) if computed else None


def _marked(page: Page, measure: str) -> bool:
    match page.selection.compare:
        case Compare.TARGET:
            return measure in DEVIATIONS
        case Compare.LAST_YEAR:
            return measure in LAST_YEAR
        case _:
            return False


def _printed(page: Page, found: PrintedTable, unit: Unit, missing: str) -> TableView:
    measures = tuple(column.measure for column in found.table.columns)
    numbers = _numbered(found.lines)
    report = page.facts.catalogue.reports[found.table.source]
    remarks = tuple(
        Remark(
            n,
            flag.sentence,
            f"{page.facts.catalogue.reports[flag.source].short}, rad {flag.line}",
            _serious(flag),
        )
        for flag, n in numbers.values()
    )
    texts = page.facts.catalogue.texts
    styles = {line.style for line in found.lines}
    notes = [texts.varav_note] if "varav" in styles else []
    notes += [texts.buffer_note] if "buffer" in styles else []
    section = next((cell.figure.section for line in found.lines for cell in line.cells if cell.figure), "")
    return TableView(
        title=f"{found.table.title}, {found.table.period.label}",
        unit="Tusen kronor (tkr) · kostnader är negativa · så som tabellen står i rapporten",
        sentence=_sentence(page, found.lines, measures, unit, missing),
        heads=tuple((column.label, _marked(page, column.measure)) for column in found.table.columns),
        lines=tuple(_line(page, line, measures, unit, numbers) for line in found.lines),
        footnotes=found.table.footnotes,
        remarks=remarks,
        source=f"Källa: {report.title}, {section}, rad {found.table.first_line}–{found.table.last_line}",
        demo=None,
        nearest=None,
        notes=tuple(notes),
    )


def _computed(page: Page, found: ComputedTable, unit: Unit, missing: str) -> TableView:
    near = accounts.nearest_report(page.facts, found.reading.period.end)
    stamp = f"Ögonblicksbild {page.facts.warehouse.fingerprint[:8]}"
    demo = found.origin if found.origin.demo else None
    origin = origins.source(found.origin, "Ekonomisystemet")
    texts = page.facts.catalogue.texts
    notes = [texts.varav_note] if any(line.style == "varav" for line in found.lines) else []
    return TableView(
        title=f"Nettokostnad, {found.reading.span}",
        unit="Tusen kronor (tkr) · kostnader är negativa · räknat ur månaderna",
        sentence=_sentence(page, found.lines, MEASURES, unit, missing),
        heads=tuple((head, _marked(page, m)) for head, m in zip(found.heads, MEASURES, strict=True)),
        lines=tuple(_line(page, line, MEASURES, unit, {}) for line in found.lines),
        footnotes=(),
        remarks=(),
        source=f"Källa: {origin} · {stamp}",
        demo=demo,
        nearest=(f"{near.short} ({near.period.label})", page.href("ekonomi", period=str(near.period)))
        if near
        else None,
        notes=tuple(notes),
    )


def _serious(flag: Contradiction) -> bool:
    return flag.severity == "real"


def _numbered(lines: Sequence[Line]) -> dict[str, tuple[Contradiction, int]]:
    found: dict[str, tuple[Contradiction, int]] = {}
    for line in lines:
        for flag in [*(flag for cell in line.cells for flag in cell.flags), *line.flags]:
            found.setdefault(flag.id, (flag, len(found) + 1))
    return found


def _line(
    page: Page,
    line: Line,
    measures: Sequence[str],
    unit: Unit,
    numbers: dict[str, tuple[Contradiction, int]],
) -> LineView:
    cells = []
    for cell, measure in zip(line.cells, measures, strict=True):
        marked = _marked(page, measure)
        if cell.value is None:
            cells.append(CellView("", "", (), False, marked, False))
            continue
        remarks = tuple(numbers[flag.id][1] for flag in cell.flags)
        serious = any(_serious(flag) for flag in cell.flags)
        bad = cell.value < 0 and "avvikelse" in measure
        cells.append(
            CellView(
                text=number(cell.value),
                value=spreadsheet(cell.value) or "",
                remarks=remarks,
                serious=serious,
                marked=marked,
                negative=bad,
                href=page.point(cell.figure) if cell.figure else "",
            )
        )
    chosen = line.unit == unit.id and unit.parent is not None
    # The last total is the final word on the whole; "note" rows are told apart by their own label.
    note = line.note if line.style == "total" else ""
    aside = page.selection.compare is Compare.PREVIOUS and line.style == "note" and unit.parent is None
    on_line = tuple(numbers[flag.id][1] for flag in line.flags)
    return LineView(line.label, line.style, note, line.number, chosen or aside, tuple(cells), on_line)


def _sentence(page: Page, lines: Sequence[Line], measures: Sequence[str], unit: Unit, missing: str) -> str:
    """What the table says of the chosen unit, by what it is compared with."""
    own = [line for line in lines if line.unit == unit.id and line.style != "note"]
    if missing or not own:
        root = page.facts.catalogue.root
        whole = [line for line in lines if line.unit == root and line.style != "note"]
        name = page.facts.catalogue.unit(root).short
        return f"Tabellen gäller {name.lower()}. {_compared(page, whole[-1], lines, measures, name)}"
    name = unit.short if unit.parent is None else unit.name
    return _compared(page, own[-1], lines, measures, name)


def _compared(page: Page, line: Line, lines: Sequence[Line], measures: Sequence[str], name: str) -> str:
    values = {
        measure: None if cell.value is None else float(cell.value)
        for measure, cell in zip(measures, line.cells, strict=True)
    }
    match page.selection.compare:
        case Compare.LAST_YEAR:
            change = values.get("avvikelse-foregaende-ar")
            if change is None:
                return f"{name} har ingen jämförbar rad året före."
            flagged = any(cell.flags and _serious(cell.flags[0]) for cell in line.cells)
            closed = accounts.read(page.facts, page.selection.period).closed
            what, then = (
                ("utfallet", "året före")
                if closed or "prognos" not in measures
                else ("prognosen", "utfallet året före")
            )
            word = "dyrare" if change < 0 else "billigare"
            doubt = " enligt rapporten, men talet motsägs (se anmärkningarna)" if flagged else ""
            return f"{name}: {what} är {quantity(abs(change), 'tkr')} {word} än {then}{doubt}."
        case Compare.PREVIOUS:
            return _since_previous(page, line, lines, values, name)
        case Compare.TARGET:
            parts = []
            if values.get("avvikelse") is not None:
                parts.append(f"{_budget(values['avvikelse'])} i perioden")
            if values.get("prognosavvikelse") is not None:
                parts.append(f"{_budget(values['prognosavvikelse'])} för helåret")
            return f"{name}: {' och '.join(parts)}." if parts else f"{name} har ingen budget att jämföra med."


def _budget(value: float | None) -> str:
    if not value:
        return "lika med budget"
    return f"{millions(abs(value))} {'sämre' if value < 0 else 'bättre'} än budget"


def _since_previous(
    page: Page, line: Line, lines: Sequence[Line], values: dict[str, float | None], name: str
) -> str:
    note = next((one for one in lines if one.style == "note"), None)
    values_told = [cell.value for cell in note.cells if cell.value is not None] if note else []
    told = float(values_told[0]) if values_told else None
    if told is not None and line.unit == page.facts.catalogue.root:
        way = "försämrats" if told < 0 else "förbättrats"
        return (
            f"{name}: prognosen har {way} med {quantity(abs(told), 'tkr')} enligt rapporten, sedan den förra."
        )
    before = accounts.read(page.facts, replace(page.selection).period.previous())
    if before.period.end.year != page.selection.period.end.year:
        year = before.period.end.year
        return f"{name}: perioden före hör till {year} och en annan budget, så prognoserna jämförs inte."
    table = accounts.table_of(page.facts, before)
    earlier, computed = table.lines if table else (), None
    if not earlier:
        computed = accounts.computed_table(page.facts, before)
        earlier = computed.lines if computed else ()
    same = [one for one in earlier if one.unit == line.unit and one.style == line.style]
    now, then = values.get("prognos"), same[-1].cells[3].value if same else None
    if now is None or then is None:
        return f"{name} har ingen prognos för {before.span} att jämföra med."
    change = now - float(then)
    if accounts.read(page.facts, page.selection.period).closed:
        how = (
            f"{quantity(abs(change), 'tkr')} {'sämre' if change < 0 else 'bättre'} än"
            if change
            else "lika med"
        )
        return f"{name}: utfallet blev {how} prognosen i {before.period.end.name}."
    if change == 0:
        return f"{name}: prognosen är oförändrad sedan {before.span}."
    way = "försämrats" if change < 0 else "förbättrats"
    demo = "" if table else f" ({origins.word(computed.origin)})" if computed else ""
    return f"{name}: prognosen har {way} med {quantity(abs(change), 'tkr')} sedan {before.span}{demo}."
