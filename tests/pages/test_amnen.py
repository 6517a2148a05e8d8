"""Topic pages: the question answered first, every measure a card, and a sentence where there is nothing."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from dashboard.settings import Settings
from tests.pages.conftest import Show, Shown

PAGES = ("medarbetare", "forsorjning")


def card(shown: Shown, key: str) -> str:
    """The words of one card."""
    found = re.search(rf'<section[^>]*aria-labelledby="h-{key}".*?</section>', shown.html, re.DOTALL)
    assert found, f"no card {key}"
    words = unescape(re.sub(r"<[^>]+>", " ", found[0])).replace("\u202f", " ").replace("\xa0", " ")
    return " ".join(words.split())


def rows(shown: Shown, key: str) -> list[str]:
    """The heads of the rows of a card's table of units, in the order shown."""
    found = re.search(rf'<section[^>]*aria-labelledby="h-{key}".*?</section>', shown.html, re.DOTALL)
    assert found
    return [
        unescape(name)
        for name in re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a></th>', found[0], re.DOTALL)
    ]


def test_medarbetare_says_how_the_organisation_is_and_what_has_moved(show: Show) -> None:
    shown = show("medarbetare")
    assert shown.heading.startswith("Sjukfrånvaro R12: 5,69 %")
    assert "7,35 %" in shown.heading
    assert (
        "Målet Medarbetare är bedömt grönt, men personalomsättning är 9,85 % mot 8,26 % ett år tidigare."
        in shown.text
    )
    assert "Sjukfrånvaro R12 har minskat från 7,35 % (R12 aug 2024) till 5,69 %, åt rätt håll." in shown.text


def test_both_values_of_august_2024_stand_with_their_sources(show: Show) -> None:
    shown = show("medarbetare")
    assert "Rapporterna trycker både 7,64 % och 7,35 % för augusti 2024." in card(
        shown, "trend-sjukfranvaro-r12"
    )
    printed = next(one for one in shown.charts["trend-sjukfranvaro-r12"]["data"] if "text" in one)
    hovers = [text for text in printed["hovertext"] if "R12 augusti 2024" in text]
    assert len(hovers) == 2
    assert any("Delår 2 2024" in text and "7,64" in text for text in hovers)
    assert any("Tertial 2 2025" in text and "7,35" in text for text in hovers)


def test_the_sums_behind_r12_are_shown_and_meet_the_printed_value(show: Show) -> None:
    words = card(show("medarbetare"), "rakning")
    assert "23 968 timmar / 421 222 timmar × 100 = 5,69 %" in words
    assert "September 2024–augusti 2025, 12 månader." in words
    assert "Rapporten trycker 5,69 %." in words
    assert "vilket månaderna inte ger" not in words


def test_short_and_long_sick_leave_are_stacked_to_the_whole(show: Show) -> None:
    shown = show("medarbetare")
    chart = shown.charts["langd"]
    assert chart["layout"]["barmode"] == "relative"
    assert [trace["name"] for trace in chart["data"]] == ["Kort sjukfrånvaro", "Lång sjukfrånvaro"]
    highest = max(a + b for a, b in zip(*(trace["y"] for trace in chart["data"]), strict=True))
    assert chart["layout"]["yaxis"]["range"][1] > highest
    assert "Tillsammans 5,73 %, mot 7,47 % T2 2024." in card(shown, "langd")


def test_units_are_ordered_as_the_address_says(show: Show) -> None:
    usual = rows(show("medarbetare"), "enheter")
    assert usual[:3] == ["Hela förvaltningen", "Vuxen", "Vuxenenheten"]
    by_value = rows(show("medarbetare", ordna="varde"), "enheter")
    assert by_value[:4] == ["Hela förvaltningen", "Barn och unga", "Vuxen", "Barn och ungdom 2"]
    assert sorted(by_value) == sorted(usual)
    by_change = show("medarbetare", ordna="forandring")
    assert rows(by_change, "enheter")[3] == "Resurs 1"
    assert 'aria-sort="descending"' in by_change.html


def test_the_measure_of_the_units_is_chosen_in_the_address_and_kept_by_the_links(show: Show) -> None:
    shown = show("medarbetare", matt="puls", ordna="varde")
    assert re.search(r"Högst: \w+ ?\d*, 5,\d\d\. Lägst: Barn och ungdom 2, 4,\d\d\.", card(shown, "enheter"))
    assert "Pulsmätaren per enhet, på samma skala" in card(shown, "kurvor")
    links = re.findall(r'<th scope="row"><a href="([^"]*)">', shown.html)
    assert links
    assert all("matt=puls" in link and "ordna=varde" in link for link in links)


def test_what_cannot_be_chosen_is_said(show: Show) -> None:
    shown = show("medarbetare", matt="hopp", ordna="baklanges")
    assert "Måttet ”hopp” finns inte i listan." in shown.text
    assert "Ordningen ”baklanges” finns inte." in shown.text
    assert rows(shown, "enheter") == rows(show("medarbetare"), "enheter")


def test_forsorjning_says_how_many_how_long_and_how_many_move_on(show: Show) -> None:
    shown = show("forsorjning")
    assert shown.heading.startswith("Hushåll med bistånd: 389")
    bands = card(shown, "varaktighet")
    assert "Augusti 2025: bistånd under 10 mån 228 (59 %) och långvarigt bistånd 159 (41 %)." in bands
    assert "Tillsammans 387, mot 368 i augusti 2024." in bands
    assert "Tillsammans 131, mot 142 T2 2024." in card(shown, "avslut")
    assert "16 531 tkr / 3 112 × 1 000 = 5 312 kr" in card(shown, "rakning")
    assert rows(shown, "enheter") == ["Hela förvaltningen", "Vuxen", "Ekonomiskt bistånd", "CAI"]
    assert "TYSA" in rows(shown, "team")


