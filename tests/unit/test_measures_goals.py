"""The goals: colours as printed, the tree of a report, months, versions, and what the units say."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.domain.model import Colour, Origin
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts, goals
from dashboard.measures.goal_tree import Branch, tree
from dashboard.measures.goal_units import Share, green_units, unit_colours

ROOT = "forvaltningen"


def asked(period: str, unit: str = ROOT, compare: Compare = Compare.LAST_YEAR) -> Selection:
    return Selection(Period.parse(period), unit, compare)


def colours(facts: Facts, period: str) -> dict[str, str]:
    return {tile.goal.id: tile.judged.colour.value for tile in goals.tiles(facts, asked(period))}


def walk(branches: tuple[Branch, ...]) -> list[Branch]:
    return [one for branch in branches for one in (branch, *walk(branch.children))]


@pytest.mark.parametrize(
    ("period", "red"),
    [("2023", None), ("2024-T1", None), ("2024-T2", "mo-ekonomi"), ("2025-T2", "km-ekonomi")],
)
def test_every_judged_period_has_the_colours_of_the_reports(
    empty_facts: Facts, period: str, red: str | None
) -> None:
    found = colours(empty_facts, period)
    assert len(found) == (5 if period.startswith("2025") else 4)
    assert {goal for goal, colour in found.items() if colour != "green"} == ({red} if red else set())
    assert set(found.values()) <= {"green", "red"}


def test_the_months_of_2023_are_green_but_for_six_yellow_ones(empty_facts: Facts) -> None:
    rows = {goal.id: [judged.colour for judged in line] for goal, line in goals.months(empty_facts, 2023)}
    yellow = {goal: [n for n, c in enumerate(line, 1) if c is Colour.YELLOW] for goal, line in rows.items()}
    assert yellow == {
        "mo-medarbetare": [6, 7, 8, 9],
        "mo-kvalitet": [2, 3],
        "mo-leverans": [],
        "mo-ekonomi": [],
    }
    assert sum(line.count(Colour.GREEN) for line in rows.values()) == 4 * 12 - 6


def test_a_month_whose_colour_the_text_lost_is_unknown_with_the_reason_and_never_a_colour(
    empty_facts: Facts,
) -> None:
    for _, line in goals.months(empty_facts, 2024):
        assert [judged.colour for judged in line] == [Colour.UNKNOWN] * 8 + [Colour.NOT_ASSESSED] * 4
        assert {judged.reason for judged in line[:8]} == {empty_facts.catalogue.texts.unknown_colour}


def test_a_year_without_printed_months_has_no_colour_at_all(empty_facts: Facts) -> None:
    assert goals.printed_years(empty_facts) == (2023, 2024)
    rows = goals.months(empty_facts, 2025)
    assert {judged.colour for _, line in rows for judged in line} == {Colour.NOT_ASSESSED}
    assert green_units(empty_facts, 2025) == ()


@pytest.mark.parametrize(("period", "source"), [("2025-T2", "t2-2025"), ("2023", "vb-2023")])
def test_every_assessment_of_the_reports_period_stands_once_in_the_tree(
    empty_facts: Facts, period: str, source: str
) -> None:
    found = tree(empty_facts, asked(period))
    assert found is not None
    assert found.exact
    rows = [row for branch in found.branches for row in branch.rows]
    shown = Counter(row for row in rows if row.when == Period.parse(period))
    printed = [
        row
        for row in empty_facts.published.assessments
        if row.source == source and row.when == Period.parse(period)
    ]
    assert shown == Counter(printed)
    assert all(row.note for row in rows if row.when != Period.parse(period))


def test_the_measures_of_the_latest_report_hang_under_their_goals(empty_facts: Facts) -> None:
    found = tree(empty_facts, asked("2025-T2"))
    assert found is not None
    actions = {one.goal.id: len(one.actions) for one in walk(found.branches) if one.actions}
    assert actions == {"km-trygghet": 2, "nm-trygghet": 1, "nm-klimat": 3, "nm-ekonomi": 10}


def test_an_indicator_in_running_text_is_in_the_tree_with_its_number_and_without_a_colour(
    empty_facts: Facts,
) -> None:
    found = tree(empty_facts, asked("2024-T2"))
    assert found is not None
    under = {branch.goal.id: branch for branch in walk(found.branches)}
    longterm = next(i for i in under["nm24-leverans"].indicators if i.indicator == "hushall-langvarigt")
    assert longterm.row is None
    assert {int(figure.value) for figure in longterm.figures} == {180}


def test_contradictions_are_flagged_on_the_indicator_they_are_about_and_on_no_other(
    empty_facts: Facts,
) -> None:
    found = tree(empty_facts, asked("2025-T2"))
    assert found is not None
    flagged = {
        (branch.goal.id, one.indicator): {flag.id for flag in one.flags}
        for branch in walk(found.branches)
        for one in branch.indicators
    }
    assert "langvarigt-159-166" in flagged["nm-sjalvforsorjande", "hushall-langvarigt"]
    assert flagged["nm-kvalitet", "enheter-som-nar-malen"] == {"kvalitet-utfall-11", "andel-som-antal-399"}
    assert flagged["nm-ekonomi", "enheter-som-nar-malen"] == {"andel-som-antal-342"}


def test_notes_shown_to_readers_hold_no_ids(empty_facts: Facts) -> None:
    goal_ids = set(empty_facts.catalogue.goals)
    for row in empty_facts.published.assessments:
        words = goals.remark(empty_facts, row.note).replace(";", " ").split()
        assert not goal_ids & set(words)


@pytest.mark.parametrize(
    ("goal", "green", "yellow", "red"),
    [
        ("nm-ekonomi", 6, 0, 5),
        ("nm-kvalitet", 6, 5, 0),
        ("nm-klimat", 11, 0, 0),
        ("nm-trygghet", None, None, None),
    ],
)
def test_the_share_of_units_is_as_printed(
    facts: Facts, goal: str, green: int | None, yellow: int | None, red: int | None
) -> None:
    share = shares(facts, asked("2025-T2"))[goal]
    assert share is not None
    assert (share.green, share.yellow, share.red, share.total) == (green, yellow, red, 11)
    assert share.origin is Origin.PUBLISHED


def shares(facts: Facts, selection: Selection) -> dict[str, Share | None]:
    return {tile.goal.id: tile.share for one in goals.standings(facts, selection) for tile in one.children}


def test_a_share_that_no_report_prints_is_counted_and_said_to_be_synthetic(facts: Facts) -> None:
    for one in goals.standings(facts, asked("2024-T2")):
        share = one.tile.share
        assert share is not None
        assert share.origin is Origin.SYNTHETIC
        assert (share.green or 0) + (share.yellow or 0) + (share.red or 0) == share.total


def test_a_unit_has_its_own_colours_beside_the_boards(facts: Facts) -> None:
    found = {one.tile.goal.id: one.tile for one in goals.standings(facts, asked("2025-T2", "cai"))}
    assert {tile.judged.origin for tile in found.values()} == {Origin.SYNTHETIC}
    board = found["km-ekonomi"].board
    assert board is not None
    assert (board.colour, board.origin) == (Colour.RED, Origin.PUBLISHED)
    assert found["km-ekonomi"].judged.colour is not Colour.NOT_ASSESSED


def test_a_department_is_as_bad_as_its_worst_unit(facts: Facts) -> None:
    def colour(unit: str) -> Colour:
        tiles = goals.tiles(facts, asked("2025-T2", unit))
        return next(tile.judged.colour for tile in tiles if tile.goal.id == "km-ekonomi")

    units = [unit.id for unit in facts.catalogue.children("avd-vuxen") if unit.kind == "enhet"]
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN]
    assert colour("avd-vuxen") == min((colour(unit) for unit in units), key=order.index)


def test_a_unit_without_judgements_is_not_assessed_and_says_why(empty_facts: Facts) -> None:
    for tile in goals.tiles(empty_facts, asked("2025-T2", "cai")):
        assert tile.judged.colour is Colour.NOT_ASSESSED
        assert "augusti 2025" in tile.judged.reason


def test_both_versions_of_the_goals_stand_side_by_side_with_the_break_between(empty_facts: Facts) -> None:
    assert [str(period) for period in goals.report_periods(empty_facts)] == [
        "2023",
        "2024-T1",
        "2024-T2",
        "2025-T2",
    ]
    held = {goal.id: [judged.held for judged in line] for goal, line in goals.over_periods(empty_facts)}
    assert len(held) == 9
    for goal, line in held.items():
        assert line == ([True] * 3 + [False] if goal.startswith("mo-") else [False] * 3 + [True])


def test_what_became_of_a_goal_is_told_from_both_ends(empty_facts: Facts) -> None:
    by_id = empty_facts.catalogue.goals
    older = {goal.id: link.comparable for goal, link in goals.origins_of(empty_facts, by_id["km-hallbarhet"])}
    assert older == {"mo-leverans": False, "mo-ekonomi": False}


def test_only_goals_that_go_on_are_compared_across_the_break(empty_facts: Facts) -> None:
    before = {tile.goal.id: tile.before for tile in goals.tiles(empty_facts, asked("2025-T2"))}
    compared = {goal for goal, judged in before.items() if judged and judged.held}
    assert compared == {"km-kvalitet", "km-medarbetare"}


@pytest.mark.parametrize(
    ("period", "judged", "report", "exact"),
    [
        ("2025-T2", "2025-T2", "t2-2025", True),
        ("2025-08", "2025-T2", "t2-2025", False),
        ("2025-06", "2024-T2", "delar2-2024", False),
        ("2024-T1", "2024-T1", "vb-2023", False),
        ("2023-06", "2023-06", "vb-2023", False),
        ("2022", None, None, False),
    ],
)
def test_a_period_without_a_report_shows_the_last_judged_before_it_and_says_so(
    empty_facts: Facts, period: str, judged: str | None, report: str | None, exact: bool
) -> None:
    shown = goals.judged_period(empty_facts, Period.parse(period))
    found = tree(empty_facts, asked(period))
    assert (str(shown) if shown else None) == judged
    assert (found.report.id if found else None) == report
    assert bool(found and found.exact) is exact


def test_the_previous_period_of_a_report_is_the_period_before_and_the_goal_keeps_its_colour_there(
    empty_facts: Facts,
) -> None:
    before = {
        tile.goal.id: tile.before
        for tile in goals.tiles(empty_facts, asked("2024-T2", compare=Compare.PREVIOUS))
    }
    assert {judged.colour for judged in before.values() if judged} == {Colour.GREEN}
    assert len({str(judged.period) for judged in before.values() if judged}) == 1


def test_a_unit_has_its_own_count_of_units_or_none(facts: Facts) -> None:
    """The board's eleven say nothing of a unit, which has no units, nor of a department with six."""
    assert {tile.share for tile in goals.tiles(facts, asked("2025-T2", "cai"))} == {None}
    inside = {one.id for one in facts.catalogue.descendants("avd-vuxen")}
    for tile in goals.tiles(facts, asked("2025-T2", "avd-vuxen")):
        share = tile.share
        assert share is not None
        judging = {row[0] for rows in unit_colours(facts, asked("2025-T2").period).values() for row in rows}
        assert share.total == len(judging & inside) == 6
        assert (share.green or 0) + (share.yellow or 0) + (share.red or 0) == 6
        assert share.row is None
        assert (share.green == 6) is (tile.judged.colour is Colour.GREEN)
