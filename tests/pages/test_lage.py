"""As known on: every page at an earlier time, a link that shows the same for ever, and the way back to now."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.loading import Approval, load
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.ui import page_of
from dashboard.ui.navigation import PAGES
from tests.deliveries import AUGUST, examined, reports
from tests.fourth_report import add
from tests.pages.conftest import Show, Shown

IDS = [page.id for page in PAGES]
PATHS = {page.path for page in PAGES}
BANNER = re.compile(r'<p class="notice frozen" role="status">(.*?)</p>', re.DOTALL)


def banner(shown: Shown) -> str:
    found = BANNER.search(shown.html)
    return unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def frozen_link(shown: Shown) -> str:
    found = re.search(r'<a class="tool" href="([^"]+)"[^>]*>Frys länk</a>', shown.html)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("page_id", IDS)
def test_every_page_shows_an_earlier_time_and_every_link_keeps_it(page_id: str, show: Show) -> None:
    shown = show(page_id, lage="2025-08-12")
    assert shown.exceptions == []
    assert banner(shown).startswith("Läge 2025-08-12: så här såg siffrorna ut då. Nyare siffror finns.")
    links = {unescape(link) for link in re.findall(r'href="(/[^"]*)"', shown.html)}
    to_pages = {link for link in links if urlsplit(link).path[1:] in PATHS}
    strays = {link for link in to_pages if parse_qs(urlsplit(link).query).get("lage") != ["2025-08-12"]}
    assert len(strays) == 1  # the way back to now
    assert "lage" not in strays.pop()
    assert frozen_link(shown) == ""


def test_an_earlier_time_has_the_months_of_that_time(show: Show) -> None:
    now, then = (show("trender", matt="anmalningar-barn", **when) for when in ({}, {"lage": "2025-08-12"}))
    assert "augusti 2025" in now.text
    assert "Inläst 2025-08-10" in then.text
    assert then.charts != now.charts


def test_a_time_at_which_all_is_as_now_says_nothing_of_newer_figures(show: Show) -> None:
    shown = show("oversikt", lage="2025-09-12")
    assert banner(shown) == "Läge 2025-09-12: så här såg siffrorna ut då. Lämna läget"
    assert shown.notices == ["Rapporterna Helår 2023 och Tertial 2 2025 har inget datum och visas alltid."]


def test_before_the_first_delivery_only_printed_figures_are_shown(show: Show) -> None:
    shown = show("oversikt", lage="2020-01-01")
    assert shown.exceptions == []
    assert "Inga månadsvärden var kända 2020-01-01." in shown.notices


@pytest.mark.parametrize("text", ["igår", "2999-01-01", "2025-09-31"])
def test_a_time_that_is_none_or_has_not_been_is_said(text: str, show: Show) -> None:
    shown = show("mal", lage=text)
    (notice,) = shown.notices
    assert notice.endswith("Visar det som är känt nu.") or "Visar det som är känt nu." in notice
    assert banner(shown) == ""


def test_an_earlier_time_that_is_asked_again_asks_no_query(
    show: Show, open_facts: Callable[..., Any]
) -> None:
    first = show("mal", lage="2025-07-15")
    counter = open_facts(datetime(2025, 7, 15).date()).warehouse.counter
    before = counter.queries
    assert show("mal", lage="2025-07-15").html == first.html
    assert counter.queries == before


def test_a_frozen_link_shows_the_same_after_a_delivery_and_says_that_there_is_more(
    copied: Settings, show: Show
) -> None:
    for folder in copied.snapshots.iterdir():
        if folder.name != "anmalningar":
            shutil.rmtree(folder)
    asked = {"matt": "anmalningar-barn", "period": "2025-08"}
    before = show("trender", copied, **asked)
    link = {name: values[0] for name, values in parse_qs(urlsplit(frozen_link(before)).query).items()}
    assert link == {**asked, "lage": "2025-09-10"}
    frozen = show("trender", copied, **link)
    assert "Nyare" not in banner(frozen)

    approval = Approval("AA", at=datetime.now(UTC))
    load(Store(copied.snapshots), examined(reports(400, AUGUST)), approval, prepare=prepare_serving(copied))
    now, again = show("trender", copied, **asked), show("trender", copied, **link)
    assert "800" in now.heading + now.text  # the page follows the delivery by itself
    assert "800" not in again.text
    assert (again.heading, again.charts) == (frozen.heading, frozen.charts)
    assert "Nyare siffror finns." in banner(again)
    assert re.fullmatch(r".*lage=\d{4}-\d\d-\d\dT\d{6}&.*", frozen_link(now))  # today is not over


@pytest.fixture(scope="module")
def with_fourth(home: Path, demo_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo with a report of a later date, which brings a goal, a measure and a risk, and ends a goal."""
    place = add(home, tmp_path_factory.mktemp("later"))
    board = place.file("catalogue/board.toml")
    text = board.read_text("utf-8")
    assert 'default_period = "2025-T2"' in text
    board.write_text(text.replace('"2025-T2"', '"2026-T2"'), encoding="utf-8")
    shutil.copytree(demo_state / "snapshots", place.settings.snapshots)
    return place.settings


