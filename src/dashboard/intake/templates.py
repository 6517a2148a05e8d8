"""Workbooks to fill in, made from the contracts and the catalogue, and the plain text form. Same input, same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS, Column, Contract
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.names import Names
from dashboard.intake.shapes import joined, letters, quoted
from dashboard.intake.values import Unreadable
from dashboard.intake.vocabulary import Vocabulary, example, vocabulary

_ROWS = 500  # that carry lists and formats
_LISTS, _HELP = "Listor", "Instruktion"
_MADE = datetime(2000, 1, 1)  # a workbook says when it was made; the same template must be the same bytes
_TEXTS = {"reason": "Skriv skälet med egna ord."}
_WIDTHS = {"month": 12, "unit": 34}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a template: ``choices`` are what may be written, empty where anything of its form may."""

    name: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    column: Column | None = None


def workbook(catalogue: Catalogue, month: Month, datasets: Sequence[str] = ()) -> bytes:
    """An Excel workbook for the datasets (none: all): an instruction, a sheet each, and the lists they choose from.

    ``month`` decides which units and goals can be chosen, and stands in the example. Raises IntakeError for a dataset
    that does not exist.
    """
    import xlsxwriter

    chosen = [_contract(name) for name in datasets or CONTRACTS]
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"title": "Mall för månadens leverans", "created": _MADE})
    formats = _formats(book)
    fields = {contract.name: _fields(contract, catalogue, month) for contract in chosen}
    _instruction(book, formats, chosen, fields, month)
    sheets = {contract.name: book.add_worksheet(contract.title[:31]) for contract in chosen}
    lists = book.add_worksheet(_LISTS)
    places = _write_lists(lists, [field for own in fields.values() for field in own])
    lists.hide()
    for contract in chosen:
        _sheet(sheets[contract.name], formats, fields[contract.name], places)
    book.close()
    return sink.getvalue()


def text(dataset: str, catalogue: Catalogue, month: Month) -> bytes:
    """The CSV form: semicolons, UTF-8 with its mark so that Excel reads it right, header and one example row."""
    fields = _fields(_contract(dataset), catalogue, month)
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";", lineterminator="\r\n")
    writer.writerow([field.name for field in fields])
    writer.writerow([_example(field, month) for field in fields])
    return b"\xef\xbb\xbf" + sink.getvalue().encode()


def _contract(name: str) -> Contract:
    if name not in CONTRACTS:
        raise IntakeError(f"Datamängden {quoted(name)} finns inte. Välj bland {joined(CONTRACTS, 12)}.")
    return CONTRACTS[name]


def _fields(contract: Contract, catalogue: Catalogue, month: Month) -> list[Field]:
    words = vocabulary(contract.name)
    names = Names(catalogue, words)
    here = [
        unit for unit in catalogue.units.values() if unit.existed(month) and unit.kind in contract.unit_kinds
    ]
    units = tuple(_plainest((unit.short, unit.name), unit.id, month, names.unit) for unit in here)
    fields = [Field("month", words.label("month"), "Månaden, som 2025-08.")]
    if not contract.whole_only:
        fields.append(Field("unit", words.label("unit"), "Välj i listan. Id går också bra.", units))
    if contract.category:
        choices = _choices(contract.category, contract, names, catalogue, month)
        fields.append(Field(contract.category, words.label(contract.category), "Välj i listan.", choices))
    for column in contract.columns:
        choices = (
            _choices(column.name, contract, names, catalogue, month) if column.name in contract.codes else ()
        )
        fields.append(Field(column.name, _headed(words, column), _help(column, choices), choices, column))
    return fields


def _choices(
    name: str, contract: Contract, names: Names, catalogue: Catalogue, month: Month
) -> tuple[str, ...]:
    match name:
        case "goal":
            goals = [goal for goal in catalogue.goals.values() if goal.existed(month)]
            return tuple(_plainest((goal.short, goal.name), goal.id, month, names.category) for goal in goals)
        case "risk":
            risks = catalogue.risks.values()
            return tuple(_plainest((risk.short, risk.name), risk.id, month, names.category) for risk in risks)
        case _:
            return tuple(names.words.code_labels[name][code] for code in contract.codes[name])


def _plainest(spellings: Iterable[str], own: str, month: Month, meaning: Callable[[str, Month], str]) -> str:
    """The first spelling that is read as what it stands for; the id when no name does."""
    for spelling in spellings:
        try:
            if spelling and len(spelling) < 60 and meaning(spelling, month) == own:
                return spelling
        except Unreadable:
            continue
    return own


def _headed(words: Vocabulary, column: Column) -> str:
    unit = {"antal": "", "text": "", "1–5": " (1–5)"}.get(column.unit, f" ({column.unit})")
    return f"{words.label(column.name)}{unit}"


