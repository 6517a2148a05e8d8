"""Uppdrag och planer: what is late, what became of the rest, and the time line."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.published import Published
from dashboard.settings import Settings
from dashboard.ui.navigation import PAGES
from tests.pages.conftest import Show, Shown


def part(shown: Shown, heading: str) -> Shown:
    """The card with this heading."""
    found = re.search(rf'<section [^>]*aria-labelledby="{heading}".*?</section>\n', shown.html, re.DOTALL)
    assert found, heading
    return Shown(found[0], "", {}, [])


def groups(shown: Shown) -> list[tuple[str, bool]]:
    found = re.findall(
        r'<details class="promise-group" id="grupp-([^"]+)"( open)?>', part(shown, "h-uppdrag").html
    )
    return [(name, bool(opened)) for name, opened in found]


def labels(shown: Shown) -> list[str]:
    return [
        Shown(text, "", {}, []).text for text in re.findall(r'<span class="what">(.*?)</span>', shown.html)
    ]


def tallies(shown: Shown) -> dict[str, str]:
    found = re.findall(r'<article class="tally.*?</article>', shown.html, re.DOTALL)
    texts = [Shown(text, "", {}, []).text for text in found]
    return {re.split(r" \d", text)[0]: text for text in texts}


def test_the_page_is_in_the_menu_with_its_question() -> None:
    (page,) = (page for page in PAGES if page.id == "uppdrag")
    assert (page.path, page.title, page.question) == (
        "uppdrag",
        "Uppdrag och planer",
        "Gör vi det vi har lovat?",
    )


def test_the_heading_says_how_many_are_late_and_the_late_are_open(show: Show) -> None:
    shown = show("uppdrag")
    assert shown.heading == "Fyra av 36 bedömda uppdrag och åtgärder är röda, fyra gula."
    assert groups(shown)[:3] == [("red", True), ("yellow", True), ("ongoing", True)]
    assert not any(opened for _, opened in groups(shown)[3:])
    assert labels(part(shown, "h-uppdrag"))[0] == "Säkerhetsplanering när placeringar avslutas"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", "Sex av 25 bedömda uppdrag och åtgärder är gula, inget är rött."),
        ("2024-T2", "Ingen status går att läsa för de 64 uppdragen och åtgärderna i Delår 2 2024."),
    ],
)
def test_each_report_is_summed_up_as_far_as_it_can_be_read(period: str, said: str, show: Show) -> None:
    assert show("uppdrag", period=period).heading == said


def test_the_tiles_count_and_say_what_the_colours_mean_there(show: Show) -> None:
    now = tallies(show("uppdrag"))
    assert (
        "4 röda ● 4 gula ▲ 25 gröna Grön: genomförd, gul: påbörjad, röd: försenad"
        in now["Åtgärder mot riskerna"]
    )
    assert "Följs inte upp i Tertial 2 2025. Finns i Helår 2023 ." in now["Politiska uppdrag"]
    then = tallies(show("uppdrag", period="2023"))
    assert "10 okända Grön: enligt plan" in then["Politiska uppdrag"]
    assert "Helår 2023 skriver inte vad färgerna betyder" in then["Åtgärder mot riskerna"]


def test_a_row_shows_its_status_in_every_report_its_words_and_its_source(show: Show) -> None:
    row = re.search(
        r'<tr[^>]*><th scope="row" data-value="Samverkan polis, skola m\.fl\.">.*?</tr>',
        show("uppdrag").html,
        re.DOTALL,
    )
    assert row
    cells = re.findall(r'data-label="([^"]+)" data-value="([^"]+)"', row[0])
    assert cells == [("Helår 2023", "Grön"), ("Delår 2 2024", "Okänd"), ("Tertial 2 2025", "Gul (påbörjad)")]
    text = Shown(row[0], "", {}, []).text
    assert "I Helår 2023: Samarbete med polis, skola, fritid och strateg mot brott" in text
    assert "Tryckt status: Bedömning gul" in text
    assert "Bedömt av: nämnden" in text
    assert "rad 560" in text
    assert re.search(r'href="/rapporter\?figur=t2-2025:560:a\d"', row[0])
    assert 'href="/riskmatris#risk-ungdomskriminalitet"' in row[0]


def test_what_is_left_out_says_where_it_was_and_why(show: Show) -> None:
    gone = part(show("uppdrag"), "h-borta").text
    assert "Tio politiska uppdrag" in gone
    said = "Fanns i Helår 2023, nämns inte i Tertial 2 2025. Rapporten följer inte upp det slaget."
    assert said in gone
    assert "Risken finns inte heller kvar." in gone


def test_kind_and_status_narrow_the_list_and_stay_in_the_links(show: Show) -> None:
    shown = show("uppdrag", slag="riskatgard", status="gul")
    assert groups(shown) == [("yellow", True)]
    assert len(labels(part(shown, "h-uppdrag"))) == 4
    assert "Uppdrag och åtgärder i Tertial 2 2025: 4 av 49" in shown.text
    assert '<option value="gul" selected>' in shown.html
    assert 'href="/uppdrag?slag=riskatgard&amp;status=rod"' in shown.html
    assert re.search(r'status yellow" aria-current="true"', shown.html)
    nothing = show("uppdrag", slag="atgard", status="rod")
    assert "Inget uppdrag och ingen åtgärd i Tertial 2 2025 passar valet." in nothing.text
    assert 'data-file="uppdrag-t2-2025"' in nothing.html


def test_the_reports_own_order_is_one_choice_away(show: Show, published: Published) -> None:
    shown = show("uppdrag", ordning="rapporten")
    assert groups(shown) == [("atgard", True), ("riskatgard", True)]
    lines = {row.label: row.line for row in published.assignments if row.source == "t2-2025"}
    listed = [lines[label] for label in labels(part(shown, "h-uppdrag"))]
    assert listed == sorted(listed)


def test_unknown_choices_are_told_and_have_no_effect(show: Show) -> None:
    shown = show("uppdrag", slag="<b>", status="lila", ordning="x", typ="y")
    assert [notice.split(" finns inte")[0] for notice in shown.notices] == [
        "Slaget ”<b>”",
        "Statusen ”lila”",
        "Ordningen ”x”",
        "Händelseslaget ”y”",
    ]
    assert "<b>”" not in shown.html
    assert labels(shown) == labels(show("uppdrag"))


def test_a_unit_cannot_narrow_and_the_page_says_so(show: Show) -> None:
    shown = show("uppdrag", enhet="avd-vuxen")
    (notice,) = shown.notices
    assert "så valet Avdelning vuxen ändrar inget här" in notice
    assert "anger ansvarig för tre: förvaltningschef" in notice
    assert labels(shown) == labels(show("uppdrag"))


def test_another_period_names_the_report_that_is_read(show: Show) -> None:
    assert show("uppdrag", period="2025-03").notices == [
        "För mars 2025 finns ingen egen rapport. Visar Delår 2 2024, den senaste före."
    ]
    early = show("uppdrag", period="2021")
    assert (
        "Ingen rapport med uppdrag, åtgärder eller händelser finns för år 2021 eller tidigare." in early.text
    )
    assert 'href="/uppdrag?period=2023"' in early.html


def test_the_comparison_says_what_is_new_and_against_what(show: Show) -> None:
    assert "är nya sedan Delår 2 2024, samma period förra året." in show("uppdrag").text
    assert "är nya sedan Delår 2 2024, rapporten före." in show("uppdrag", jamfor="forra-perioden").text
    assert "är nya sedan" not in show("uppdrag", jamfor="mal").text
    assert (
        "Ingen rapport gäller T2 2023, så inget är märkt som nytt." in show("uppdrag", period="2024-T2").text
    )


def test_the_time_line_holds_every_event_with_date_source_and_links(show: Show, published: Published) -> None:
    html = show("uppdrag").html
    titles = re.findall(r'<th scope="row" data-value="([^"]*)">', html[html.index('id="h-tidslinje"') :])
    assert sorted(unescape(title) for title in titles) == sorted(event.title for event in published.events)
    assert 'href="#ar-2024"' in html
    assert 'id="ar-2024"' in html


def test_dates_are_as_exact_as_printed_and_the_future_is_marked(show: Show) -> None:
    shown = show("uppdrag")
    text = shown.text
    assert "1 december 2025 ■ Lag Ny sekretessbrytande bestämmelse efter T2 2025" in text
    assert "2 september 2024 ● Händelse Jobbsteget startar" in text
    assert "under 2023 ● Händelse Resurssocionomer införda" in text
    assert "utan datum ■ Lag Skyldighet att lämna uppgifter om brott" in text
    assert 'href="/trender?matt=arbetsmarknad-avslutade"' in shown.html
    assert "Delår 2 2024, rad 15" in text
    assert 'href="/rapporter?rapport=delar2-2024&amp;figur=delar2-2024:15:h1"' in shown.html


def test_one_kind_of_event_can_be_chosen(show: Show) -> None:
    shown = show("uppdrag", typ="lag", period="2023")
    text = shown.text[shown.text.index("Händelser, beslut och lagar Visar") :]
    assert "Resurssocionomer införda" not in text
    assert "Ny socialtjänstlag föreslås efter 2023" in text
    assert "Senare rapporter berättar om 4 till: visa Tertial 2 2025 ." in text


def test_both_tables_can_be_saved(show: Show) -> None:
    html = show("uppdrag").html
    for file in ("uppdrag-t2-2025", "namns-inte-t2-2025", "handelser-t2-2025"):
        card = html[html.index(f'data-file="{file}"') :]
        assert 'data-do="csv"' in card[: card.index("<table")]


def test_a_store_without_months_shows_all_the_same(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("uppdrag", Settings(home, tmp_path))
    assert shown.exceptions == []
    assert labels(shown) == labels(show("uppdrag"))


def test_measures_on_other_pages_lead_here_with_the_filters(show: Show) -> None:
    here = show("uppdrag", period="2024-T2").html
    risk = show("riskmatris", period="2024-T2").html
    goal = show("mal", period="2024-T2").html
    assert 'href="/uppdrag?period=2024-T2&amp;slag=riskatgard#till-valfardsbrott"' in risk
    assert 'href="/uppdrag?period=2024-T2#till-mo-ekonomi"' in goal
    assert here.count('id="till-valfardsbrott"') == 1
    assert here.count('id="till-mo-ekonomi"') == 1
