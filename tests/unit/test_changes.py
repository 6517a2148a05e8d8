"""What changed between two reports: the figures that the cards show, and nothing that cannot be compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.model import Direction
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.status import Verdict
from dashboard.measures import Facts
from dashboard.measures.changes import Change, changes, monthly_changes, risk_movements
from dashboard.measures.readings import reading
from dashboard.measures.risks import board

ROOT = "forvaltningen"


def select(period: str, compare: Compare = Compare.LAST_YEAR, unit: str = ROOT) -> Selection:
    return Selection(Period.parse(period), unit, compare)


def by_name(found: tuple[Change, ...]) -> dict[str, Change]:
    return {change.indicator.id: change for change in found}


def printed(change: Change) -> tuple[float, float]:
    return float(change.before.value), float(change.now.value)


def test_tertial_2_2025_against_the_year_before(facts: Facts) -> None:
    found = by_name(changes(facts, select("2025-T2")))
    told = {name: (*printed(change), change.verdict) for name, change in found.items()}
    expected = {
        "hushall-bistand": (374, 389, Verdict.WORSE),
        "ekonomi-prognosavvikelse": (-25_028, -54_669, Verdict.WORSE),
        "sjukfranvaro-r12": (7.35, 5.69, Verdict.BETTER),
        "barn-bistand": (132, 128, Verdict.BETTER),
        "sommarjobb-genomforda": (316, 608, Verdict.BETTER),
    }
    assert {name: told[name] for name in expected} == expected
    assert found["hushall-bistand"].change == 15
    assert found["hushall-bistand"].size == pytest.approx(15 / 374)


@pytest.mark.parametrize(
    ("period", "compare"),
    [(p, c) for p in ("2025-T2", "2024-T2", "2023") for c in (Compare.LAST_YEAR, Compare.PREVIOUS)],
)
def test_the_greatest_change_comes_first_and_every_one_is_true(
    facts: Facts, period: str, compare: Compare
) -> None:
    found = changes(facts, select(period, compare))
    sizes = [change.size for change in found]
    assert sizes == sorted(sizes, reverse=True)
    assert len({change.indicator.id for change in found}) == len(found)
    for one in found:
        assert one.change == float(one.now.value - one.before.value) != 0
        assert one.size == pytest.approx(abs(one.change / float(one.before.value)))
        assert one.indicator.direction is not Direction.NEUTRAL
        better = (one.change > 0) == (one.indicator.direction is Direction.HIGHER)
        assert one.verdict is (Verdict.BETTER if better else Verdict.WORSE)


@pytest.mark.parametrize("period", ["2025-T2", "2024-T2", "2023"])
def test_the_list_shows_the_same_figure_as_the_card(facts: Facts, period: str) -> None:
    found = changes(facts, select(period))
    assert found
    for change in found:
        card = reading(facts, change.indicator.id, select(period))
        assert card.value.figures[0] == change.now
        assert card.against is not None
        assert card.against.figures[0] == change.before
        assert card.change == change.change


def test_tertial_2_2024_is_told_with_its_own_reports_figures(facts: Facts) -> None:
    """The report of 2025 prints 7,35 and 185 for the same period; that is not what the board read in 2024."""
    found = by_name(changes(facts, select("2024-T2")))
    assert {change.now.source for change in found.values()} == {"delar2-2024"}
    sick = found["sjukfranvaro-r12"]
    assert (printed(sick), sick.verdict) == ((7.37, 7.64), Verdict.WORSE)
    assert printed(found["hushall-langvarigt"]) == (195, 180)


def test_what_is_counted_up_is_not_compared_over_different_lengths(facts: Facts) -> None:
    assert "ej-verkstallda-beslut" not in by_name(changes(facts, select("2025-T2")))  # eight months and six
    against_the_year = by_name(changes(facts, select("2024-T2", Compare.PREVIOUS)))
    assert "ekonomi-avvikelse" not in against_the_year  # eight months and twelve
    forecast = against_the_year["ekonomi-prognosavvikelse"]  # two whole years
    assert printed(forecast) == (9_157, -25_028)


def test_what_does_not_add_up_follows_the_change(facts: Facts) -> None:
    found = by_name(changes(facts, select("2025-T2")))
    assert "r12-augusti-2024" in {flag.id for flag in found["sjukfranvaro-r12"].flags}
    assert all(flag.severity == "real" for change in found.values() for flag in change.flags)


def test_a_period_without_a_report_has_no_printed_changes_and_the_months_step_in(facts: Facts) -> None:
    assert changes(facts, select("2025-03")) == ()
    facts = replace(facts)  # nothing read before
    before = facts.warehouse.counter.queries
    found = monthly_changes(facts, select("2025-03", unit="avd-vuxen"))
    assert facts.warehouse.counter.queries == before + 1
    assert found
    assert {one.unit.id for one in found} == {"avd-vuxen"}
    assert all(one.change for one in found)


def test_an_empty_store_keeps_the_printed_changes(facts: Facts, empty_facts: Facts) -> None:
    assert changes(empty_facts, select("2025-T2")) == changes(facts, select("2025-T2"))


def test_risks_that_moved_with_the_greatest_move_first(facts: Facts) -> None:
    selection = select("2025-T2")
    found = risk_movements(board(facts, selection))
    assert [(before, now) for _, before, now in found] == [(25, 16), (25, 20), (20, 16)]
    up = risk_movements(board(facts, select("2024-T2", Compare.PREVIOUS)))
    assert {(before, now) for _, before, now in up} == {(20, 25)}
