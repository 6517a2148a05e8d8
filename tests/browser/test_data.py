"""The monthly round by hand: faulty files, the right ones, an answer, a load, and what can be seen of it afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.domain.periods import Month
from dashboard.snapshots.store import Store
from tests.browser.conftest import ROOT, Server, Violations, serving
from tests.browser.test_paths import settled, visit

EXAMPLES = ROOT / "data" / "examples"
FILES = ("verksamhet", "personal", "ekonomi", "bedomningar")


@pytest.fixture
def own_server(data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """A server with a store that the test may change."""
    shutil.copytree(data_dir, tmp_path / "data")
    with serving(tmp_path / "data", tmp_path / "log.txt") as running:
        yield running


def put(page: Page, server: Server, *names: str) -> None:
    visit(page, server, "/data")
    page.set_input_files("[data-files]", [EXAMPLES / f"{name}.xlsx" for name in names])
    expect(page.locator(".file-card").first).to_be_visible(timeout=60_000)
    settled(page)


def shown(page: Page) -> tuple[str, list[str]]:
    """The heading and every number of the page's tables."""
    return page.locator("h1").inner_text(), page.locator("table[data-export] tbody tr").all_text_contents()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text, timeout=60_000)


def test_the_whole_round(own_server: Server, page: Page, axe: Violations, tmp_path: Path) -> None:
    august = "/trender?matt=sjukfranvaro&enhet=ekonomiskt-bistand&lage=2025-09-30"
    visit(page, own_server, august)
    before = shown(page)

    put(page, own_server, "verksamhet-september-2025-med-fel")
    heading(page, "8 fel att rätta")
    page.get_by_role("link", name="B6", exact=True).click()
    page.wait_for_url("**visa=3*")
    expect(page.locator(".sheet td.pointed")).to_contain_text("Barn och ungdom 3")
    expect(page.locator(".sheet td.pointed")).to_be_in_viewport()
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta kopia med kommentarer").click()
    download.value.save_as(tmp_path / "kopia.xlsx")
    assert (tmp_path / "kopia.xlsx").read_bytes()[:2] == b"PK"
    expect(page.get_by_role("button", name="Läs in", exact=True)).to_have_count(0)

    put(page, own_server, *(f"{name}-september-2025" for name in FILES))
    heading(page, "två frågor att svara på")
    for field in page.locator(".question input").all():
        field.fill("Stämmer: fler insjuknade tidigt i höst.")
    page.get_by_role("button", name="Spara svaren").click()
    heading(page, "September 2025 kan läsas in.")
    assert axe(page) == []
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_role("button", name="Läs in", exact=True).dblclick()
    heading(page, "Inläst som leverans 2.")

    page.get_by_role("link", name="Visa leveransen").click()
    expect(page.get_by_text("Stämmer: fler insjuknade tidigt i höst.").first).to_be_visible()
    page.get_by_role("link", name="Vad den ändrade").click()
    heading(page, "Nio nya månadsfiler mellan leverans 1 och leverans 2.")
    assert axe(page) == []

    visit(page, own_server, "/trender?matt=sjukfranvaro&enhet=ekonomiskt-bistand&period=2025-09")
    expect(page.locator("table[data-export]").first).to_contain_text("september 2025", timeout=30_000)
    visit(page, own_server, "/data")
    heading(page, "Alla nio datamängder är inne till och med september 2025")
    page.locator(".slot.imported a").first.click()
    heading(page, "Ekonomiskt bistånd, september 2025")
    expect(page.get_by_text("verksamhet-september-2025.xlsx")).to_be_visible()

    visit(page, own_server, august)
    expect(page.locator(".notice.frozen")).to_contain_text("Nyare siffror finns")
    assert shown(page) == before, "a frozen link shows what it showed"


def test_a_delivery_can_be_undone_with_a_reason(own_server: Server, page: Page) -> None:
    put(page, own_server, "ekonomi-september-2025")
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_role("button", name="Läs in", exact=True).click()
    heading(page, "Inläst som leverans 2.")
    page.get_by_role("link", name="Visa leveransen").click()
    page.get_by_label("Varför").fill("Fel uttag.")
    page.get_by_role("button", name="Ångra leveransen").click()
    heading(page, "Ångrad leverans 3")
    visit(page, own_server, "/data")
    heading(page, "till och med augusti 2025")


def strange(folder: Path, month: str) -> bytes:
    """August's reports as a file of another month, with headers and a word that nobody knows."""
    store = Store(folder / "snapshots")
    rows = store.read(store.state()["anmalningar", Month(2025, 8)]).to_pylist()
    lines = [("Tid", "Var", "Varför", "Hur många"), *((month, *list(row.values())[1:]) for row in rows)]
    text = "".join(";".join(str(cell) for cell in line) + "\n" for line in lines)
    return text.replace("barn-ungdom-1;", "Grupp ett;").encode()


def test_a_file_that_is_not_understood_is_explained_by_keyboard_and_next_month_is_one_click(
    own_server: Server, page: Page, axe: Violations, tmp_path: Path
) -> None:
    def put_text(name: str, month: str) -> None:
        visit(page, own_server, "/data")
        content = strange(tmp_path / "data", month)
        page.set_input_files("[data-files]", {"name": name, "mimeType": "text/csv", "buffer": content})
        expect(page.locator(".file-card")).to_be_visible(timeout=60_000)
        settled(page)

    put_text("ifo-september-2025.csv", "2025-09")
    page.get_by_role("link", name="Tala om vad kolumnerna betyder").press("Enter")
    heading(page, "Vad betyder kolumnerna i ifo-september-2025.csv?")
    page.get_by_label("Datamängd").select_option("anmalningar")
    page.get_by_role("button", name="Visa kolumnerna").press("Enter")
    for header, column in {"Tid": "month", "Var": "unit", "Varför": "reason", "Hur många": "antal"}.items():
        page.get_by_label(header, exact=True).select_option(column)
    assert axe(page) == []
    page.get_by_role("button", name="Spara och granska på nytt").press("Enter")
    page.get_by_role("link", name="Ange vad som menas").press("Enter", timeout=60_000)
    page.get_by_label("Grupp ett", exact=True).select_option("barn-ungdom-1")
    assert axe(page) == []
    page.get_by_role("button", name="Spara och granska på nytt").press("Enter")
    heading(page, "September 2025 kan läsas in.")
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_role("button", name="Läs in", exact=True).click()
    heading(page, "Inläst som leverans 2.")

    put_text("ifo-oktober-2025.csv", "2025-10")
    heading(page, "Oktober 2025 kan läsas in.")
    expect(page.locator(".read-as")).to_contain_text("Läst som förra gången: leverans 2")
    assert axe(page) == []
    page.get_by_role("button", name="Läs utan förra gångens tolkning").press("Enter")
    expect(page.get_by_role("link", name="Tala om vad kolumnerna betyder")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Läs som förra gången").press("Enter")
    heading(page, "Oktober 2025 kan läsas in.")


def test_a_file_that_is_none_is_refused_in_words_and_dropping_works(own_server: Server, page: Page) -> None:
    visit(page, own_server, "/data")
    page.evaluate(
        """() => {
        const data = new DataTransfer();
        data.items.add(new File(["<html></html>"], "sida.xls"));
        document.querySelector("[data-drop]").dispatchEvent(
            new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
    }"""
    )
    expect(page.locator(".file-card")).to_contain_text("Filen kunde inte läsas", timeout=60_000)
    page.get_by_role("button", name="Kasta leveransen").click()
    heading(page, "Alla nio datamängder är inne")
