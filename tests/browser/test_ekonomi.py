"""The what-if of Ekonomi in a real browser: typed with the keyboard, kept in the address, taken back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_paths import settled, visit


def test_a_what_if_is_typed_kept_in_the_address_and_taken_back(page: Page, server: Server) -> None:
    visit(page, server, "/ekonomi?vy=volym")
    box, card = page.get_by_label("Fler placeringar"), page.locator(".what-if")
    box.focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("fler=3"))
    settled(page)
    expect(card).to_contain_text("3 fler placeringar")
    expect(page.get_by_label("Ändrat dygnspris, kr")).to_be_focused()
    card.get_by_role("link", name="Nollställ").click()
    expect(page).not_to_have_url(re.compile("fler="))
    settled(page)
    expect(box).to_have_value("0")
    expect(card).to_contain_text("Skriv en ändring")
    page.go_back()
    settled(page)
    expect(card).to_contain_text("3 fler placeringar")


def test_a_number_out_of_bounds_is_said_and_not_reckoned_with(page: Page, server: Server) -> None:
    visit(page, server, "/ekonomi?vy=volym")
    page.get_by_label("Fler placeringar").fill("400")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("alert")).to_contain_text("Välj mellan −50 och 50")
    expect(page.get_by_label("Fler placeringar")).to_have_attribute("aria-invalid", "true")
