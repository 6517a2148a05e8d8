"""Search as people use it: from the keyboard, without a reload, on the projector and on a telephone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, wait_for_run
from tests.browser.test_paths import settled, visit


def test_a_number_from_the_printed_report_is_found_from_the_keyboard_alone(
    page: Page, server: Server
) -> None:
    visit(page, server, "/ekonomi?period=2024-T2")
    page.evaluate("window.kept = true")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "f-q"
    page.keyboard.type("7,64")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?period=2024-T2&q=7%2C64")
    expect(page.locator("h1")).to_contain_text("träffar på ”7,64”")
    settled(page)
    assert page.evaluate("window.kept")  # the page was not loaded anew
    assert page.evaluate("document.activeElement.id") == "f-q"  # so that the words can be changed at once
    page.keyboard.press("Control+k")
    page.keyboard.type("månadslön")  # what stood there was selected and is replaced
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("”månadslön”")
    settled(page)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("”7,64”")
    assert page.locator("#f-q").input_value() == "7,64"


def test_a_hit_leads_to_its_page_and_the_field_is_empty_there(page: Page, server: Server) -> None:
    visit(page, server, "/sok?q=cirkulär+balanserad&slag=goal")
    page.click("section.found a >> nth=0")
    page.wait_for_url("**/mal?period=2024-T2#mal-mo-ekonomi")
    expect(page.locator("#mal-mo-ekonomi")).to_be_focused()
    assert page.locator("#f-q").input_value() == ""


def test_a_letter_alone_is_no_shortcut(page: Page, server: Server) -> None:
    visit(page, server)
    for key in ("k", "/", "s"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") != "f-q"
    assert page.url == server.url + "/"


def test_search_on_the_projector_comes_up_with_the_field_ready(page: Page, server: Server) -> None:
    visit(page, server, "/mal?projektor=1")
    page.keyboard.press("Control+k")
    page.wait_for_url("**/sok?projektor=1")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("risk")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("träffar")
    wait_for_run(page)


def test_search_and_history_fit_a_telephone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/sok?q=sjukfranvaro", "/sok", "/mal?vy=historik"):
        visit(page, server, address)
        wide = page.evaluate(
            "document.querySelector('.content').scrollWidth - document.querySelector('.content').clientWidth"
        )
        assert wide <= 0, address