def _help(column: Column, choices: tuple[str, ...]) -> str:
    if choices:
        return "Välj i listan."
    if column.form == "string":
        return _TEXTS.get(column.name, "Text.")
    kind = "Heltal" if column.form == "int64" else f"Tal i {column.unit}"
    if column.low is not None and column.high is not None:
        return f"{kind} från {column.low:g} till {column.high:g}."
    sign = "kostnader skrivs med minus" if column.low is None else "skriv 0 om det är noll"
    return f"{kind}; {sign}."


def _example(field: Field, month: Month) -> str:
    if field.name == "month":
        return str(month)
    return field.choices[0] if field.choices else example(field.name)


def _formats(book: Any) -> dict[str, Any]:
    kinds = {
        "title": {"bold": True, "font_size": 16},
        "head": {
            "bold": True,
            "bg_color": "#1f4e5f",
            "font_color": "#ffffff",
            "text_wrap": True,
            "valign": "top",
        },
        "strong": {"bold": True},
        "text": {"text_wrap": True, "valign": "top"},
        "words": {"num_format": "@"},
        "int64": {"num_format": "#,##0"},
        "float64": {"num_format": "#,##0.0"},
        "example": {"italic": True, "font_color": "#555555"},
    }
    return {name: book.add_format(kind) for name, kind in kinds.items()}


def _instruction(
    book: Any,
    formats: dict[str, Any],
    chosen: Sequence[Contract],
    fields: dict[str, list[Field]],
    month: Month,
) -> None:
    sheet = book.add_worksheet(_HELP)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 24)
    sheet.write_string(0, 0, "Mall för månadens leverans", formats["title"])
    lines = (
        "Fyll i ett blad per datamängd, en rad för varje kombination av månad, enhet och indelning.",
        "Rubrikraden ska stå kvar. Kolumnernas ordning spelar ingen roll och egna kolumner lämnas utanför.",
        "Skriv 0 där det är noll; en tom cell är ett fel. Summarader läses inte in men kontrolleras.",
        "Blad som inte används kan lämnas tomma. Formler går bra om filen sparas i Excel. Makron tas inte emot.",
    )
    row = 2
    for line in lines:
        sheet.write_string(row, 0, line)
        row += 1
    for contract in chosen:
        row += 1
        sheet.write_string(row, 0, contract.title, formats["strong"])
        for place, head in enumerate(("Kolumn", "Vad som ska stå där", "Exempel")):
            sheet.write_string(row + 1, place, head, formats["head"])
        row += 2
        for field in fields[contract.name]:
            sheet.write_string(row, 0, field.label, formats["text"])
            sheet.write_string(row, 1, field.help, formats["text"])
            sheet.write_string(row, 2, _example(field, month), formats["example"])
            row += 1


def _write_lists(sheet: Any, fields: Iterable[Field]) -> dict[tuple[str, ...], str]:
    """Each list of choices once, in a column of its own; gives the range of each."""
    places: dict[tuple[str, ...], str] = {}
    for field in fields:
        if field.choices and field.choices not in places:
            column = len(places)
            for row, choice in enumerate(field.choices):
                sheet.write_string(row, column, choice)
            name = letters(column)
            places[field.choices] = f"={_LISTS}!${name}$1:${name}${len(field.choices)}"
    return places


def _sheet(
    sheet: Any, formats: dict[str, Any], fields: Sequence[Field], places: dict[tuple[str, ...], str]
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, field in enumerate(fields):
        sheet.write_string(0, place, field.label, formats["head"])
        form = field.column.form if field.column is not None else ""
        look = formats[form] if form in {"int64", "float64"} else formats["words"]
        sheet.set_column(place, place, _WIDTHS.get(field.name, 18 if field.column else 28), look)
        rule = _validation(field, places)
        if rule is not None:
            sheet.data_validation(1, place, _ROWS, place, rule)


def _validation(field: Field, places: dict[tuple[str, ...], str]) -> dict[str, Any] | None:
    told = {
        "input_title": field.label[:32],
        "input_message": field.help[:255],
        "error_title": "Går inte att läsa",
    }
    if field.choices:
        # A name instead of an id is understood as well, so the list is an offer and not a fence.
        loose = "warning" if field.name == "unit" else "stop"
        return {
            "validate": "list",
            "source": places[field.choices],
            "error_type": loose,
            "error_message": field.help,
            **told,
        }
    if field.column is None or field.column.form == "string":
        return None
    kind = "integer" if field.column.form == "int64" else "decimal"
    low, high = field.column.low, field.column.high
    if low is not None and high is not None:
        bounds = {"criteria": "between", "minimum": low, "maximum": high}
    elif low is not None:
        bounds = {"criteria": ">=", "value": low}
    else:
        bounds = {"criteria": "between", "minimum": -1e12, "maximum": 1e12}
    return {"validate": kind, "error_message": field.help[:255], **bounds, **told}
