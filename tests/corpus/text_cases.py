"""Text files that must be read right, each in a dialect of its own."""

from __future__ import annotations

from dashboard.domain.periods import Month
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import Wanted
from tests.corpus.case import Case, csv_text

_NBSP, _THIN, _MINUS = "\u00a0", "\u202f", "\u2212"
_HEAD = ("Månad", "Enhet", "Orsak", "Antal")
_ROWS = (
    ("2025-08", "Barn- och ungdomsenhet 1", "Våld", "44"),
    ("2025-08", "Barn- och ungdomsenhet 1", "Övrigt", "1234"),
    ("2025-08", "Barn- och ungdomsenhet 2", "Våld", "29"),
)
_PLAIN = csv_text((_HEAD, *_ROWS))
_MONEY = ("Månad", "Avdelning", "Utfall", "Budget ack", "Prognos helår", "Budget helår")


def _money(*cells: str, month: str = "2025-08") -> str:
    """The economy's figures; ``cells`` spell those of avdelning vuxen."""
    return csv_text(
        (
            _MONEY,
            (month, "Avdelning barn och unga", "-137761", "-86809", "-192741", "-130775"),
            (month, "Förvaltningsövergripande", "-11607,5", "-10768", "-17984", "-16141"),
            (month, "Avdelning vuxen", *cells),
        )
    )


def _months(*spellings: str) -> str:
    rows = [(spelling, *row[1:]) for spelling, row in zip(spellings, _ROWS, strict=True)]
    return csv_text((_HEAD, *rows))


def _text(case: str, content: str, encoding: str = "utf-8", name: str = "uttag.csv", **more: object) -> Case:
    return Case(f"text-{case}", name, lambda: content.encode(encoding), good="anmalningar", **more)  # type: ignore[arg-type]


def _number(case: str, *cells: str) -> Case:
    return Case(f"tal-{case}", "ekonomi.csv", lambda: _money(*cells).encode(), good="ekonomi")


