"""Judged beside rule: what the reports' own numbers say of the reports' own colours."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.domain.model import Colour, Origin, Yardstick
from dashboard.domain.periods import Period
from dashboard.insights import told
from dashboard.measures import Facts
from dashboard.measures.disagreements import Status, by_rule, disagreements, statuses
from dashboard.published import Assessment


def of(facts: Facts, period: str, subject: str) -> Status:
    found = [
        one
        for one in statuses(facts, Period.parse(period))
        if subject in {one.goal.id if one.goal else "", one.indicator.id if one.indicator else ""}
    ]
    assert len(found) == 1, subject
    return found[0]


@pytest.mark.parametrize(
    ("period", "goal", "judged", "rule", "missed"),
    [
        (
            "2025-T2",
            "km-hallbarhet",
            Colour.GREEN,
            Colour.YELLOW,
            {"egen-forsorjning-andel": ("62", "65"), "hushall-bistand": ("389", "374")},
        ),
        ("2025-T2", "km-medarbetare", Colour.GREEN, Colour.RED, {"personalomsattning": ("9.85", "8.26")}),
        ("2024-T2", "mo-medarbetare", Colour.GREEN, Colour.YELLOW, {"sjukfranvaro-r12": ("7.64", "7.37")}),
    ],
)
def test_green_goals_whose_indicators_miss_their_targets(
    facts: Facts, period: str, goal: str, judged: Colour, rule: Colour, missed: dict[str, tuple[str, str]]
) -> None:
    found = of(facts, period, goal)
    assert (found.judged.colour, found.rule) == (judged, rule)
    assert found.differs
    assert {
        one.indicator.id: (str(one.value.number), f"{one.asked.number:g}") for one in found.missed
    } == missed


def test_these_are_all_the_disagreements_of_the_reports(facts: Facts) -> None:
    found = {
        period: [one.goal.id if one.goal else "?" for one in disagreements(facts, Period.parse(period))]
        for period in ("2023", "2024-T2", "2025-T2")
    }
    assert found == {
        "2023": [],
        "2024-T2": ["mo-medarbetare"],
        "2025-T2": ["km-hallbarhet", "km-medarbetare"],
    }


@pytest.mark.parametrize(
    ("period", "subject", "colour", "words"),
    [
        ("2024-T2", "mo-ekonomi", Colour.RED, "ekonomin är 25,0 mnkr sämre än budget"),
        ("2025-T2", "km-ekonomi", Colour.RED, "ekonomin är 54,7 mnkr sämre än budget"),
        ("2023", "mo-ekonomi", Colour.GREEN, "ekonomin är 9,2 mnkr bättre än budget"),
        ("2024-T2", "puls", Colour.YELLOW, "pulsmätaren är 4,98 (skalan är grön från 5)"),
        ("2024-T2", "mo-leverans", Colour.GREEN, "långvarigt bistånd är 180 mot 195 ett år tidigare"),
    ],
)
def test_where_the_judgement_and_the_rule_agree(
    facts: Facts, period: str, subject: str, colour: Colour, words: str
) -> None:
    found = of(facts, period, subject)
    assert found.judged.colour is found.rule is colour
    assert not found.differs
    assert told(found.held[0]).replace("\u00a0", " ") == words


def test_the_reports_give_no_reason_and_that_is_flagged(facts: Facts) -> None:
    found = of(facts, "2025-T2", "km-medarbetare")
    assert found.reason == ""
    assert found.unexplained
    assert any(flag.kind == "judgement" for flag in found.flags)
    assert not of(facts, "2025-T2", "km-ekonomi").unexplained  # nothing to explain


def test_a_reason_that_is_written_is_shown_and_nothing_is_missing(facts: Facts) -> None:
    rows = tuple(
        replace(row, note="motivering: omsättningen väntas vända i höst; gäller km-medarbetare")
        if (row.source, row.subject, row.subject_kind) == ("t2-2025", "km-medarbetare", "goal")
        else row
        for row in facts.published.assessments
    )
    known = replace_published(facts, rows)
    found = of(known, "2025-T2", "km-medarbetare")
    assert found.reason == "omsättningen väntas vända i höst"
    assert found.differs
    assert not found.unexplained


def test_a_note_about_how_the_text_was_read_is_no_reason(facts: Facts) -> None:
    assert of(facts, "2023", "puls").judged.row
    assert of(facts, "2023", "puls").reason == ""


def test_the_thresholds_are_the_boards_own(facts: Facts) -> None:
    limits = replace(facts.catalogue.thresholds, economy_yellow=0.2, pulse_green=4.9)
    known = replace(facts, catalogue=replace(facts.catalogue, thresholds=limits))
    assert of(known, "2025-T2", "km-ekonomi").rule is Colour.YELLOW
    assert of(known, "2024-T2", "puls").rule is Colour.GREEN


def test_only_what_is_printed_is_held_against_a_judgement(facts: Facts) -> None:
    for period in ("2023", "2024-T2", "2025-T2"):
        for status in statuses(facts, Period.parse(period)):
            assert all(one.value.origin is Origin.PUBLISHED for one in status.held)
    assert statuses(facts, Period.parse("2025-03")) == ()
    assert by_rule(facts, facts.catalogue.indicator("placeringar-externa"), Period.parse("2025-T2")) is None


def test_no_colour_is_ever_guessed(facts: Facts) -> None:
    for period in ("2023", "2024-T2", "2025-T2"):
        for status in statuses(facts, Period.parse(period)):
            if not status.held:
                assert status.rule is Colour.NOT_ASSESSED
                assert not status.differs
    lost = by_rule(facts, facts.catalogue.indicator("fragor-om-vald"), Period.parse("2025-T2"))
    assert lost is None


def test_the_worst_indicator_comes_first_and_gives_the_goal_its_colour(facts: Facts) -> None:
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN]
    for period in ("2023", "2024-T2", "2025-T2"):
        for status in statuses(facts, Period.parse(period)):
            ranks = [order.index(one.colour) for one in status.held]
            assert ranks == sorted(ranks)
            if status.held:
                assert status.rule is status.held[0].colour


def test_every_measure_that_is_asked_to_better_the_year_before_says_so_in_words(facts: Facts) -> None:
    for one in facts.catalogue.indicators.values():
        if one.yardstick is Yardstick.YEAR_BEFORE:
            assert one.target_text, one.id
            assert one.target is None, one.id


def test_the_gap_is_a_share_of_what_is_asked_for(facts: Facts) -> None:
    found = of(facts, "2025-T2", "km-hallbarhet")
    gaps = {one.indicator.id: one.gap for one in found.held}
    assert gaps["egen-forsorjning-andel"] == pytest.approx(3 / 65)
    assert gaps["sommarjobb-andel"] == 0
    economy = of(facts, "2025-T2", "km-ekonomi").held[0]
    assert economy.gap == pytest.approx(float(Decimal(54669) / Decimal(303921)))


def replace_published(facts: Facts, rows: tuple[Assessment, ...]) -> Facts:
    return replace(facts, published=replace(facts.published, assessments=rows))
