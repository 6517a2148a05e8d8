"""Trender's other views: year for year, index, per household and per employee, many units, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from plotly import graph_objects

from dashboard.catalogue import Catalogue
from dashboard.settings import Settings
from tests.pages.conftest import Show, Shown
from tests.pages.test_trender_spc import label, rows

PARTS = "avd-vuxen,avd-barn-unga"


def everyone(catalogue: Catalogue) -> str:
    return ",".join(
        unit.id for unit in catalogue.units.values() if unit.kind in {"avdelning", "enhet", "team"}
    )


def drawn(shown: Shown, key: str = "trend") -> list[dict[str, Any]]:
    graph_objects.Figure(shown.charts[key])
    return list(shown.charts[key]["data"])


def heads(shown: Shown) -> list[str]:
    table = re.search(r'<table class="data" data-export>.*?<thead><tr>(.*?)</tr>', shown.html, re.DOTALL)
    assert table
    return [Shown(cell, "", {}, []).text for cell in re.findall(r"<th[^>]*>(.*?)</th>", table[1])]


def test_the_years_lie_on_each_other_with_the_latest_strongest(show: Show) -> None:
    shown = show("trender", matt="sjukfranvaro", vy="ar")
    assert shown.exceptions == []
    lines = {trace.get("name", ""): trace for trace in drawn(shown)}
    assert list(lines) == ["2022", "2023", "2024", "2025"]
    assert [lines[year]["line"]["width"] for year in lines] == [1.5, 1.5, 1.5, 2]
    assert len({lines[year]["line"]["color"] for year in lines}) == 4
    names = {note["text"]: note["x"] for note in shown.charts["trend"]["layout"]["annotations"]}
    assert names == {"2022": 11.5, "2023": 11.5, "2024": 11.5, "2025": 7}  # each where it ends
    assert heads(shown) == ["Månad", "2025, demo", "2024, demo", "2023, demo", "2022, demo", "2025 mot 2024"]
    found = rows(shown)
    assert (found[0][0], found[7][0], found[7][1], found[8][1]) == ("januari", "augusti", "5,02", "–")
    assert found[7][-1] == "+0,51"
    assert "Augusti 2025: 5,02 %, 0,51 procentenheter högre än augusti 2024 (4,51 %)." in shown.text
    assert "Måttet följer årstiderna" in shown.text
    assert "2024: lägst" in label(shown)


def test_several_units_have_a_year_chart_each(show: Show) -> None:
    shown = show("trender", matt="sjukfranvaro", vy="ar", enheter=PARTS + ",avd-overgripande")
    assert sorted(shown.charts) == ["ar-avd-barn-unga", "ar-avd-vuxen", "ar-forvaltningen"]
    assert "Det finns inga månadsvärden för Förvaltningsövergripande" in shown.text


def test_an_index_begins_at_100_for_everyone(show: Show) -> None:
    shown = show(
        "trender", matt="hushall-bistand", vy="index", enhet="ekonomiskt-bistand", enheter="forvaltningen"
    )
    lines = drawn(shown)
    assert [trace["y"][0] for trace in lines] == [100.0, 100.0]
    assert "Index, januari 2022 = 100" in shown.text
    assert (
        "Från januari 2022 till augusti 2025: Ekonomiskt bistånd −14,3 % och Hela förvaltningen −14,2 %."
        in shown.text
    )
    last = rows(shown)[-1]
    assert (last[1], last[3]) == ("100,0", "100,0")
    moved = show("trender", matt="hushall-bistand", vy="index", bas="2024-01")
    assert drawn(moved)[0]["y"][24] == 100.0
    assert re.search(r'<option value="2024-01" selected>', moved.html)


def test_a_rate_is_shown_with_its_unit_its_rule_and_no_printed_points(show: Show) -> None:
    shown = show("trender", matt="bistand-utbetalt", per="hushall")
    assert "Kr per hushåll och månad" in shown.text
    assert "Utbetalt ekonomiskt bistånd per hushåll med bistånd" in shown.text
    assert "5 312 kr per hushåll och månad" in shown.heading.replace("\u202f", " ")
    assert "läggs ihop var för sig i täljare och nämnare" in shown.text
    assert [trace["name"] for trace in drawn(shown)] == ["Hela förvaltningen"]


def test_the_period_before_is_drawn_over_the_period(show: Show) -> None:
    shown = show("trender", matt="hushall-bistand", linje="1,2")
    lines = {trace.get("name", ""): trace for trace in drawn(shown)}
    before = lines["Hela förvaltningen, perioden före"]
    assert before["line"]["dash"] == "dashdot"
    assert (before["x"][0], len(before["x"])) == (36, 8)  # January 2025 to August
    assert before["hovertext"][0].startswith("Hela förvaltningen<br>maj 2024:")
    assert heads(shown)[2:4] == ["Hela förvaltningen, året före", "Hela förvaltningen, perioden före"]


def test_everyone_at_once_is_small_curves_on_one_scale_and_one_table(
    show: Show, catalogue: Catalogue
) -> None:
    units = everyone(catalogue)
    shown = show("trender", matt="sjukfranvaro", enheter=units)
    assert shown.charts == {}
    assert shown.html.count('<li class="panel') == 14
    assert "i alla rutor" in shown.text
    assert "Utan värden: 7 av enheterna." in shown.text
    assert len(rows(shown)) == 44
    assert sum(head.endswith(", demo") for head in heads(shown)) == 14
    index = show("trender", matt="sjukfranvaro", enheter=units, vy="index")
    assert "Index, januari 2022 = 100" in index.text
    assert "bland 14 enheter" in index.text
    counted = show("trender", matt="arbetsmarknad-avslutade", enheter=units)
    assert "står bara i tabellen" in counted.text  # the whole would press its parts to the floor


def test_a_step_leads_to_the_whole_and_to_all_of_a_kind(show: Show) -> None:
    shown = show("trender", matt="hushall-bistand", enhet="ekonomiskt-bistand")
    whole = re.search(r'<a href="([^"]+)" data-stay>Mot hela förvaltningen</a>', shown.html)
    assert whole
    assert "enheter=forvaltningen" in whole[1]
    assert "vy=index" in whole[1]  # what is counted is as large as the unit is
    ratio = show("trender", matt="sjukfranvaro", enhet="avd-vuxen")
    plain = re.search(r'<a href="([^"]+)" data-stay>Mot hela förvaltningen</a>', ratio.html)
    assert plain
    assert "vy=" not in plain[1]
    assert "Alla enheter" in ratio.text
    assert "Alla team" not in ratio.text
    assert "Mot hela förvaltningen" not in show("trender").text


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"matt": "sjukfranvaro-r12", "vy": "ar"}, "jämnas ut"),
        ({"matt": "hme", "vy": "ar"}, "finns bara som tryckta tal"),
        ({"matt": "hme", "vy": "index"}, "finns bara som tryckta tal"),
        ({"matt": "ekonomi-utfall", "vy": "index"}, "börjar om varje år"),
        ({"matt": "ekonomi-prognos", "vy": "index"}, "har värden under noll"),
        ({"matt": "ekonomi-utfall", "vy": "ar", "enhet": "avd-vuxen"}, "värden bara för 2025"),
        ({"matt": "hushall-bistand", "vy": "ar", "period": "2022-06"}, "värden bara för 2022"),
        ({"matt": "hushall-bistand", "vy": "index", "period": "2021"}, "först från januari 2022"),
        ({"matt": "hushall-bistand", "per": "anstalld", "enhet": "tysa"}, "Måttet följs inte för TYSA"),
        (
            {"matt": "arbetsmarknad-avslutade", "vy": "index", "enhet": "tysa", "bas": "2023-01"},
            "Inget av det valda har något värde i januari 2023",
        ),
    ],
)
def test_what_cannot_be_compared_is_a_sentence_a_way_on_and_no_chart(
    params: dict[str, str], said: str, show: Show
) -> None:
    shown = show("trender", **params)
    assert shown.exceptions == []
    assert said in shown.text
    assert shown.charts == {}
    assert 'class="ways"' in shown.html


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"per": "hushall", "matt": "langvarigt-andel"}, "är redan en kvot och delas inte en gång till"),
        ({"per": "<script>"}, "Att räkna per ”<script>” finns inte"),
        ({"per": "anstalld", "vy": "spc"}, "Delningen används inte här"),
        ({"vy": "index", "bas": "igår"}, "Basmånaden ”igår” går inte att läsa"),
        ({"vy": "index", "bas": "2031-01"}, "ligger efter perioden"),
        ({"vy": "index", "bas": "2022-01", "fran": "2024-01"}, "ligger före startmånaden"),
        ({"linje": "2", "matt": "ekonomi-utfall"}, "börjar om varje år"),
        ({"linje": "2", "period": "2025-08"}, "en enda månad"),
        ({"vy": "år"}, "Visningen ”år” finns inte"),
    ],
)
def test_a_choice_that_cannot_be_had_is_told_and_the_rest_is_shown(
    params: dict[str, str], said: str, show: Show
) -> None:
    shown = show("trender", **params)
    assert shown.exceptions == []
    assert any(said in notice for notice in shown.notices)
    assert shown.charts
    assert "<script>" not in shown.html


def test_two_months_are_too_few_to_say_where_it_is_going(show: Show) -> None:
    shown = show("trender", matt="hushall-bistand", fran="2025-07")
    assert "Två månader räcker inte för att säga vart måttet är på väg." in shown.text


@pytest.mark.parametrize("params", [{"vy": "ar"}, {"vy": "index"}, {"per": "anstalld"}, {"linje": "1,2"}])
def test_an_empty_store_says_why(params: dict[str, str], show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("trender", Settings(home, tmp_path), matt="anmalningar-barn", **params)
    assert shown.exceptions == []
    assert shown.charts == {}
    assert "månadsvärden" in shown.text


def test_another_view_of_the_same_units_asks_nothing(show: Show, open_facts: Callable[[], Any]) -> None:
    st.cache_resource.clear()
    show("trender", matt="sjukfranvaro", enheter=PARTS)
    counter = open_facts().warehouse.counter
    asked = counter.queries
    assert asked <= 4
    for view in ("ar", "index", "r12", "spc"):
        show("trender", matt="sjukfranvaro", enheter=PARTS, vy=view)
    assert counter.queries == asked


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("bistand-utbetalt", "ekonomiskt-bistand"),
        ("bistand-utbetalt", "cai"),
        ("placeringar-kostnad", "avd-vuxen"),
    ],
)
def test_the_difference_between_years_is_that_of_the_numbers_beside_it(
    show: Show, measure: str, unit: str
) -> None:
    def number(cell: str) -> int:
        return int(cell.replace(" ", "").replace("−", "-"))

    told = 0
    for cells in rows(show("trender", matt=measure, enhet=unit, vy="ar")):
        if "–" not in (cells[1], cells[2]):
            assert number(cells[-1]) == number(cells[1]) - number(cells[2]), cells
            told += 1
    assert told == 8


def test_a_printed_number_keeps_its_hedge_and_its_decimals(show: Show) -> None:
    text = show("trender", matt="personalomsattning", period="2024-T2").text
    assert "Personalomsättning: knappt 7 % R12 aug 2024, lägre än drygt 9 %" in text
    assert "7,00 %" not in text
    assert "9,00" not in text


def test_a_series_of_rests_and_leaps_is_not_called_equal(show: Show) -> None:
    text = show("trender", matt="arbetsmarknad-till-arbete-studier", enhet="tysa", vy="spc").text
    assert "Värdet är oförändrat de flesta månader" in text
    assert "lika" not in text.split("Värdet är oförändrat")[1][:200]
