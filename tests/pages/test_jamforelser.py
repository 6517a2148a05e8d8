"""Jämförelser: KKiK from the start, the whole field once something is fetched (made-up figures here)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects

from dashboard.catalogue import Catalogue
from dashboard.settings import Settings
from dashboard.ui.navigation import PAGES
from tests.kolada_server import FETCHED_AT, fill, made_up
from tests.pages.conftest import Show, Shown

KKIK_ROW = re.compile(r'<tr><th scope="row" data-value="([^"]+)">(.*?)</tr>', re.DOTALL)


@pytest.fixture
def fetched(home: Path, demo_state: Path, tmp_path: Path, catalogue: Catalogue) -> Settings:
    """The demo's months and a fetch of made-up figures."""
    (tmp_path / "snapshots").symlink_to(demo_state / "snapshots")
    (tmp_path / "warehouse").symlink_to(demo_state / "warehouse")
    settings = Settings(home, tmp_path)
    fill(settings.kolada, catalogue)
    return settings


def card(shown: Shown, heading: str) -> Shown:
    """The card with this heading."""
    found = re.search(rf'<section [^>]*aria-labelledby="{heading}".*?</section>', shown.html, re.DOTALL)
    assert found, heading
    return Shown(found[0], "", {}, [])


def test_the_page_is_in_the_menu_with_its_question() -> None:
    (page,) = (page for page in PAGES if page.id == "jamforelser")
    assert page.title == "Jämförelser"
    assert page.question == "Hur står vi oss mot riket, länet och liknande kommuner?"


# --- Before anything has been fetched -----------------------------------------------------------------


def test_kkik_is_there_from_the_start_as_printed(show: Show) -> None:
    shown = show("jamforelser")
    assert shown.heading == "Fyra av fem mått i KKiK blev bättre vid den senaste mätningen, ett blev sämre."
    rows = {unescape(name): body for name, body in KKIK_ROW.findall(card(shown, "h-kkik").html)}
    assert len(rows) == 5
    cost = next(body for name, body in rows.items() if name.startswith("Kostnad individ"))
    assert re.findall(r'data-label="(\d+)" data-value="([\d,]*)"', cost) == [
        ("2019", "4616"),
        ("2020", "4570"),
        ("2021", "4588"),
        ("2022", "4697"),
        ("2023", ""),
    ]
    assert "2022: sämre än 2021 (4 588 kr/inv)" in Shown(cost, "", {}, []).text
    assert 'href="/rapporter?rapport=vb-2023&amp;figur=vb-2023:382:4"' in cost


def test_grey_is_missing_and_the_colour_is_said_to_be_relative_and_lost(show: Show) -> None:
    kkik = card(show("jamforelser"), "h-kkik")
    assert kkik.html.count("year gone") == 5
    assert "värde saknas" in kkik.text
    assert "Färgen är relativ" in kkik.text
    assert "den finns inte kvar i textversionen" in kkik.text
    assert not re.search(r'class="n year (green|yellow|red)', kkik.html)


def test_the_reports_own_comparison_is_shown(show: Show) -> None:
    text = card(show("jamforelser"), "h-rapporternas").text
    assert "Tyresö 4,9 Andra kommuner 8,9" in text
    assert "Tertial 2 2025, Jämförelse med kommunurval, rad 351" in text


def test_the_empty_state_says_how_to_fetch_and_what_leaves_the_machine(show: Show) -> None:
    shown = show("jamforelser")
    text = card(shown, "h-hamta").text
    assert "Inget är hämtat från Kolada än." in text
    assert "Hämta nu eller kör dashboard kolada refresh" in text
    assert "till api.kolada.se, och bara när någon trycker" in text
    assert "18 av 18 id är okontrollerade" in text
    assert 'data-start="/kolada/hamta" data-stage="/kolada/lage"' in shown.html
    assert 'id="h-oversikt"' not in shown.html
    assert shown.charts == {}


# --- With a fetch ------------------------------------------------------------------------------------


