"""Starts and stops the servers that are compared, each in a process of its own on 127.0.0.1."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import wire

ROOT = Path(__file__).resolve().parent.parent
PAGES = Path(__file__).resolve().parent / "pages"
HOST = "127.0.0.1"
_LONGEST_SECONDS = 60.0
_POLL_SECONDS = 0.003


@dataclass(frozen=True, slots=True)
class Kind:
    """How a page is served. ``how``: "app" the dashboard, "served" the same server around a page of ours,
    "streamlit" ``streamlit run`` with its own defaults, "dash" Dash's own server."""

    name: str
    how: str
    file: str = ""
    page: str = "oversikt"

    def command(self, port: int) -> list[str]:
        """The command that serves it on ``port``."""
        script = str(PAGES / self.file)
        if self.how == "app":
            return [sys.executable, "-m", "dashboard", "serve", "--host", HOST, "--port", str(port)]
        if self.how == "served":
            return [sys.executable, "-m", "benchmarks.serve", script, str(port)]
        if self.how == "dash":
            return [sys.executable, script, str(port)]
        # Headless and silent, or it would open a browser and call outside; everything else by default.
        options = {
            "server.port": str(port),
            "server.address": HOST,
            "server.headless": "true",
            "browser.gatherUsageStats": "false",
        }
        given = [part for key, value in options.items() for part in (f"--{key}", value)]
        return [sys.executable, "-m", "streamlit", "run", script, *given]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("app", "app"),
        Kind("floor", "served", "floor.py"),
        Kind("floor_pages", "served", "floor_pages.py"),
        Kind("floor_plotly", "served", "floor_plotly.py"),
        Kind("floor_run", "streamlit", "floor.py"),
        Kind("floor_plotly_run", "streamlit", "floor_plotly.py"),
        Kind("empty_run", "streamlit", "empty.py"),
        Kind("naive_run", "streamlit", "naive.py"),
        Kind("dash_naive", "dash", "naive_dash.py"),
    )
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the servers share: the store, the recordings, and a folder without settings to start from."""

    data: Path
    payloads: Path
    empty: Path

    def environment(self, kind: Kind) -> dict[str, str]:
        """The environment of a server; byte code is kept, as it is for whoever starts a second time."""
        given = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {
            **given,
            "DASHBOARD_DATA": str(self.data),
            "DASHBOARD_HOME": str(ROOT),
            "BENCH_PAYLOADS": str(self.payloads),
            "BENCH_PAGE": kind.page,
            # This very checkout, whichever one is installed.
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        }


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``http`` and ``answer`` are seconds from the start of the process to the first page
    over HTTP and, for Streamlit, to the first finished run of the script."""

    kind: Kind
    port: int
    process: subprocess.Popen[bytes]
    http: float
    answer: float

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def memory(self) -> float:
        """Resident memory in megabytes, or nan where ``ps`` cannot say."""
        asked = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        try:
            said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return float("nan")
        return int(said) / 1024


class ServerFault(Exception):
    """A server did not come up; the message holds what it wrote."""


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(kind: Kind, place: Place, page: str = "") -> Iterator[Server]:
    """Start a server, wait until it has answered, and stop it at the end.

    ``page`` is Streamlit's hash of the page that is asked for first.
    """
    port = free_port()
    # From a folder without .streamlit, so that ``streamlit run`` has its own defaults and not the app's.
    folder = place.empty if kind.how == "streamlit" else ROOT
    log = place.empty / f"{kind.name}-{port}.log"
    with log.open("wb") as sink:
        begun = time.perf_counter()
        process = subprocess.Popen(
            kind.command(port), cwd=folder, env=place.environment(kind), stdout=sink, stderr=sink
        )
        try:
            _wait(process, port, log)
            http = time.perf_counter() - begun
            if kind.how != "dash":
                with wire.Session(HOST, port) as session:
                    session.rerun(page=page)
            answer = time.perf_counter() - begun
            yield Server(kind, port, process, http, answer)
        finally:
            _stop(process)


@contextmanager
def all_running(names: Iterator[str] | list[str], place: Place) -> Iterator[dict[str, Server]]:
    """Several servers at once, one after the other started."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(running(KINDS[name], place)) for name in names}


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.perf_counter() + _LONGEST_SECONDS
    while time.perf_counter() < end and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=0.2):
                pass
            with opener.open(f"http://{HOST}:{port}/", timeout=10) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(_POLL_SECONDS)
    raise ServerFault(f"{process.args!r} did not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=8)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
