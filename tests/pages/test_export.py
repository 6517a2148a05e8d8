"""Every table of every page as a workbook: the same rows as on screen, for the same address."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dashboard import ui
from dashboard.errors import DashboardError
from dashboard.settings import Settings
from dashboard.ui.navigation import PAGES
from dashboard.web.tables import card_of
from dashboard.web.workbook import workbook
from tests.pages.conftest import Show, Shown

TRENDER = [
    {"matt": "hushall-bistand"},
    {"matt": "sjukfranvaro", "vy": "ar", "enheter": "avd-vuxen"},
    {"matt": "sjukfranvaro", "vy": "index", "enhet": "avd-vuxen", "enheter": "forvaltningen"},
    {"matt": "puls", "vy": "spc"},
    {"matt": "bistand-utbetalt", "per": "hushall", "linje": "1,2"},
]


def saved(home: Path, page_id: str, key: str, params: dict[str, str]) -> list[list[Any]]:
    whole = ui.page_of(home, page_id, params)
    assert whole
    card = card_of(whole.html, key)
    assert card, key
    content = workbook(card, whole.about)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Tabell").to_python()


def cards(html: str) -> list[str]:
    """The names of the cards that have a button for it."""
    starts = list(re.finditer(r"<(?:section|article|div)\b([^>]*\bdata-card\b[^>]*)>", html))
    ends = [*(one.start() for one in starts[1:]), len(html)][: len(starts)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        name = re.search(r'aria-labelledby="h-([^"]+)"', start[1]) or re.search(r'\bid="([^"]+)"', start[1])
        assert name, start[1]
        if 'data-do="excel"' in html[start.end() : end]:
            found.append(name[1])
    return found


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_every_table_that_can_be_saved_is_a_workbook(page_id: str, show: Show, home: Path) -> None:
    html = show(page_id).html
    names = cards(html)
    assert html.count('data-do="excel"') == html.count('data-do="csv"') == len(names)
    assert len(set(names)) == len(names)
    for name in names:
        found = saved(home, page_id, name, {})
        said = " ".join(str(cell) for row in found[:14] for cell in row)
        assert "Ögonblicksbild" in said, name
        assert "Vald period: T2 2025" in said, name
        assert len(found) > 6, name


@pytest.mark.parametrize("params", TRENDER, ids=lambda params: "-".join(params.values()))
def test_the_workbook_holds_the_rows_of_the_page(params: dict[str, str], show: Show, home: Path) -> None:
    shown = show("trender", **params)
    key = cards(shown.html)[0]
    table = re.search(r'<table class="data" data-export>(.*?)</table>', shown.html, re.DOTALL)
    assert table
    page = [
        re.findall(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    ]
    found = saved(home, "trender", key, params)[-len(page) :]
    numbers = 0
    for mine, theirs in zip(page, found, strict=True):
        for at, (attributes, text) in enumerate(mine):
            value = re.search(r'data-value="([^"]*)"', attributes)
            words = Shown(unescape(text), "", {}, []).text if value is None else unescape(value[1])
            content = theirs[at] if at < len(theirs) else ""
            if isinstance(content, float):
                assert float(words.replace(",", ".")) == content
                numbers += 1
            elif isinstance(content, date):
                assert words == content.strftime("%Y-%m")
            else:
                assert " ".join(str(content).split()) == words.strip()
    assert numbers > 12


def test_what_is_saved_is_the_page_of_the_address(show: Show, home: Path) -> None:
    shown = show("trender", matt="puls", enhet="avd-vuxen", period="2024-T2")
    whole = ui.page_of(home, "trender", {"matt": "puls", "enhet": "avd-vuxen", "period": "2024-T2"})
    assert whole
    assert whole.html == shown.html
    assert "Vald enhet: Avdelning vuxen" in whole.about


def test_what_the_address_says_wrongly_is_told_in_the_file(show: Show, home: Path) -> None:
    show("trender")
    found = saved(home, "trender", "trend", {"enhet": "../../etc"})
    assert any("Enheten ”../../etc” finns inte i katalogen" in str(row[0]) for row in found[:12])


def test_a_page_that_does_not_exist_is_none(home: Path, show: Show) -> None:
    show("oversikt")
    assert ui.page_of(home, "../app", {}) is None


def test_a_page_that_cannot_be_shown_is_said(show: Show, home: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "catalogue").mkdir(parents=True)
    show("trender", Settings(tmp_path, tmp_path / "var"))
    with pytest.raises(DashboardError, match="går inte att använda"):
        ui.page_of(home, "trender", {})
