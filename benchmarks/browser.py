"""The visitor in Chromium: first loads with an empty cache, and changes timed inside the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SCRIPT = (Path(__file__).parent / "inpage.js").read_text("utf-8")
_VIEW: ViewportSize = {"width": 1440, "height": 900}
# Content counts as settled when nothing has changed for this long; the wait itself is not in the time.
QUIET_MS = 250
_STREAMLIT, _DASH = '[data-testid="stMain"]', "#react-entry-point"
_BOARD = "board"


class BrowserFault(Exception):
    """A page did not come or did not change; the message says which and what it shows."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is watched: ``ready`` is a JavaScript expression that is true once all content is there,
    ``root`` the element that holds it, ``change`` how its filter is changed, ``must`` what has to change for
    it to be an answer."""

    ready: str
    root: str
    change: str
    must: str = ".board"


def _plots(selector: str) -> str:
    return f"document.querySelectorAll('{selector}').length >= 7"


_ON_BOARD = Look(
    "document.querySelector('.board h1') && [...document.querySelectorAll('.board [data-chart]')]"
    ".every((one) => one.dataset.ready || one.getBoundingClientRect().top > innerHeight"
    " || !one.offsetParent)",
    _STREAMLIT,
    _BOARD,
)
_PLOT = ".js-plotly-plot"
_ON_PLOTLY = Look(_plots(f"{_PLOT} .cartesianlayer .trace"), _STREAMLIT, "selectbox", _PLOT)
LOOKS = {
    "app": _ON_BOARD,
    "floor": _ON_BOARD,
    "floor_pages": _ON_BOARD,
    "floor_plotly": _ON_PLOTLY,
    "floor_plotly_run": _ON_PLOTLY,
    "naive_run": _ON_PLOTLY,
    "empty_run": Look("document.querySelector('[data-testid=\"stMarkdown\"]')", _STREAMLIT, ""),
    "dash_naive": Look(_plots(f"{_PLOT} .cartesianlayer .trace"), _DASH, "dash", _PLOT),
}


@dataclass(frozen=True, slots=True)
class Load:
    """``seconds`` from navigation to all content painted; ``size`` bytes received until nothing more came."""

    seconds: float
    size: int
    requests: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the one that CHROMIUM names, one on PATH, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or next((one for one in map(shutil.which, _NAMES) if one), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=[*options, *(["--no-sandbox"] if root else [])]
        )
        try:
            yield browser
        finally:
            browser.close()


def _context(browser: Browser, look: Look) -> BrowserContext:
    context = browser.new_context(viewport=_VIEW, service_workers="block")
    context.add_init_script(f"{_SCRIPT}\nwindow.benchLoaded(() => {look.ready});")
    return context


def opened(browser: Browser, url: str, look: Look) -> Page:
    """A page in a context of its own, loaded and at rest."""
    page = _context(browser, look).new_page()
    page.goto(url)
    _loaded(page)
    page.wait_for_timeout(800)
    return page


def load(browser: Browser, url: str, look: Look, line: tuple[float, float] | None = None) -> Load:
    """Open a page with an empty cache. ``line`` slows the line down: (megabits a second, milliseconds)."""
    context = _context(browser, look)
    page = context.new_page()
    session = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    counted = {"size": 0, "requests": 0}

    def sent(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        if addresses.get(event["requestId"], "").startswith("http"):
            counted["size"] += int(event["encodedDataLength"])
            counted["requests"] += 1

    def frame(event: dict[str, Any]) -> None:
        # Binary payloads arrive as base64.
        counted["size"] += len(event["response"]["payloadData"]) * 3 // 4

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", frame)
    session.send("Network.enable")
    if line:
        speed, delay = line
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": delay,
                "downloadThroughput": speed * 125_000,
                "uploadThroughput": speed * 125_000,
            },
        )
    page.goto(url, wait_until="commit")
    seconds = _loaded(page) / 1000
    _rest(page, counted)
    context.close()
    return Load(seconds, counted["size"], counted["requests"])


def _loaded(page: Page) -> float:
    """Milliseconds from navigation to all content painted. Raises BrowserFault when it never comes."""
    try:
        return float(page.evaluate("window.benchReady"))
    except Error as error:
        raise BrowserFault(f"{page.url}: {error}\n{page.inner_text('body')[:2000]}") from error


def _rest(page: Page, counted: dict[str, int]) -> None:
    before = -1
    while before != counted["size"]:
        before = counted["size"]
        page.wait_for_timeout(700)


def change(page: Page, look: Look, value: str) -> float:
    """Choose ``value`` in the page's filter; milliseconds from the event until the new content is painted."""
    if look.change == _BOARD:
        return _watch(page, look, "select", ["select[name=period]", value])
    if look.change == "dash":
        return _watch(page, look, "dash", ["period", value])
    page.locator('[data-testid="stSelectbox"] input').first.click()
    page.wait_for_selector('[role="option"]')
    return _watch(page, look, "option", [value])


def follow(page: Page, look: Look, path: str) -> float:
    """Follow the menu's link to a page of the board; milliseconds until it is painted."""
    return _watch(page, look, "link", [f'.rail a[href^="{path}"]' if path != "/" else ".rail li a"])


def _watch(page: Page, look: Look, kind: str, given: Sequence[str]) -> float:
    found = page.evaluate(
        "([root, must, kind, given, quiet]) => window.benchWatch(root, must, kind, given, quiet)",
        [look.root, look.must, kind, list(given), QUIET_MS],
    )
    return float(found["painted"])
