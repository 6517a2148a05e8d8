"""Run a page in Streamlit's own test harness and read the one element that carries it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import Settings
from dashboard.ui import session


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as the browser would get it."""

    html: str
    title: str
    charts: dict[str, Any]
    exceptions: list[str]

    @property
    def text(self) -> str:
        """The words on screen, tags taken away and white space folded."""
        return " ".join(
            unescape(re.sub(r"<[^>]+>", " ", self.html)).replace("\u202f", " ").replace("\xa0", " ").split()
        )

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html, re.DOTALL)
        return " ".join(unescape(found[1]).replace("\xa0", " ").split()) if found else ""

    @property
    def notices(self) -> list[str]:
        return [
            unescape(text) for text in re.findall(r'<p class="notice"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        ]


Show = Callable[..., Shown]


@pytest.fixture
def show(home: Path, demo_state: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """``show("mal", period="2023")``: the page with these parameters, over the demo or another data folder."""

    def run(page_id: str, settings: Settings | None = None, script: str = "", **params: str) -> Shown:
        where = settings or Settings(home, demo_state)
        monkeypatch.setenv("DASHBOARD_HOME", str(where.home))
        monkeypatch.setenv("DASHBOARD_DATA", str(where.state))
        test = AppTest.from_file(str(home / (script or f"pages/{page_id}.py")), default_timeout=30)
        for name, value in params.items():
            test.query_params[name] = value
        test.run()
        boards = [element.proto for element in test.get("bidi_component")]
        data: dict[str, Any] = (
            json.loads(boards[0].json) if boards else {"html": "", "title": "", "charts": {}}
        )
        faults = [element.message for element in test.exception]
        return Shown(data["html"], data["title"], dict(data["charts"]), faults)

    return run


@pytest.fixture
def open_facts() -> Callable[[], Any]:
    """The facts that the pages of this test have open, to count their queries."""
    return session.facts
