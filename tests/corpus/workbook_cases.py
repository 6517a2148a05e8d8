"""Workbooks that must be read right."""

from __future__ import annotations

from datetime import date

from tests.corpus.builders import changed, ods, part, xls, xlsx
from tests.corpus.case import ANMALNINGAR, EKONOMI, Case

_DAY = date(2025, 8, 1)
_HEAD = ("Månad", "Enhet", "Orsak", "Antal")
_ROWS = [(_DAY, *row) for row in ANMALNINGAR]
_TABLE = [_HEAD, *_ROWS]
_MONEY_HEAD = ("Period", "Verksamhet", "Utfall ack", "Budget ack", "Prognos helår", "Helårsbudget")
_MONEY = [_MONEY_HEAD, *((_DAY, *row) for row in EKONOMI)]
_SUM = tuple(sum(row[place] for row in EKONOMI) for place in range(1, 5))


def _book(
    case: str, *sheets: tuple[str, list[tuple[object, ...]]], name: str = "uttag.xlsx", **more: object
) -> Case:
    return Case(f"xlsx-{case}", name, lambda: xlsx(*sheets), **{"good": "anmalningar", **more})  # type: ignore[arg-type]


WORKBOOKS = (
    _book("enkel", ("Blad1", _TABLE)),
    _book("titelrader", ("Blad1", [("Orosanmälningar",), (), ("Uttag 2025-09-03", None, "AA"), (), *_TABLE])),
    _book("inskjuten", ("Blad1", [(), (), *[(None, None, *row) for row in _TABLE]])),
    _book("tomma-rader", ("Blad1", [_HEAD, (), _ROWS[0], (), (), *_ROWS[1:]])),
    _book("siffror-som-text", ("Blad1", [_HEAD, *(tuple(str(cell) for cell in row) for row in _ROWS)])),
    _book("formler", ("Blad1", [_HEAD, (*_ROWS[0][:3], ("=40+4", 44)), *_ROWS[1:]])),
    _book("serietal", ("Blad1", [_HEAD, *((45870, *row[1:]) for row in _ROWS)])),
    _book("manadstal", ("Blad1", [_HEAD, *((202508, *row[1:]) for row in _ROWS)])),
    _book("flera-blad", ("Försättsblad", [("Läs mig",)]), ("Blad1", _TABLE), notes=("Försättsblad",)),
    _book(
        "delade-blad",
        ("Enhet 1", [_HEAD, *_ROWS[:2]]),
        ("Enhet 2", [_HEAD, _ROWS[2]]),
    ),
    _book("manad-i-bladnamn", ("aug 2025", [row[1:] for row in _TABLE])),
    _book("summarad", ("Ekonomi", [*_MONEY, (_DAY, "Summa AoS", *_SUM)]), good="ekonomi"),
    _book(
        "avrundad-summa",
        ("Ekonomi", [*_MONEY, (None, "Summa", *(round(one) for one in _SUM))]),
        good="ekonomi",
    ),
    _book(
        "tva-rubrikrader",
        (
            "Ekonomi",
            [
                ("", "", "Ackumulerat", "", "Helår", ""),
                ("Månad", "Avdelning", "Utfall", "Ack budget", "Prognos", "Årsbudget"),
                *_MONEY[1:],
            ],
        ),
        good="ekonomi",
    ),
    Case(
        "xlsx-grupprubrik",
        "ekonomi.xlsx",
        lambda: xlsx(
            (
                "Ekonomi",
                [("Månad", "Avdelning"), (None, None, "utfall", "budget", "prognos", "budget"), *_MONEY[1:]],
            ),
            merged=(("C1:D1", "Ack"), ("E1:F1", "Helår")),
        ),
        good="ekonomi",
    ),
    Case(
        "xlsx-sammanslagna-celler",
        "uttag.xlsx",
        lambda: xlsx(
            (
                "Blad1",
                [_HEAD, (None, None, *_ROWS[0][2:]), (None, None, *_ROWS[1][2:]), (_DAY, *_ROWS[2][1:])],
            ),
            merged=(("A2:A3", "2025-08"), ("B2:B3", "Barn och ungdom 1")),
        ),
        good="anmalningar",
    ),
    Case(
        "xlsx-dolt-blad",
        "uttag.xlsx",
        lambda: xlsx(("Blad1", _TABLE), ("Gammalt", [_HEAD, (_DAY, "cai", "Våld", 1)]), hidden="Gammalt"),
        good="anmalningar",
        notes=("Gammalt” är dolt",),
    ),
    Case(
        "xlsx-utan-cellstilar",
        "uttag.xlsx",
        lambda: changed(
            xlsx(("Blad1", [_HEAD, *(("2025-08", *row[1:]) for row in _ROWS)])), {"xl/theme/theme1.xml": None}
        ),
        good="anmalningar",
    ),
    Case("ods-enkel", "uttag.ods", lambda: ods(_TABLE), good="anmalningar"),
    Case(
        "ods-en-miljon-tomma-rader",
        "uttag.ods",
        lambda: ods(
            _TABLE,
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>',
        ),
        good="anmalningar",
    ),
    Case(
        "xls-enkel",
        "uttag.xls",
        lambda: xls([_HEAD, *(("2025-08", *row[1:]) for row in _ROWS)]),
        good="anmalningar",
    ),
    Case(
        "xls-heter-csv",
        "uttag.csv",
        lambda: xls([_HEAD, *((202508, *row[1:]) for row in _ROWS)]),
        good="anmalningar",
    ),
    Case("xlsx-heter-xls", "uttag.xls", lambda: xlsx(("Blad1", _TABLE)), good="anmalningar"),
    Case(
        "xlsx-en-miljon-tomma-rader",
        "uttag.xlsx",
        lambda: _with_rows('<row r="{}"/>', 1_000_000),
        good="anmalningar",
    ),
    Case(
        "xlsx-formaterade-tomma-rader",
        "uttag.xlsx",
        lambda: _with_rows('<row r="{0}"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>', 200_000),
        good="anmalningar",
    ),
)


def _with_rows(row: str, count: int) -> bytes:
    """The plain workbook with so many rows behind its own."""
    book = xlsx(("Blad1", _TABLE))
    sheet = "xl/worksheets/sheet1.xml"
    more = "".join(row.format(number) for number in range(10, 10 + count)).encode()
    return changed(book, {sheet: part(book, sheet).replace(b"</sheetData>", more + b"</sheetData>")})
