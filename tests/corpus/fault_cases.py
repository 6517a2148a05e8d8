"""Files that can be read but hold faults: each must be told with its cell, all at once."""

from __future__ import annotations

from datetime import date

from dashboard.domain.periods import Month
from dashboard.intake.limits import Limits
from dashboard.intake.reading import Wanted
from tests.corpus.builders import changed, part, xls, xlsx
from tests.corpus.case import Case, csv_text

_HEAD = ("Månad", "Enhet", "Orsak", "Antal")
_ROW = ("2025-08", "barn-ungdom-1", "Våld", "44")
_DAY = date(2025, 8, 1)


def _rows(*rows: tuple[str, ...]) -> bytes:
    return csv_text((_HEAD, *rows)).encode()


def _cell(case: str, place: int, text: str, message: str) -> Case:
    """The plain row with one cell replaced."""
    row = (*_ROW[:place], text, *_ROW[place + 1 :])
    return Case(f"fel-{case}", "uttag.csv", lambda: _rows(row), faults=((f"{'ABCD'[place]}2", message),))


def _money(case: str, text: str, message: str) -> Case:
    head = "Månad;Avdelning;Utfall;Budget ack;Prognos helår;Budget helår\n"
    return Case(
        f"fel-{case}",
        "ekonomi.csv",
        f"{head}2025-08;Avdelning vuxen;{text};-10;-20;-20\n".encode,
        faults=(("C2", message),),
    )


def _unvalued(kind: str) -> bytes:
    book = xlsx(("Blad1", [_HEAD, (_DAY, "cai", "Våld", ("=1+1", 2))]))
    sheet = "xl/worksheets/sheet1.xml"
    return changed(book, {sheet: part(book, sheet).replace(b"<f>1+1</f><v>2</v>", kind.encode())})


