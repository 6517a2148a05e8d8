"""People's own notes on the pages: marks in every view with months, the list, the table, and that they are no facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects

from dashboard.domain.periods import Period
from dashboard.notes import Draft, NoteStore
from dashboard.settings import Settings
from dashboard.web.tables import card_of
from tests.pages.conftest import Show, Shown

EVIL = "<script>alert(1)</script> & ”priset” =SUM(A1)"
MATT = "placeringar-externa"


@pytest.fixture
def noted(copied: Settings) -> Settings:
    """A store of its own with three notes: for the whole, for all units, and for a department."""
    store = NoteStore(copied.notes)
    start = datetime(2025, 9, 20, 9, tzinfo=UTC)
    told = [
        ("forvaltningen", "2025-08", EVIL),
        (None, "2024-T2", "Alla berördes."),
        ("avd-vuxen", "2025-03", "Bara vuxen."),
    ]
    for at, (unit, period, text) in enumerate(told):
        store.write(Draft(MATT, unit, Period.parse(period), text, "Anna Ek"), at=start + timedelta(days=at))
    return copied


def own(shown: Shown, key: str = "trend") -> list[dict[str, Any]]:
    return [trace for trace in shown.charts[key]["data"] if trace.get("name") == "egen anteckning"]


def listed(shown: Shown) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="note-text">(.*?)</p>', shown.html)]


def letters(figure: dict[str, Any]) -> list[str]:
    return [
        note["text"]
        for note in figure["layout"]["annotations"]
        if re.fullmatch("[a-z](, [a-z])*", note["text"])
    ]


@pytest.mark.parametrize("view", ["manad", "r12", "spc", "index", "ar"])
def test_every_view_over_months_has_the_marks(show: Show, noted: Settings, view: str) -> None:
    shown = show("trender", noted, matt=MATT, vy=view)
    assert shown.exceptions == []
    graph_objects.Figure(shown.charts["trend"])
    (marks,) = own(shown)
    assert marks["marker"]["symbol"] == "triangle-down"
    wanted = ["b"] if view == "ar" else ["a", "b"]  # year on year only the latest year is marked
    assert letters(shown.charts["trend"]) == wanted
    assert "<script>" not in str(shown.charts)
    assert "&lt;script&gt;" in marks["hovertext"][-1]
    assert '<i class="mark own-note"' in shown.html


def test_the_list_is_signed_and_dated_and_says_that_it_is_no_fact(show: Show, noted: Settings) -> None:
    shown = show("trender", noted, matt=MATT)
    assert listed(shown) == ["Alla berördes.", EVIL]
    assert "<script>" not in shown.html
    assert "T2 2024 · jan–aug · alla enheter · Anna Ek, skriven 2025-09-21" in shown.text
    assert "De är inte fakta ur rapporter eller system" in shown.text
    assert shown.html.count('data-note-form="/anteckningar/dra-tillbaka"') == 2
    assert 'value="2025-08" selected' in shown.html


def test_a_unit_sees_its_own_notes_and_those_on_all(show: Show, noted: Settings) -> None:
    assert listed(show("trender", noted, matt=MATT, enhet="avd-vuxen")) == ["Alla berördes.", "Bara vuxen."]
    both = show("trender", noted, matt=MATT, enheter="avd-vuxen", vy="spc")
    assert len(listed(both)) == 3
    assert letters(both.charts["spc-avd-vuxen"]) == ["a", "b"]
    assert letters(both.charts["spc-forvaltningen"]) == ["a", "c"]


def test_a_note_outside_the_chart_has_no_letter(show: Show, noted: Settings) -> None:
    shown = show("trender", noted, matt=MATT, fran="2025-01")
    assert letters(shown.charts["trend"]) == ["b"]
    assert "alla enheter · utanför diagrammet" in shown.text


def test_the_table_has_a_column_of_its_own(show: Show, noted: Settings) -> None:
    for view in ("manad", "spc", "index", "ar"):
        shown = show("trender", noted, matt=MATT, vy=view)
        table = re.search(r'<table class="data" data-export>(.*?)</table>', shown.html, re.DOTALL)
        assert table
        assert "Egen anteckning</th>" in table[1]
        cells = [unescape(cell) for cell in re.findall(r'<td class="own-words">(.+?)</td>', table[1])]
        assert any(EVIL in cell and "Anna Ek, skriven 2025-09-20" in cell for cell in cells)
        assert all(re.match(r"[a-z]\. ", cell) for cell in cells)
        card = card_of(shown.html, "trend")  # what a workbook is made of
        assert card
        assert any(EVIL in row.cells[-1].text for row in card.rows)


def test_no_number_rests_on_a_note(show: Show, noted: Settings) -> None:
    with_notes, without = show("trender", noted, matt=MATT), show("trender", matt=MATT)
    values = [
        [trace["y"] for trace in one.charts["trend"]["data"] if trace not in own(one)]
        for one in (with_notes, without)
    ]
    assert values[0] == values[1]
    assert with_notes.heading == without.heading


def test_without_notes_nothing_is_marked_and_one_may_be_written(show: Show) -> None:
    shown = show("trender", matt=MATT)
    assert own(shown) == []
    assert "Ingen har antecknat något om externa placeringar" in shown.text
    assert "Egen anteckning</th>" not in shown.html
    assert 'data-note-form="/anteckningar/skriv"' in shown.html


def test_a_measure_without_a_chart_can_still_be_noted(show: Show, noted: Settings) -> None:
    NoteStore(noted.notes).write(
        Draft("sjukfranvaro-r12", None, Period.parse("2025-08"), "Ny mätning.", "Bo")
    )
    shown = show("trender", noted, matt="sjukfranvaro-r12", vy="spc")
    assert shown.exceptions == []
    assert listed(shown) == ["Ny mätning."]
    assert "utanför diagrammet" in shown.text


def test_as_it_was_known_the_later_notes_are_not_there_and_nothing_is_written(
    show: Show, noted: Settings
) -> None:
    shown = show("trender", noted, matt=MATT, lage="2025-09-20")
    assert listed(shown) == [EVIL]
    assert letters(shown.charts["trend"]) == ["a"]
    assert "data-note-form" not in shown.html
    assert "Gå till det senaste läget för att skriva" in shown.text
    assert listed(show("trender", noted, matt=MATT, lage="2025-09-11")) == []


def test_a_new_note_is_there_at_the_next_look(show: Show, noted: Settings) -> None:
    assert len(listed(show("trender", noted, matt=MATT))) == 2
    store = NoteStore(noted.notes)
    store.write(Draft(MATT, None, Period.parse("2025-07"), "Nu.", "Bo"))
    assert len(listed(show("trender", noted, matt=MATT))) == 3
    store.withdraw(4, "Bo", "Fel")
    assert len(listed(show("trender", noted, matt=MATT))) == 2


def test_topic_pages_mark_and_list_them(show: Show, noted: Settings) -> None:
    NoteStore(noted.notes).write(Draft("puls", None, Period.parse("2025-06"), EVIL, "Bo"))
    shown = show("medarbetare", noted)
    assert shown.exceptions == []
    assert len(own(shown, "trend-puls")) == 1
    assert "Egna anteckningar (1)" in shown.text
    assert EVIL in unescape(shown.html)
    assert "<script>" not in shown.html
    assert "data-note-form" not in shown.html


def test_a_damaged_note_is_told_on_the_page(show: Show, noted: Settings) -> None:
    (noted.notes / "000009.json").write_text("{}")
    shown = show("trender", noted, matt=MATT)
    assert len(listed(shown)) == 2
    assert any("000009.json" in notice for notice in shown.notices)


def test_many_units_have_the_list_and_the_column(show: Show, noted: Settings, home: Path) -> None:
    units = ",".join(
        [
            "avd-vuxen",
            "avd-barn-unga",
            "avd-overgripande",
            "barn-ungdom-1",
            "barn-ungdom-2",
            "resurs-1",
            "resurs-2",
            "cai",
            "vuxenenheten",
        ]
    )
    shown = show("trender", noted, matt="puls", enheter=units)
    assert shown.exceptions == []
    NoteStore(noted.notes).write(Draft("puls", "cai", Period.parse("2025-06"), "Flytt.", "Bo"))
    shown = show("trender", noted, matt="puls", enheter=units)
    assert listed(shown) == ["Flytt."]
    assert "Egen anteckning</th>" in shown.html
