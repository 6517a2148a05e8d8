"""Översikt against the reports: goals, key figures, deviations, changes and risks."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import Show, Shown


def colours(shown: Shown) -> dict[str, str]:
    return dict(re.findall(r'class="goal [^>]*aria-label="([^:"]+): ([^"]+)"', shown.html))


def card(shown: Shown, name: str) -> str:
    found = re.search(rf'<article class="kpi" aria-label="{name}">(.*?)</article>', shown.html, re.DOTALL)
    assert found, name
    return Shown(found[1], "", {}, []).text


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (
            "2025-T2",
            {
                "Trygghet": "Grön",
                "Hållbarhet": "Grön",
                "Ekonomi": "Röd",
                "Kvalitet": "Grön",
                "Medarbetare": "Grön",
            },
        ),
        ("2024-T2", {"Medarbetare": "Grön", "Kvalitet": "Grön", "Leverans": "Grön", "Ekonomi": "Röd"}),
        ("2024-T1", {"Medarbetare": "Grön", "Kvalitet": "Grön", "Leverans": "Grön", "Ekonomi": "Grön"}),
        ("2023", {"Medarbetare": "Grön", "Kvalitet": "Grön", "Leverans": "Grön", "Ekonomi": "Grön"}),
        ("2023-07", {"Medarbetare": "Gul", "Kvalitet": "Grön", "Leverans": "Grön", "Ekonomi": "Grön"}),
        ("2023-02", {"Medarbetare": "Grön", "Kvalitet": "Gul", "Leverans": "Grön", "Ekonomi": "Grön"}),
    ],
)
def test_the_goals_have_the_colours_that_the_reports_print(
    period: str, expected: dict[str, str], show: Show
) -> None:
    assert colours(show("oversikt", period=period)) == expected


def test_a_colour_that_the_text_lost_is_unknown_and_never_guessed(show: Show) -> None:
    assert set(colours(show("oversikt", period="2024-05")).values()) == {"Okänd"}


def test_economy_red_at_t2_stands_beside_green_at_t1(show: Show) -> None:
    shown = show("oversikt", period="2024-T2", jamfor="forra-perioden")
    economy = re.search(r'<a class="goal red"[^>]*>(.*?)</a>', shown.html, re.DOTALL)
    assert economy
    assert "T1 2024: grön" in Shown(economy[1], "", {}, []).text


def test_the_key_figures_of_t2_2025_are_the_reports(show: Show) -> None:
    shown = show("oversikt")
    assert "389" in card(shown, "Hushåll med bistånd")
    assert "+15 mot 374 sämre" in card(shown, "Hushåll med bistånd")
    assert "159" in card(shown, "Långvarigt bistånd")
    assert "−26 mot 185 bättre" in card(shown, "Långvarigt bistånd")
    assert "cirka 128" in card(shown, "Barn i hushållen")
    assert "snitt jan–juni 2025" in card(shown, "Barn i hushållen")
    assert "5,69 %" in card(shown, "Sjukfrånvaro R12")
    assert "mot 7,35" in card(shown, "Sjukfrånvaro R12")
    assert "7,64 procent i delårsrapporten 2024" in card(shown, "Sjukfrånvaro R12")
    assert "−54,7 mnkr" in card(shown, "Prognos mot budget")
    assert "mot −25,0 mnkr" in card(shown, "Prognos mot budget")


def test_only_the_figure_that_no_report_prints_is_marked_demo(show: Show) -> None:
    shown = show("oversikt")
    values = re.findall(r'<p class="value">(.*?)</p>', shown.html, re.DOTALL)
    assert ["demo" in value for value in values] == [False, False, False, True, False, False]


def test_a_number_leads_to_its_report_heading_and_line(show: Show) -> None:
    source = card(show("oversikt"), "Långvarigt bistånd")
    assert "Tertial 2 2025" in source
    assert "rad 209" in source
    assert "Rubrik:" in source


def test_r12_of_august_2024_is_told_by_the_report_being_read(show: Show) -> None:
    told = card(show("oversikt", period="2024-T2"), "Sjukfrånvaro R12")
    assert "7,64 %" in told
    assert "7,35" in told
    assert "mot 7,37" in told


def test_the_deviations_add_up_to_the_forecast_after_the_buffer(show: Show) -> None:
    text = show("oversikt").text
    for words in ("−62,0 mnkr", "−14,9 mnkr", "−1,8 mnkr", "+24,0 mnkr", "Summa −54,7 mnkr"):
        assert words in text


def test_a_unit_without_the_measure_says_why(show: Show) -> None:
    shown = show("oversikt", enhet="resurs-1")
    assert "–" in card(shown, "Hushåll med bistånd")
    assert "Det finns inga månadsvärden för Resursenhet" in card(shown, "Hushåll med bistånd")


def sentences(shown: Shown) -> list[tuple[str, str, str]]:
    """(kind, sentence, what it rests on) of *Det viktigaste nu*."""
    found = re.search(r'<section class="insights".*?<ol>(.*?)</ol>', shown.html, re.DOTALL)
    assert found
    rows = re.findall(
        r'class="kind">([^<]+)</span><span class="told"><a href="([^"]+)">([^<]+)</a></span>\s*'
        r'<span class="origin [a-z]+">([^<]+)</span>',
        found[1],
    )
    assert len(rows) == found[1].count("<li>")
    return [(kind, " ".join(text.replace("\xa0", " ").split()), rests) for kind, _, text, rests in rows]


def test_the_page_opens_with_what_matters_and_what_it_rests_on(show: Show) -> None:
    found = sentences(show("oversikt"))
    assert found[0] == (
        "Prognos",
        "Prognosen för 2025 har försämrats med 33,7 mnkr sedan den förra prognosen.",
        "publicerad",
    )
    assert 3 <= len(found) <= 5
    assert {rests for _, _, rests in found} == {"publicerad"}
    demo = sentences(show("oversikt", period="2025-03"))
    assert {rests for _, _, rests in demo} == {"demo"}


def test_each_sentence_leads_to_what_it_is_about(show: Show) -> None:
    shown = show("oversikt", period="2024-T2", jamfor="forra-perioden")
    html = shown.html.replace("&amp;", "&")
    assert re.search(
        r'href="/mal\?[^"]*#mal-mo-ekonomi">Målet Ekonomi är rött; T1 2024 var det grönt\.', html
    )
    assert re.search(r'href="/riskmatris\?[^"]*#risk-externa-placeringar">Ny risk sedan Helår 2023', html)
    assert "Underlag: publicerad. Vikt 1,00 = allvar 1,00" in shown.text


def test_a_period_with_nothing_to_look_at_says_so(show: Show) -> None:
    assert "Det finns inga värden eller bedömningar för perioden." in show("oversikt", period="2030-01").text


def test_key_figures_carry_the_signal_of_the_last_month_and_r12_that_of_its_months(show: Show) -> None:
    shown = show("oversikt")
    assert "Aug: bättre än vanligt" in card(shown, "Långvarigt bistånd")
    assert "Aug: sämre än vanligt" in card(shown, "Externa placeringar")
    assert "Månaderna är påhittade (demo)." in card(shown, "Externa placeringar")
    assert "Sjukfrånvaro: två av tre månader nära den nedre gränsen" in card(shown, "Sjukfrånvaro R12")
    assert "vanligt" not in card(shown, "Prognos mot budget")  # a forecast has no months of its own


def test_mal_lists_judged_beside_rule_and_where_nobody_says_why(show: Show) -> None:
    shown = show("mal")
    assert "Regeln kan säga något om tre bedömningar, och två av dem skiljer sig." in shown.text
    assert "Rapporten anger inte något skäl." in shown.text
    row = re.search(r'<tr id="oense-km-medarbetare" class="differs">(.*?)</tr>', shown.html, re.DOTALL)
    assert row
    words = Shown(row[1], "", {}, []).text
    assert "▲ Grön" in words
    assert "■ Röd" in words
    assert "Personalomsättning är 9,85 % mot 8,26 % ett år tidigare" in words
    assert "Skäl saknas i rapporten" in words
    assert "Regeln kan inte säga något om Trygghet och Kvalitet" in shown.text
    agreed = show("mal", period="2023").text
    assert "Regeln kan säga något om två bedömningar" in agreed or "stämmer med regeln" in agreed


def test_mal_of_a_unit_or_a_month_without_a_report_has_no_such_table(show: Show) -> None:
    assert "judged-rule" not in show("mal", enhet="resurs-1").html
    assert "judged-rule" not in show("mal", period="2023-05").html


@pytest.mark.parametrize(
    "params", [{"period": "2024-08"}, {"period": "2024-05..2024-08"}, {"period": "2024-T2"}]
)
@pytest.mark.parametrize("page_id", ["oversikt", "medarbetare"])
def test_the_same_month_has_one_verdict_whatever_period_ends_in_it(
    show: Show, page_id: str, params: dict[str, str]
) -> None:
    text = show(page_id, **params).text
    assert "+0,27 procentenheter mot 7,37 sämre" in text
    assert "mot 7,37 bättre" not in text


def test_a_card_says_the_period_it_compares_with_when_the_filter_says_another(show: Show) -> None:
    text = show("oversikt", jamfor="forra-perioden").text
    assert "cirka +16 mot 112 (juli–dec 2024)" in text
    assert "mot 390 bättre" in text


@pytest.mark.parametrize("period", ["2022", "2024", "2024-12"])
def test_nothing_on_the_first_page_calls_a_closed_year_a_forecast(show: Show, period: str) -> None:
    shown = show("oversikt", period=period)
    assert "Utfallet blev" in shown.heading
    assert "Prognosen" not in shown.text
    assert "Prognos mot budget" not in shown.text


def test_a_units_goals_carry_no_count_of_the_boards_units(show: Show) -> None:
    assert "av 11 enheter" in show("oversikt").text
    assert "av 11 enheter" not in show("oversikt", enhet="avd-vuxen").text
    assert "av 6 enheter" in show("oversikt", enhet="avd-vuxen").text
    assert not re.search(r"\d av \d+ enheter", show("oversikt", enhet="cai").text)
