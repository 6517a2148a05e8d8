"""As known on: every page at an earlier time, a link that shows the same for ever, and the way back to now."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.loading import Approval, load
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.ui.navigation import PAGES
from tests.deliveries import AUGUST, examined, reports
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
    assert banner(shown) == (
        "Läge 2025-09-12: så här såg siffrorna ut då. Rapporternas tryckta tal visas alltid. Lämna läget"
    )


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
