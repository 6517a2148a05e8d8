"""The views of Ekonomi: forecasts, the ledger, volume and price, and what if."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from plotly import graph_objects

from dashboard.settings import Settings
from tests.pages.conftest import Show
from tests.pages.test_pages import ENGLISH, ODD

VIEWS = ["prognos", "traffsakerhet", "volym"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("params", ODD, ids=lambda params: " ".join(params.values()))
def test_a_view_survives_every_kind_of_choice(view: str, params: dict[str, str], show: Show) -> None:
    shown = show("ekonomi", vy=view, **params)
    assert shown.exceptions == []
    assert shown.heading
    assert not ENGLISH.search(shown.text), ENGLISH.search(shown.text)
    assert 'class="say"' in shown.html  # a chart with its sentence, or the reason for none


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_works_on_an_empty_store(view: str, show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("ekonomi", Settings(home, tmp_path), vy=view)
    assert shown.exceptions == []
    assert any("Inga månadsvärden är inlästa" in notice for notice in shown.notices)
    assert "<h2" in shown.html


def test_what_the_reports_print_is_enough_for_the_ledger(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("ekonomi", Settings(home, tmp_path), vy="traffsakerhet")
    assert "−333 881 −347 935 härlett −14 054 4,0" in shown.text


@pytest.mark.parametrize("view", VIEWS)
def test_every_chart_of_a_view_is_valid_and_has_its_place(view: str, show: Show) -> None:
    shown = show("ekonomi", vy=view, period="2024-T2")
    assert sorted(shown.charts) == sorted(re.findall(r'data-chart="([^"]+)"', shown.html))
    assert shown.charts
    for figure in shown.charts.values():
        graph_objects.Figure(figure)


@pytest.mark.parametrize("view", VIEWS)
def test_a_rerun_of_a_view_asks_nothing(view: str, show: Show, open_facts: Callable[[], Any]) -> None:
    first = show("ekonomi", vy=view, period="2024-07")
    counter = open_facts().warehouse.counter
    before = counter.queries
    assert show("ekonomi", vy=view, period="2024-07").html == first.html
    assert counter.queries == before


@pytest.mark.parametrize(
    ("view", "first", "another"), [("prognos", 4, 0), ("traffsakerhet", 3, 0), ("volym", 5, 0)]
)
def test_a_view_reads_only_what_it_draws(
    view: str, first: int, another: int, show: Show, open_facts: Callable[[], Any]
) -> None:
    st.cache_resource.clear()
    show("ekonomi", vy=view, period="2025-T2")
    counter = open_facts().warehouse.counter
    asked = counter.queries
    show("ekonomi", vy=view, period="2025-T1")
    assert (asked, counter.queries - asked) == (first, another)


def test_the_first_view_draws_none_of_the_others(show: Show) -> None:
    shown = show("ekonomi")
    assert sorted(shown.charts) == ["prognos", "utveckling"]
    assert "vy=traffsakerhet" in shown.html


def test_a_view_that_does_not_exist_is_said(show: Show) -> None:
    shown = show("ekonomi", vy="spaning")
    assert "Delen ”spaning” finns inte. Visar läget." in shown.text
    assert shown.heading == show("ekonomi").heading


def test_the_four_ways_stand_beside_each_other(show: Show) -> None:
    text = show("ekonomi", vy="prognos").text
    for said in (
        "−382,6 mnkr",
        "−374,0 mnkr",
        "−409,2 mnkr",
        "med omvärldsbufferten 24,0 mnkr blir prognosen −358,6",
    ):
        assert said in text
    assert "Prognosen ligger mellan B och C" in text


def test_the_waterfall_ends_at_the_forecast(show: Show) -> None:
    figure = show("ekonomi", vy="prognos").charts["budget-till-prognos"]
    labels = [note["text"].replace("\u202f", " ") for note in figure["layout"]["annotations"]]
    assert labels == ["−303 921", "−1 843", "−14 860", "−61 966", "−382 590", "+24 000", "−358 590"]
    ends = {(trace["base"][at] + x) for trace in figure["data"] for at, x in enumerate(trace["x"])}
    assert {-78_669, -54_669} <= ends


def test_a_closed_year_has_nothing_left_to_forecast_but_is_split_by_part(show: Show) -> None:
    shown = show("ekonomi", vy="prognos", period="2023")
    assert "Året 2023 är stängt" in shown.text
    assert "Från budget till utfall 2023" in shown.text
    assert "Avrundning" in shown.text


def test_the_implied_outcome_says_that_it_is_not_printed_and_where_it_comes_from(show: Show) -> None:
    shown = show("ekonomi", vy="traffsakerhet")
    assert "Prognosen i augusti 2024 var 14,1 mnkr (4,0 %) för ljus." in shown.heading
    assert "Utfallet 2024 är −347 935 tkr: härlett, inte tryckt." in shown.text
    assert "−382 590 minus dess avvikelse mot utfallet 2024 −34 655" in shown.text
    assert "Tertial 2 2025, rad 283" in shown.text
    assert "figur=t2-2025%3A283" in shown.html or "figur=t2-2025:283" in shown.html


def test_volume_and_price_are_told_for_each_part(show: Show) -> None:
    text = show("ekonomi", vy="volym").text
    assert (
        "Placeringarna kostar 22,9 mnkr mer än T2 2024: +12,4 mnkr av volym och +10,5 mnkr av pris." in text
    )
    assert "Avdelning vuxen" in text


def test_periods_of_different_length_are_not_split(show: Show) -> None:
    text = show("ekonomi", vy="volym", jamfor="forra-perioden").text
    assert "är olika långa och jämförs inte" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fler": "3"}, "3 fler placeringar från september 2025 gör 2025 0,9 mnkr dyrare."),
        ({"fler": " 3"}, "3 fler placeringar från september 2025"),
        ({"fler": "-1"}, "En placering färre från september 2025 gör 2025 0,3 mnkr billigare."),
        ({"dygnspris": "-200"}, "200 kr lägre dygnspris från september 2025 gör 2025 5,1 mnkr billigare."),
        ({"fler": "80"}, "Välj mellan −50 och 50. Räknar inte med 80."),
        ({"fler": "hej"}, "”hej” är inget heltal. Räknar med 0."),
        ({"dygnspris": "2,5"}, "”2,5” är inget heltal."),
        ({"dygnspris": "99999999999"}, "är inget heltal."),
    ],
)
def test_what_if_answers_or_says_what_is_wrong(given: dict[str, str], said: str, show: Show) -> None:
    shown = show("ekonomi", vy="volym", **given)
    assert shown.exceptions == []
    assert said in shown.text
    assert "Exemplet sparas inte" in shown.text
    assert "Nollställ" in shown.text


def test_what_if_changes_no_other_number(show: Show) -> None:
    def without_example(html: str) -> str:
        return re.sub(r'<section class="card what-if".*?</section>', "", html, flags=re.DOTALL)

    main = 'id="innehall"'
    usual, tried = (
        show("ekonomi", vy="volym", **more).html for more in ({}, {"fler": "7", "dygnspris": "500"})
    )
    assert without_example(usual[usual.index(main) :]) == without_example(tried[tried.index(main) :])


def test_what_if_markup_is_never_markup(show: Show) -> None:
    assert "<script>" not in show("ekonomi", vy="volym", fler="<script>").html


def test_a_closed_years_table_has_outcomes_and_no_forecast(show: Show) -> None:
    text = show("ekonomi", period="2024").text
    assert "Utfall, helår" in text
    assert "Utfall 2024 mot utfall 2023" in text
    assert re.search(r"utfallet är 56 \d{3} tkr dyrare än året före", text)
    assert "prognosen är" not in text
    assert "Prognos 2024 mot" not in text
    december = show("ekonomi", period="2024-12", jamfor="forra-perioden").text
    assert re.search(r"utfallet blev \d \d{3} tkr sämre än prognosen i november 2024", december)


def test_the_changes_of_the_tiles_follow_from_the_millions_beside_them(show: Show) -> None:
    text = show("ekonomi", period="2025-T2").text
    for told in ("−49,7 mnkr mot −20,4 mnkr", "−29,7 mnkr mot −25,0 mnkr", "−24,7 mnkr mot −333,9 mnkr"):
        assert told in text