def test_figures_that_only_reports_have_stand_with_their_place(show: Show) -> None:
    words = card(show("forsorjning"), "tryckt-bara-tryckt")
    assert "5,1 %" in words
    assert "Helår 2023, Utvecklingen på arbetsmarknaden, rad 87" in words
    assert "608" in words
    before = card(show("forsorjning", period="2023"), "tryckt-bara-tryckt")
    assert "5,1 %" in before
    assert "608" not in before  # printed of 2025


def test_raw_months_lead_to_signal_or_noise_and_r12_to_the_months_behind_it(show: Show) -> None:
    html = unescape(show("medarbetare").html)
    assert '/trender?matt=sjukfranvaro&vy=spc"' in html
    assert '/trender?matt=puls&vy=spc"' in html
    assert "matt=sjukfranvaro-r12&vy=spc" not in html


def test_the_year_before_is_drawn_when_it_is_compared_with(show: Show) -> None:
    names = [one["name"] for one in show("medarbetare").charts["trend-sjukfranvaro"]["data"]]
    assert any("året före" in name for name in names)
    other = show("medarbetare", jamfor="forra-perioden").charts["trend-sjukfranvaro"]["data"]
    assert not any("året före" in one["name"] for one in other)


@pytest.mark.parametrize("page_id", PAGES)
def test_an_empty_store_shows_what_is_printed_and_sentences_for_the_rest(
    page_id: str, show: Show, home: Path, tmp_path: Path
) -> None:
    shown = show(page_id, Settings(home, tmp_path))
    for key, figure in shown.charts.items():
        assert any(value is not None for one in figure["data"] for value in one["y"]), key
    assert "demo:" not in shown.text
    assert "Så står det i Tertial 2 2025" in shown.text


def test_a_unit_without_the_measures_gets_one_sentence_and_ways_on(show: Show) -> None:
    shown = show("forsorjning", enhet="avd-barn-unga")
    assert shown.charts == {}
    sentence = "Det finns inga månadsvärden för Avdelning barn och unga T2 2025 · jan–aug."
    assert card(shown, "utan-hushall").count(sentence) == 1
    assert "Visa Ekonomiskt bistånd" in shown.text
    team = show("forsorjning", enhet="team-ung")
    assert team.heading.startswith("Till arbete, studier för Ung i Tyresö")
    assert "trend-arbetsmarknad-till-arbete-studier" in team.charts
    assert "Måttet följs inte för Ung i Tyresö." in card(team, "utan-hushall")


def test_one_single_value_is_a_sentence_and_no_curve(show: Show) -> None:
    shown = show("medarbetare", period="2022-01")
    assert "Bara ett värde finns:" in card(shown, "trend-sjukfranvaro")
    assert "trend-sjukfranvaro" not in shown.charts
    assert "trend-sjukfranvaro-r12" in shown.charts  # the reports print 2021


def test_a_unit_is_shown_beside_its_colleagues_and_marked(show: Show) -> None:
    shown = show("medarbetare", enhet="resurs-1")
    assert rows(shown, "enheter")[0] == "Barn och unga"
    assert re.search(r'<tr class="[^"]*chosen"[^>]*><th scope="row"><a href="[^"]*">Resurs 1</a>', shown.html)


def test_a_board_writes_its_own_topic_page(show: Show, home: Path, demo_state: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    shutil.copytree(demo_state / "snapshots", tmp_path / "var" / "snapshots")
    (tmp_path / "data" / "catalogue" / "topics" / "medarbetare.toml").write_text(
        """
figures = ["anstallda"]
[[sections]]
key = "folk"
title = "Så många är vi"
about = ["anstallda"]
rows = [
  [{ kind = "monthly", indicator = "anstallda", months = 6 }],
  [{ kind = "units", key = "folket", title = "Var vi finns", param = "folk", indicators = ["anstallda", "puls"] }],
]
[[sections]]
key = "bistand"
title = "Bistånd"
about = ["hushall-bistand"]
rows = [[{ kind = "monthly", indicator = "hushall-bistand" }]]
""",
        encoding="utf-8",
    )
    own = Settings(tmp_path, tmp_path / "var")
    shown = show("medarbetare", own, folk="puls", enhet="barn-ungdom-1")
    assert shown.exceptions == []
    assert shown.notices == []
    assert shown.heading.startswith("Anställda")
    assert re.findall(r'<h2 class="topic-head"[^>]*>(.*?)</h2>', shown.html) == ["Så många är vi"]
    assert list(shown.charts) == ["trend-anstallda"]
    assert "Högst: Resurs 1, 5,18." in card(shown, "folket")
    assert "Bistånd" in card(shown, "utan-bistand")


def test_a_topic_page_that_nobody_has_written_says_so(show: Show, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    (tmp_path / "data" / "catalogue" / "topics" / "medarbetare.toml").unlink()
    shown = show("medarbetare", Settings(tmp_path, tmp_path / "var"))
    assert shown.exceptions == []
    assert "topics/medarbetare.toml finns inte" in shown.text
