"""From a number to its line in the report: two clicks or key presses, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server, Violations, wait_for_run
from tests.browser.test_paths import settled, visit

# Where numbers stand: (page, what holds the number, what leads to the line: a popover first, or the number itself).
NUMBERS = [
    ("/", ".headline details", True),
    ("/", "#k-hushall-langvarigt", True),
    ("/", "#k-ekonomi-prognosavvikelse", True),
    ("/", ".bars tbody tr:first-child td.n", False),
    ("/", ".changes li:first-child .move", False),
    ("/", ".risks li:first-child .score", False),
    ("/mal", ".indicators .src-cell details:visible", True),
    ("/mal", ".indicators td[data-label=Utfall]:visible:has(a)", False),
    ("/mal", ".tree .verdict small:has(a.to-source)", False),
    ("/mal", ".gcard li:has(a.to-source)", False),
    ("/ekonomi", ".headline details", True),
    ("/ekonomi", "#kalla-prognos", True),
    ("/ekonomi", ".money article:first-child details", True),
    ("/ekonomi", "table.accounts tbody tr:nth-child(3) td:nth-child(3)", False),
    ("/ekonomi", "table.deviation tbody tr:first-child td.n", False),
    ("/medarbetare", ".headline details", True),
    ("/medarbetare", "#k-sjukfranvaro-r12", True),
    ("/medarbetare", "#k-frisknarvaro", True),
    ("/medarbetare", ".units-table tr.whole td.n:has(a.to-source)", False),
    ("/medarbetare", "table.printed td:has(a[href*='figur='])", False),
    ("/riskmatris", ".risk-list tbody tr:first-child td.n", False),
    ("/riskmatris", ".risk-card .score.big", False),
    ("/riskmatris", ".risk-card .history .score", False),
]


def link_in(page: Page, holder: str, popover: bool) -> tuple[Locator, Locator | None]:
    """The link to the report, and what has to be opened before it is there."""
    place = page.locator(holder).first
    if popover:
        return place.locator("a[href*='figur=']").first, place.locator("summary").first
    return place.locator("a[href*='figur=']").first, None


def at_the_line(page: Page, href: str) -> None:
    """The report is open at the place the link names: the place is marked and in sight, the panel says its line."""
    page.wait_for_url(re.compile(r"/rapporter\?.*figur="))
    settled(page)
    match = re.search(r"figur=[a-z0-9-]+(?::|%3A)(\d+)", href)
    assert match
    expect(page.locator(".trace")).to_contain_text(f"rad {match[1]}")
    marked = page.locator("a[data-point][aria-current=true]")
    expect(marked).to_have_count(1)
    expect(marked).to_be_in_viewport()


@pytest.mark.parametrize(("address", "holder", "popover"), NUMBERS)
def test_two_clicks_lead_from_a_number_to_its_line(
    page: Page, server: Server, address: str, holder: str, popover: bool
) -> None:
    visit(page, server, address)
    link, opener = link_in(page, holder, popover)
    if opener:
        opener.click()
    href = link.get_attribute("href") or ""
    link.click()
    at_the_line(page, href)


@pytest.mark.parametrize(("address", "holder", "popover"), NUMBERS)
def test_two_key_presses_lead_from_a_number_to_its_line(
    page: Page, server: Server, address: str, holder: str, popover: bool
) -> None:
    visit(page, server, address)
    link, opener = link_in(page, holder, popover)
    if opener:
        opener.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    else:
        link.focus()
    focused = page.evaluate("document.activeElement.getAttribute('href') || ''")
    assert "figur=" in focused
    page.keyboard.press("Enter")
    at_the_line(page, focused)


@pytest.mark.parametrize(
    ("address", "key"),
    [("/medarbetare", "trend-sjukfranvaro-r12"), ("/ekonomi", "utveckling"), ("/trender", "trend")],
)
def test_a_printed_number_in_a_charts_table_leads_to_its_line(
    page: Page, server: Server, address: str, key: str
) -> None:
    visit(page, server, address)
    page.locator(f"#t-{key}-t").focus()
    page.keyboard.press("Enter")
    link = page.locator(f"#p-{key}-t td.n a[href*='figur=']").first
    href = link.get_attribute("href") or ""
    link.focus()
    page.keyboard.press("Enter")
    at_the_line(page, href)


def test_a_printed_point_in_a_chart_says_what_it_is_and_leads_to_its_line(page: Page, server: Server) -> None:
    visit(page, server, "/trender?matt=hushall-langvarigt")
    page.locator("[data-chart=trend][data-ready]").wait_for()
    mark = page.locator("[data-chart=trend] .scatterlayer .trace").last.locator(".points path").last
    box = mark.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 30, y - 30)
    page.mouse.move(x, y, steps=5)  # as a hand moves: the chart answers to a way, not to a leap
    said = page.locator("[data-chart=trend] .hoverlayer")
    expect(said).to_contain_text("Tertial 2 2025")
    expect(said).not_to_contain_text("Demo")
    page.mouse.down()
    page.mouse.up()
    at_the_line(page, "figur=t2-2025:209")


def test_every_printed_number_of_the_pages_has_such_a_link(page: Page, server: Server) -> None:
    for address, holders in {
        "/": ".bars tbody td.n, .changes .move, .risks .score",
        "/ekonomi": "table.accounts tbody td.n:not(.place), table.deviation tbody td.n:nth-child(2)",
        "/riskmatris": ".risk-list td.n, .risk-card .score, table[data-export] tbody td:last-child",
    }.items():
        visit(page, server, address)
        bare = page.evaluate(
            """(holders) => [...document.querySelectorAll(holders)]
                .filter((one) => /\\d/.test(one.textContent) && !one.querySelector("a[href*='figur=']"))
                .map((one) => one.textContent)""",
            holders,
        )
        assert bare == [], address


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_number_opens_with_a_key_and_escape_gives_the_focus_back(
    page: Page, server: Server, key: str
) -> None:
    visit(page, server, "/rapporter")
    page.locator("#f-209-1").focus()
    page.keyboard.press(key)
    page.wait_for_url("**figur=t2-2025:209:1")
    settled(page)
    expect(page.locator(".trace h2")).to_be_focused()
    expect(page.locator("#f-209-1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".trace")).to_have_count(0)
    settled(page)
    expect(page.locator("#f-209-1")).to_be_focused()
    expect(page.locator("#f-209-1")).not_to_have_attribute("aria-current", "true")
    assert "figur" not in page.url


def test_a_link_that_points_opens_at_the_number_and_back_closes_it(page: Page, server: Server) -> None:
    visit(page, server, "/rapporter?rapport=vb-2023")
    page.locator("#f-187-2").click()
    page.wait_for_url("**figur=vb-2023:187:2")
    settled(page)
    linked = page.url
    page.go_back()
    expect(page.locator(".trace")).to_have_count(0)
    wait_for_run(page)
    page.goto(linked)
    expect(page.locator(".trace")).to_contain_text("rad 187")
    expect(page.locator("#f-187-2")).to_be_in_viewport()


def test_another_period_leaves_the_number_and_its_report(page: Page, server: Server) -> None:
    visit(page, server, "/rapporter?rapport=vb-2023&figur=vb-2023:187:2")
    page.select_option("#f-period", "2024-T2")
    page.wait_for_url("**/rapporter?period=2024-T2")
    settled(page)
    expect(page.locator("h1")).to_contain_text("Delår 2 2024")
    expect(page.locator(".trace")).to_have_count(0)


def test_pointing_does_not_build_the_report_anew(page: Page, server: Server) -> None:
    visit(page, server, "/rapporter")
    page.evaluate("window.sameNode = document.querySelector('.report-body table')")
    page.locator("#f-209-1").click()
    expect(page.locator(".trace")).to_have_count(1)
    assert page.evaluate("window.sameNode === document.querySelector('.report-body table')")


def test_the_panel_fits_a_telephone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, server, "/rapporter?figur=t2-2025:209:1")
    box = page.locator(".trace").bounding_box()
    assert box
    assert box["y"] >= 200
    assert box["y"] + box["height"] <= 844 + 1
    page.locator("[data-close]").click()
    expect(page.locator(".trace")).to_have_count(0)


@pytest.mark.parametrize(
    "address", ["/rapporter?figur=t2-2025:565:r1", "/rapporter?figur=vb-2023:654:5&projektor=1"]
)
def test_the_panel_is_accessible(page: Page, server: Server, axe: Violations, address: str) -> None:
    visit(page, server, address)
    expect(page.locator(".trace")).to_be_visible()
    found = axe(page)
    assert found == [], [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
