"""Take the pictures of the README and of the handbook: ``python tools/pictures.py [readme|handbook]``.

A demo of its own is built in a temporary folder, served, and walked through as the handbook says; nothing else is
touched.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
EXAMPLES = ROOT / "data" / "examples"
SCREEN: ViewportSize = {"width": 1440, "height": 900}
START_SECONDS = 90
README: tuple[tuple[str, str, Literal["light", "dark"]], ...] = (
    ("oversikt", "/", "light"),
    ("mal", "/mal", "light"),
    ("trender", "/trender?matt=hushall-langvarigt", "light"),
    ("medarbetare", "/medarbetare", "light"),
    ("ekonomi", "/ekonomi", "light"),
    ("riskmatris-dark", "/riskmatris", "dark"),
    ("rapporter", "/rapporter?figur=t2-2025:209:1", "light"),
)


def readme(browser: Browser, address: str) -> None:
    """One picture of the first screen for each page that the README shows."""
    for name, path, scheme in README:
        page = browser.new_page(viewport=SCREEN, color_scheme=scheme, locale="sv-SE")
        show(page, address + path)
        take(page, name)
        page.close()


def handbook(browser: Browser, address: str) -> None:
    """The month's round, step by step: docs/handbok.md."""
    page = browser.new_page(viewport=SCREEN, color_scheme="light", locale="sv-SE")
    show(page, f"{address}/data")
    keep(page, "handbok-1-saknas")
    deliver(page, address, "verksamhet-september-2025-med-fel")
    page.get_by_role("link", name="B6", exact=True).click()
    page.wait_for_url("**visa=*")
    keep(page, "handbok-2-fel", page.locator(".sheet").first)
    deliver(
        page,
        address,
        *(f"{one}-september-2025" for one in ("verksamhet", "personal", "ekonomi", "bedomningar")),
    )
    keep(page, "handbok-3-fragor", page.locator(".question").first)
    for field in page.locator(".question input").all():
        field.fill("Stämmer: fler insjuknade tidigt i höst.")
    page.get_by_role("button", name="Spara svaren").click()
    page.get_by_role("button", name="Läs in", exact=True).wait_for(timeout=60_000)
    keep(page, "handbok-4-andras")
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_role("button", name="Läs in", exact=True).click()
    page.get_by_role("link", name="Visa leveransen").click(timeout=60_000)
    page.get_by_role("link", name="Vad den ändrade").click(timeout=60_000)
    page.get_by_text("nya månadsfiler mellan").first.wait_for(timeout=60_000)
    keep(page, "handbok-5-andrat")
    show(page, f"{address}/trender?matt=sjukfranvaro&period=2025-09")
    keep(page, "handbok-6-trend")
    show(page, f"{address}/trender?matt=sjukfranvaro&lage=2025-09-30")
    keep(page, "handbok-7-fryst")
    page.close()


def show(page: Page, url: str) -> None:
    """Open a page and wait for its charts on the first screen."""
    page.goto(url)
    page.wait_for_selector(".board h1", timeout=60_000)
    page.wait_for_timeout(2_000)


def keep(page: Page, name: str, what: Locator | None = None) -> None:
    """A picture of the screen, with ``what`` in the middle of it if given."""
    page.locator("html:not([data-busy])").wait_for(state="attached")
    if what is None:
        page.evaluate("window.scrollTo(0, 0)")
    else:
        what.evaluate("one => one.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(800)
    take(page, name)


def take(page: Page, name: str) -> None:
    """Write the screen as a PNG of 256 colours: a screen has hardly more, and the file is a third as large."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(256).save(FOLDER / f"{name}.png", optimize=True)


def deliver(page: Page, address: str, *names: str) -> None:
    """Leave files on page Data and wait until they have been examined."""
    show(page, f"{address}/data")
    page.set_input_files("[data-files]", [EXAMPLES / f"{name}.xlsx" for name in names])
    page.locator(".file-card").first.wait_for(timeout=60_000)


@contextmanager
def served() -> Iterator[str]:
    """The address of a dashboard with the demo's months, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "DASHBOARD_DATA": folder}
        command = [sys.executable, "-m", "dashboard"]
        subprocess.run([*command, "build"], cwd=ROOT, env=own, check=True)
        server = subprocess.Popen([*command, "serve", "--port", port], cwd=ROOT, env=own)
        try:
            wait(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait(address: str) -> None:
    """Until the address answers. Raises TimeoutError when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer")


def main(chosen: Sequence[str]) -> None:
    """Take the pictures of what was asked for, else all."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, walk in (("readme", readme), ("handbook", handbook)):
            if not chosen or name in chosen:
                walk(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
