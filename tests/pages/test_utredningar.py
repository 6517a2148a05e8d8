"""Utredningar: whether children and adults are reached in time."""

from __future__ import annotations

from pathlib import Path

from dashboard.settings import Settings
from tests.pages.conftest import Show
from tests.pages.test_amnen import card, rows


def test_the_share_over_four_months_leads_and_passes_through_what_is_printed(show: Show) -> None:
    shown = show("utredningar")
    assert shown.heading == "Utredningar över 4 mån: 32 % jan–aug 2025, högre än 27 % T2 2024."
    month = show("utredningar", period="2024-08", enhet="avd-barn-unga")
    assert "52 %" in month.heading
    printed = [
        one
        for one in month.charts["trend-utredningar-over-fyra-manader"]["data"]
        if one["name"].endswith("tryckt")
    ]
    assert printed[0]["y"] == [52.0]


def test_each_kind_has_its_row_and_the_law_counts_children_only(show: Show) -> None:
    shown = show("utredningar")
    table = card(shown, "slag-tabell")
    assert "Barnavård 746 −22 777 +110 325 −24 32 +5" in table
    assert (
        "Alla 1 122 +17 1 143 +149 433 −18 Strecken" in table
    )  # no share of them all: only children have a limit
    assert "Tillsammans 433, mot 451 i augusti 2024." in card(shown, "slag")


def test_the_stock_follows_from_what_began_and_ended(show: Show) -> None:
    words = card(show("utredningar"), "in-och-ut")
    assert (
        "1 122 inledda och 1 143 avslutade. Pågående utredningar gick från 454 till 433, 21 färre." in words
    )


def test_reports_of_concern_are_divided_by_reason(show: Show) -> None:
    shown = show("utredningar", period="2023")
    assert "2 985" in card(shown, "orsaker")
    assert len(shown.charts["orsaker"]["data"]) == 5


def test_what_is_printed_of_decisions_stands_with_its_lines(show: Show) -> None:
    words = card(show("utredningar"), "tryckt-alla")
    for said in ("12", "52 %", "2 985", "2 496", "Ej verkställt: vård i familjehem"):
        assert said in words
    early = card(show("utredningar", period="2023"), "tryckt-alla")
    assert "vård i familjehem" not in early


def test_units_can_be_ordered_by_signal(show: Show) -> None:
    usual = show("utredningar", matt="utredningar-pagaende")
    shown = show("utredningar", matt="utredningar-pagaende", ordna="signal")
    assert sorted(rows(shown, "enheter")) == sorted(rows(usual, "enheter"))
    marks = [
        kind
        for part in card_html(shown.html).split("<tbody>")[2:]
        for kind in part.split('class="spc-mark ')[1:]
    ]
    assert marks[0].startswith("concerning")


def card_html(html: str) -> str:
    start = html.index('aria-labelledby="h-enheter"')
    return html[start : html.index("</table>", start)]


def test_a_unit_that_investigates_nothing_gets_a_sentence(show: Show) -> None:
    shown = show("utredningar", enhet="cai")
    assert shown.charts == {}
    assert "Det finns inga månadsvärden för" in shown.text


def test_an_empty_store_shows_what_reports_print(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("utredningar", Settings(home, tmp_path))
    assert "Ej verkställda beslut" in shown.text
    assert "2 985" in card(shown, "tryckt-alla")
    assert "demo:" not in shown.text
