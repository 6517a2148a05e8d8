"""Riskmatris: what has been loaded since the report stands beside it and never in its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.intake.examination import MonthTable
from dashboard.loading import Approval, load
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from tests.deliveries import examined
from tests.pages.conftest import Show

AUGUST, SEPTEMBER, OCTOBER = Month(2025, 8), Month(2025, 9), Month(2025, 10)
# As the report on January to August 2025 prints them.
T2: Mapping[str, tuple[int, int, str]] = {
    "omvarldshot": (4, 4, "green"),
    "stod-andra-myndigheter": (4, 4, "green"),
    "ungdomskriminalitet": (4, 5, "yellow"),
    "externa-placeringar": (5, 5, "red"),
    "valfardsbrott": (4, 4, "green"),
    "digital-utveckling": (4, 4, "green"),
    "ej-verkstallda-beslut-okar": (4, 4, "green"),
    "arbetsbelastning": (4, 4, "green"),
}


def month_of(month: Month, risks: Mapping[str, tuple[int, int, str]]) -> MonthTable:
    lines = [
        {
            "month": month.first_day,
            "unit": "forvaltningen",
            "risk": risk,
            "probability": probability,
            "consequence": consequence,
            "measures_status": status,
        }
        for risk, (probability, consequence, status) in sorted(risks.items())
    ]
    return MonthTable("risker", month, pa.Table.from_pylist(lines, schema=CONTRACTS["risker"].schema), "", "")


@pytest.fixture
def loaded(home: Path, demo_state: Path, tmp_path: Path) -> Any:
    settings = Settings(home, tmp_path)
    shutil.copytree(demo_state / "snapshots" / "risker", settings.state / "snapshots" / "risker")

    def deliver(month: Month, risks: Mapping[str, tuple[int, int, str]]) -> Settings:
        load(
            Store(settings.snapshots),
            examined(month_of(month, risks)),
            Approval("AA", at=datetime(2025, 11, 10, 6, tzinfo=UTC)),
            prepare=prepare_serving(settings),
        )
        return settings

    return deliver


def card(html: str) -> str:
    found = re.search(r'<section class="card" aria-labelledby="h-riskmanad".*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def rows(html: str) -> list[list[str]]:
    lines = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", card(html), re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    plain = [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in line] for line in cells]
    return [[text.replace("\xa0", " ").replace("\u202f", " ") for text in line] for line in plain]


def heading(html: str) -> str:
    found = re.search(r'<h2 id="h-riskmanad">(.*?)</h2>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_a_risk_that_moved_since_the_report_a_new_one_and_one_that_is_gone_are_told(
    loaded: Any, show: Show
) -> None:
    risks = {**T2, "ungdomskriminalitet": (5, 5, "red"), "tysa-uppstart": (3, 5, "green")}
    del risks["valfardsbrott"]
    shown = show("riskmatris", loaded(SEPTEMBER, risks), period="2025-09")
    assert shown.exceptions == []
    assert heading(shown.html) == (
        "September 2025: en risk har flyttat, en har fått annan färg på åtgärderna, en är ny och en är inte med. inläst"
    )
    told = {row[0]: row[1:] for row in rows(shown.html)}
    crime, started, fraud = (
        next(cells for name, cells in told.items() if word in name.lower())
        for word in ("krimin", "tysa", "välfärd")
    )
    assert crime == [
        "4 × 5 = 20",
        "5 × 5 = 25",
        "↑ från 20 har ökat från 20 sedan Tertial 2 2025",
        "● Gul",
        "■ Röd",
    ]
    assert started[0] == "–"
    assert started[1] == "3 × 5 = 15"
    assert started[2] == "ny ny sedan Tertial 2 2025"
    assert fraud == ["4 × 4 = 16", "–", "inte med", "▲ Grön", "–"]
    assert len(told) == 3
    assert "De andra sex står som i" in shown.text
    assert "datamangd=risker&amp;manad=2025-09" in card(shown.html)
    # The matrix is still the report's.
    assert 'aria-label="Inga risker"' not in shown.html
    assert re.search(r'id="risk-ungdomskriminalitet".*?class="score big red">.*?20', shown.html, re.DOTALL)


def test_a_month_that_is_as_the_report_says_so_and_the_last_month_before_the_period_ends_speaks(
    loaded: Any, show: Show
) -> None:
    loaded(SEPTEMBER, {**T2, "ungdomskriminalitet": (5, 5, "yellow")})
    settings = loaded(OCTOBER, T2)
    assert heading(show("riskmatris", settings, period="2025-10").html).startswith(
        "Oktober 2025: alla åtta risker står som i"
    )
    assert heading(show("riskmatris", settings, period="2025-09").html).startswith(
        "September 2025: en risk har flyttat."
    )


def test_the_report_s_own_month_is_told_only_where_it_differs(loaded: Any, show: Show) -> None:
    assert card(show("riskmatris", loaded(AUGUST, T2), period="2025-T2").html) == ""
    settings = loaded(AUGUST, {**T2, "omvarldshot": (2, 2, "green")})
    shown = show("riskmatris", settings, period="2025-T2")
    assert heading(shown.html).startswith("Augusti 2025: en risk har flyttat.")
    assert [cells[1:3] for cells in rows(shown.html)] == [["4 × 4 = 16", "2 × 2 = 4"]]


def test_colours_that_the_report_lost_are_told_and_colours_that_the_month_lacks_are_no_news(
    loaded: Any, show: Show
) -> None:
    lost = {
        "arbetsbelastning": (4, 4, "red"),
        "digital-utveckling": (5, 5, "red"),
        "ungdomskriminalitet": (5, 5, "unknown"),
        "stod-andra-myndigheter": (4, 4, "red"),
        "externa-placeringar": (5, 5, "red"),
        "valfardsbrott": (4, 5, "red"),
        "tysa-uppstart": (4, 4, "red"),
    }
    shown = show("riskmatris", loaded(Month(2024, 9), lost), period="2024-09")
    assert heading(shown.html) == (
        "September 2024: sex risker har färg på åtgärderna, som saknas i Delår 2 2024. inläst"
    )
    assert {row[-1] for row in rows(shown.html)} == {"■ Röd"}
    assert "En risk till står som i Delår 2 2024. En risk saknar färg på åtgärderna i september 2024." in (
        shown.text
    )
    silent = {risk: (*cell, "unknown") for risk, (*cell, _) in T2.items()}
    shown = show("riskmatris", loaded(SEPTEMBER, silent), period="2025-09")
    assert heading(shown.html).startswith("September 2025: alla åtta risker står som i")
    assert "Åtta risker saknar färg på åtgärderna i september 2025." in shown.text


def test_months_of_the_demo_and_periods_before_any_report_say_nothing(loaded: Any, show: Show) -> None:
    settings = loaded(SEPTEMBER, T2)
    assert card(show("riskmatris", settings, period="2025-08").html) == ""  # the demo's August
    assert card(show("riskmatris", settings, period="2022-05").html) == ""
    assert card(show("riskmatris", settings, period="2024").html) == ""