FAULTS = (
    _cell("inte-ett-tal", 3, "4O", "”4O” går inte att läsa som Antal"),
    _cell("inte-heltal", 3, "4,5", "heltal"),
    _cell("negativt", 3, "-4", "minst 0"),
    _cell("procent", 3, "7,37 %", "procentsats"),
    _cell("fel-enhet-pa-talet", 3, "44 tkr", "inte tkr"),
    _cell("tom-cell", 3, "", "Antal saknas"),
    _cell("streck", 3, "–", "Antal saknas"),
    _cell("dolt-varde", 3, "..", "Antal saknas"),
    _cell("nan", 3, "nan", "Antal saknas"),
    _cell("for-stort", 3, "9" * 30, "miljard"),
    _cell("delat-tusental", 3, "12 34", "går inte att läsa"),
    _cell("formelfel-i-text", 3, "#SAKNAS!", "felet #SAKNAS!"),
    _cell("formelfel-kalkyl", 3, "Err:502", "felet Err:502"),
    _cell("okand-enhet", 1, "Barn- och ungdomsenhet 3", "menas"),
    _cell("enhet-av-annat-slag", 1, "Jobbsteget", "är team"),
    _cell("tom-enhet", 1, "", "Enhet saknas"),
    _cell("okand-kod", 2, "Oro", "Föräldrars beteende"),
    _cell("tom-kod", 2, "", "Orsak saknas"),
    _cell("inte-en-manad", 0, "sommaren 2025", "en månad som 2025-08"),
    _cell("period-i-stallet", 0, "T2 2025", "en månad som 2025-08"),
    _cell("tom-manad", 0, "", "Månaden saknas"),
    _cell("manad-13", 0, "2025-13", "en månad som 2025-08"),
    _cell("framtid", 0, "2052-08", "har inte varit än"),
    _money("tvetydig-punkt", "-1.234", "-1 234 eller -1,234"),
    _money("oandligt", "1e999", "går inte att läsa"),
    Case(
        "fel-enhet-fanns-inte",
        "team.csv",
        lambda: b"Period;Team;Inskrivna;Avslutade;Till arbete;Till studier\n2024-03;Jobbsteget;9;1;1;0\n",
        faults=(("B2", "september 2024 och framåt"),),
    ),
    Case(
        "fel-dubblett",
        "uttag.csv",
        lambda: _rows(_ROW, ("2025-08", "Barn- och ungdomsenheten", "våld", "3")),
        faults=(("B3", "finns redan på rad 2"),),
    ),
    Case(
        "fel-fel-manad",
        "uttag.csv",
        lambda: _rows(_ROW),
        wanted=Wanted(month=Month(2025, 9)),
        faults=(("A2", "Raden gäller augusti 2025, men september 2025"),),
    ),
    Case(
        "fel-fel-manad-i-titel",
        "x.csv",
        lambda: b"Avser juli 2025;;\nEnhet;Orsak;Antal\ncai;Vald;3\n",
        wanted=Wanted(month=Month(2025, 8)),
        faults=(("", "Filen gäller juli 2025"),),
    ),
    Case(
        "fel-ingen-manad", "x.csv", lambda: b"Enhet;Orsak;Antal\ncai;Vald;3\n", faults=(("", "vilken månad"),)
    ),
    Case(
        "fel-kolumn-saknas",
        "anmälningar.csv",
        lambda: b"Period;Enhet;Antal\n2025-08;cai;3\n",
        faults=(("rad 1", "Kolumnen Orsak saknas"),),
    ),
    Case(
        "fel-dubbel-kolumn",
        "x.csv",
        lambda: b"Period;Enhet;Orsak;Antal;Antal\n2025-08;cai;Vald;3;3\n",
        faults=(("D1", "Två kolumner betyder Antal"),),
    ),
    Case("fel-inga-rader", "x.csv", _rows, faults=(("rad 1", "inga rader"),)),
    Case(
        "fel-enhet-utan-varden",
        "x.csv",
        lambda: _rows(_ROW, ("2025-08", "cai", "Våld", "")),
        faults=(("D3", "Antal saknas"),),
    ),
    Case("fel-summa", "x.csv", lambda: _rows(_ROW, ("", "Summa", "", "45")), faults=(("D3", "säger 45"),)),
    Case(
        "fel-alla-pa-en-gang",
        "uttag.csv",
        lambda: _rows(
            ("2025-13", "cai", "Våld", "1"), ("2025-08", "x", "Våld", "y"), ("2025-08", "cai", "z", "-1")
        ),
        faults=(("A2", "månad"), ("B3", "katalogen"), ("C4", "Våld"), ("D3", "Antal"), ("D4", "minst 0")),
    ),
    Case(
        "fel-formler-xlsx",
        "uttag.xlsx",
        lambda: xlsx(
            (
                "Blad1",
                [_HEAD, (_DAY, "cai", "Våld", ("=1/0", "#DIV/0!")), (_DAY, "cai", "Övrigt", ("=B", "#REF!"))],
            )
        ),
        faults=(("D2", "felet #DIV/0!"), ("D3", "felet #REF!")),
    ),
    Case(
        "fel-formel-i-enhet",
        "uttag.xlsx",
        lambda: xlsx(("Blad1", [_HEAD, (_DAY, ("=X", "#NAME?"), "Våld", 1)])),
        faults=(("B2", "#NAME?"),),
    ),
    Case(
        "fel-orakad-formel",
        "uttag.xlsx",
        lambda: _unvalued("<f>1+1</f>"),
        faults=(("D2", "aldrig räknats ut"),),
    ),
    Case(
        "fel-orakad-formel-tom",
        "uttag.xlsx",
        lambda: _unvalued("<f>1+1</f><v></v>"),
        faults=(("D2", "aldrig räknats ut"),),
    ),
    Case(
        "fel-formler-xls",
        "uttag.xls",
        lambda: xls(
            [_HEAD, ("2025-08", "cai", "Våld", ("error", 7)), ("2025-08", "cai", "Övrigt", ("error", 42))]
        ),
        faults=(("D2", "felet #DIV/0!"), ("D3", "felet #N/A")),
    ),
    Case(
        "fel-datum-i-tal",
        "uttag.xlsx",
        lambda: xlsx(("Blad1", [_HEAD, (_DAY, "cai", "Våld", date(2025, 2, 1))])),
        faults=(("D2", "formaterad som datum"),),
    ),
    Case(
        "fel-janej-i-tal",
        "uttag.xlsx",
        lambda: xlsx(("Blad1", [_HEAD, (_DAY, "cai", "Våld", True)])),
        faults=(("D2", "formaterad som ja/nej"),),
    ),
    Case(
        "fel-for-manga",
        "uttag.csv",
        lambda: _rows(*(("2025-08", "cai", "Våld", f"x{number}") for number in range(40))),
        limits=Limits(faults=3),
        faults=(("D2", "x0"), ("D3", "x1"), ("D4", "x2")),
    ),
)
