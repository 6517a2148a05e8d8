"""Write the example delivery of September 2025: ``python tools/example_deliveries.py [FOLDER]``.

Made up, from the demo's August: flows as the month before, stocks that follow from them, accounts a month further on.
Four files as four systems would send them, and one of them once more with planted faults. Same bytes each time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.intake.vocabulary import vocabulary
from dashboard.settings import Settings
from dashboard.snapshots.demo import build_demo
from dashboard.snapshots.store import Store

HOME = Path(__file__).resolve().parents[1]
FOLDER = HOME / "data" / "examples"
AUGUST, SEPTEMBER = Month(2025, 8), Month(2025, 9)
FILES: Mapping[str, tuple[str, ...]] = {
    "verksamhet": ("bistand", "placeringar", "utredningar", "anmalningar", "arbetsmarknad"),
    "personal": ("medarbetare",),
    "ekonomi": ("ekonomi",),
    "bedomningar": ("bedomningar", "risker"),
}
SYSTEMS = {
    "verksamhet": "Uttag ur verksamhetssystemet",
    "personal": "Personalsystemet, månadsuppföljning",
    "ekonomi": "Ekonomisystemet, uppföljning per ansvar",
    "bedomningar": "Enheternas bedömningar och risker",
}
# The unit and the share by which its short sick leave has risen: true, and far outside what is usual.
ILL = ("ekonomiskt-bistand", 2.6)
Row = dict[str, Any]


def main(folder: Path = FOLDER) -> None:
    """Write the five workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = catalogues.load(HOME / "data" / "catalogue")
    august = _august(catalogue)
    for name, datasets in FILES.items():
        sheets = {
            dataset: _cells(dataset, _september(dataset, august[dataset]), catalogue) for dataset in datasets
        }
        _write(folder / f"{name}-september-2025.xlsx", name, sheets)
        if name == "verksamhet":
            _damage(sheets)
            _write(folder / f"{name}-september-2025-med-fel.xlsx", name, sheets)


def _august(catalogue: Catalogue) -> dict[str, list[Row]]:
    """The demo's rows of August by dataset, in key order."""
    published = publications.load(HOME / "data" / "published")
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(HOME, Path(place))
        store = Store(settings.snapshots)
        build_demo(store, catalogue, published, profile=settings.demo)
        return {
            file.dataset: store.read(file).to_pylist() for file in store.current() if file.month == AUGUST
        }


def _september(dataset: str, rows: Sequence[Row]) -> list[Row]:
    made = [{**row, "month": SEPTEMBER.first_day} for row in rows]
    for at, row in enumerate(made):
        match dataset:
            case "placeringar":
                row["avslutade"] = row["paborjade"] = min(row["paborjade"], row["avslutade"])
                row["dygn"] = round(row["dygn"] * 30 / 31)
                row["kostnad_tkr"] = round(row["kostnad_tkr"] * 30 / 31, 1)
                row["dygn"] = min(row["dygn"], (row["pagaende"] + row["avslutade"]) * 30)
            case "utredningar":
                row["avslutade"] = max(row["avslutade"], row["inledda"] - at % 2)
                row["pagaende"] += row["inledda"] - row["avslutade"]
            case "ekonomi":
                row["utfall_ack"] = round(row["utfall_ack"] * 9 / 8, 0)
                row["budget_ack"] = round(row["budget_ack"] * 9 / 8, 0)
            case "medarbetare" if row["unit"] == ILL[0]:
                row["sjuktimmar_kort"] = round(row["sjuktimmar_kort"] * ILL[1], 1)
            case "bedomningar" if at == 0:
                row["colour"] = "yellow" if row["colour"] == "green" else "green"
                row["reason"] = "Fler ärenden avslutas i tid."
            case "bistand":
                row["hushall"] += at % 3 - 1 if row["hushall"] > row["barnfamiljer"] + 1 else 0
    return made


def _cells(dataset: str, rows: Sequence[Row], catalogue: Catalogue) -> list[list[Any]]:
    """The header and the rows, with names instead of ids."""
    contract, words = CONTRACTS[dataset], vocabulary(dataset)
    names = contract.schema.names
    cells: list[list[Any]] = [[words.label(name) for name in names]]
    goals = {goal.id: goal.short for goal in catalogue.goals.values()}
    risks = {risk.id: risk.short or risk.name for risk in catalogue.risks.values()}
    known: dict[str, Mapping[str, str]] = {
        "unit": {unit.id: unit.short for unit in catalogue.units.values()},
        "goal": goals,
        "risk": risks,
    }
    for row in rows:
        line: list[Any] = []
        for name in names:
            value = row[name]
            if isinstance(value, str):
                value = known.get(name, words.code_labels.get(name, {})).get(value, value)
            line.append("sep 2025" if name == "month" else value)
        cells.append(line)
    return cells


def _damage(sheets: dict[str, list[list[Any]]]) -> None:
    """One fault of each kind that a person makes."""
    support, placed, investigated, reports = (
        sheets[name] for name in ("bistand", "placeringar", "utredningar", "anmalningar")
    )
    column = support[0].index
    labels = vocabulary("bistand").label
    support[1][column(labels("barnfamiljer"))] = support[1][column(labels("hushall"))] + 40
    support[2][column(labels("utbetalt_tkr"))] = "ca 8 400"
    placed[3][placed[0].index(vocabulary("placeringar").label("kostnad_tkr"))] = "#DIV/0!"
    investigated[2][1] = "Barn och ungdom 3"
    investigated.append(list(investigated[1]))
    del reports[-1]
    reports[3][-1] = -4


def _write(path: Path, name: str, sheets: Mapping[str, list[list[Any]]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": SYSTEMS[name], "created": datetime(2025, 10, 6)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    title, plain = (
        book.add_format({"bold": True, "font_size": 13}),
        book.add_format({"num_format": "#,##0.##"}),
    )
    for dataset, rows in sheets.items():
        sheet = book.add_worksheet(CONTRACTS[dataset].title[:31])
        sheet.write_string(0, 0, SYSTEMS[name], title)
        sheet.write_string(1, 0, "September 2025")
        sheet.set_column(0, 0, 11)
        sheet.set_column(1, 2, 30)
        sheet.set_column(3, 12, 14)
        for at, cells in enumerate(rows, 3):
            for column, value in enumerate(cells):
                if value == "#DIV/0!":
                    sheet.write_formula(at, column, "=1/0", plain, value)
                elif isinstance(value, int | float):
                    sheet.write_number(at, column, value, plain)
                else:
                    sheet.write_string(
                        at, column, value if isinstance(value, str) else str(value), head if at == 3 else None
                    )
    book.close()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
