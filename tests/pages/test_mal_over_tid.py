"""Mål över tid: the goals' lanes and the indicators' lives, as a visitor gets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.settings import Settings
from tests.pages.conftest import Show


def test_the_view_says_what_became_of_the_goals(show: Show) -> None:
    shown = show("mal", vy="historik")
    assert shown.exceptions == []
    assert shown.heading == (
        "Av de fyra övergripande målen i Delår 2 2024 fick två ny text och två delades i Tertial 2 2025."
    )
    assert "Hållbarhet delat ur Leverans och Ekonomi" in shown.text
    assert "Klimat nytt mål" in shown.text
    assert "T1 2024 ▲ Grön T2 2024 ■ Röd" in shown.text


def test_the_view_says_which_indicators_came_and_went(show: Show) -> None:
    text = show("mal", vy="historik").text
    assert (
        "följer 31 indikatorer. Sex av dem fanns i Delår 2 2024, 25 är nya och tio är inte med längre."
        in text
    )
    assert "Följs i Tertial 2 2025 och tidigare 6" in text
    assert "Nya i Tertial 2 2025 25" in text
    assert "Inte med i Tertial 2 2025 20" in text
    assert "Texten räknar barn, inte familjer: 100 i augusti" in text
    assert "tidigare: minska jämfört med 2023 nu: färre än 185" in text


def test_every_mark_says_its_report_and_line(show: Show) -> None:
    html = show("mal", vy="historik").html
    card = html[html.index('aria-labelledby="h-liv"') :]
    places = re.findall(r'<a href="([^"]+)"><span class="sr">([^<]+), rad </span>(\d+)</a>', card)
    assert len(places) >= 57  # ten, sixteen and thirty-one are followed
    assert all(f":{line}" in href for href, _, line in places)
    assert ("/rapporter?figur=t2-2025:209:b1", "Tertial 2 2025", "209") in places
    assert ("/rapporter?rapport=vb-2023&amp;figur=vb-2023:187:3", "Helår 2023", "187") in places


def test_old_and_new_wording_stand_in_one(show: Show) -> None:
    html = show("mal", vy="historik").html
    assert re.search(r"<ins>.*?Nämnden verkar för</ins> en hållbar organisation", html)
    assert re.search(r"<del>.*?som erhåller</del>", html)


def test_the_page_now_has_the_switch_and_is_otherwise_as_before(show: Show) -> None:
    now = show("mal")
    assert now.heading == "Fyra av fem mål är gröna. Målet Ekonomi är rött."
    assert '<a href="/mal?vy=historik">Över tid</a>' in now.html
    assert "Indikatorerna från rapport till rapport" not in now.text
    assert '<a href="/mal" aria-current="true">Nu</a>' in now.html


def test_the_view_keeps_the_filters_and_works_for_one_unit_and_on_an_empty_store(
    show: Show, home: Path, tmp_path: Path
) -> None:
    unit = show("mal", vy="historik", enhet="cai", period="2024-T2")
    assert 'href="/mal?period=2024-T2&amp;enhet=cai"' in unit.html
    empty = show("mal", Settings(home, tmp_path), vy="historik")
    assert empty.heading == unit.heading


def test_an_unknown_view_is_told_and_shows_the_goals_now(show: Show) -> None:
    shown = show("mal", vy="framtid")
    assert shown.notices == ["Visningen ”framtid” finns inte. Visar målen nu."]
    assert shown.heading == show("mal").heading


def test_the_view_asks_the_store_for_no_numbers(show: Show, open_facts: Callable[[], Any]) -> None:
    show("mal", vy="historik")
    counter = open_facts().warehouse.counter
    before = counter.queries
    show("mal", vy="historik", period="2024-T2")
    assert counter.queries == before
