"""A report that nobody has seen is added by its rows and definitions alone, and everything knows it.

What is added lies in ``tests/fourth_report``; the steps are those of *Adding a report* in docs/data.md.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.errors import PublishedError
from dashboard.measures import Facts, goals, open_facts, risks
from dashboard.measures.economy import printed_table
from dashboard.measures.goal_history import goal_history
from dashboard.measures.goal_tree import tree
from dashboard.measures.indicator_life import Change, Sign, indicator_lives
from dashboard.measures.report_outline import sections
from dashboard.measures.search import search
from dashboard.ui import filters
from tests.fourth_report import Place, add

T2_2026 = Period.parse("2026-T2")
ROOT = "forvaltningen"
Check = Callable[[Place], tuple[int, str]]


@pytest.fixture(scope="module")
def place(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return add(home, tmp_path_factory.mktemp("fourth"))


@pytest.fixture(scope="module")
def four(place: Place) -> Facts:
    return open_facts(place.settings)


def asked(compare: Compare = Compare.LAST_YEAR) -> Selection:
    return Selection(T2_2026, ROOT, compare)


def test_the_period_filter_offers_it_first(four: Facts) -> None:
    offered = filters.periods(four, None, T2_2026)[0]
    assert offered.label == "Rapporterade perioder"
    assert (offered.options[0].value, offered.options[0].selected) == ("2026-T2", True)


def test_the_goals_have_its_colours_and_are_compared_with_the_report_before(four: Facts) -> None:
    tiles = {tile.goal.id: tile for tile in goals.tiles(four, asked())}
    assert {goal: tile.judged.colour.value for goal, tile in tiles.items()} == {
        "km-trygghet": "green",
        "km-hallbarhet": "green",
        "km-ekonomi": "yellow",
        "km-kvalitet": "green",
        "km-medarbetare": "green",
    }
    before = tiles["km-ekonomi"].before
    assert before is not None
    assert before.colour.value == "red"


def test_the_tree_of_goals_holds_its_new_goal_and_indicator_and_not_the_one_that_ended(four: Facts) -> None:
    found = tree(four, asked())
    assert found is not None
    assert found.exact
    assert found.report.id == "t2-2026"
    below = {child.goal.id: child for branch in found.branches for child in branch.children}
    assert [one.indicator for one in below["nm26-skola"].indicators] == ["hushall-langvarigt", "skolnarvaro"]
    assert "nm-klimat" not in below


def test_the_economic_table_is_rebuilt(four: Facts) -> None:
    found = printed_table(four, T2_2026)
    assert found is not None
    total = next(line for line in found.lines if line.style == "total")
    values = [int(cell.figure.value) for cell in total.cells if cell.figure]
    assert values == [-212_000, -206_500, -5_500, -318_000, -310_500, -7_500]
    assert [line.label for line in found.lines] == [
        "Förvaltningsövergripande",
        "Avdelning vuxen",
        "Avdelning barn och unga",
        "Resultat ASN",
    ]


def test_the_risks_have_moved_since_the_report_before(four: Facts) -> None:
    board = risks.board(four, asked())
    shown = {view.risk.id: view for view in board.risks}
    assert set(shown) == {"externa-placeringar", "lokalbrist"}
    assert (shown["externa-placeringar"].now.value, shown["externa-placeringar"].movement) == (20, -5)
    assert shown["lokalbrist"].new
    assert [row.label for row in shown["lokalbrist"].measures] == ["Hyra samtalsrum på biblioteket"]
    assert board.compared_with is not None
    assert board.compared_with.id == "t2-2025"
    assert len(board.gone) == 7


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("212 000", "figure"),
        ("skolgång i insats", "indicator"),
        ("alla unga går i skolan", "goal"),
        ("brist på lokaler", "risk"),
        ("biblioteket", "assignment"),
        ("egna jourhem", "event"),
        ("saknas lokaler", "risk"),
        ("bättre än väntat", "retelling"),
    ],
)
def test_search_finds_every_kind_of_it(four: Facts, text: str, kind: str) -> None:
    found = search(four, text)
    assert kind in {
        group.kind for group in found.groups if any(h.entry.source in {"", "t2-2026"} for h in group.hits)
    }


def test_the_goals_history_has_a_fourth_column_with_what_ended_and_what_is_new(four: Facts) -> None:
    history = goal_history(four)
    assert [report.id for report in history.reports] == ["vb-2023", "delar2-2024", "t2-2025", "t2-2026"]
    told = {
        (stop.report.id, stop.goal.id): (strand.is_new(stop), strand.ended(stop))
        for strand in history.own
        for column in strand.columns
        for stop in column
    }
    assert told["t2-2025", "nm-klimat"] == (True, True)
    assert told["t2-2026", "nm26-skola"] == (True, False)
    assert told["t2-2026", "nm-trygghet"] == (False, False)


def test_the_indicators_lives_go_on_end_and_begin(four: Facts) -> None:
    found = indicator_lives(four)
    lives = {life.indicator: life for life in found.lives}
    assert found.counts(3) == (2, 1, 30)
    longterm = lives["hushall-langvarigt"].last
    assert (longterm.sign, longterm.changes, longterm.target) == (
        Sign.OUTCOME,
        (Change.TARGET,),
        "färre än 159",
    )
    assert lives["skolnarvaro"].last.changes == (Change.INTRODUCED,)
    assert lives["fragor-om-vald"].last.changes == (Change.DROPPED,)


def test_the_report_is_rebuilt_under_its_own_headings(four: Facts) -> None:
    found = sections(four, four.catalogue.reports["t2-2026"])
    tables = {section.heading.title: [table.table.id for table in section.tables] for section in found}
    assert tables["Mål"] == ["t2-2026-mal"]
    assert tables["Ekonomi"] == ["t2-2026-ekonomi"]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """``check(place)``: the command's status and what it says of the place."""

    def run(place: Place) -> tuple[int, str]:
        monkeypatch.setenv("DASHBOARD_HOME", str(place.settings.home))
        monkeypatch.setenv("DASHBOARD_DATA", str(place.settings.state))
        result = cli.main(["check"])
        said = capsys.readouterr()
        return result, said.out + said.err

    return run


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Place:
    """A place that the test may damage."""
    return add(home, tmp_path)