TEXTS = (
    _text("utf8", _PLAIN),
    _text("bom", _PLAIN, "utf-8-sig"),
    _text("utf16", _PLAIN, "utf-16"),
    _text("utf16-utan-bom", _PLAIN, "utf-16-le"),
    _text("windows1252", _PLAIN, "cp1252", notes=("Windows-1252",)),
    _text("dos850", _PLAIN, "cp850", notes=("DOS",)),
    _text("tabb", _PLAIN.replace(";", "\t"), name="uttag.txt"),
    _text("komma", _PLAIN.replace(";", ",")),
    _text("lodstreck", _PLAIN.replace(";", "|")),
    _text("sep-rad", "sep=;\n" + _PLAIN),
    _text("crlf", _PLAIN.replace("\n", "\r\n")),
    _text("gammal-mac", _PLAIN.replace("\n", "\r")),
    _text("citat", _PLAIN.replace("Barn- och ungdomsenhet 1", '"Barn- och ungdomsenhet 1"')),
    _text("xls-som-ar-text", _PLAIN.replace(";", "\t"), name="uttag.xls"),
    _text("titelrader", "Orosanmälningar\nUttag ur Procapita 2025-09-03\n\n" + _PLAIN),
    _text("tomma-rader", _PLAIN.replace("\n", "\n\n;;;\n")),
    _text("annan-ordning", csv_text([tuple(reversed(row)) for row in (_HEAD, *_ROWS)])),
    _text(
        "extra-kolumner",
        csv_text(
            [(*row, extra) for row, extra in zip((_HEAD, *_ROWS), ("Handläggare", "", "x", ""), strict=True)]
        ),
        notes=("Handläggare",),
    ),
    _text(
        "summarad", _PLAIN + "Summa;;;1307\n", notes=("Summarader lästes inte in men kontrollerades: rad 5",)
    ),
    _text(
        "delsummor",
        csv_text((_HEAD, *_ROWS[:2], ("", "Summa BU 1", "", "1278"), _ROWS[2], ("", "Totalt", "", "1307"))),
    ),
    _text("forvaltningens-rad", _PLAIN + "2025-08;Hela förvaltningen;;1307\n"),
    _text("fot", _PLAIN + "\nKälla: Procapita\nUtskrivet av: AA\n", notes=("Rader utan värden",)),
    _text("rubrik-igen", csv_text((_HEAD, *_ROWS[:2], _HEAD, _ROWS[2]))),
    _text(
        "id-som-namn",
        csv_text(
            (
                ("month", "unit", "reason", "antal"),
                ("2025-08", "barn-ungdom-1", "vald", "44"),
                ("2025-08", "barn-ungdom-1", "ovrigt", "1234"),
                ("2025-08", "barn-ungdom-2", "vald", "29"),
            )
        ),
    ),
    _text("versaler-och-streck", _PLAIN.upper().replace("MÅNAD", "MÅNAD ").replace("- OCH", " – OCH")),
    _text("manad-ord", _months("aug 2025", "augusti 2025", "Aug. 2025")),
    _text("manad-siffror", _months("202508", "2025-08-31", "08/2025")),
    _text("manad-serietal", _months("45870", "45899", "2025M08")),
    _text("manad-engelska", _months("Aug-25", "August 2025", "2025 aug")),
    _text(
        "ar-och-manad",
        csv_text(
            (
                ("År", "Månad", "Enhet", "Orsak", "Antal"),
                *(
                    ("2025", spelling, *row[1:])
                    for spelling, row in zip(("8", "augusti", "aug"), _ROWS, strict=True)
                ),
            )
        ),
    ),
    _text("manad-i-titel", "Avser: augusti 2025;;\n" + csv_text([row[1:] for row in (_HEAD, *_ROWS)])),
    _text(
        "manad-i-filnamn",
        csv_text([row[1:] for row in (_HEAD, *_ROWS)]),
        name="anmälningar_2025-08.csv",
        notes=("augusti 2025",),
    ),
    _text(
        "manad-angiven", csv_text([row[1:] for row in (_HEAD, *_ROWS)]), wanted=Wanted(month=Month(2025, 8))
    ),
    _text(
        "mappning",
        csv_text(
            (
                ("Per", "OrgNamn", "Kod", "N"),
                ("2025-08", "BoU Ett", "V", "44"),
                ("2025-08", "BoU Ett", "Ö", "1234"),
                ("2025-08", "BoU Två", "V", "29"),
            )
        ),
        wanted=Wanted(
            mappings=(
                SenderMapping(
                    sender="Procapita",
                    dataset="anmalningar",
                    headers={"Per": "month", "OrgNamn": "unit", "Kod": "reason", "N": "antal"},
                    names={
                        "BoU Ett": "barn-ungdom-1",
                        "BoU Två": "barn-ungdom-2",
                        "V": "vald",
                        "Ö": "ovrigt",
                    },
                ),
            )
        ),
    ),
    _number("minus", "-69082", "-52455", "-171865", "-157005"),
    _number("mellanslag", "-69 082", "-52 455", "-171 865", "-157 005"),
    _number("hart-mellanslag", f"{_MINUS}69{_NBSP}082", f"{_MINUS}52{_THIN}455", "–171\u2009865", "-157 005"),
    _number("tysk", "-69.082,0", "-52.455,0", "-171.865", "-157.005"),
    _number("engelsk", "-69,082.0", "-52,455.00", "-171,865.0", "-157005.0"),
    _number("parentes", "(69 082)", "(52 455)", "(171 865)", "(157 005)"),
    _number("minus-efter", "69 082-", "52455-", "171865-", "157005-"),
    _number("enheter", "-69 082 tkr", "-52,455 mnkr", "-171 865 000 kr", "-157 005"),
    _number("apostrof", "'-69082", '=""-52455""'.replace('""', '"'), "-171'865", "-1,57005E+05"),
    Case(
        "tal-kronor",
        "ekonomi 2025-08.csv",
        lambda: csv_text(
            (
                ("Avdelning", "Utfall (kr)", "Budget ack (tkr)", "Prognos helår mnkr", "Budget helår"),
                ("avd-barn-unga", "-137 761 000", "-86809", "-192,741", "-130775"),
                ("avd-overgripande", "-11607500", "-10768", "-17,984", "-16141"),
                ("avd-vuxen", "-69082000", "-52455", "-171,865", "-157005"),
            )
        ).encode(),
        good="ekonomi",
        notes=("räknades om till tkr",),
    ),
)
