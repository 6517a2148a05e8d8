"""Enheter: all units beside each other, and one unit's whole picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.settings import Settings
from tests.pages.conftest import Show
from tests.pages.test_amnen import card, rows


def test_the_whole_shows_all_units_on_one_scale(show: Show) -> None:
    shown = show("enheter")
    assert shown.heading == "Sjukfrånvaro R12. Högst: Barn och ungdom 2, 7,64 %. Lägst: Enhet 11, 4,55 %."
    assert len(re.findall(r'<li class="panel', shown.html)) == 11
    assert "skalan går från 4 till 11 i alla rutor" in card(shown, "kurvor")
    assert "Barn och ungdom 2 pågående utredningar, utredningar över 4 mån" in shown.text
    table = card(shown, "i-korthet")
    for name in ("Vuxen", "Resurs 2", "Jobbsteget", "Etableringscentrum", "Enhet 10"):
        assert name in table


def test_units_are_ordered_by_level_change_and_signal_in_table_and_panels(show: Show) -> None:
    by_level = show("enheter", ordna="varde")
    assert rows(by_level, "enheter")[3] == "Barn och ungdom 2"
    panels = re.findall(r'<li class="panel[^"]*"><a[^>]*>(.*?)</a>', by_level.html)
    assert panels[0] == "Barn och ungdom 2"
    for order in ("forandring", "signal"):
        shown = show("enheter", ordna=order)
        assert sorted(rows(shown, "enheter")) == sorted(rows(by_level, "enheter"))
        assert 'aria-sort="descending"' in shown.html


def test_one_unit_has_all_its_measures_with_signals_goals_and_sources(show: Show) -> None:
    shown = show("enheter", enhet="barn-ungdom-1")
    assert shown.heading == "Barn- och ungdomsenhet 1: av 12 mått är ett sämre och två bättre än vanligt."
    words = card(shown, "alla-matt")
    assert "Sjukfrånvaro R12 tolv månader t.o.m. aug 2025 6,45 % 8,34 % −1,89 bättre" in words
    assert "Pågående utredningar augusti 2025 168 184 −16 bättre Sämre än vanligt" in words
    assert "Saknar värde för perioden" in words
    assert 'class="goal red"' in shown.html
    assert re.search(r'<li class="panel chosen"><a[^>]*>Barn och ungdom 1</a>', shown.html)


def test_printed_values_lead_to_their_line(show: Show) -> None:
    shown = show("enheter", enhet="avd-barn-unga", period="2024-08")
    assert "52 % tryckt" in card(shown, "alla-matt")
    assert "Barn- och ungdomsenheten" in card(shown, "alla-matt")


def test_a_team_is_compared_in_a_measure_that_it_has(show: Show) -> None:
    shown = show("enheter", enhet="tysa")
    assert "Till arbete, studier per enhet" in shown.text
    other = show("enheter", enhet="tysa", matt="puls")
    assert "Pulsmätaren följs inte för någon enhet inom TYSA." in other.text


def test_a_unit_that_did_not_exist_gets_a_sentence(show: Show) -> None:
    shown = show("enheter", enhet="tysa", period="2022-T2")
    assert shown.heading == "TYSA har inga värden för T2 2022 · jan–aug."
    assert "TYSA fanns inte i redovisningen T2 2022" in card(shown, "alla-matt")
    assert "Visa hela förvaltningen" in card(shown, "alla-matt")


def test_what_cannot_be_chosen_is_said(show: Show) -> None:
    assert "Måttet ”hopp” finns inte i listan." in show("enheter", matt="hopp").text


def test_an_empty_store_says_that_there_are_no_months(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("enheter", Settings(home, tmp_path))
    assert shown.exceptions == []
    assert "panel" not in re.findall(r'<li class="(\w+)', shown.html)
    assert shown.heading


def test_a_change_of_kronor_is_in_the_unit_of_the_amounts_beside_it(show: Show) -> None:
    html = show("enheter", enhet="ekonomiskt-bistand").html
    row = re.search(r"<tr><th[^>]*><a[^>]*>Utbetalt bistånd</a>.*?</tr>", html, re.DOTALL)
    assert row
    cells = [
        re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r'<td class="n[^"]*"[^>]*>(.*?)</td>', row[0])
    ]
    now, before, change = (
        float(cell.split("mnkr")[0].replace("\u2212", "-").replace(",", ".").strip()) for cell in cells
    )
    assert change == pytest.approx(now - before, abs=0.01)
