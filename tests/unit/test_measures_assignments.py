"""Promises: followed through the reports whatever their words, late first, and never joined on a guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts, assignments
from dashboard.measures.assignments import Absence, Promise, Promises, Standing
from dashboard.published import Assignment

PERIODS = ("2023", "2024-T2", "2025-T2")


def ask(facts: Facts, period: str, compare: Compare = Compare.PREVIOUS) -> Promises:
    return assignments.promises(facts, Selection(Period.parse(period), "forvaltningen", compare))


def named(found: tuple[Promise, ...], label: str, parent: str = "") -> Promise:
    (one,) = (p for p in found if p.shown.row.label == label and parent in {"", p.parent})
    return one


def over_reports(one: Promise) -> list[tuple[str, str]]:
    return [(mention.report.id, mention.standing.value) for mention in one.mentions]


def test_equal_words_are_one_promise_in_every_report(empty_facts: Facts) -> None:
    one = named(ask(empty_facts, "2025-T2").held, "Uppföljning av arbetsbelastning kontinuerligt.")
    assert over_reports(one) == [("vb-2023", "green"), ("delar2-2024", "unknown"), ("t2-2025", "green")]
    assert one.reworded == ()
    assert not one.new


def test_new_words_for_the_same_are_joined_by_the_catalogue_and_both_shown(empty_facts: Facts) -> None:
    one = named(ask(empty_facts, "2025-T2").held, "Samverkan polis, skola m.fl.")
    assert over_reports(one) == [("vb-2023", "green"), ("delar2-2024", "unknown"), ("t2-2025", "yellow")]
    assert [mention.row.label for mention in one.reworded] == [
        "Samarbete med polis, skola, fritid och strateg mot brott",
        "Samverkan med polis, skola, fritid och andra",
    ]


@pytest.mark.parametrize(
    ("period", "label", "reports"),
    [
        ("2024-T2", "Introduktion för nyanställda", ["delar2-2024"]),
        ("2025-T2", "Omställning till egna insatser i öppenvård", ["t2-2025"]),
        ("2025-T2", "Nya insatser: sociala insatsgrupper och SSPF", ["t2-2025"]),
        ("2025-T2", "Öka användandet av digital tolk", ["t2-2025"]),
    ],
)
def test_what_is_only_alike_is_not_joined(
    empty_facts: Facts, period: str, label: str, reports: list[str]
) -> None:
    assert [mention.report.id for mention in named(ask(empty_facts, period).held, label).mentions] == reports


def test_every_wording_in_the_catalogue_stands_in_its_report(empty_facts: Facts) -> None:
    printed = {(row.source, row.kind, row.label) for row in empty_facts.published.assignments}
    for one in empty_facts.catalogue.assignments.values():
        for source, wording in one.wordings.items():
            assert (source, one.kind, wording) in printed, (one.id, source)
        assert len(one.wordings) > 1, one.id


@pytest.mark.parametrize("period", PERIODS)
def test_each_printed_row_is_held_once_and_the_late_come_first(empty_facts: Facts, period: str) -> None:
    found = ask(empty_facts, period)
    assert found.report is not None
    printed = [row for row in empty_facts.published.standing if row.source == found.report.id]
    assert Counter(one.shown.row for one in found.held) == Counter(printed)
    places = [assignments.ORDER[one.shown.standing] for one in found.held]
    assert places == sorted(places)
    lines = [one.shown.row.line for one in assignments.by_report(found.held)]
    assert lines == sorted(lines)


def test_a_status_of_several_periods_in_one_report_is_one_promise(empty_facts: Facts) -> None:
    one = named(ask(empty_facts, "2023").held, "Strategisk kompetensförsörjning")
    assert str(one.shown.row.when) == "2023"
    assert [(str(row.when), row.status) for row in one.shown.earlier] == [
        ("2023-T1", "unknown"),
        ("2023-T2", "unknown"),
    ]
    assert sum(promise.kind == "uppdrag" for promise in ask(empty_facts, "2023").held) == 10
    assert {bool(promise.shown.earlier) for promise in ask(empty_facts, "2025-T2").held} == {False}


def test_the_late_of_2025_are_those_of_external_placements_and_youth_crime(empty_facts: Facts) -> None:
    held = ask(empty_facts, "2025-T2").held
    late = [(one.shown.standing.value, one.parent) for one in held[:8]]
    assert late == [("red", "externa-placeringar")] * 4 + [("yellow", "ungdomskriminalitet")] * 4
    assert held[8].shown.standing is Standing.ONGOING
    assert held[8].shown.row.label == "Skapa förutsättningar för skolsociala team"
    assert {one.shown.row.label for one in held if one.shown.standing is Standing.DONE} == {
        "Aktiviteter för ett Tryggare Granängsringen",
        "IOP med minst två föreningar",
    }


def test_a_colour_means_what_its_own_report_says(empty_facts: Facts) -> None:
    def meanings(period: str) -> set[tuple[str, str, str]]:
        held = ask(empty_facts, period).held
        return {(one.kind, one.shown.standing.value, one.shown.meaning) for one in held}

    assert ("riskatgard", "red", "försenad") in meanings("2025-T2")
    assert ("riskatgard", "green", "genomförd") in meanings("2025-T2")
    assert ("riskatgard", "green", "") in meanings("2023")  # that report gives risks' measures no scale
    assert ("uppdrag", "unknown", "") in meanings("2023")
    assert empty_facts.catalogue.reports["vb-2023"].assignment_scale[0] == "enligt plan"


def test_what_a_report_leaves_out_is_listed_with_the_reason_that_the_reports_show(empty_facts: Facts) -> None:
    gone = ask(empty_facts, "2025-T2").gone
    expected = {
        "Likvärdig förskola och skola": ("vb-2023", Absence.KIND),
        "Fler praktikplatser och jobb för funktionsnedsatta": ("delar2-2024", Absence.KIND),
        "Fastighetsenheten bevakar hyresvärdens underhåll": (
            "delar2-2024",
            Absence.RISK,
        ),
        "Starkare grundbemanning": ("delar2-2024", Absence.GOAL),
        "Ökad grundbemanning.": ("delar2-2024", Absence.NONE),
    }
    for label, (source, why) in expected.items():
        one = named(gone, label)
        assert (one.shown.report.id, one.absence, one.held) == (source, why, False)
    reports = [one.shown.report.id for one in gone]
    assert reports == sorted(reports, key=["delar2-2024", "vb-2023"].index)
    assert ask(empty_facts, "2023").gone == ()


def test_nothing_is_both_held_and_gone(empty_facts: Facts) -> None:
    for period in PERIODS:
        found = ask(empty_facts, period)
        rows = {id(mention) for one in found.held for mention in one.mentions}
        assert not any(id(mention) in rows for one in found.gone for mention in one.mentions)


def test_a_promise_that_comes_back_has_its_whole_history(empty_facts: Facts) -> None:
    label = "Resurssocionomer"
    back = replace(named(ask(empty_facts, "2023").held, label).shown.row, source="t2-2025", line=569)
    rows = (*empty_facts.published.assignments, back)
    facts = replace(empty_facts, published=replace(empty_facts.published, assignments=rows))
    one = named(ask(facts, "2025-T2").held, label)
    assert [mention.report.id for mention in one.mentions] == ["vb-2023", "delar2-2024", "t2-2025"]


def test_two_rows_with_the_same_words_in_one_report_are_both_held(empty_facts: Facts) -> None:
    row = named(ask(empty_facts, "2025-T2").held, "Öka användandet av digital tolk").shown.row
    twin = replace(row, line=row.line + 900)
    rows: tuple[Assignment, ...] = (*empty_facts.published.assignments, twin)
    facts = replace(empty_facts, published=replace(empty_facts.published, assignments=rows))
    held = [one for one in ask(facts, "2025-T2").held if one.shown.row.label == row.label]
    assert [one.shown.row.line for one in held] == [row.line, twin.line]
    assert all(len(one.mentions) == 2 for one in held)


def test_new_is_held_against_the_report_compared_with(empty_facts: Facts) -> None:
    found = ask(empty_facts, "2025-T2")
    assert named(found.held, "Öka användandet av digital tolk").new
    assert not named(found.held, "Ekonomiska kontroller").new
    assert not any(one.new for one in ask(empty_facts, "2025-T2", Compare.TARGET).held)
    assert ask(empty_facts, "2024-T2", Compare.LAST_YEAR).compared_with is None


def test_targets_stand_with_their_outcome(empty_facts: Facts) -> None:
    one = named(
        ask(empty_facts, "2024-T2").held,
        "Feriejobb för ungdomar med funktionsnedsättning",
    )
    assert [(f.measure, int(f.value)) for f in one.shown.targets] == [("mal", 15), ("utfall", 20)]
    before = one.within(empty_facts.catalogue.reports["vb-2023"])
    assert before is not None
    assert [(f.measure, int(f.value)) for f in before.targets] == [("mal", 10)]
    assert before.row.comment == "49 av 622 sökande bad om förtur och alla fick det."


def test_a_target_on_a_line_of_several_promises_is_nobodys(empty_facts: Facts) -> None:
    places = Counter((row.source, row.line) for row in empty_facts.published.assignments)
    held = ask(empty_facts, "2025-T2").held
    shared = [one for one in held if places[one.shown.row.source, one.shown.row.line] > 1]
    assert shared
    assert not any(one.shown.targets for one in shared)


def test_a_judgement_that_its_own_report_contradicts_is_flagged(empty_facts: Facts) -> None:
    flagged = {one.parent for one in ask(empty_facts, "2025-T2").held if one.shown.flags}
    assert "ej-verkstallda-beslut-okar" in flagged
    assert "externa-placeringar" not in flagged


@pytest.mark.parametrize("period", PERIODS)
def test_the_tallies_count_every_promise_and_name_where_a_missing_kind_is(
    empty_facts: Facts, period: str
) -> None:
    found = ask(empty_facts, period)
    tallies = assignments.tallies(empty_facts, found)
    assert sum(one.total for one in tallies) == len(found.held)
    assert [one.kind for one in tallies] == list(assignments.KINDS)
    for one in tallies:
        assert (one.last is None) is bool(one.total)
    if period == "2025-T2":
        assert {one.kind: one.last.id for one in tallies if one.last} == {
            "uppdrag": "vb-2023",
            "tillganglighetsplan": "delar2-2024",
        }
        assert dict(tallies[3].counts) == {Standing.RED: 4, Standing.YELLOW: 4, Standing.GREEN: 25}


def test_a_period_before_every_report_has_no_promises(empty_facts: Facts) -> None:
    found = ask(empty_facts, "2021")
    assert (found.report, found.held, found.gone) == (None, (), ())


def test_a_month_reads_the_last_report_before_it(empty_facts: Facts) -> None:
    report = ask(empty_facts, "2025-03").report
    assert report is not None
    assert report.id == "delar2-2024"
