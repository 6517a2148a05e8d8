"""Rapporter: the reports as they are printed, and the panel about the number pointed at."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from dashboard.settings import Settings
from tests.pages.conftest import Show, Shown

REPORTS = {"vb-2023": 15, "delar2-2024": 15, "t2-2025": 13}


def tables(shown: Shown) -> list[str]:
    return re.findall(r'<div class="printed-card" id="t-([^"]+)"', shown.html)


def table(shown: Shown, name: str) -> str:
    found = re.search(rf'id="t-{name}".*?</table>', shown.html, re.DOTALL)
    assert found, name
    return Shown(found[0], "", {}, []).text


def panel(shown: Shown) -> str:
    found = re.search(r'<section class="trace".*?</section>', shown.html, re.DOTALL)
    return Shown(found[0], "", {}, []).text if found else ""


def body(shown: Shown) -> str:
    found = re.search(r'<div class="report-body" data-same="\w+">(.*?)<aside', shown.html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_shown_with_all_its_tables_in_order(report: str, show: Show) -> None:
    shown = show("rapporter", rapport=report)
    assert shown.exceptions == []
    assert shown.notices == []
    assert len(tables(shown)) == REPORTS[report]
    lines = [int(line) for line in re.findall(r'id="h-(\d+)"', body(shown))]
    assert lines == sorted(lines)
    linked = {int(line) for line in re.findall(r'<a href="#h-(\d+)"', shown.html)}
    assert linked == set(lines)


@pytest.mark.parametrize("report", REPORTS)
def test_every_remark_under_a_table_is_pointed_at_from_a_row_of_it(report: str, show: Show) -> None:
    shown = show("rapporter", rapport=report)
    remarks = re.findall(r'<li id="(anm-[^"]+)"', shown.html)
    assert remarks
    pointed = set(re.findall(r'<a class="remark[^"]*" href="#(anm-[^"]+)"', shown.html))
    assert pointed == set(remarks)


def test_the_description_column_says_what_the_report_says_and_its_numbers_lead_to_their_line(
    show: Show,
) -> None:
    shown = show("rapporter", rapport="t2-2025")
    quality = table(shown, "t2-indikatorer-kvalitet")
    assert "Beslut som inte verkställts i laglig tid sammanställs för nämnden enligt plan" in quality
    support = re.search(r'id="t-t2-indikatorer-sjalvforsorjande".*?</table>', shown.html, re.DOTALL)
    assert support
    assert "Färre barnfamiljer än 2024" in support[0]
    assert "färre än 150" not in support[0]  # 150 is printed with the outcome
    assert re.search(r"samma tid då var de <a [^>]*figur=t2-2025:203:1[^>]*>374</a>", support[0])


def test_each_period_of_a_political_assignment_has_a_status_and_a_place_of_its_own(show: Show) -> None:
    shown = show("rapporter", rapport="vb-2023")
    found = re.search(r'id="t-vb-uppdrag".*?</table>', shown.html, re.DOTALL)
    assert found
    assert set(re.findall(r"figur=vb-2023:800:(a\d)", found[0])) == {"a1", "a2", "a3"}
    pointed = panel(show("rapporter", figur="vb-2023:800:a2"))
    assert "Period T1 2023" in pointed
    assert "Bedömt av förvaltningen" in pointed


@pytest.mark.parametrize("report", REPORTS)
def test_every_place_has_one_id_and_every_number_an_address(report: str, show: Show) -> None:
    shown = show("rapporter", rapport=report)
    ids = re.findall(r'\bid="([^"]+)"', shown.html)
    assert len(ids) == len(set(ids))
    points = re.findall(r'<a class="pt[^>]*data-point[^>]*href="([^"]+)"', shown.html)
    assert len(points) > 100
    assert all(re.search(rf"[?&]figur={report}:\d+:[brahmnt]?\d+$", unescape(href)) for href in points)


def test_the_period_chooses_the_report_unless_the_address_does(show: Show) -> None:
    assert show("rapporter").heading.startswith("Tertial 2 2025 i tal")
    assert show("rapporter", period="2024-T2").heading.startswith("Delår 2 2024 i tal")
    between = show("rapporter", period="2025-03")
    assert between.heading.startswith("Delår 2 2024 i tal")
    assert "Rapporten gäller T2 2024 · jan–aug, filtret mars 2025." in between.text
    assert show("rapporter", period="2021").heading.startswith("Helår 2023 i tal")
    assert show("rapporter", rapport="vb-2023").heading.startswith("Helår 2023 i tal")


def test_numbers_stand_as_printed(show: Show) -> None:
    shown = show("rapporter", rapport="vb-2023")
    assert re.findall(r"\d,\d\d%", table(shown, "vb-sjukfranvaro"))[:3] == ["6,80%", "7,37%", "7,52%"]
    assert ">−24\u202f063</a>" in shown.html
    assert ">drygt 11\xa0%</a>" in shown.html


def test_a_lost_colour_says_so_and_a_contradiction_says_what(show: Show) -> None:
    shown = show("rapporter", rapport="delar2-2024")
    months = table(shown, "delar2-manader-1")
    assert months.count("Okänd") == 8
    assert "Grön" not in months
    economy = re.search(r'id="t-ekonomi-delar2-2024".*?class="card-foot"', shown.html, re.DOTALL)
    assert economy
    assert "−42\u202f425" in unescape(economy[0])


def test_pointing_opens_the_panel_and_leaves_the_report_as_it_is(show: Show) -> None:
    usual = show("rapporter")
    assert panel(usual) == ""
    shown = show("rapporter", figur="t2-2025:209:1")
    said = panel(shown)
    for words in ("159", "rad 209", "Hur många hushåll", "Delår 2 2024, rad 161", "⚑"):
        assert words in said
    assert 'data-return="f-209-1"' in shown.html
    assert 'id="f-209-1"' in shown.html
    assert body(shown) == body(usual)
    assert re.search(r'<a class="close" href="/rapporter"[^>]*data-close', shown.html)


@pytest.mark.parametrize("kind", ["67:b3", "565:r1", "74:a1", "48:h1", "83:t1", "508", "280:1"])
def test_anything_printed_can_be_pointed_at(kind: str, show: Show) -> None:
    shown = show("rapporter", figur=f"t2-2025:{kind}")
    assert shown.exceptions == []
    assert shown.notices == []
    assert f"rad {kind.split(':', maxsplit=1)[0]}" in panel(shown)


def test_what_is_retold_stands_under_its_heading_and_is_marked_as_ours(show: Show) -> None:
    shown = show("rapporter", rapport="vb-2023")
    section = re.search(r'id="h-972".*?</section>', body(shown), re.DOTALL)
    assert section
    said = Shown(section[0], "", {}, []).text
    assert "Återgivet i korthet, med styrkortets egna ord" in said
    assert "Fältassistenter, prevention och samordnade planer når fler unga." in said
    pointed = panel(show("rapporter", figur="vb-2023:974:t1"))
    assert "Barnperspektivet, återgivet i korthet" in pointed
    assert "rad 974" in pointed


def test_risks_without_a_value_say_that_none_is_printed(show: Show) -> None:
    shown = show("rapporter", rapport="delar2-2024")
    section = re.search(r'id="h-266".*?</section>', body(shown), re.DOTALL)
    assert section
    said = Shown(section[0], "", {}, []).text
    assert "Risker som nämns utan värde" in said
    assert said.count("inget värde tryckt") == 5


def test_the_indicators_of_the_plan_stand_in_their_column(show: Show) -> None:
    plan = table(show("rapporter", rapport="delar2-2024"), "delar2-tillganglighet")
    assert "Minst 15 procent av kommunens feriejobb" in plan
    assert "Minskat antal EJ verkställda beslut" in plan


def test_a_number_of_another_report_brings_its_report(show: Show) -> None:
    shown = show("rapporter", figur="vb-2023:187:2")
    assert shown.heading.startswith("Helår 2023 i tal")
    assert "7,37" in panel(shown)


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"figur": "t2-2025:209:99"}, "ingen uppgift på rad 209"),
        ({"figur": "../../etc"}, "pekar inte ut någon uppgift"),
        ({"figur": "<script>alert(1)</script>"}, "pekar inte ut någon uppgift"),
        ({"figur": "t9:1:1"}, "Rapporten ”t9” finns inte"),
        ({"rapport": "vb-1999"}, "Rapporten ”vb-1999” finns inte"),
    ],
)
def test_what_the_address_says_wrongly_is_told(params: dict[str, str], told: str, show: Show) -> None:
    shown = show("rapporter", **params)
    assert shown.exceptions == []
    assert len(shown.notices) == 1
    assert told in shown.notices[0]
    assert "<script>" not in shown.html
    assert len(tables(shown)) == REPORTS["t2-2025"]


def test_the_reports_are_there_without_a_month(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("rapporter", Settings(home, tmp_path), rapport="vb-2023", figur="vb-2023:187:2")
    assert shown.exceptions == []
    assert len(tables(shown)) == REPORTS["vb-2023"]
    assert "7,37" in panel(shown)


def test_the_chosen_unit_is_marked(show: Show) -> None:
    assert 'mine"' not in show("rapporter").html
    shown = show("rapporter", enhet="avd-vuxen")
    assert "Rader om Avdelning vuxen är markerade" in shown.text
    assert re.search(r'<tr class="l-row mine"><th scope="row" data-value="Avdelning vuxen"', shown.html)


def test_a_fourth_report_is_rows_and_definitions_alone(show: Show, home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    catalogue, published = tmp_path / "data" / "catalogue", tmp_path / "data" / "published"
    with (catalogue / "reports.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[report]]\nid = "vb-2025"\ntitle = "Påhittad verksamhetsberättelse 2025"\nshort = "Helår 2025"\n'
            'period = "2025"\nperiod_kind = "year"\nprevious = "t2-2025"\nfile = "vb-2025.txt"\n'
            'headings = [{ line = 1, level = 1, title = "Hushåll" }, { line = 9, level = 1, title = "Risker" }]\n'
        )
    (catalogue / "tables" / "vb-2025.toml").write_text(
        '[[table]]\nid = "vb-2025-hushall"\nsource = "vb-2025"\ntitle = "Hushåll med bistånd"\nstub = "Mått"\n'
        'period = "2025"\nfirst_line = 3\nlast_line = 4\n'
        'columns = [{ label = "2025", measure = "utfall", period = "2025" }, '
        '{ label = "Mål", measure = "mal", period = "2025" }]\n'
        'rows = [{ line = 4, style = "row" }]\n\n'
        '[[table]]\nid = "vb-2025-risker"\nsource = "vb-2025"\ntitle = "Risker"\nkind = "risks"\nhead = "category"\n'
        'period = "2025"\nfirst_line = 10\nlast_line = 11\n'
        'columns = [{ label = "Risk", show = "risk" }, { label = "Bedömning", show = "judgement" }]\n'
        'rows = [{ line = 11, style = "row" }]\n',
        encoding="utf-8",
    )
    rows = {
        "figures.csv": (
            "vb-2025,4,Hushåll,hushall-bistand,Hushåll,forvaltningen,year,2025,utfall,391,antal,,\n"
            "vb-2025,4,Hushåll,hushall-bistand,Hushåll,forvaltningen,year,2025,mal,370,antal,högst,\n"
            "vb-2025,6,Hushåll,barn-bistand,Barn i hushållen,forvaltningen,month,2025-12,utfall,121,antal,cirka,\n"
        ),
        "risks.csv": (
            "vb-2025,11,Ekonomi,externa-placeringar,Dyra placeringar,"
            "4,5,20,25,Sänkt risk från 5x5 (25) i T2,yellow,Lägre.,\n"
        ),
    }
    for name, added in rows.items():
        with (published / name).open("a", encoding="utf-8") as file:
            file.write(added)
    shown = show("rapporter", Settings(tmp_path, tmp_path / "var"), period="2025")
    assert shown.exceptions == []
    assert shown.heading == "Helår 2025 i tal: två tabeller, 3 tal och 0 bedömningar."
    assert "Hushåll 391 370" in table(shown, "vb-2025-hushall")
    assert "Sänkt risk från 5x5 (25) i T2" in table(shown, "vb-2025-risker")
    assert "cirka 121" in shown.text
    pointed = show("rapporter", Settings(tmp_path, tmp_path / "var"), figur="vb-2025:4:1")
    assert "Tertial 2 2025, rad 203" in panel(pointed)
