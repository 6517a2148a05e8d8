"""Every page with full, empty, odd and damaged data, as a visitor would get it."""

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
from dashboard.ui.navigation import PAGES
from tests.pages.conftest import Show

IDS = [page.id for page in PAGES]
ODD = [
    {"period": "2024-T2"},
    {"period": "2024-T1", "jamfor": "forra-perioden"},
    {"period": "2023", "jamfor": "mal"},
    {"period": "2025-08", "enhet": "avd-barn-unga", "jamfor": "forra-perioden"},
    {"period": "2025-05..2025-08", "enhet": "ekonomiskt-bistand"},
    {"period": "R12-2025-08", "enhet": "socialt-stod-skydd"},
    {"period": "2021"},
    {"period": "2030-01"},
    {"period": "2022-01", "enhet": "tysa"},
    {"period": "2025-T2", "enhet": "v2023-ukraina"},
    {"period": "2025-T2", "enhet": "omvarldsbuffert"},
    {"period": "2023", "enhet": "v2023-varav-forsorjning-ifo"},
]
ENGLISH = re.compile(
    r"\b(loading|error|undefined|none|nan|null|true|false|the|and|unknown|not_assessed|synthetic)\b", re.I
)


@pytest.mark.parametrize("page_id", IDS)
def test_a_page_opens_with_a_sentence_its_frame_and_no_fault(page_id: str, show: Show) -> None:
    shown = show(page_id)
    assert shown.exceptions == []
    assert shown.heading.endswith((".", "?"))
    assert 'aria-current="page"' in shown.html
    assert "T2 2025 · jan–aug" in shown.text
    assert "Demo" in shown.text
    assert shown.notices == []
    assert "Styrkort" in shown.title


@pytest.mark.parametrize("page_id", IDS)
@pytest.mark.parametrize("params", ODD, ids=lambda params: " ".join(params.values()))
def test_a_page_survives_every_kind_of_choice(page_id: str, params: dict[str, str], show: Show) -> None:
    shown = show(page_id, **params)
    assert shown.exceptions == []
    assert shown.heading
    assert not ENGLISH.search(shown.text), ENGLISH.search(shown.text)
    assert "-0" not in re.sub(r"[\w.]-0\d", "", shown.text)


@pytest.mark.parametrize("page_id", IDS)
def test_a_page_works_on_an_empty_store_and_says_so(
    page_id: str, show: Show, home: Path, tmp_path: Path
) -> None:
    shown = show(page_id, Settings(home, tmp_path))
    assert shown.exceptions == []
    assert any("Inga månadsvärden är inlästa" in notice for notice in shown.notices)
    assert "T2 2025" in shown.text


