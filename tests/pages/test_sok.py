"""Sök: with hits, without, with nothing asked, with anything asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dashboard.settings import Settings
from tests.pages.conftest import Show, Shown


def hrefs(shown: Shown, inside: str) -> list[str]:
    part = shown.html[shown.html.index(inside) :]
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', part)]


def test_the_number_of_the_report_is_found_with_its_line_and_a_way_to_it(show: Show) -> None:
    shown = show("sok", q="7,64")
    assert shown.exceptions == []
    assert shown.heading.endswith("träffar på ”7,64”.")
    assert "7,64 %" in shown.text
    assert "R12 augusti 2024 · Delår 2 2024 · Sjukfrånvaro, rad 85" in shown.text
    assert all(href.startswith("/") for href in hrefs(shown, 'id="h-figure"'))


def test_hits_are_counted_by_kind_and_one_kind_can_be_chosen(show: Show) -> None:
    shown = show("sok", q="sjukfranvaro")
    total = int(shown.heading.split()[0])
    kinds = re.findall(r'<a href="[^"]*slag=([a-z]+)" data-stay>[^<]+<b>(\d+)</b>', shown.html)
    assert total == sum(int(count) for _, count in kinds)
    figures = int(dict(kinds)["figure"])
    assert figures > 6
    assert f"Visa alla {figures}" in shown.text
    chosen = show("sok", q="sjukfranvaro", slag="figure")
    assert chosen.html.count('<li><p class="name">') == figures
    assert 'id="h-risk"' not in chosen.html


def test_what_was_found_is_marked(show: Show) -> None:
    assert "Förvaltningens <mark>sjukfrånvaro</mark>, R12" in show("sok", q="sjukfranvaro").html


def test_the_filters_go_along_to_what_is_opened(show: Show) -> None:
    shown = show("sok", q="frisktal", enhet="avd-vuxen")
    assert "/trender?enhet=avd-vuxen&matt=frisknarvaro" in hrefs(shown, 'id="h-indicator"')


def test_a_goal_is_shown_in_the_report_in_which_it_last_held(show: Show) -> None:
    shown = show("sok", q="cirkulär balanserad", slag="goal")
    assert "/mal?period=2024-T2#mal-mo-ekonomi" in hrefs(shown, 'id="h-goal"')


def test_a_risk_is_shown_in_the_report_that_prints_it(show: Show) -> None:
    shown = show("sok", q="samverkan med regionen", slag="risk")
    assert "/riskmatris?period=2023#risk-samverkan-regionen" in hrefs(shown, 'id="h-risk"')


def test_nothing_asked_says_what_can_be_asked(show: Show) -> None:
    shown = show("sok")
    assert shown.heading == "Vad letar du efter?"
    assert "mål, mått, siffror, risker" in shown.text
    assert "/sok?q=L%C3%A5ngvarigt+bist%C3%A5nd" in hrefs(shown, "Prova:")


def test_no_hit_says_so_and_suggests_what_has_one(show: Show) -> None:
    shown = show("sok", q="plaseringar")
    assert shown.heading == "Inget hittades för ”plaseringar”."
    assert "Menade du: placeringar" in shown.text
    assert "Kontrollera stavningen" in show("sok", q="qqqq").text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '" OR "1"="1', "title:*", "'); DROP TABLE entry", "a" * 5_000, "%00\x02"],
)
def test_whatever_is_asked_is_text(show: Show, text: str) -> None:
    shown = show("sok", q=text)
    assert shown.exceptions == []
    assert shown.heading
    assert "<script>alert" not in shown.html


def test_an_unknown_kind_shows_all(show: Show) -> None:
    assert show("sok", q="risk", slag="hemligt").html.count('class="card found"') > 1


def test_search_works_without_a_single_month(show: Show, home: Path, tmp_path: Path) -> None:
    assert show("sok", Settings(home, tmp_path), q="sjukfranvaro").heading.endswith(
        "träffar på ”sjukfranvaro”."
    )


def test_every_other_page_has_the_field_and_the_search_page_its_own(show: Show) -> None:
    assert show("oversikt").html.count('id="f-q"') == 1
    assert show("sok").html.count('id="f-q"') == 1
    assert show("sok", projektor="1", q="barn").html.count('id="f-q"') == 1


def test_a_search_asks_the_store_for_no_numbers(show: Show, open_facts: Callable[[], Any]) -> None:
    show("sok", q="barn")
    counter = open_facts().warehouse.counter
    before = counter.queries
    show("sok", q="kriminalitet")
    assert counter.queries == before
