"""A card's table as a workbook (.xlsx): numbers as numbers, months as dates, words as words and never as formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dashboard.web.tables import Card, Cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook

A_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
A_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
RISKY = ("=", "+", "-", "@", "\t")  # what a spreadsheet may take for a formula once the cell is edited
WIDEST, LONGEST = 60, 32_000  # in characters; a cell of a workbook holds 32 767
SPACES = str.maketrans({"\u2212": "-", "\u202f": "", "\u00a0": "", " ": ""})

Content = float | date | str | None


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell holds, and the decimals that it is shown with."""

    content: Content
    decimals: int = 0


def workbook(card: Card, about: Sequence[str]) -> bytes:
    """One sheet: the title, what the card says of itself, ``about`` where the page stands, then the table."""
    import xlsxwriter

    sink = BytesIO()
    book = xlsxwriter.Workbook(
        sink,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": card.title, "comments": "\n".join([*card.notes, *about])})
    sheet = book.add_worksheet("Tabell")
    looks = _Looks(book)
    sheet.write_string(0, 0, card.title, looks.title)
    lines = [line for line in dict.fromkeys([*card.notes, *about]) if line != card.title]
    for at, line in enumerate(lines, 1):
        sheet.write_string(at, 0, line, looks.note)
    top = len(lines) + 2
    widths: dict[int, int] = {}
    for at, row in enumerate(card.rows, top):
        column = 0
        for cell in row.cells:
            found = Written(cell.text) if row.head else read(cell)
            _write(sheet, at, column, found, looks, head=row.head, numeric=cell.numeric)
            if cell.span == 1:
                widths[column] = max(widths.get(column, 8), _width(found))
            column += cell.span
    for column, width in widths.items():
        sheet.set_column(column, column, min(width + 2, WIDEST))
    first = top + 1 if card.rows and card.rows[0].head else top
    if first > top and len(card.rows) > 1:
        sheet.freeze_panes(first, 1)
        sheet.autofilter(top, 0, top + len(card.rows) - 1, max(widths, default=0))
        sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return sink.getvalue()


def read(cell: Cell) -> Written:
    """What the cell means: its own value where it says one, else the number that it shows, else its words."""
    if cell.value is not None:
        value = cell.value.strip()
        if A_NUMBER.fullmatch(value):
            return _number(value)
        if month := A_MONTH.fullmatch(value):
            return Written(date(int(month[1]), int(month[2]), 1))
        return Written(value or None)
    shown = cell.text.translate(SPACES)
    if cell.numeric and A_NUMBER.fullmatch(shown):
        return _number(shown)
    return Written(cell.text or None)


def _number(text: str) -> Written:
    """Decimals that are all zeros are how a program writes a whole number."""
    plain = text.replace(",", ".")
    _, _, behind = plain.partition(".")
    return Written(float(plain), len(behind) if behind.strip("0") or "," in text else 0)


class _Looks:
    """The formats of the sheet, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"font_color": "#566573"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.head_number = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"}
        )
        self.month = book.add_format({"num_format": "yyyy-mm", "align": "left", "valign": "top"})
        self.words = book.add_format({"valign": "top", "text_wrap": True})
        self.quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})

    def number(self, decimals: int) -> Any:
        if decimals not in self._numbers:
            shape = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({"num_format": shape, "valign": "top"})
        return self._numbers[decimals]


def _write(
    sheet: Any, row: int, column: int, found: Written, looks: _Looks, *, head: bool, numeric: bool
) -> None:
    match found.content:
        case None:
            return
        case float():
            sheet.write_number(row, column, found.content, looks.number(found.decimals))
        case date():
            sheet.write_datetime(row, column, found.content, looks.month)
        case str() as text:
            look = (looks.head_number if numeric else looks.head) if head else looks.words
            if not head and text.startswith(RISKY):
                look = looks.quoted
            # write_string and never write: nothing in a text may become a formula, an address or a number.
            sheet.write_string(row, column, text[:LONGEST], look)


def _width(found: Written) -> int:
    match found.content:
        case str() as text:
            return min(len(text), WIDEST)
        case float() as number:
            return len(f"{number:,.{found.decimals}f}")
    return 9
