"""What people do with the dashboard, in a real browser: choose, go back, send a link, present, download."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.ui.navigation import MENU, PAGES
from tests.browser.conftest import Server, Violations, wait_for_run

PATHS = [page.path for page in MENU]
ASIDE = [page.path for page in PAGES if not page.menu]
VIEWS = [
    "trender?matt=puls&vy=spc",
    "trender?matt=sjukfranvaro-r12&vy=spc",
    "trender?matt=sjukfranvaro&vy=ar&enheter=avd-vuxen",
    "trender?matt=sjukfranvaro&vy=index&enheter=avd-vuxen,avd-barn-unga",
    "trender?matt=bistand-utbetalt&per=hushall&linje=1,2",
    "trender?matt=sjukfranvaro&enheter=avd-vuxen,avd-barn-unga,resurs-1,resurs-2,cai,enhet-10,enhet-11,vuxenenheten",
    "mal?vy=historik",
    "ekonomi?vy=prognos",
    "ekonomi?vy=traffsakerhet",
    "ekonomi?vy=volym&fler=3",
    "sok?q=sjukfranvaro",
    "sok?q=plaseringar",
]  # what a page shows only when asked


def visit(page: Page, server: Server, address: str = "/") -> None:
    page.goto(server.url + address)
    expect(page.locator(".board h1")).to_be_visible(timeout=60_000)


def choose(page: Page, name: str, value: str) -> None:
    """Choose in the filter bar and wait for the address and the page that follows."""
    page.select_option(f"#f-{name}", value)
    page.wait_for_url(f"**{name}={value}*")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the answer to the last choice is on screen (the board's script marks the wait) and the run is over."""
    page.locator("html:not([data-busy])").wait_for(state="attached")
    wait_for_run(page)