def damage(place: Place, name: str, old: str, new: str) -> int:
    """Write ``new`` for the first ``old`` of a published file; the row that it stands in."""
    file = place.file(f"published/{name}")
    before, found, after = file.read_text("utf-8").partition(old)
    assert found
    file.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def test_the_check_passes(place: Place, check: Check) -> None:
    result, said = check(place)
    assert result == 0, said
    assert "Allt stämmer." in said


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("figures.csv", ",utfall,140,", ",utfall,14O,", "kolumn value: väntade ett tal"),
        ("assessments.csv", "2026-T2,yellow", "2026-T2,gul", "kolumn colour: väntade något av"),
        ("risks.csv", ",4,5,20,25,", ",4,6,20,25,", "kolumn consequence: väntade ett heltal 1–5"),
        ("events.csv", "2026-05-20,day", "2026-05,day", "kolumn date: väntade ett datum"),
    ],
)
def test_a_fault_in_a_row_of_it_is_told_with_file_and_row(
    own: Place, check: Check, name: str, old: str, new: str, told: str
) -> None:
    row = damage(own, name, old, new)
    result, said = check(own)
    assert result == 1
    assert f"{name}, rad {row}, {told}" in said


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "figures.csv",
            "t2-2026,22,",
            "t2-2027,22,",
            "bland rapporterna, fick ”t2-2027” (menade du ”t2-2026”?)",
        ),
        (
            "assessments.csv",
            ",skolnarvaro,",
            ",skolnarvron,",
            "bland måtten, fick ”skolnarvron” (menade du ”skolnarvaro”?)",
        ),
        (
            "risks.csv",
            ",lokalbrist,",
            ",lokalbrst,",
            "bland riskerna, fick ”lokalbrst” (menade du ”lokalbrist”?)",
        ),
        (
            "goals.csv",
            ",nm26-skola,",
            ",nm26-skolan,",
            "bland målen, fick ”nm26-skolan” (menade du ”nm26-skola”?)",
        ),
    ],
)
def test_a_name_in_it_that_is_not_defined_is_told_and_stops_the_pages(
    own: Place, check: Check, name: str, old: str, new: str, told: str
) -> None:
    row = damage(own, name, old, new)
    result, said = check(own)
    assert result == 1
    assert f"{name}: rad {row}: väntade ett id som finns {told}" in said
    with pytest.raises(PublishedError, match="nämner det som inte finns"):
        open_facts(own.settings)


def test_a_sum_in_it_that_does_not_add_up_is_told(own: Place, check: Check) -> None:
    damage(own, "figures.csv", ",utfall,-212000,", ",utfall,-213000,")
    result, said = check(own)
    assert result == 1
    assert "t2-2026" in said
    assert "213" in said