def test_every_figure_has_its_strip_place_and_value(
    show: Show, fetched: Settings, catalogue: Catalogue
) -> None:
    shown = show("jamforelser", fetched)
    assert shown.exceptions == []
    assert re.match(
        r"Tyresö är bland de 25 procent bästa kommunerna i .* av 16 nyckeltal och bland", shown.heading
    )
    table = card(shown, "h-oversikt")
    for kpi in catalogue.comparisons.kpis:
        assert kpi.name in unescape(table.html)
    assert table.html.count('class="field" role="img"') == len(catalogue.comparisons.kpis)
    assert re.search(
        r"Plats \d+ av 36 bland de (25 procent sämsta|25 procent bästa|50 procent i mitten)", table.text
    )
    assert "Platser och fjärdedelar: egen beräkning" in table.text


def test_kolada_is_cited_for_its_values_and_never_for_our_own_sums(show: Show, fetched: Settings) -> None:
    shown = show("jamforelser", fetched, nyckeltal="N33818")
    for heading in ("h-oversikt", "h-N33818"):
        source = re.findall(r'<p class="src">(.*?)</p>', card(shown, heading).html)[-1]
        values, _, own = source.partition(". ")
        assert values == "Värden: Källa: Kolada, hämtat 2026-03-02"
        assert own.endswith("egen beräkning.")
        assert "Kolada" not in own
    assert "Medianerna är egna beräkningar" in card(shown, "h-ar").text


def test_a_chosen_figure_is_shown_in_three_fields_and_year_by_year(show: Show, fetched: Settings) -> None:
    shown = show("jamforelser", fetched, nyckeltal="N33818")
    one = card(shown, "h-N33818")
    own = f"{made_up('N33818', '0138', 2024):.1f}".replace(".", ",")
    assert f"Tyresö hade {own} 2024: " in one.text
    assert re.findall(r"<h3>([^<]+) <small>(\d+) kommuner", one.html) == [
        ("Alla kommuner", "36"),
        ("Stockholms län", "9"),
        ("Liknande kommuner, IFO", "8"),
    ]
    assert "2024 (preliminärt)" in one.text
    assert "Koladas rubrik: ”Provrubrik N33818” (N33818). Ingen har ännu prövat" in one.text
    assert len(re.findall(r"<tr><th scope=row", one.html)) == 36
    assert 'href="/trender?matt=placerade-barn-per-1000"' in one.html
    figure = graph_objects.Figure(shown.charts["ar"])
    assert [trace.name for trace in figure.data][:2] == ["Tyresö", "Riket"]
    assert "2024 är preliminärt." in card(shown, "h-ar").text


def test_the_choice_stands_in_the_links_and_the_filters_go_along(show: Show, fetched: Settings) -> None:
    html = show("jamforelser", fetched, nyckeltal="N30101", period="2023").html
    assert 'href="/jamforelser?period=2023&amp;nyckeltal=N33818#h-N33818" data-stay' in html
    assert re.search(r'nyckeltal=N30101#h-N30101" data-stay aria-current="true"', html)
    assert "kronor per invånare, 2023" in unescape(html)
    assert "preliminärt" not in card(Shown(html, "", {}, []), "h-oversikt").text


def test_a_period_before_everything_says_so(show: Show, fetched: Settings) -> None:
    shown = show("jamforelser", fetched, period="2020", nyckeltal="N33818")
    assert shown.exceptions == []
    assert any("har inget värde för Tyresö 2020 eller tidigare" in notice for notice in shown.notices)
    assert 'id="h-oversikt"' not in shown.html
    assert 'id="h-kkik"' in shown.html