def content(shown: Shown) -> tuple[str, object]:
    """What stands under the notices, without the name of the serving file."""
    inside = shown.html[shown.html.index('<div id="innehall"') :]
    return re.sub(r"gonblicksbild [0-9a-f]{8}", "", inside), shown.charts


@pytest.mark.parametrize("page_id", IDS)
def test_a_link_frozen_before_a_report_shows_the_same_when_the_report_has_come(
    page_id: str, show: Show, with_fourth: Settings
) -> None:
    then, now = (show(page_id, where, lage="2025-09-10") for where in (None, with_fourth))
    assert now.exceptions == []
    assert content(now) == content(then)
    assert "Nyare siffror finns." in banner(now)
    assert [notice for notice in now.notices if "Tertial 2 2026" in notice] == [
        "Rapporten Tertial 2 2026 blev känd 2026-09-11 och är inte med. "
        "Rapporterna Helår 2023 och Tertial 2 2025 har inget datum och visas alltid."
    ]


@pytest.mark.parametrize(
    ("page_id", "asked"),
    [
        ("mal", {"vy": "historik"}),
        ("mal", {"period": "2026-T2"}),
        ("sok", {"q": "skolgång"}),
        ("sok", {"q": "lokaler"}),
        ("riskmatris", {"period": "2026-T2"}),
        ("uppdrag", {"period": "2026-T2"}),
        ("ekonomi", {"period": "2026-T2"}),
        ("rapporter", {"period": "2026-T2"}),
        ("data", {"fran": "2024-01-01"}),
    ],
)
def test_so_does_a_link_to_what_the_report_would_change(
    page_id: str, asked: dict[str, str], show: Show, with_fourth: Settings
) -> None:
    then, now = (show(page_id, where, lage="2025-09-10", **asked) for where in (None, with_fourth))
    assert (now.exceptions, then.exceptions) == ([], [])
    assert content(now) == content(then)


def test_a_saved_table_says_which_reports_are_left_out(show: Show, with_fourth: Settings, home: Path) -> None:
    show("mal", with_fourth, lage="2025-09-10")
    whole = page_of(home, "mal", {"lage": "2025-09-10"})
    assert whole is not None
    assert any(line.startswith("Rapporten Tertial 2 2026 blev känd 2026-09-11") for line in whole.about)


def test_a_report_that_is_not_known_cannot_be_chosen(show: Show, with_fourth: Settings) -> None:
    shown = show("rapporter", with_fourth, lage="2025-09-10", rapport="t2-2026", figur="t2-2026:22:1")
    assert shown.exceptions == []
    assert "Rapporten ”t2-2026” finns inte." in shown.text
    assert "Tertial 2 2026" in show("rapporter", with_fourth, rapport="t2-2026").heading


@pytest.mark.parametrize("page_id", IDS)
def test_every_page_stands_when_the_periods_report_or_no_report_at_all_is_known(
    page_id: str, show: Show, undated_none: Settings
) -> None:
    for when, asked in (("2023-12-31", {}), ("2024-10-01", {"period": "2025-T2"})):
        shown = show(page_id, undated_none, lage=when, **asked)
        assert shown.exceptions == []
        inside = shown.html.partition('<div id="innehall"')[2]
        assert "Tertial 2 2025" not in inside


@pytest.fixture(scope="module")
def undated_none(home: Path, demo_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo where every report has a date: before the first no report is known."""
    target = tmp_path_factory.mktemp("dated")
    shutil.copytree(home / "data", target / "data")
    reports = target / "data" / "catalogue" / "reports.toml"
    text = reports.read_text("utf-8")
    for period, day in (("2023", "2024-03-01"), ("2025-T2", "2025-09-20")):
        text = text.replace(f'period = "{period}"\n', f'period = "{period}"\npublished = {day}\n')
    reports.write_text(text, encoding="utf-8")
    shutil.copytree(demo_state / "snapshots", target / "var" / "snapshots")
    return Settings(target, target / "var")


def test_a_report_that_came_between_two_days_stands_among_the_changes_and_leads_to_it(show: Show) -> None:
    shown = show("data", fran="2024-09-01", till="2024-09-08")
    assert shown.heading.startswith("En ny rapport")
    assert "Ny rapport" in shown.text
    assert "känd från 2024-09-06" in shown.text
    assert "rapport=delar2-2024" in shown.html
    assert "Helår 2023 och Tertial 2 2025 har inget datum" in shown.text
    assert "Ny rapport" not in show("data", fran="2024-09-06", till="2024-09-08").text
