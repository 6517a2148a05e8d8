"""Saving a table as a workbook, in a real browser: the file of the view that is on screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Server
from tests.browser.test_paths import choose, settled, visit


def test_the_excel_file_is_the_table_of_the_view(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, server, "/trender?matt=sjukfranvaro")
    choose(page, "vy", "ar")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Spara Sjukfrånvaro som Excel").click()
    assert waiting.value.suggested_filename == "sjukfranvaro-ar-for-ar-forvaltningen-2025-T2.xlsx"
    file = tmp_path / "tabell.xlsx"
    waiting.value.save_as(file)
    found = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("Tabell").to_python()
    assert found[0][0] == "Sjukfrånvaro"
    page.get_by_role("tab", name="Tabell").click()
    shown = page.locator("table.data tbody tr").all_inner_texts()
    assert [row[0] for row in found[-12:]] == [text.split("\t")[0] for text in shown]
    august = shown[7].split("\t")
    assert found[-5][1] == float(august[1].replace(",", "."))
    expect(page.locator("#board-live")).to_have_text("Tabellen är sparad som Excel.")


def test_months_are_dates_and_a_failure_is_said(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, server, "/trender?matt=puls")
    with page.expect_download() as waiting:
        page.locator("[data-do=excel]").first.click()
    file = tmp_path / "tabell.xlsx"
    waiting.value.save_as(file)
    found = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("Tabell").to_python()
    assert date(2025, 8, 1) in [row[0] for row in found]
    page.route("**/export/**", lambda route: route.abort())
    page.locator("[data-do=excel]").first.click()
    expect(page.locator("#board-live")).to_have_text("Filen kunde inte hämtas. Försök igen.")


def test_a_step_leads_to_the_comparison_with_the_whole(page: Page, server: Server) -> None:
    visit(page, server, "/trender?matt=hushall-bistand&enhet=ekonomiskt-bistand")
    page.get_by_role("link", name="Mot hela förvaltningen").click()
    page.wait_for_url("**vy=index*")
    settled(page)
    expect(page.locator("#innehall")).to_contain_text("Index, januari 2022 = 100")
    expect(page.locator("[data-chart]").first).to_have_attribute("data-ready", "1", timeout=30_000)
