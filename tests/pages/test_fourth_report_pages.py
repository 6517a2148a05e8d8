"""The pages show a report that was added as data, without a line of code for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.ui.navigation import PAGES
from tests.fourth_report import Place, add
from tests.pages.conftest import Show


@pytest.fixture
def place(home: Path, tmp_path: Path) -> Place:
    return add(home, tmp_path)


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_every_page_opens_on_its_period(page_id: str, show: Show, place: Place) -> None:
    shown = show(page_id, place.settings, period="2026-T2")
    assert shown.exceptions == []
    assert shown.heading
    assert "T2 2026 · jan–aug" in shown.text


def test_the_first_page_says_how_it_stands(show: Show, place: Place) -> None:
    shown = show("oversikt", place.settings, period="2026-T2")
    assert shown.heading.startswith("Fyra av fem mål är gröna. Målet Ekonomi är gult")
    assert "140" in shown.text
    assert "rad 22" in shown.text


def test_the_goals_the_economy_and_the_risks_say_what_it_says(show: Show, place: Place) -> None:
    assert "Skolgång" in show("mal", place.settings, period="2026-T2").text
    assert "−318 000" in show("ekonomi", place.settings, period="2026-T2").text
    assert "Brist på lokaler för samtal" in show("riskmatris", place.settings, period="2026-T2").text


def test_search_and_history_lead_to_it(show: Show, place: Place) -> None:
    found = show("sok", place.settings, q="212000")
    assert "Tertial 2 2026" in found.text
    assert "figur=t2-2026:45:1" in found.html
    history = show("mal", place.settings, vy="historik")
    assert "Helår 2023, Delår 2 2024, Tertial 2 2025 och Tertial 2 2026" in history.text
    assert (
        "följer 2 indikatorer. En av dem fanns i Tertial 2 2025, en är ny och 30 är inte med längre."
        in history.text
    )
