"""Templates are the same bytes each time, can be read back, and their own example passes every check."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake import templates
from dashboard.intake.examination import examine
from dashboard.intake.names import Names
from dashboard.intake.vocabulary import vocabulary
from tests.corpus.builders import changed, part

MONTH, TODAY = Month(2025, 9), date(2025, 10, 1)


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_the_text_form_is_read_without_a_word(dataset: str, catalogue: Catalogue) -> None:
    data = templates.text(dataset, catalogue, MONTH)
    found = examine([("fil.csv", data)], catalogue, None, today=TODAY)
    assert [str(fault) for fault in found.faults] == []
    assert [(one.dataset, one.month) for one in found.tables] == [(dataset, MONTH)]


@pytest.mark.parametrize("dataset", ["", *CONTRACTS])
def test_a_workbook_is_the_same_each_time_and_says_what_it_wants(dataset: str, catalogue: Catalogue) -> None:
    chosen = [dataset] if dataset else []
    data = templates.workbook(catalogue, MONTH, chosen)
    assert data == templates.workbook(catalogue, MONTH, chosen)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    contracts = [CONTRACTS[name] for name in chosen or CONTRACTS]
    assert book.sheet_names == ["Instruktion", *(contract.title for contract in contracts), "Listor"]
    instruction = "\n".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    for contract in contracts:
        header = book.get_sheet_by_name(contract.title).to_python()[0]
        words = vocabulary(contract.name)
        meant = {words.headings[fold].column for cell in header if (fold := _folded(str(cell)))}
        only = {"unit"} if contract.whole_only else set()
        assert meant == set(contract.schema.names) - only
        assert contract.title in instruction
    found = examine([("mall.xlsx", data)], catalogue, None, today=TODAY)
    assert [fault.message for fault in found.faults] == [
        "Det finns inga rader under rubriken. Fyll i dem och spara filen."
    ]


def _folded(text: str) -> str:
    from dashboard.intake.vocabulary import fold

    return fold(text)


def test_what_the_lists_offer_is_understood(catalogue: Catalogue) -> None:
    with zipfile.ZipFile(io.BytesIO(templates.workbook(catalogue, MONTH, ["bedomningar"]))) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<dataValidations" in sheet
    assert 'state="frozen"' in sheet
    lists = CalamineWorkbook.from_filelike(io.BytesIO(templates.workbook(catalogue, MONTH, ["bedomningar"])))
    units, goals, colours = zip(*lists.get_sheet_by_name("Listor").to_python()[:3], strict=True)
    names = Names(catalogue, vocabulary("bedomningar"))
    assert all(catalogue.units[names.unit(str(name), MONTH)].kind == "enhet" for name in units)
    assert all(catalogue.goals[names.category(str(name), MONTH)].existed(MONTH) for name in goals)
    assert [names.code("colour", str(name)) for name in colours] == ["green", "yellow", "red"]


def test_a_filled_template_is_ready_to_load(catalogue: Catalogue) -> None:
    book = templates.workbook(catalogue, MONTH)
    place = 2 + list(CONTRACTS).index("anmalningar")
    name = f"xl/worksheets/sheet{place}.xml"
    cells = "".join(
        f'<c r="{letter}2" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABC", ("2025-09", "Barn och ungdom 1", "Våld"), strict=True)
    )
    row = f'<row r="2">{cells}<c r="D2"><v>12</v></c></row></sheetData>'
    filled = changed(book, {name: part(book, name).replace(b"</sheetData>", row.encode())})
    found = examine([("mall.xlsx", filled)], catalogue, None, today=TODAY)
    assert found.ready
    assert found.tables[0].table.to_pylist() == [
        {"month": MONTH.first_day, "unit": "barn-ungdom-1", "reason": "vald", "antal": 12}
    ]


def test_a_dataset_that_does_not_exist_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(IntakeError, match="finns inte"):
        templates.workbook(catalogue, MONTH, ["väder"])
    with pytest.raises(IntakeError, match="finns inte"):
        templates.text("väder", catalogue, MONTH)
