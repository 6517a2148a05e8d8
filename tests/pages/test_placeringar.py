"""Placeringar: how many, which form, how long, what they cost."""

from __future__ import annotations

from pathlib import Path

from dashboard.settings import Settings
from tests.pages.conftest import Show
from tests.pages.test_amnen import card


def test_the_first_words_answer_how_many_and_the_forms_add_up(show: Show) -> None:
    shown = show("placeringar")
    assert shown.heading == "Externa placeringar: 98 i augusti 2025, högre än 86 i augusti 2024."
    words = card(shown, "former")
    assert (
        "familjehem 67 (32 %), särskilt boende 32 (15 %), konsulentstött 25 (12 %) och sex andra 88" in words
    )
    assert "Tillsammans 212, mot 194 i augusti 2024." in words
    assert len(shown.charts["former"]["data"]) == 9
    table = card(shown, "form-tabell")
    assert "SiS 13 +3 2 495 +1 407 18 925 +11 088 7 585 +382" in table
    assert "Alla 212 +18 48 888 +5 877 113 641 +22 930 2 325 +216" in table
    assert "Kostnad per dygn: högst SiS, 7 585 kr." in table


def test_what_begins_and_ends_stands_beside_what_is_under_way(show: Show) -> None:
    shown = show("placeringar")
    words = card(shown, "in-och-ut")
    assert "160 påbörjade och 140 avslutade. Pågående placeringar gick från 192 till 212, 20 fler." in words
    assert "stämmer inte" not in words
    came, left = shown.charts["in-och-ut"]["data"]
    assert min(came["y"]) >= 0 >= max(left["y"])
    assert "Avslutade placeringar<br>augusti 2025: " in left["hovertext"][-1]
    assert "−" not in left["hovertext"][-1]


def test_the_cost_is_divided_into_volume_and_price(show: Show) -> None:
    shown = show("placeringar")
    assert "volym-och-pris" in shown.charts
    assert "Dygnen gick från 43 011 till 48 888 och priset från 2 109 till 2 325 kr per dygn." in shown.text
    assert "Avdelning vuxen" in shown.text
    assert "113 641 tkr / 48 888 dygn × 1 000 = 2 325 kr" in card(shown, "rakning")


def test_a_department_shows_only_its_forms_and_says_so(show: Show) -> None:
    shown = show("placeringar", enhet="avd-vuxen")
    assert len(shown.charts["former"]["data"]) == 5
    assert "Inget i jourhem, nätverkshem, konsulentstött familjehem och SiS." in card(shown, "form-tabell")


def test_a_unit_without_placements_gets_sentences_and_ways_on(show: Show) -> None:
    shown = show("placeringar", enhet="resurs-1")
    assert shown.charts == {}
    assert "Måttet följs inte för Resursenhet 1." in shown.text
    assert "Visa Barn och unga" in shown.text


def test_an_empty_store_shows_what_reports_print(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("placeringar", Settings(home, tmp_path))
    assert "10,5 mnkr" in card(shown, "tryckt-alla")
    assert "demo:" not in shown.text
