"""A card as a workbook: what the page shows, with numbers as numbers and words that never run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.errors import StoreError
from dashboard.web.export import MEDIA, disposition, export_route
from dashboard.web.tables import Cell, card_of
from dashboard.web.workbook import Written, read, workbook

PAGE = """
<section class="card" aria-labelledby="h-annat" data-card><h2 id="h-annat">Annat</h2>
<table data-export><tr><td>x</td></tr></table></section>
<section class="card" aria-labelledby="h-kort" data-card data-file="kort-2025"
 data-note="Kort &amp; gott&#10;Antal&#10;Källa: testet">
<div><h2 id="h-kort">Kort &amp; gott</h2><button>CSV</button></div><p class="say">Text<br>till.</p>
<table class="data" data-export><caption class="sr">Bildtext</caption>
<thead><tr><th scope="col">Månad</th><th scope="col" class="n">Värde <i aria-hidden="true">▾</i></th>
<th>Ord</th></tr></thead>
<tbody><tr><th scope="row" data-value="2025-08">augusti 2025</th>
<td class="n" data-value="-1234,50">−1\u202f234,50</td><td>=1+1</td></tr>
<tr><th scope="row" data-value="2025-07">juli 2025</th><td class="n" data-value="">–</td>
<td>@x<span class="sr"> dold</span></td></tr>
<tr><th colspan="2">Grupp</th><td class="n">69\u202f082</td></tr></tbody></table>
<table data-export><thead><tr><th>Månad</th><th>Värde</th><th>Ord</th></tr></thead>
<tbody><tr><td>a</td><td class="n">7,37 %</td>
<td><details class="pop"><summary>Källa</summary><div class="pop-body"><p>Rad 3</p></div></details></td>
</tr></tbody></table>
</section>
"""


@dataclass(frozen=True)
class Shown:
    html: str
    about: tuple[str, ...] = ("Vald period: T2 2025", "Ögonblicksbild abcd1234")


def rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Tabell").to_python()


def sheet_xml(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def made(html: str = PAGE, key: str = "kort") -> bytes:
    card = card_of(html, key)
    assert card
    return workbook(card, Shown("").about)


def test_the_sheet_says_what_it_is_and_then_holds_the_table() -> None:
    found = [[cell for cell in row if cell != ""] for row in rows(made())]
    assert found[:6] == [
        ["Kort & gott"],
        ["Antal"],
        ["Källa: testet"],
        ["Vald period: T2 2025"],
        ["Ögonblicksbild abcd1234"],
        [],
    ]
    assert found[6:] == [
        ["Månad", "Värde", "Ord"],
        [date(2025, 8, 1), -1234.5, "=1+1"],
        [date(2025, 7, 1), "@x"],
        ["Grupp", 69082.0],
        ["a", "7,37 %", "Källa"],
    ]


def test_a_cell_over_two_columns_leaves_the_second_empty() -> None:
    assert rows(made())[9] == ["Grupp", "", 69082.0]


def test_no_text_is_a_formula_or_a_link() -> None:
    risky = ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "http://exempel.se/", '=HYPERLINK("http://x")', "{=1}"]
    cells = "".join(f"<tr><td>{escape(text)}</td></tr>" for text in risky)
    content = made(f'<section data-card id="kort"><table data-export>{cells}</table></section>')
    assert "<f>" not in sheet_xml(content)
    assert "hyperlink" not in sheet_xml(content).lower()
    assert [row[0] for row in rows(content)[-len(risky) :]] == [text.strip() for text in risky]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_of_a_cell_arrives_as_it_is_shown_and_never_runs(text: str) -> None:
    shown = " ".join(text.split())
    card = card_of(
        f'<div data-card id="kort"><table data-export><tr><td>{escape(text)}</td><td>slut</td></tr></table></div>',
        "kort",
    )
    assert card
    assert card.rows[0].cells[0].text == shown
    assert "<f>" not in sheet_xml(workbook(card, ()))


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_of_the_page_is_the_same_number_in_the_sheet(whole: int, decimals: int) -> None:
    text = f"{whole / 10**decimals:.{decimals}f}".replace(".", ",")
    assert read(Cell("visas inte", text)) == Written(float(text.replace(",", ".")), decimals)


@pytest.mark.parametrize(
    ("cell", "content"),
    [
        (Cell("159 (snitt)", "159"), 159.0),
        (Cell("augusti 2025", "2025-08"), date(2025, 8, 1)),
        (Cell("2025-13", "2025-13"), "2025-13"),
        (Cell("–", ""), None),
        (Cell("", None), None),
        (Cell("−62", None, numeric=True), -62.0),
        (Cell("62", None), "62"),  # a name or a number of order: the page does not set it as a number
        (Cell("7,64 / 7,35", None, numeric=True), "7,64 / 7,35"),
        (Cell("x", "-30000.0"), -30000.0),
    ],
)
def test_what_a_cell_means(cell: Cell, content: object) -> None:
    assert read(cell).content == content


def test_a_card_that_is_not_there_or_has_no_table_is_none() -> None:
    assert card_of(PAGE, "finns-inte") is None
    assert card_of('<section data-card id="tom"><h2>Tom</h2></section>', "tom") is None


def client(asked: list[tuple[str, dict[str, str]]], **raised: Exception) -> TestClient:
    """A route over one page; what it is asked for is added to ``asked``."""

    def pages(name: str, params: Mapping[str, str]) -> Shown | None:
        asked.append((name, dict(params)))
        if name in raised:
            raise raised[name]
        return Shown(PAGE) if name == "trender" else None

    return TestClient(Starlette(routes=[export_route(pages)]))


def test_the_route_gives_a_file_that_nobody_else_may_keep() -> None:
    asked: list[tuple[str, dict[str, str]]] = []
    answer = client(asked).get("/export/trender?kort=kort&matt=puls&enhet=avd-vuxen")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="kort-2025.xlsx"')
    assert rows(answer.content)[0][0] == "Kort & gott"
    assert asked == [("trender", {"matt": "puls", "enhet": "avd-vuxen"})]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/export/finns-inte?kort=kort", 404, "Sidan finns inte."),
        ("/export/trender", 404, "ingen tabell"),
        ("/export/trender?kort=<script>", 404, "”<script>”"),
        ("/export/trender?kort=kort&x=" + "y" * 3000, 400, "för lång"),
        ("/export/trender?" + "&".join(f"a{n}=1" for n in range(60)), 400, "för lång"),
        ("/export/trasig?kort=kort", 503, "Lagret går inte att läsa"),
    ],
)
def test_what_cannot_be_made_is_a_plain_sentence(address: str, status: int, said: str) -> None:
    answer = client([], trasig=StoreError("Lagret går inte att läsa.")).get(address)
    assert answer.status_code == status
    assert said in answer.text
    assert answer.headers["content-type"].startswith("text/plain")  # markup in it is text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ['a"; filename="b.exe', "../../etc/passwd", "x\r\nSet-Cookie: a=b", "åäö", "", "...", "a" * 300]
)
def test_a_name_for_the_file_is_harmless(name: str) -> None:
    found = disposition(name)
    assert found.count('"') == 2
    assert not any(sign in found for sign in ("\r", "\n", "/", "\\"))
    assert found.isascii()
    assert ".xlsx" in found
    assert len(found) < 600
