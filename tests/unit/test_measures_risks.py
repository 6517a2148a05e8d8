"""The risks: where they stand, how they moved, which are new or gone, and what speaks against them."""

from __future__ import annotations

import pytest

from dashboard.domain import risk as rules
from dashboard.domain.model import Colour
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts, risks
from dashboard.measures.risks import RiskBoard, RiskView


def board(
    facts: Facts, period: str, compare: Compare = Compare.PREVIOUS, unit: str = "forvaltningen"
) -> RiskBoard:
    return risks.board(facts, Selection(Period.parse(period), unit, compare))


def by_id(found: RiskBoard) -> dict[str, RiskView]:
    return {view.risk.id: view for view in found.risks}


@pytest.mark.parametrize(
    ("risk", "cell", "value", "before"),
    [
        ("externa-placeringar", (5, 5), 25, 25),
        ("ungdomskriminalitet", (4, 5), 20, 25),
        ("digital-utveckling", (4, 4), 16, 25),
        ("valfardsbrott", (4, 4), 16, 20),
        ("stod-andra-myndigheter", (4, 4), 16, 16),
        ("arbetsbelastning", (4, 4), 16, 16),
        ("omvarldshot", (4, 4), 16, None),
        ("ej-verkstallda-beslut-okar", (4, 4), 16, None),
    ],
)
def test_the_risks_of_2025_stand_and_moved_as_printed(
    empty_facts: Facts, risk: str, cell: tuple[int, int], value: int, before: int | None
) -> None:
    view = by_id(board(empty_facts, "2025-T2"))[risk]
    assert (view.now.cell, view.now.value) == (cell, value)
    assert (view.before.value if view.before else None) == before
    assert view.movement == (None if before is None else value - before)
    assert view.new is (before is None)


def test_no_risk_is_missing_and_the_one_that_is_gone_is_named(empty_facts: Facts) -> None:
    found = board(empty_facts, "2025-T2")
    assert len(found.risks) == 8
    assert [row.risk for row in found.gone] == ["tysa-uppstart"]
    older = board(empty_facts, "2024-T2")
    assert {row.risk for row in older.gone} == {"samverkan-af", "samverkan-regionen"}


def test_a_value_alone_places_a_risk_only_when_one_cell_has_it(empty_facts: Facts) -> None:
    cells = {view.risk.id: view.now.cell for view in board(empty_facts, "2023").risks}
    assert cells == {
        "arbetsbelastning": (4, 4),
        "samverkan-af": (4, 4),
        "digital-utveckling": None,
        "ungdomskriminalitet": None,
        "samverkan-regionen": None,
    }


def test_the_place_before_is_unknown_when_the_earlier_report_prints_only_the_value(
    empty_facts: Facts,
) -> None:
    view = by_id(board(empty_facts, "2024-T2"))["ungdomskriminalitet"]
    assert view.before is not None
    assert (view.before.value, view.before.cell, view.movement) == (20, None, 5)


@pytest.mark.parametrize("period", ["2023", "2024-T2", "2025-T2"])
def test_the_highest_value_comes_first_and_ties_go_by_consequence(empty_facts: Facts, period: str) -> None:
    views = board(empty_facts, period).risks
    keys = [(-view.now.value, -(view.now.cell[1] if view.now.cell else 0)) for view in views]
    assert keys == sorted(keys)


def test_all_reported_risks_are_red_by_value(empty_facts: Facts) -> None:
    for period in ("2023", "2024-T2", "2025-T2"):
        assert {view.colour for view in board(empty_facts, period).risks} == {Colour.RED}


def test_the_history_runs_through_every_report_that_has_the_risk(empty_facts: Facts) -> None:
    view = by_id(board(empty_facts, "2025-T2"))["ungdomskriminalitet"]
    assert [(str(one.period), one.value) for one in view.history] == [
        ("2023", 20),
        ("2024-T2", 25),
        ("2025-T2", 20),
    ]
    assert all(one.row is not None and one.row.line > 0 for one in view.history)


def test_each_risk_has_its_own_measures_of_that_report_with_their_printed_status(empty_facts: Facts) -> None:
    views = by_id(board(empty_facts, "2025-T2"))
    assert all(view.measures for view in views.values())
    assert {one.status for one in views["externa-placeringar"].measures} == {"red"}
    assert {one.source for view in views.values() for one in view.measures} == {"t2-2025"}
    lost = by_id(board(empty_facts, "2024-T2"))
    assert {view.status for view in lost.values()} == {Colour.UNKNOWN}


def test_green_measures_are_flagged_where_the_report_speaks_against_them(empty_facts: Facts) -> None:
    doubted = {view.risk.id for view in board(empty_facts, "2025-T2").risks if view.doubtful}
    assert doubted == {"ej-verkstallda-beslut-okar", "arbetsbelastning"}
    earlier = {view.risk.id for view in board(empty_facts, "2023").risks if view.doubtful}
    assert earlier == {"ungdomskriminalitet", "samverkan-af", "arbetsbelastning"}


def test_the_same_period_a_year_before_is_compared_only_when_it_has_a_report(empty_facts: Facts) -> None:
    last_year = board(empty_facts, "2025-T2", Compare.LAST_YEAR).compared_with
    assert last_year is not None
    assert last_year.id == "delar2-2024"
    alone = board(empty_facts, "2024-T2", Compare.LAST_YEAR)
    assert alone.compared_with is None
    assert not any(view.new or view.movement for view in alone.risks)


def test_against_the_limit_nothing_is_compared_with_another_report(empty_facts: Facts) -> None:
    found = board(empty_facts, "2025-T2", Compare.TARGET)
    assert found.compared_with is None
    assert found.gone == ()


@pytest.mark.parametrize(
    ("period", "report"), [("2025-08", "t2-2025"), ("2025-06", "delar2-2024"), ("2022", None)]
)
def test_a_period_without_a_report_reads_the_last_one_before_it(
    empty_facts: Facts, period: str, report: str | None
) -> None:
    found = board(empty_facts, period)
    assert (found.report.id if found.report else None) == report
    assert bool(found.risks) is (report is not None)
    assert bool(found.reason) is (report is None)


def test_a_unit_sees_the_risks_of_the_whole_board(empty_facts: Facts) -> None:
    whole, unit = board(empty_facts, "2025-T2"), board(empty_facts, "2025-T2", unit="cai")
    assert [view.risk.id for view in unit.risks] == [view.risk.id for view in whole.risks]


def test_the_scales_have_a_word_for_each_step(empty_facts: Facts) -> None:
    assert [step.number for step in rules.PROBABILITY] == list(rules.SCALE)
    assert [step.number for step in rules.CONSEQUENCE] == list(rules.SCALE)
    assert (rules.PROBABILITY[4].word, rules.CONSEQUENCE[0].word) == ("Mycket hög", "Försumbar")
    scales = {report.id: report.measure_scale for report in empty_facts.catalogue.reports.values()}
    assert scales["t2-2025"] == ("genomförd", "påbörjad", "försenad")
    assert scales["vb-2023"] == ()
    assert {len(scale) for scale in scales.values()} <= {0, 3}


def test_the_oldest_report_with_risks_is_known(empty_facts: Facts) -> None:
    first = risks.first_report(empty_facts)
    assert first is not None
    assert first.id == "vb-2023"
