"""Take the README's pictures from a running dashboard: ``python tools/pictures.py http://127.0.0.1:8501``."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PICTURES: tuple[tuple[str, str, Literal["light", "dark"]], ...] = (
    ("oversikt", "/", "light"),
    ("mal", "/mal", "light"),
    ("trender", "/trender?matt=hushall-langvarigt", "light"),
    ("ekonomi", "/ekonomi", "light"),
    ("riskmatris-dark", "/riskmatris", "dark"),
)


def main(address: str) -> None:
    """Write one PNG per picture, 1440×900."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, path, scheme in PICTURES:
            page = browser.new_page(
                viewport={"width": 1440, "height": 900}, color_scheme=scheme, locale="sv-SE"
            )
            page.goto(address + path)
            page.wait_for_selector(".board h1")
            page.wait_for_timeout(2_000)  # fonts, and charts that are on the first screen
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
