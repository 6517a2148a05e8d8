"""A note of one's own in a real browser: written with the keyboard, seen in the chart, withdrawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Violations, serving, wait_for_run

ADDRESS = "/trender?matt=placeringar-externa"
TEXT = "Avtalet med <b>familjehemmen</b> löpte ut & priset steg."


@pytest.fixture
def own_server(data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """A server over a copy of the store: what is written here is nobody else's."""
    for name in ("snapshots", "warehouse"):
        shutil.copytree(data_dir / name, tmp_path / "data" / name)
    with serving(tmp_path / "data", tmp_path / "log.txt") as running:
        yield running


def visit(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".own-notes")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-chart=trend]")).to_have_attribute("data-ready", "1", timeout=30_000)
    wait_for_run(page)


def marks(page: Page) -> list[dict[str, Any]]:
    """The series of own notes that the chart draws."""
    found: list[dict[str, Any]] = page.evaluate(
        "document.querySelector('[data-chart=trend]').data.filter((one) => one.name === 'egen anteckning')"
    )
    return found


def write(page: Page, text: str, who: str) -> None:
    """With the keyboard alone, from the heading of the form."""
    page.locator(".note-write summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#n-text")).to_be_visible()
    for _ in range(3):  # past month and unit, which are filled in
        page.keyboard.press("Tab")
    expect(page.locator("#n-text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(who)
    page.keyboard.press("Enter")


def test_a_note_is_written_seen_and_withdrawn(page: Page, own_server: Server, axe: Violations) -> None:
    visit(page, own_server.url + ADDRESS)
    assert marks(page) == []
    write(page, TEXT, "Anna Analytiker")
    said = page.locator(".note-said")
    expect(said).to_have_text("Anteckningen om augusti 2025 är sparad.")
    expect(said).to_be_focused()
    expect(page.locator(".note-list .note-text")).to_have_text([TEXT])
    expect(page.locator(".note-list li")).to_contain_text("Anna Analytiker, skriven 20")
    page.wait_for_function(
        "document.querySelector('[data-chart=trend]').data.some((one) => one.name === 'egen anteckning')"
    )
    (mark,) = marks(page)
    assert mark["marker"]["symbol"] == "triangle-down"
    assert "&lt;b&gt;" in mark["hovertext"][0]
    assert page.url == own_server.url + ADDRESS
    page.locator(".note-write summary").click()
    expect(page.locator("#n-vem")).to_have_value("Anna Analytiker")
    expect(page.locator("#n-text")).to_have_value("")
    page.locator(".withdraw summary").click()
    found = axe(page)
    assert found == [], [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
    box = page.locator(".withdraw")
    box.get_by_role("button", name="Dra tillbaka").click()
    expect(box.locator("[data-fault=skal]")).to_have_text("Skriv varför anteckningen dras tillbaka.")
    expect(box.get_by_label("Varför dras den tillbaka?")).to_be_focused()
    box.get_by_label("Varför dras den tillbaka?").fill("Fel månad.")
    box.get_by_role("button", name="Dra tillbaka").click()
    expect(said).to_contain_text("Anteckningen är tillbakadragen.")
    expect(page.locator(".note-list")).to_have_count(0)
    page.wait_for_function(
        "document.querySelector('[data-chart=trend]').data.every((one) => one.name !== 'egen anteckning')"
    )


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(page: Page, own_server: Server) -> None:
    visit(page, own_server.url + ADDRESS)
    page.locator(".note-write summary").click()
    page.fill("#n-text", "a" * 281)
    expect(page.locator("#n-text-om")).to_have_text("1 tecken för mycket.")
    page.get_by_role("button", name="Spara anteckningen").click()
    expect(page.locator("#n-text-fel")).to_have_text("Texten är 281 tecken. Högst 280 får plats.")
    expect(page.locator("#n-vem-fel")).to_have_text("Skriv vem som antecknar.")
    expect(page.locator("#n-text")).to_be_focused()
    expect(page.locator("#n-text")).to_have_attribute("aria-invalid", "true")
    page.fill("#n-text", "a" * 280)
    expect(page.locator("#n-text-fel")).to_be_empty()
    page.select_option("#f-period", "2024-T2")
    page.wait_for_url("**period=2024-T2*")
    expect(page.locator("#n-tid")).to_have_value("2024-08")
    expect(page.locator("#n-text")).to_have_value("a" * 280)


def test_pressed_twice_is_one_note(page: Page, own_server: Server) -> None:
    visit(page, own_server.url + ADDRESS)
    page.locator(".note-write summary").click()
    page.fill("#n-text", "En enda.")
    page.fill("#n-vem", "Anna")
    page.evaluate(
        "() => { const form = document.querySelector('.note-write form');"
        " form.requestSubmit(); form.querySelector('[type=submit]').disabled = false; form.requestSubmit(); }"
    )
    expect(page.locator(".note-said")).to_contain_text("är sparad")
    page.reload()
    expect(page.locator(".note-list .note-text")).to_have_text(["En enda."], timeout=60_000)
