"""Columns of cells to columns of values: every cell that cannot be read becomes None and a fault with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.contracts import Column
from dashboard.domain.periods import Month
from dashboard.intake.package import NO_VALUE
from dashboard.intake.shapes import Cell, quoted, raw_text, wanted
from dashboard.intake.sheet import Reading
from dashboard.intake.values import MISSING_SIGNS, Amount, Unreadable, plain, read_number
from dashboard.intake.vocabulary import fold

_FORMULA_ERROR = re.compile(
    r"#(DIV/0!|DIVISION/0!|REF!|REFERENS!|N/A|SAKNAS!|NAME\?|NAMN\?|NULL!|SKÄRNING!|NUM!|OGILTIGT!|VALUE!|VÄRDEFEL!|"
    r"SPILL!|CALC!|FEL!)|(Err|Fel):\d{3}",
    re.IGNORECASE,
)
_MONEY = {"tkr": 1.0, "kr": 0.001, "sek": 0.001, "mnkr": 1000.0, "mkr": 1000.0}
_UNITS = {"tkr": _MONEY, "timmar": dict.fromkeys(("tim", "timmar", "h"), 1.0), "dygn": {"dygn": 1.0}}
_MOST = 2**53
_WHOLE = "ett heltal"


class NumberColumn:
    """The cells of one column. ``grouped`` are those written like ``1.234``, which the whole sheet must decide."""

    def __init__(self, reading: Reading, column: Column) -> None:
        self.reading = reading
        self.column = column
        self.scale = reading.header.scales.get(column.name, 1.0)
        self.grouped: list[int] = []
        self.decimal_dot = self.decimal_comma = False
        self.values: list[int | float | None] = []
        self._known: dict[str, Amount] = {}

    def read(self, rows: Sequence[int], cells: Sequence[Cell], errors: Mapping[tuple[int, int], str]) -> None:
        """``rows`` are the 1-based rows of the file that ``cells`` stand in."""
        place = self.reading.header.columns[self.column.name]
        for row, cell in zip(rows, cells, strict=True):
            value: int | float | None = None
            try:
                value = self._value(cell)
            except Unreadable as problem:
                self._tell(row, cell, errors.get((row, place), ""), str(problem))
            self.values.append(value)

    def _value(self, cell: Cell) -> int | float | None:
        if isinstance(cell, str):
            return self._from_text(cell)
        if cell is None:
            raise Unreadable("")
        if isinstance(cell, bool | date):
            raise Unreadable(
                "ett tal, men cellen är formaterad som " + ("ja/nej" if isinstance(cell, bool) else "datum")
            )
        return self._fitting(cell)

    def _from_text(self, text: str) -> int | float | None:
        amount = self._known.get(text)
        if amount is None:
            body = plain(text)
            if body.lower() in MISSING_SIGNS:
                raise Unreadable("")
            if _FORMULA_ERROR.fullmatch(body):
                raise Unreadable("#")
            amount = read_number(text)
            if amount.unit:
                amount = self._in_unit(amount)
            self._known[text] = amount
            self._look(body, amount)
        if amount.grouped:
            self.grouped.append(len(self.values))
            return amount.value
        return self._fitting(amount.value)

    def _in_unit(self, amount: Amount) -> Amount:
        if amount.unit in {"%", "procent"}:
            raise Unreadable(f"{self._unit()}, inte en procentsats")
        known = _UNITS.get(self.column.unit, {"st": 1.0})
        if amount.unit not in known:
            raise Unreadable(f"{self._unit()}, inte {amount.unit}")
        factor = (
            known[amount.unit] / self.scale
        )  # what the cell says of itself goes before what its column says
        return amount if factor == 1.0 else Amount(round(amount.value * factor, 6))

    def _unit(self) -> str:
        return f"ett tal i {self.column.unit}" if self.column.unit != "antal" else "ett antal"

    def _look(self, body: str, amount: Amount) -> None:
        """What the text tells of the decimal sign of its sheet."""
        if isinstance(amount.value, float) and not amount.grouped:
            last = max(body.rfind("."), body.rfind(","))
            self.decimal_dot |= last >= 0 and body[last] == "."
            self.decimal_comma |= last >= 0 and body[last] == ","
        elif body.count(".") > 1:
            self.decimal_comma = True

    def _fitting(self, value: int | float) -> int | float:
        if self.scale != 1.0:
            value = round(value * self.scale, 6)
        if self.column.form == "int64":
            if value != int(value):
                raise Unreadable(_WHOLE)
            value = int(value)
        if abs(value) > _MOST:
            raise Unreadable("ett tal av rimlig storlek")
        return value

    def settle(self, rows: Sequence[int], cells: Sequence[Cell], *, dot: bool, comma: bool) -> None:
        """Decide what ``1.234`` is, from the other numbers of the sheet; an error when nothing tells."""
        for at in self.grouped:
            value = self.values[at]
            thousands = comma and not dot
            if value is None:
                continue
            if not (dot or comma) and self.column.form != "int64":
                told = raw_text(cells[at])
                self.values[at] = None
                expected = f"{told.replace('.', ' ')} eller {told.replace('.', ',')}"
                self.reading.fault(
                    rows[at],
                    self.column.name,
                    told,
                    expected,
                    f"{quoted(told)} kan läsas på två sätt. Skriv {expected}.",
                )
                continue
            if thousands or (self.column.form == "int64" and not dot):
                value = round(value * 1000)
            try:
                self.values[at] = self._fitting(value)
            except Unreadable as problem:
                self.values[at] = None
                self.reading.unreadable(rows[at], self.column.name, raw_text(cells[at]), str(problem))

    def _tell(self, row: int, cell: Cell, error: str, expected: str) -> None:
        text = error or raw_text(cell).strip()
        label = self.reading.words.label(self.column.name)
        if error == NO_VALUE:
            message = f"Formeln i {label} har aldrig räknats ut. Öppna filen i Excel, spara den och lämna den på nytt."
            self.reading.fault(row, self.column.name, text, "ett värde", message)
        elif error or expected == "#":
            message = f"Formeln i {label} ger felet {text}. Rätta formeln eller skriv värdet."
            self.reading.fault(row, self.column.name, text, "ett tal", message)
        elif not expected and text:
            message = f"{quoted(text)} betyder att {label} saknas. Skriv värdet, eller 0 om det är noll."
            self.reading.fault(row, self.column.name, text, "ett tal", message)
        elif not expected:
            self.reading.empty(row, self.column.name)
        else:
            self.reading.unreadable(row, self.column.name, text, expected)


def read_units(
    reading: Reading, rows: Sequence[int], texts: Sequence[str], months: Sequence[Month | None]
) -> list[str | None]:
    """Ids of units as they were in each row's month (None where that could not be told)."""
    found: list[str | None] = []
    for row, text, month in zip(rows, texts, months, strict=True):
        unit = None
        if not text:
            reading.empty(row, "unit")
        elif month is not None:
            try:
                unit = reading.names.unit(text, month)
            except Unreadable as problem:
                label = reading.words.label("unit")
                message = (
                    f"{quoted(text)} går inte att läsa som {label} i {month.name}. {wanted(str(problem))}"
                )
                reading.fault(row, "unit", text, str(problem), message)
        found.append(unit)
    return found


