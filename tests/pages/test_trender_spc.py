"""Signal eller slump on Trender: limits, signals in words, table and text alternative, and what is refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from plotly import graph_objects

from dashboard.settings import Settings
from tests.pages.conftest import Show, Shown


def label(shown: Shown) -> str:
    """The chart's text alternative."""
    found = re.search(r'role="img" aria-label="([^"]+)"', shown.html)
    assert found
    return " ".join(found[1].replace("\xa0", " ").replace("\u202f", " ").split())


def rows(shown: Shown) -> list[list[str]]:
    table = re.search(r"<table class=\"data\" data-export>.*?<tbody>(.*?)</tbody>", shown.html, re.DOTALL)
    assert table
    return [
        [Shown(cell, "", {}, []).text for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    ]


def tokens(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The series of points by the token of their colour."""
    return {trace["marker"]["color"][6:-1]: trace for trace in figure["data"] if trace["mode"] == "markers"}


def test_a_measure_with_a_target_says_variation_assurance_and_colour(show: Show) -> None:
    shown = show("trender", matt="puls", vy="spc")
    assert shown.exceptions == []
    assert "Värdet i augusti 2025 ligger inom den vanliga variationen, 4,90 till 5,09." in shown.text
    assert "Grön mot målet, och inget ovanligt." in shown.text
    assert "Målet nås vissa månader och andra inte, av en slump." in shown.text
    assert 'class="spc-mark common"' in shown.html
    assert 'class="spc-mark hit-and-miss"' in shown.html
    assert "Medel 4,99, gränser 4,90 och 5,09." in label(shown)
    assert "28 av 44 månader sticker ut, senast juli 2025." in label(shown)


def test_signals_differ_in_colour_and_shape_and_none_is_red_or_green(show: Show) -> None:
    figure = show("trender", matt="puls", vy="spc").charts["trend"]
    graph_objects.Figure(figure)
    found = tokens(figure)
    assert set(found) == {"spc-common", "spc-improving", "spc-concerning"}
    assert len({trace["marker"]["symbol"] for trace in found.values()}) == 3
    assert not re.search(r"--(red|green)", str(figure))
    assert sum(len(trace["x"]) for trace in found.values()) == 44


def test_the_hover_says_the_rule_that_fired(show: Show) -> None:
    figure = show("trender", matt="placeringar-externa", vy="spc").charts["trend"]
    last = tokens(figure)["spc-concerning"]["hovertext"][-1]
    assert last.split("<br>") == [
        "Hela förvaltningen",
        "augusti 2025: 98",
        "Sämre än vanligt",
        "över den övre gränsen",
        "Demo: påhittat månadsvärde",
    ]


def test_the_table_holds_limits_and_rule_for_every_month(show: Show) -> None:
    found = rows(show("trender", matt="placeringar-externa", vy="spc"))
    assert len(found) == 44
    assert found[0] == [
        "augusti 2025",
        "98",
        "89,2",
        "84,1",
        "94,3",
        "över den övre gränsen",
        "Sämre än vanligt",
    ]
    assert found[4][-2:] == ["ingen", "–"]


def test_a_chosen_level_breaks_the_limits_and_gives_its_reason(show: Show) -> None:
    shown = show("trender", matt="placeringar-externa", vy="spc")
    shapes = shown.charts["trend"]["layout"]["shapes"]
    grounds = [shape for shape in shapes if shape["type"] == "rect"]
    assert [(one["x0"], one["x1"]) for one in grounds] == [(-0.5, 28.5), (28.5, 43.5)]
    notes = [note["text"] for note in shown.charts["trend"]["layout"]["annotations"]]
    assert {"ny nivå juni 2024", "övre 94,3", "medel 89,2", "nedre 84,1"} <= set(notes)
    assert "Ny nivå från juni 2024: Ungdomar gripna och placerade." in shown.text
    assert "Valt av: Demo" in shown.text
    assert "Ny nivå från juni 2024" in label(shown)


def test_a_shorter_window_moves_no_limit(show: Show) -> None:
    whole = show("trender", matt="puls", vy="spc")
    shown = show("trender", matt="puls", vy="spc", fran="2024-09")
    assert len(rows(shown)) == 12
    assert rows(shown) == rows(whole)[:12]
    assert "Gränserna räknas på alla månader från januari 2022" in shown.text


def test_provisional_limits_are_said_and_drawn(show: Show) -> None:
    shown = show("trender", matt="anmalningar-barn", vy="spc", period="2022-10")
    assert "Gränserna är provisoriska: de bygger på 10 månader och står fast först från 13." in shown.text
    lines = [
        one["line"]["dash"] for one in shown.charts["trend"]["layout"]["shapes"] if one["type"] == "line"
    ]
    assert lines[:3] == ["dot", "solid", "dot"]  # the centre is whole


def test_a_measure_that_follows_the_year_says_so(show: Show) -> None:
    assert "Måttet följer årstiderna" in show("trender", matt="sjukfranvaro", vy="spc").text


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"matt": "sjukfranvaro-r12"}, "räknas över tolv månader"),
        ({"matt": "ekonomi-avvikelse"}, "räknas ihop från januari"),
        ({"matt": "ekonomi-prognos"}, "gäller hela året"),
        ({"matt": "hme"}, "finns bara som tryckta tal"),
        ({"matt": "puls", "period": "2022-07"}, "bara 7 månadsvärden. Gränser räknas först från 8 månader."),
        ({"matt": "hushall-bistand", "enhet": "enhet-10"}, "inga månadsvärden"),
        ({"matt": "hushall-bistand", "period": "2021"}, "först från januari 2022"),
    ],
)
def test_what_cannot_be_judged_is_a_sentence_and_no_chart(
    params: dict[str, str], said: str, show: Show
) -> None:
    shown = show("trender", vy="spc", **params)
    assert shown.exceptions == []
    assert said in shown.text
    assert shown.charts == {}
    assert 'href="/trender' in shown.html


def test_a_rolling_measure_leads_to_the_months_it_is_made_of(show: Show) -> None:
    shown = show("trender", matt="sjukfranvaro-r12", vy="spc", enhet="avd-vuxen")
    assert "/trender?enhet=avd-vuxen&amp;matt=sjukfranvaro&amp;vy=spc" in shown.html
    assert "Signal eller slump för sjukfrånvaro" in shown.text
    assert "Signal eller slump för" not in show("trender", matt="ekonomi-avvikelse", vy="spc").text


def test_several_units_are_small_multiples_each_with_its_own_limits(show: Show) -> None:
    shown = show("trender", matt="hushall-bistand", vy="spc", enheter="avd-vuxen,enhet-10")
    assert sorted(shown.charts) == ["spc-avd-vuxen", "spc-forvaltningen"]
    assert "Antal hushåll med ekonomiskt bistånd · jan 2022–aug 2025" in shown.text
    many = show("trender", matt="sjukfranvaro", vy="spc", enheter="avd-vuxen")
    assert "Sjukfrånvaro, procent · jan 2022–aug 2025" in many.text
    assert "Enhet 10" in shown.text  # without months: a card with the reason


def test_an_empty_store_says_why(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("trender", Settings(home, tmp_path), matt="puls", vy="spc")
    assert shown.exceptions == []
    assert shown.charts == {}
    assert "månadsvärden" in shown.text


def test_the_view_asks_no_more_than_the_line(show: Show, open_facts: Callable[[], Any]) -> None:
    st.cache_resource.clear()
    show("trender", matt="puls", vy="spc", enheter="avd-vuxen,avd-barn-unga")
    counter = open_facts().warehouse.counter
    asked = counter.queries
    show("trender", matt="puls", enheter="avd-vuxen,avd-barn-unga")
    assert counter.queries == asked


def test_a_fault_in_the_levels_is_said_on_every_page(show: Show, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    file = tmp_path / "data" / "catalogue" / "rebases.toml"
    file.write_text(file.read_text("utf-8").replace('"placeringar-externa"', '"placeringar-extern"'), "utf-8")
    shown = show("trender", Settings(tmp_path, tmp_path / "state"), vy="spc")
    assert "rebases.toml" in shown.text
    assert "menade du ”placeringar-externa”" in shown.text