@pytest.mark.parametrize("page_id", IDS)
def test_a_damaged_snapshot_is_named_and_the_rest_served(page_id: str, show: Show, copied: Settings) -> None:
    victim = next((copied.snapshots / "bistand" / "2024-03").glob("*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-7])
    shown = show(page_id, copied)
    assert shown.exceptions == []
    assert any(victim.name in notice and "skadad" in notice for notice in shown.notices)
    assert shown.heading


def test_a_missing_month_is_named(show: Show, copied: Settings) -> None:
    shutil.rmtree(copied.snapshots / "medarbetare" / "2024-11")
    shown = show("oversikt", copied)
    assert any("medarbetare saknar november 2024" in notice for notice in shown.notices)


@pytest.mark.parametrize("page_id", IDS)
def test_a_broken_catalogue_lists_every_fault_and_nothing_else(
    page_id: str, show: Show, home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    file = tmp_path / "data" / "catalogue" / "thresholds.toml"
    file.write_text(file.read_text("utf-8").replace("risk_red", "risk_rod"), encoding="utf-8")
    goals = tmp_path / "data" / "catalogue" / "goals.toml"
    goals.write_text(goals.read_text("utf-8") + '\n[[goal]]\nid = "x"\n', encoding="utf-8")
    shown = show(page_id, Settings(tmp_path, tmp_path / "var"))
    assert shown.exceptions == []
    assert "Sidan kan inte visas" in shown.heading
    assert "thresholds.toml" in shown.text
    assert "risk_rod" in shown.text
    assert "goals.toml" in shown.text
    assert "Traceback" not in shown.html


@pytest.mark.parametrize("page_id", IDS)
def test_what_an_address_says_wrongly_is_told_and_has_no_effect(page_id: str, show: Show) -> None:
    usual = show(page_id)
    shown = show(page_id, period="hopp", enhet="../../etc", jamfor="<script>", finnsinte="1")
    assert shown.exceptions == []
    assert len(shown.notices) == 4
    assert "<script>" not in shown.html
    assert shown.heading == usual.heading


@pytest.mark.parametrize("page_id", IDS)
def test_a_rerun_that_changes_nothing_asks_nothing(
    page_id: str, show: Show, open_facts: Callable[[], Any]
) -> None:
    first = show(page_id, period="2025-06")  # a period that no other test asks this page for
    counter = open_facts().warehouse.counter
    before = counter.queries
    assert before > 0
    assert show(page_id, period="2025-06").html == first.html
    assert counter.queries == before


@pytest.mark.parametrize(
    ("page_id", "first", "another"),
    [
        ("oversikt", 5, 2),
        ("mal", 3, 2),
        ("trender", 3, 0),
        ("placeringar", 3, 0),
        ("utredningar", 3, 0),
        ("enheter", 3, 1),  # teams that started in 2024
        ("forsorjning", 3, 1),  # a team that started in 2024
        ("medarbetare", 3, 0),
        ("ekonomi", 6, 2),
        ("riskmatris", 2, 1),  # what was loaded since the report
        ("uppdrag", 2, 0),
        ("jamforelser", 2, 0),
        ("rapporter", 2, 0),
    ],
)
def test_a_page_reads_only_what_it_draws(
    page_id: str, first: int, another: int, show: Show, open_facts: Callable[[], Any]
) -> None:
    st.cache_resource.clear()  # as a process that nobody has asked anything
    show(page_id, period="2022-04")
    counter = open_facts().warehouse.counter
    asked = counter.queries
    show(
        page_id, period="2024-03"
    )  # the same series are known by now; the judgements of another year are not
    assert (asked, counter.queries - asked) == (first, another)


@pytest.mark.parametrize("page_id", IDS)
def test_every_chart_is_a_valid_figure_with_its_place_and_a_table(page_id: str, show: Show) -> None:
    shown = show(page_id)
    places = re.findall(r'data-chart="([^"]+)"', shown.html)
    assert sorted(shown.charts) == sorted(places)
    for figure in shown.charts.values():
        graph_objects.Figure(figure)
    for card in re.findall(
        r"<(?:section|article)[^>]*data-card.*?</(?:section|article)>", shown.html, re.DOTALL
    ):
        assert "data-chart" not in card or "<table" in card


@pytest.mark.parametrize("page_id", IDS)
def test_the_projector_hides_the_menu_and_says_which_snapshot_it_shows(page_id: str, show: Show) -> None:
    shown = show(page_id, projektor="1")
    assert 'class="rail"' not in shown.html
    assert 'name="period"' not in shown.html
    assert 'data-projector="1"' in shown.html
    assert "ögonblicksbild" in shown.text
    assert re.search(r'data-next="/[^"]*projektor=1"', shown.html)


@pytest.mark.parametrize("page_id", IDS)
def test_changing_period_unit_or_comparison_changes_the_page(page_id: str, show: Show) -> None:
    usual = show(page_id)
    for params in ({"period": "2024-T2"}, {"enhet": "avd-vuxen"}, {"jamfor": "forra-perioden"}):
        main = show(page_id, **params)
        assert _main(main.html) != _main(usual.html), params


def _main(html: str) -> str:
    return html[html.index('id="innehall"') :]


def test_the_application_opens_the_first_page(show: Show) -> None:
    shown = show("oversikt", script="app.py")
    assert shown.exceptions == []
    assert "Fyra av fem mål är gröna" in shown.heading