def read_words(
    reading: Reading, column: str, rows: Sequence[int], texts: Sequence[str], months: Sequence[Month | None]
) -> list[str | None]:
    """Codes, goals and risks by name or id; free text as it stands, without the spaces around it."""
    contract = reading.words.contract
    found: list[str | None] = []
    for row, text, month in zip(rows, texts, months, strict=True):
        word: str | None = None
        if _FORMULA_ERROR.fullmatch(text.strip()):
            message = (
                f"Formeln i {reading.words.label(column)} ger felet {text}. Rätta formeln eller skriv värdet."
            )
            reading.fault(row, column, text, "en text", message)
        elif column != contract.category and column not in contract.codes:
            word = " ".join(text.split())
        elif not text.strip():
            reading.empty(row, column)
        elif column != contract.category or month is not None:
            try:
                word = (
                    reading.names.code(column, text)
                    if column != contract.category
                    else reading.names.category(text, month or Month(2000, 1))
                )
            except Unreadable as problem:
                reading.unreadable(row, column, text.strip(), str(problem))
        found.append(word)
    return found


def same_words(cells: Sequence[Cell], header: Mapping[int, str]) -> bool:
    """A row that repeats the header, as print-outs do on each page."""
    return all(fold(raw_text(cell)) == fold(header.get(place, "")) for place, cell in enumerate(cells))