@pytest.mark.parametrize("path", PATHS + ASIDE + VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(
    browser: Browser, server: Server, axe: Violations, path: str, scheme: Any
) -> None:
    profile = browser.new_context(
        locale="sv-SE", viewport={"width": 1440, "height": 900}, color_scheme=scheme
    )
    page = profile.new_page()
    visit(page, server, f"/{path}")
    for chart in page.locator("[data-chart]").all()[:1]:
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-ready", "1", timeout=30_000)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    found = axe(page)
    assert found == [], [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
    profile.close()


def test_choices_stand_in_the_address_and_the_copied_link_shows_the_same(
    page: Page, browser: Browser, server: Server
) -> None:
    visit(page, server)
    assert page.url == server.url + "/"
    usual = page.inner_text("h1")
    choose(page, "period", "2024-T2")
    expect(page.locator("h1")).not_to_have_text(usual)
    choose(page, "enhet", "avd-vuxen")
    choose(page, "jamfor", "forra-perioden")
    here = page.inner_text("#innehall")
    stranger = browser.new_context(locale="sv-SE", viewport={"width": 1440, "height": 900})
    other = stranger.new_page()
    other.goto(page.url)
    expect(other.locator(".board h1")).to_be_visible(timeout=60_000)
    assert other.inner_text("#innehall") == here
    assert other.locator("#f-period").input_value() == "2024-T2"
    assert other.locator("#f-enhet").input_value() == "avd-vuxen"
    stranger.close()


def test_back_and_forward_step_through_the_choices(page: Page, server: Server) -> None:
    visit(page, server)
    first = page.inner_text("h1")
    choose(page, "period", "2024-T2")
    second = page.inner_text("h1")
    page.click("nav >> text=Riskmatris")
    page.wait_for_url("**/riskmatris?period=2024-T2")
    settled(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text(second)
    wait_for_run(page)
    assert page.locator("#f-period").input_value() == "2024-T2"
    page.go_back()
    expect(page.locator("h1")).to_have_text(first)
    wait_for_run(page)
    assert page.locator("#f-period").input_value() == "2025-T2"
    page.go_forward()
    expect(page.locator("h1")).to_have_text(second)


def test_steps_faster_than_the_answers_all_count(page: Page, server: Server) -> None:
    visit(page, server, "/?period=2024-T2&projektor=1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")  # before the second page has come
    page.wait_for_url(f"{server.url}/{PATHS[1]}?period=2024-T2")
    expect(page.locator(f"[data-page={PATHS[1]}] .rail")).to_have_count(1)
    for path in PATHS[2:4]:
        wait_for_run(page)
        page.click(f'nav[aria-label=Sidor] a[href^="/{path}"]')
        expect(page.locator(f"[data-page={path}]")).to_have_count(1)
    wait_for_run(page)
    page.evaluate("history.back(); setTimeout(() => history.back(), 30)")
    expect(page.locator(f"[data-page={PATHS[1]}]")).to_have_count(1)
    wait_for_run(page)
    assert page.url == f"{server.url}/{PATHS[1]}?period=2024-T2"


def test_the_filters_work_from_the_keyboard_and_keep_the_focus(page: Page, server: Server) -> None:
    visit(page, server)
    page.focus("#f-period")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**period=*")
    settled(page)
    assert page.evaluate("document.activeElement.id") == "f-period"


def test_a_source_opens_and_closes_from_the_keyboard(page: Page, server: Server) -> None:
    visit(page, server)
    summary = page.locator("#k-hushall-langvarigt summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#k-hushall-langvarigt")).to_contain_text("rad 209")
    expect(page.locator("#k-hushall-langvarigt .pop-body")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#k-hushall-langvarigt .pop-body")).to_be_hidden()


def test_the_projector_steps_with_the_arrows_and_leaves_with_escape(page: Page, server: Server) -> None:
    visit(page, server, "/?period=2024-T2")
    page.click("text=Visa på projektor")
    page.wait_for_url("**projektor=1*")
    settled(page)
    expect(page.locator(".rail")).to_have_count(0)
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.board')).fontSize)")
    assert size >= 22
    seen = [page.inner_text("h1")]
    for expected in [*PATHS[1:], PATHS[0]]:
        page.keyboard.press("ArrowRight")
        page.wait_for_url(f"{server.url}/{expected}?*projektor=1*")
        settled(page)
        seen.append(page.inner_text("h1"))
    assert seen[0] == seen[-1]
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"{server.url}/{PATHS[-1]}?*")
    settled(page)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "projektor" not in url)
    expect(page.locator(".rail")).to_have_count(1)


def test_the_theme_is_chosen_and_remembered(page: Page, server: Server) -> None:
    visit(page, server)
    before = page.evaluate("document.documentElement.dataset.theme")
    page.click("text=Ljust eller mörkt")
    after = page.evaluate("document.documentElement.dataset.theme")
    assert {before, after} == {"light", "dark"}
    page.reload()
    expect(page.locator(".board h1")).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.dataset.theme") == after


def test_printed_points_of_long_term_assistance_are_drawn(page: Page, server: Server) -> None:
    visit(page, server, "/trender?matt=hushall-langvarigt")
    chart = page.locator("[data-chart]").first
    expect(chart).to_have_attribute("data-ready", "1", timeout=30_000)
    text = page.inner_text("#innehall")
    for value in ("208", "195", "170", "185", "180", "166", "159"):
        assert value in text
    assert chart.locator("svg.main-svg").count() > 0


def test_a_table_is_saved_as_it_is_shown(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, server, "/ekonomi")
    with page.expect_download() as waiting:
        page.locator("[data-do=csv]").first.click()
    file = tmp_path / "table.csv"
    waiting.value.save_as(file)
    text = file.read_text("utf-8-sig")
    assert "-382590" in text.replace("\u2212", "-").replace("\u202f", "")
    assert "Socialpsykiatri" in text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_out_of_the_screen(page: Page, server: Server, path: str) -> None:
    visit(page, server, f"/{path}")
    for width, height in ((1920, 1080), (1440, 900), (1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, (width, height)


def test_the_first_screen_says_it_all_without_scrolling(page: Page, server: Server) -> None:
    visit(page, server)
    above = ("h1", ".insights", ".goals", ".kpis")
    for width, height, selectors in ((1440, 900, (*above, ".row")), (1280, 720, above)):
        page.set_viewport_size({"width": width, "height": height})
        for selector in selectors:
            box = page.locator(selector).first.bounding_box()
            assert box, selector
            assert box["y"] + box["height"] <= height, selector


def test_a_filter_change_updates_the_page_in_place(page: Page, server: Server) -> None:
    visit(page, server)
    page.evaluate("window.sameNode = document.querySelector('.board .kpis')")
    choose(page, "period", "2024-T2")
    assert page.evaluate(
        "window.sameNode.isConnected && window.sameNode === document.querySelector('.board .kpis')"
    )
