"""The tool that looks for numbers the published layer lacks, on a report of a few lines made up here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.domain.model import Colour
from dashboard.published import Event, Figure, Published, RiskRow
from tools.coverage_published import Exempt, left_over, read_exceptions, unjudged

NOTHING = Published((), (), (), (), (), (), (), (), ())
SOURCE = "t9-2030"


def figure(line: int, value: str, label: str = "Hushåll", note: str = "") -> Figure:
    return Figure(
        SOURCE, line, "Mål", "", label, "", "year", "2030", "utfall", Decimal(value), "antal", "", note
    )


def left(
    lines: Sequence[str], rows: Published = NOTHING, chapters: Sequence[int] = ()
) -> list[tuple[int, str]]:
    found = left_over(rows, {SOURCE: list(lines)}, {SOURCE: frozenset(chapters)})
    return [(one.line, one.written) for one in found]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Totalt 1 234 hushåll och 4,5 procent", ["1 234", "4,5"]),
        ("Sju ärenden, varav två gällde vuxna", ["Sju", "två"]),
        ("Anmälningarna har nästan fördubblats", ["fördubblats"]),
        ("Hälften av dem, en tredjedel av oss", ["Hälften", "tredjedel"]),
        ("Ingen av utredningarna", ["Ingen"]),
        ("barn 0-12 år", ["0", "12"]),
    ],
)
def test_numbers_in_figures_and_in_letters_are_asked_for(line: str, asked: list[str]) -> None:
    assert left([line]) == [(1, one) for one in asked]


@pytest.mark.parametrize(
    "line",
    [
        "R12 april 2023",
        "En utbildning och ett möte 2024",
        "enligt målområde 3 i T2",
        "delårsrapport 2",
        "G60",
    ],
)
def test_years_articles_and_names_are_not(line: str) -> None:
    assert left([line]) == []


def test_a_figure_holds_its_number_once() -> None:
    rows = replace(NOTHING, figures=(figure(1, "11"),))
    assert left(["11 av 11 enheter"], rows) == [(1, "11")]
    rows = replace(NOTHING, figures=(figure(1, "11"), figure(1, "11", "Enheter")))
    assert left(["11 av 11 enheter"], rows) == []


def test_the_value_of_another_line_or_another_number_holds_nothing() -> None:
    rows = replace(NOTHING, figures=(figure(2, "38"),))
    assert left(["38 hushåll", "389 hushåll"], rows) == [(1, "38"), (2, "389")]


def test_other_rows_hold_the_numbers_among_their_words() -> None:
    risk = RiskRow(SOURCE, 1, "Ekonomi", "risk", "Dyrt", 4, 5, 20, 16, "4x4 (16) i T1", Colour.RED, "", "")
    event = Event(SOURCE, 2, "lag", "2030-07-01", "day", "Ny lag", "SFS 2030:400", ())
    rows = replace(NOTHING, risks=(risk,), events=(event,), figures=(figure(3, "4", "Barn 0–2 år"),))
    lines = ["Dyrt 4x5 (20), ökad från 4x4 (16)", "Den 1 juli (2030:400)", "fyra grupper för barn 0-2 år, 9"]
    assert left(lines, rows) == [(3, "9")]


def test_a_chapter_has_a_number_of_its_own() -> None:
    lines = ["3.1 Mål för 8 enheter", "3.1 procent"]
    assert left(lines, chapters=[1]) == [(1, "8"), (2, "3.1")]


def test_exceptions_except_what_they_name_and_are_counted() -> None:
    found = left_over(NOTHING, {SOURCE: ["sida 7 av 8", "9"]}, {})
    rules = [
        Exempt(SOURCE, 1, 1, frozenset({"7"}), "sidnummer"),
        Exempt(SOURCE, 3, 9, frozenset({"*"}), "gäller ingenting"),
    ]
    assert [one.written for one in unjudged(found, rules)] == ["8", "9"]
    assert [rule.used for rule in rules] == [1, 0]


def test_every_exception_of_the_board_has_a_reason() -> None:
    rules = read_exceptions()
    assert rules
    assert all(rule.reason and rule.numbers and rule.line <= rule.to for rule in rules)
