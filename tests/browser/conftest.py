"""A real server, a real browser: what the browser tests share.

``DASHBOARD_TEST_APP`` may name another script than app.py, to try the serving layer by itself; the store is
then neither built nor needed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_START_SECONDS = 90.0
_QUIET_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--metrics-recording-only",
]


expect.set_options(timeout=20_000)  # how busy the machine is must not decide what the tests say


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


Violations = Callable[[Page], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address without a final slash, and its process."""

    url: str
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    """Path of the browser: the one CHROMIUM names, else the first on PATH, else None for Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for found in map(shutil.which, _BROWSERS) if found), None)


@pytest.fixture(scope="session")
def browser(chromium_path: str | None) -> Iterator[Browser]:
    """One Chromium for the whole run, told not to call home."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=_QUIET_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the demo, once for the whole run."""
    folder = tmp_path_factory.mktemp("data")
    if "DASHBOARD_TEST_APP" not in os.environ:
        subprocess.run(
            [sys.executable, "-m", "dashboard", "build"], cwd=ROOT, env=_environment(folder), check=True
        )
    return folder


@pytest.fixture(scope="session")
def server(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application, served once for the whole run."""
    with serving(data_dir, tmp_path_factory.mktemp("server") / "log.txt") as running:
        yield running


@pytest.fixture
def fresh_server(data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of one's own that nobody has visited yet."""
    with serving(data_dir, tmp_path / "log.txt") as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of one's own, Swedish, at the size the pages are designed for.

    When the test ends it fails if any request, from any page of the profile, left this machine.
    """
    profile = browser.new_context(locale="sv-SE", viewport={"width": 1440, "height": 900})
    requested: list[str] = []
    profile.on("request", lambda request: requested.append(request.url))
    profile.on("page", lambda page: page.on("websocket", lambda socket: requested.append(socket.url)))
    yield profile
    profile.close()
    outside = [url for url in requested if not is_local(url)]
    assert outside == [], f"Requests left this machine: {outside}"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page in a profile of its own."""
    return context.new_page()


@pytest.fixture(scope="session")
def axe() -> Violations:
    """Accessibility check: ``axe(page)`` gives the violations of WCAG 2.1 A and AA, as axe describes them."""
    checker = Axe()
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

    def violations(page: Page) -> list[dict[str, Any]]:
        result = checker.run(page, options={"runOnly": {"type": "tag", "values": levels}})
        return list(result.response["violations"])

    return violations


def is_local(url: str) -> bool:
    """True for an address on this machine or one that is no request at all (data:, blob:)."""
    return url.startswith(
        ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:", "about:", "chrome-error:")
    )


def open_page(page: Page, url: str) -> None:
    """Open an address and wait until Streamlit has run the page to its end."""
    page.goto(url)
    wait_for_run(page)


def wait_for_run(page: Page) -> None:
    """Wait until the page's script has finished."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=60_000)


@contextmanager
def serving(data: Path, log: Path) -> Iterator[Server]:
    """Serve on a free port until the block ends; the server's output is in ``log``.

    Raises RuntimeError with that output when the server ends or does not answer in time.
    """
    port = _free_port()
    script = os.environ.get("DASHBOARD_TEST_APP")
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    if script:
        code = "import sys; from pathlib import Path; from dashboard.web import serve; "
        command = [sys.executable, "-c", code + f"serve('127.0.0.1', {port}, Path(sys.argv[1]))", script]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(data), stdout=sink, stderr=subprocess.STDOUT
        )
    try:
        _wait_for_health(port, process, log)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DASHBOARD_DATA": str(data), "PYTHONUTF8": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_health(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text('utf-8', errors='replace')}")
