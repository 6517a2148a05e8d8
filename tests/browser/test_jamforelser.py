"""Fetching from Kolada in a real browser: the button, its progress, the page that follows. Kolada is a stand-in."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard import catalogue as catalogues
from tests.browser.conftest import ROOT, Server, Violations, serving
from tests.kolada_server import FakeKolada, Reply
from tests.kolada_server import serving as kolada

BUTTON = "[data-kolada-start]"
TOLD = ".fetch-state p"


@dataclass(frozen=True, slots=True)
class Both:
    """A server without a fetch, and the stand-in that it would ask."""

    server: Server
    fake: FakeKolada
    data: Path


@pytest.fixture
def both(data_dir: Path, tmp_path: Path) -> Iterator[Both]:
    for name in ("snapshots", "warehouse"):
        shutil.copytree(data_dir / name, tmp_path / "data" / name)
    fake = FakeKolada(catalogues.load(ROOT / "data" / "catalogue").comparisons)
    with (
        kolada(fake),
        patch.dict(os.environ, {"DASHBOARD_KOLADA_URL": fake.url}),
        serving(tmp_path / "data", tmp_path / "log.txt") as server,
    ):
        yield Both(server, fake, tmp_path / "data")


def visit(page: Page, both: Both, address: str = "/jamforelser") -> None:
    page.goto(both.server.url + address)
    expect(page.locator(".board h1")).to_be_visible(timeout=60_000)


def test_the_button_fetches_shows_progress_and_then_the_field(page: Page, both: Both) -> None:
    visit(page, both)
    assert both.fake.asked == [], "looking at the page asks nobody"
    usual = page.inner_text("h1")
    both.fake.first(99, Reply(wait=0.3, status=503, headers={"Retry-After": "1"}), "/data/kpi/N31807")
    page.click(BUTTON)
    expect(page.locator(BUTTON)).to_be_disabled()
    expect(page.locator(TOLD)).to_contain_text("%", timeout=20_000)
    expect(page.locator(".fetch-state progress")).to_be_visible()
    both.fake.answers.clear()
    expect(page.locator("h1")).not_to_have_text(usual, timeout=60_000)
    expect(page.locator("h1")).to_contain_text("25 procent bästa")
    expect(page.locator(TOLD)).to_contain_text("Hämtade")
    expect(page.locator(BUTTON)).to_be_enabled()
    assert len(list((both.data / "kolada").iterdir())) == 1
    page.click("text=Kostnad för individ- och familjeomsorg")
    page.wait_for_url("**nyckeltal=N30101*")
    expect(page.locator("#h-N30101")).to_be_in_viewport()
    chart = page.locator("[data-chart=ar]")
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-ready", "1", timeout=30_000)


def test_without_contact_the_message_says_so_and_the_page_stays(page: Page, both: Both) -> None:
    visit(page, both)
    usual = page.inner_text("h1")
    both.fake.first(99, Reply(404, {}), "/v3/")
    page.click(BUTTON)
    told = page.locator(TOLD)
    expect(told).to_contain_text("Inget är ändrat", timeout=60_000)
    expect(told).to_have_attribute("data-state", "failed")
    expect(page.locator(BUTTON)).to_be_enabled()
    assert page.inner_text("h1") == usual
    expect(page.locator("#h-kkik")).to_be_visible()
    assert not (both.data / "kolada").exists()


def test_who_comes_while_a_fetch_is_under_way_sees_it(
    page: Page, context: BrowserContext, both: Both
) -> None:
    visit(page, both)
    both.fake.first(99, Reply(503, {}, {"Retry-After": "1"}), "/data/kpi/N31807")
    page.click(BUTTON)
    expect(page.locator(BUTTON)).to_be_disabled()
    other = context.new_page()
    visit(other, both)
    expect(other.locator(BUTTON)).to_be_disabled(timeout=20_000)
    both.fake.answers.clear()
    expect(other.locator("h1")).to_contain_text("25 procent bästa", timeout=60_000)


def test_the_fetched_page_is_accessible_and_fits_every_screen(
    browser: Browser, both: Both, axe: Violations
) -> None:
    for scheme in ("light", "dark"):
        profile = browser.new_context(
            locale="sv-SE", viewport={"width": 1440, "height": 900}, color_scheme=scheme
        )
        page = profile.new_page()
        visit(page, both)
        if scheme == "light":
            page.click(BUTTON)
        expect(page.locator("h1")).to_contain_text("25 procent bästa", timeout=60_000)
        page.locator("#d-kolada summary").click()
        found = axe(page)
        assert found == [], [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
        for width, height in ((1920, 1080), (1280, 720), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(overflow) <= 0, (scheme, width)
        profile.close()


def test_the_table_of_a_figure_lists_every_municipality(page: Page, both: Both) -> None:
    visit(page, both)
    page.click(BUTTON)
    expect(page.locator("h1")).to_contain_text("25 procent bästa", timeout=60_000)
    page.click("#t-falt-t")
    rows = page.locator("#p-falt-t tbody tr")
    expect(rows).to_have_count(36)
    expect(page.locator("#p-falt-t th.own")).to_have_text("Tyresö")
    assert re.fullmatch(r"\d+", page.locator("#p-falt-t tr:has(th.own) td").first.inner_text())
