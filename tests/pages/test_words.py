"""Sentences that once said something else than the numbers beside them."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import Show


def test_nothing_new_does_not_hide_what_is_still_out_of_the_ordinary(show: Show) -> None:
    shown = show("utredningar", period="2025-T2")
    said = re.search(r"Inget nytt .*? \(sämre än vanligt\)\.", shown.text)
    assert said, shown.text
    assert "Två mått ligger utanför det vanliga" in said[0]
    assert "pågående utredningar (sämre än vanligt)" in said[0]
    assert re.search(r'<a href="[^"]*vy=spc[^"]*">pågående utredningar</a>', shown.html)


@pytest.mark.parametrize("page", ["utredningar", "placeringar", "forsorjning", "medarbetare", "oversikt"])
@pytest.mark.parametrize("period", ["2023-05", "2024-03", "2024-11", "2025-02"])
def test_all_is_usual_is_said_only_where_no_key_figure_has_a_signal(
    page: str, period: str, show: Show
) -> None:
    text = show(page, period=period).text
    if "Måtten ligger inom det vanliga." in text:
        cards = re.findall(r"(?:Jan|Feb|Mars|Apr|Maj|Juni|Juli|Aug|Sep|Okt|Nov|Dec): (\w+ än vanligt)", text)
        assert cards == []


@pytest.mark.parametrize(
    ("period", "total"), [("2025-T2", "78,7 mnkr"), ("2025-T1", "45,0 mnkr"), ("2025-03", "27,0 mnkr")]
)
def test_the_share_of_the_worst_part_is_of_what_it_is_a_share_of(period: str, total: str, show: Show) -> None:
    assert show("ekonomi", period=period).heading.endswith(
        f"avdelning barn och unga står för 79 % av underskotten på {total}."
    )


def test_a_sum_without_the_buffer_says_so(show: Show) -> None:
    assert "Summa före omvärldsbuffert −45,0 mnkr" in show("oversikt", period="2025-T1").text
    assert "Omvärldsbuffert* +24,0 mnkr Summa −54,7 mnkr" in show("oversikt").text
    assert "Summa före" not in show("oversikt", period="2024-T2").text


def test_the_buffer_is_told_as_the_card_counts_it_and_only_in_its_year(show: Show) -> None:
    now, before = show("oversikt").text, show("oversikt", period="2024-T2").text
    assert "I hela förvaltningens avvikelse ingår omvärldsbufferten på 24 000 tkr." in now
    assert "summa är utan" not in now + show("ekonomi").text
    assert "omvärldsbufferten på" not in before


def test_what_if_says_which_months_it_starts_from_and_counts_costs_as_the_page_does(show: Show) -> None:
    text = show("ekonomi", vy="volym").text
    assert "I snitt juni–augusti 2025 var 207 placerade till 2 358 kr per dygn." in text
    assert "I dag är" not in show("ekonomi", vy="volym", period="2024-T2").text
    more = show("ekonomi", vy="volym", fler="3").text
    row = re.search(r"Samma ändring ett helt år (\S+ ?\d*)", more)
    assert row, more
    assert row[1].startswith("+")
    assert re.search(r"3 fler placeringar från september 2025 gör 2025 [\d,]+ mnkr dyrare\.", more)


def test_half_and_half_is_said_of_halves(show: Show) -> None:
    text = show("ekonomi", vy="volym").text
    assert "hälften volym" not in text
    assert "Ökningen är mest volym: 54 procent." in text


def test_the_first_page_says_of_a_risk_and_a_change_what_the_other_pages_say(show: Show) -> None:
    text = show("oversikt").text
    assert "Hot i omvärlden ny" in text
    assert "tusen kronor" not in text
    assert "6,69 % → 6,61 % Tryckta tal i båda perioderna" in show("oversikt", period="2022").text
    assert "0 % av den" not in show("oversikt", period="2022-03").text


def test_an_accumulated_measure_is_compared_between_the_same_months(show: Show) -> None:
    text = show("trender", matt="ekonomi-utfall").text
    assert "Från −181 343 tkr i augusti 2022 till −272 615 tkr i augusti 2025, räknat från januari" in text


def test_an_index_is_refused_on_a_base_too_small_to_mean_anything(show: Show) -> None:
    shown = show("trender", matt="slutat-externt", vy="index", enhet="enhet-10")
    assert "har 1 som mest, för lite för att räkna index från" in shown.text
    assert "−100,0 %" not in shown.text


def test_an_axis_ends_with_the_last_month_that_is_known(show: Show) -> None:
    shown = show("trender", period="2026-05")
    assert "jan 2022–aug 2025" in shown.text
    assert "maj 2026" not in str(shown.charts)


def test_datasets_go_by_their_swedish_names(show: Show) -> None:
    text = show("oversikt").text
    assert "Anmälningar om barn och unga augusti 2025" in text
    assert not re.search(r"Anmalningar|Bedomningar|Bistand", text)


def test_each_goal_that_the_rule_is_silent_on_is_named_once(show: Show) -> None:
    text = show("mal", period="2023").text
    assert "Regeln kan inte säga något om Medarbetare, Kvalitet, Leverans och Ekonomi:" in text


@pytest.mark.parametrize(
    ("params", "heading"),
    [
        (
            {"matt": "sjukfranvaro-r12"},
            "Sjukfrånvaro R12: 5,69 % i augusti 2025, lägre än 7,35 % i augusti 2024.",
        ),
        (
            {"matt": "sjukfranvaro", "period": "R12-2025-08"},
            "Sjukfrånvaro: 5,69 % R12 aug 2025, lägre än 7,64 % R12 aug 2024.",
        ),
        (
            {"matt": "slutat-externt", "enhet": "enhet-10"},
            "Slutat i kommunen för Enhet 10 (namnges inte i rapporterna): 0 sammanlagt jan–aug 2025, "
            "detsamma som T2 2024.",
        ),
    ],
)
def test_a_headline_is_short_and_natural(params: dict[str, str], heading: str, show: Show) -> None:
    assert show("trender", **params).heading == heading
