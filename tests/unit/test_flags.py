"""Which figures a contradiction is shown at: those it is about, their repetitions, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.measures import Facts
from dashboard.measures.flags import flags_of


def lines_of(facts: Facts, name: str) -> set[tuple[str, int]]:
    """Where figures bear the contradiction."""
    return {
        (figure.source, figure.line)
        for figure in facts.published.figures
        if any(flag.id == name for flag in flags_of(facts, figure, rounding=True))
    }


def test_what_is_wrong_with_one_goals_units_is_not_said_of_anothers(empty_facts: Facts) -> None:
    """Every goal has its 11 or 6 units; the table and the text disagree about those of Kvalitet alone."""
    assert lines_of(empty_facts, "kvalitet-utfall-11") == {("t2-2025", 394), ("t2-2025", 399)}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("andel-som-antal", 98),
        ("andel-som-antal-206", 206),
        ("andel-som-antal-342", 342),
        ("andel-som-antal-399", 399),
        ("andel-som-antal-498", 498),
    ],
)
def test_a_label_that_does_not_fit_is_said_on_its_line_and_not_where_the_number_stands_in_text(
    name: str, line: int, empty_facts: Facts
) -> None:
    assert lines_of(empty_facts, name) == {("t2-2025", line)}


def test_the_same_number_for_the_same_thing_bears_it_on_every_line(empty_facts: Facts) -> None:
    held = {("delar2-2024", 85), ("t2-2025", 504), ("t2-2025", 510)}
    assert lines_of(empty_facts, "r12-augusti-2024") == held


def test_what_tells_figures_apart_is_data(empty_facts: Facts) -> None:
    merged = replace(empty_facts, published=replace(empty_facts.published, apart=()))
    assert ("t2-2025", 93) in lines_of(merged, "kvalitet-utfall-11")


def test_a_limit_is_no_repetition_of_an_outcome_with_its_number(empty_facts: Facts) -> None:
    outcome = next(f for f in empty_facts.published.figures if (f.source, f.line) == ("t2-2025", 402))
    limit = replace(outcome, line=403, measure="grans")
    facts = replace(
        empty_facts,
        published=replace(empty_facts.published, figures=(*empty_facts.published.figures, limit)),
    )
    assert flags_of(facts, outcome)
    assert flags_of(facts, limit) == ()
