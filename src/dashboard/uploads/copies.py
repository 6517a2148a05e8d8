"""A copy of a file's texts as a workbook, with each fault as a comment on its cell.

A copy and not the file itself: formulas, looks and hidden parts are not in it, and nothing in it can run.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard.intake.shapes import Cell, Fault, RawSheet, Severity, raw_text
from dashboard.uploads.picture import Numbered

if TYPE_CHECKING:
    from dashboard.intake.examination import Examined

MOST_CELLS = 200_000  # beyond this only the rows with faults are copied: the whole would take minutes
_LONGEST, _COMMENT = 32_000, 1_000
_AUTHOR = "Styrkort"
_LIST = "Anmärkningar"
_COPY = (
    "Det här är en kopia av filens texter med anmärkningarna som kommentarer. Formler och utseende är inte med: "
    "rätta i systemet eller i originalet, och lämna den filen."
)


def commented(file: Examined, faults: Sequence[Numbered]) -> bytes:
    """The workbook: a list of all faults first, then each sheet. ``faults`` are those of the file, by number."""
    import xlsxwriter

    sink = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(sink, options)
    book.set_properties({"title": f"Anmärkningar på {file.name}"[:200], "created": datetime(2000, 1, 1)})
    looks = {
        "error": book.add_format({"bg_color": "#fbe4e2", "border": 1, "border_color": "#b3261e"}),
        "question": book.add_format({"bg_color": "#fff2cc", "border": 1, "border_color": "#c79200"}),
        "head": book.add_format({"bold": True, "bottom": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    names = _SheetNames()
    whole = sum(len(cells) for raw in file.raw for _, cells in raw.rows) <= MOST_CELLS
    _list(book.add_worksheet(names.free(_LIST)), faults, looks, whole and bool(file.raw))
    for raw in file.raw or _from_source(file, faults):
        own = [(number, fault) for number, fault in faults if fault.sheet == raw.name]
        _sheet(book.add_worksheet(names.free(raw.name or "Blad")), raw, own, looks, whole)
    book.close()
    return sink.getvalue()


class _SheetNames:
    """Names that Excel takes: short, without its signs, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str) -> str:
        plain = "".join(
            "-" if letter in "[]:*?/\\" or not letter.isprintable() else letter for letter in name
        )
        base = plain.strip().strip("'")[:31] or "Blad"
        found, number = base, 1
        while found.casefold() in self._taken or found.casefold() == "history":
            number += 1
            found = f"{base[:27]} {number}"
        self._taken.add(found.casefold())
        return found


def _list(sheet: Any, faults: Sequence[Numbered], looks: dict[str, Any], whole: bool) -> None:
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 4, 22)
    sheet.set_column(5, 5, 90)
    sheet.write_string(0, 0, _COPY)
    if not whole:
        sheet.write_string(1, 0, "Filen är stor: bara rubriken och raderna med anmärkningar är med i kopian.")
    for column, head in enumerate(("Nr", "Slag", "Plats", "Värde", "Väntat", "Vad som är fel")):
        sheet.write_string(3, column, head, looks["head"])
    for row, (number, fault) in enumerate(faults, 4):
        place = ", ".join(part for part in (fault.sheet, fault.cell) if part)
        texts = (word(fault), place, fault.value, fault.expected, fault.wrong)
        sheet.write_number(row, 0, number)
        for column, text in enumerate(texts, 1):
            sheet.write_string(row, column, text[:_LONGEST], looks["wrap"])
    sheet.freeze_panes(4, 0)


def word(fault: Fault) -> str:
    return "Fel" if fault.severity is Severity.ERROR else "Fråga"


def _sheet(sheet: Any, raw: RawSheet, faults: Sequence[Numbered], looks: dict[str, Any], whole: bool) -> None:
    marked: dict[tuple[int, int], list[Numbered]] = defaultdict(list)
    for number, fault in faults:
        marked[max(fault.row, 1), max(fault.place.column, 0)].append((number, fault))
    rows = {row for row, _ in marked}
    first = raw.rows[0][0] if raw.rows else 1
    for number, cells in raw.rows:
        if not whole and number not in rows and number > first + 20:
            continue
        for column, cell in enumerate(cells):
            look = _look(marked.get((number, column), ()), looks)
            _write(sheet, number - 1, column, raw.errors.get((number, column), cell), look, looks["day"])
    for (row, column), own in marked.items():
        if not raw.text(row, column):
            sheet.write_blank(row - 1, column, None, _look(own, looks))
        told = "\n".join(f"{word(fault)} {number}: {fault.message}" for number, fault in own)
        sheet.write_comment(
            row - 1, column, told[:_COMMENT], {"author": _AUTHOR, "width": 320, "height": 110}
        )


def _look(faults: Sequence[Numbered], looks: dict[str, Any]) -> Any:
    kinds = {fault.severity for _, fault in faults}
    if not kinds:
        return None
    return looks["error" if Severity.ERROR in kinds else "question"]


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_string(row, column, raw_text(cell), look)
    elif isinstance(cell, int | float) and abs(cell) < 1e300:
        sheet.write_number(row, column, cell, look)
    elif isinstance(cell, date) and cell.year >= 1900:
        sheet.write_datetime(row, column, cell, look or day)
    else:
        sheet.write_string(row, column, raw_text(cell)[:_LONGEST], look)


def _from_source(file: Examined, faults: Sequence[Numbered]) -> list[RawSheet]:
    """The header and the rows with faults of a text file that was read too quickly to keep."""
    found = []
    for sheet in file.sheets:
        width = max(sheet.header.texts, default=0) + 1
        rows = sorted(
            {sheet.header.row, *(fault.row for _, fault in faults if fault.sheet == sheet.name and fault.row)}
        )
        texts = [(row, [sheet.source.text(row, column) for column in range(width)]) for row in rows]
        found.append(RawSheet(sheet.name, texts))
    return found