def test_figures_without_values_are_listed(
    show: Show, home: Path, demo_state: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    settings = Settings(home, tmp_path)
    fill(
        settings.kolada,
        catalogue,
        values=lambda kpi, area, year: None if kpi == "U31463" else made_up(kpi, area, year),
    )
    shown = show("jamforelser", settings)
    assert "Utan värde för Tyresö i perioden: Sökande som väntat mer än 14 dagar" in shown.text
    missing = show("jamforelser", settings, nyckeltal="U31463")
    assert any("har inget värde" in notice for notice in missing.notices)


def test_unknown_choices_are_told_and_have_no_effect(show: Show, fetched: Settings) -> None:
    shown = show("jamforelser", fetched, nyckeltal="<b>N1", enhet="avd-vuxen")
    assert shown.notices == [
        "Nyckeltalet ”<b>N1” finns inte bland dem som jämförs.",
        "Jämförelserna gäller hela kommunen, så valet Avdelning vuxen ändrar inget här.",
    ]
    assert "<b>N1" not in shown.html
    early = show("jamforelser", nyckeltal="N33818")
    assert any("visas när något är hämtat från Kolada" in notice for notice in early.notices)


def test_the_card_says_from_when_and_what_the_fetch_changed(
    show: Show, fetched: Settings, catalogue: Catalogue
) -> None:
    first = show("jamforelser", fetched)
    assert "Senast hämtat 2026-03-02 kl." in card(first, "h-hamta").text
    assert "Jämfört med hämtningen före" not in first.text
    fill(fetched.kolada, catalogue, when=FETCHED_AT + timedelta(days=31), values=lambda kpi, area, year: 5.0)
    later = card(show("jamforelser", fetched), "h-hamta").text
    assert "Senast hämtat 2026-04-02 kl." in later
    assert re.search(r"0 nya värden, [\d ]+ ändrade, 0 borta", later)


def test_a_new_fetch_is_seen_at_once_and_an_old_page_is_not_drawn_again(
    show: Show, fetched: Settings, catalogue: Catalogue, open_facts: Callable[[], Any]
) -> None:
    first = show("jamforelser", fetched)
    before = open_facts().warehouse.counter.queries
    assert show("jamforelser", fetched).html == first.html
    assert open_facts().warehouse.counter.queries == before
    fill(
        fetched.kolada,
        catalogue,
        when=FETCHED_AT + timedelta(days=1),
        values=lambda kpi, area, year: float(area),
    )
    assert show("jamforelser", fetched).html != first.html


def test_a_damaged_fetch_is_named_and_the_one_before_is_shown(
    show: Show, fetched: Settings, catalogue: Catalogue
) -> None:
    later = fill(fetched.kolada, catalogue, when=FETCHED_AT + timedelta(days=1))
    path = fetched.kolada / later.file.name
    path.chmod(0o644)
    path.write_bytes(b"x")
    shown = show("jamforelser", fetched)
    assert shown.exceptions == []
    assert any(later.file.name in notice and "Visar hämtningen före" in notice for notice in shown.notices)
    assert "Senast hämtat 2026-03-02" in shown.text


def test_one_year_is_no_development(show: Show, home: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    settings = Settings(home, tmp_path)
    fill(settings.kolada, catalogue, years=(2024,))
    shown = show("jamforelser", settings, nyckeltal="N33818")
    assert "har bara ett år i hämtningen" in shown.text
    assert shown.charts == {}


def test_all_equal_values_and_a_single_municipality_are_drawn_without_fault(
    show: Show, home: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    same = Settings(home, tmp_path / "same")
    fill(same.kolada, catalogue, values=lambda kpi, area, year: 3.0)
    shown = show("jamforelser", same)
    assert shown.exceptions == []
    assert "bland de 25 procent bästa kommunerna i noll av 16 nyckeltal" in shown.heading
    assert "Delad plats 1 av 36" in shown.text
    alone = Settings(home, tmp_path / "alone")
    fill(alone.kolada, catalogue, values=lambda kpi, area, year: 3.0 if area == "0138" else None)
    shown = show("jamforelser", alone)
    assert shown.exceptions == []
    assert shown.heading == "18 nyckeltal är hämtade för Tyresö."
    assert "Ingen annan kommun har ett värde för året." in shown.text


def test_numbers_in_the_tables_can_be_saved(show: Show, fetched: Settings) -> None:
    html = show("jamforelser", fetched, nyckeltal="N30101").html
    for heading in ("h-oversikt", "h-N30101", "h-ar", "h-kkik"):
        one = card(Shown(html, "", {}, []), heading).html
        assert 'data-do="csv"' in one
        assert "data-export" in one
