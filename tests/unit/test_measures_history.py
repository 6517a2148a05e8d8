"""What became of every goal and indicator, held against the reports by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.model import Colour, Goal, Relation, Successor
from dashboard.measures import Facts
from dashboard.measures.goal_history import Fate, Stop, Strand, goal_history
from dashboard.measures.indicator_life import Change, Life, Sign, indicator_lives
from dashboard.measures.wording import Edit, compared, same

RENAMED = {
    # 2024's label (listed under the goal) → 2025's label (row of the table)
    "sjukfranvaro-r12": ("Sjukfrånvaro", "Förvaltningens sjukfrånvaro sjunker"),
    "frisknarvaro": ("Frisktal", "Förvaltningens frisktal ökar"),
    "personalomsattning": ("Personalomsättning", "Förvaltningens personalomsättning minskar"),
    "hushall-langvarigt": (
        "Antal hushåll som erhåller försörjningsstöd mer än tio månader",
        "Antal hushåll med försörjningsstöd i mer än 10 månader minskar",
    ),
    "barnfamiljer-bistand": (
        "Antal barnfamiljer med försörjningsstöd",
        "Barnfamiljer med ekonomiskt bistånd minskar",
    ),
}


@pytest.fixture(scope="module")
def lives(empty_facts: Facts) -> dict[str, Life]:
    return {life.indicator: life for life in indicator_lives(empty_facts).lives}


def steps(strands: tuple[Strand, ...]) -> set[tuple[str, str, str, str]]:
    return {
        (step.before.report.id, step.before.goal.id, step.fate.value, step.after.goal.id)
        for strand in strands
        for step in strand.steps
    }


def stop(strands: tuple[Strand, ...], report: str, goal: str) -> tuple[Strand, Stop]:
    return next(
        (strand, one)
        for strand in strands
        for column in strand.columns
        for one in column
        if (one.report.id, one.goal.id) == (report, goal)
    )


# --- Goals ---------------------------------------------------------------------------------------------


def test_every_goal_of_every_report_is_in_exactly_one_lane(empty_facts: Facts) -> None:
    history = goal_history(empty_facts)
    assert [report.id for report in history.reports] == ["vb-2023", "delar2-2024", "t2-2025"]
    shown = [
        (one.report.id, one.goal.id)
        for strand in (*history.top, *history.own)
        for column in strand.columns
        for one in column
    ]
    printed = {(row.source, row.goal) for row in empty_facts.published.goals}
    assert len(shown) == len(set(shown))
    assert set(shown) == printed


def test_the_overarching_goals_were_kept_one_year_and_reworded_or_split_the_next(empty_facts: Facts) -> None:
    areas = ("mo-medarbetare", "mo-kvalitet", "mo-leverans", "mo-ekonomi")
    assert steps(goal_history(empty_facts).top) == {
        *(("vb-2023", area, "kept", area) for area in areas),
        ("delar2-2024", "mo-medarbetare", "reworded", "km-medarbetare"),
        ("delar2-2024", "mo-kvalitet", "reworded", "km-kvalitet"),
        ("delar2-2024", "mo-leverans", "split", "km-trygghet"),
        ("delar2-2024", "mo-leverans", "split", "km-hallbarhet"),
        ("delar2-2024", "mo-ekonomi", "split", "km-hallbarhet"),
        ("delar2-2024", "mo-ekonomi", "split", "km-ekonomi"),
    }


def test_the_boards_own_goals_were_reworded_split_merged_and_one_kept_word_for_word(
    empty_facts: Facts,
) -> None:
    own = goal_history(empty_facts).own
    assert steps(own) == {
        ("vb-2023", "nm23-medarbetare", "reworded", "nm24-medarbetare"),
        ("vb-2023", "nm23-kvalitet", "split", "nm24-kvalitet-1"),
        ("vb-2023", "nm23-kvalitet", "split", "nm24-kvalitet-2"),
        ("vb-2023", "nm23-leverans", "reworded", "nm24-leverans"),
        ("vb-2023", "nm23-ekonomi", "kept", "nm24-ekonomi"),
        ("delar2-2024", "nm24-medarbetare", "reworded", "nm-medarbetare"),
        ("delar2-2024", "nm24-kvalitet-1", "merged", "nm-kvalitet"),
        ("delar2-2024", "nm24-kvalitet-2", "merged", "nm-kvalitet"),
        ("delar2-2024", "nm24-kvalitet-2", "split", "nm-trygghet"),
        ("delar2-2024", "nm24-leverans", "split", "nm-trygghet"),
        ("delar2-2024", "nm24-leverans", "split", "nm-sjalvforsorjande"),
        ("delar2-2024", "nm24-ekonomi", "kept", "nm-ekonomi"),
    }
    strand, climate = stop(own, "t2-2025", "nm-klimat")
    assert strand.is_new(climate)
    assert not any(
        one.is_new(stop_) or one.ended(stop_)
        for one in own
        for column in one.columns
        for stop_ in column
        if stop_ is not climate
    )


def test_a_goal_stands_with_the_colour_of_each_period_judged_since_the_report_before(
    empty_facts: Facts,
) -> None:
    top = goal_history(empty_facts).top
    seen = {
        report: [(str(judged.period), judged.colour.value) for judged in stop(top, report, goal)[1].judged]
        for report, goal in (
            ("vb-2023", "mo-ekonomi"),
            ("delar2-2024", "mo-ekonomi"),
            ("t2-2025", "km-ekonomi"),
        )
    }
    assert seen == {
        "vb-2023": [("2023", "green")],
        "delar2-2024": [("2024-T1", "green"), ("2024-T2", "red")],
        "t2-2025": [("2025-T2", "red")],
    }


def test_a_goal_is_worded_as_the_report_prints_it_and_says_on_which_line(empty_facts: Facts) -> None:
    own = goal_history(empty_facts).own
    _, delivery = stop(own, "delar2-2024", "nm24-leverans")
    assert [row.line for row in delivery.rows] == [155, 155]
    assert delivery.wording.startswith("Familjer och individers resurser")
    assert "Tidiga samordnade insatser" in delivery.wording


def test_a_reworded_goal_shows_what_went_and_what_came(empty_facts: Facts) -> None:
    own = goal_history(empty_facts).own
    strand, staff = stop(own, "t2-2025", "nm-medarbetare")
    (step,) = strand.origins(staff)
    new = [run.text for run in step.words if run.edit is Edit.NEW]
    assert new[0] == "Nämnden verkar för"
    assert "medarbetare utvecklas och trivs" in step.words[-1].text
    assert step.words[-1].edit is Edit.KEPT


def changed(facts: Facts, **goals: tuple[Successor, ...]) -> Facts:
    """The facts with other successors for some goals."""
    known = dict(facts.catalogue.goals)
    for name, successors in goals.items():
        known[name.replace("_", "-")] = replace(known[name.replace("_", "-")], successors=successors)
    return replace_catalogue(facts, known)


def replace_catalogue(facts: Facts, goals: dict[str, Goal]) -> Facts:
    return Facts(
        replace(facts.catalogue, goals=goals), facts.published, facts.warehouse, facts.published_fingerprint
    )


def test_a_goal_without_a_successor_has_ended_and_what_nothing_led_to_is_new(empty_facts: Facts) -> None:
    history = goal_history(changed(empty_facts, mo_kvalitet=()))
    strand, old = stop(history.top, "delar2-2024", "mo-kvalitet")
    assert strand.ended(old)
    strand, new = stop(history.top, "t2-2025", "km-kvalitet")
    assert strand.is_new(new)


def test_a_version_that_no_report_prints_is_stepped_over(empty_facts: Facts) -> None:
    """2023's goal became one that held in no report's period, which became 2025's."""
    known = dict(empty_facts.catalogue.goals)
    middle = replace(
        known["nm24-medarbetare"],
        id="nm24-kort",
        valid_from=known["nm24-medarbetare"].valid_from.shift(9),
        successors=(Successor("nm-medarbetare", Relation.SPLIT),),
    )
    known["nm24-kort"] = middle
    known["nm24-medarbetare"] = replace(
        known["nm24-medarbetare"], successors=(Successor("nm24-kort", Relation.RENAMED),)
    )
    found = steps(goal_history(replace_catalogue(empty_facts, known)).own)
    assert ("delar2-2024", "nm24-medarbetare", "split", "nm-medarbetare") in found


def test_successors_that_lead_back_do_not_go_round_for_ever(empty_facts: Facts) -> None:
    back = (Successor("nm23-kvalitet", Relation.SAME),)
    found = steps(goal_history(changed(empty_facts, nm24_kvalitet_1=back)).own)
    assert not any(before == "nm24-kvalitet-1" for _, before, _, _ in found)


# --- Indicators ----------------------------------------------------------------------------------------


def test_how_many_indicators_each_report_follows_how_many_are_new_and_how_many_went(
    empty_facts: Facts,
) -> None:
    """Counted by hand: 10 boxes of 2023, 16 bullets of 2024, 31 rows of 2025 (one of them stands five times)."""
    found = indicator_lives(empty_facts)
    assert [found.counts(column) for column in range(3)] == [(10, 0, 0), (16, 16, 10), (31, 25, 10)]


def test_six_indicators_of_2024_are_still_followed_in_2025(lives: dict[str, Life]) -> None:
    both = {name for name, life in lives.items() if life.marks[1].followed and life.marks[2].followed}
    assert both == {*RENAMED, "ej-verkstallda-beslut"}


@pytest.mark.parametrize("indicator", RENAMED)
def test_a_reworded_indicator_shows_both_wordings(lives: dict[str, Life], indicator: str) -> None:
    mark = lives[indicator].last
    assert Change.REWORDED in mark.changes
    assert (mark.label_before, mark.label) == RENAMED[indicator]
    kept_or_new = [run.text for run in mark.words if run.edit is not Edit.GONE]
    assert " ".join(kept_or_new) == mark.label


def test_a_target_that_is_worded_anew_shows_both(lives: dict[str, Life]) -> None:
    mark = lives["hushall-langvarigt"].last
    assert Change.TARGET in mark.changes
    assert (mark.target_before, mark.target) == ("minska jämfört med 2023", "färre än 185")
    assert {name for name, life in lives.items() if Change.TARGET in life.last.changes} == {
        "hushall-langvarigt",
        "barnfamiljer-bistand",
    }


def test_unchanged_wording_is_no_change(lives: dict[str, Life]) -> None:
    assert lives["ej-verkstallda-beslut"].last.changes == ()


@pytest.mark.parametrize(
    ("indicator", "report", "sign", "line"),
    [
        ("hushall-langvarigt", 1, Sign.OUTCOME, 155),  # 180 in August
        ("ej-verkstallda-beslut", 1, Sign.OUTCOME, 155),  # seven January-June
        ("placeringar-externa", 1, Sign.NOTHING, 155),  # said to have grown, no number
        ("kostnad-konsulter", 1, Sign.NOTHING, 194),
        ("avvikelser-organisatoriska", 1, Sign.NOTHING, 117),
        ("frisknarvaro", 2, Sign.NOTHING, 496),  # the box is empty: only for the full year
        ("kkik-ifo", 2, Sign.NOTHING, 397),  # comes in week 40
        ("kkik-ekonomi", 2, Sign.NOTHING, 341),
        ("medarbetarundersokning-resultat", 2, Sign.NOTHING, 466),
        ("samverkansprocess", 0, Sign.COLOUR, 308),  # green, nothing else
        ("hushall-bistand", 2, Sign.OUTCOME, 203),
    ],
)
def test_what_a_report_says_of_an_indicator_and_where(
    lives: dict[str, Life], indicator: str, report: int, sign: Sign, line: int
) -> None:
    mark = lives[indicator].marks[report]
    assert (mark.sign, mark.rows[0].line) == (sign, line)


def test_an_indicator_counts_what_the_report_prints_for_its_own_period(lives: dict[str, Life]) -> None:
    values = [{str(figure.value) for figure in mark.figures} for mark in lives["sjukfranvaro-r12"].marks]
    assert values == [{"7.52"}, {"7.64"}, {"5.69"}]
    assert {str(figure.value) for figure in lives["ej-verkstallda-beslut"].marks[1].figures} == {"7"}


def test_a_number_that_is_not_followed_under_a_goal_starts_no_life(lives: dict[str, Life]) -> None:
    marks = lives["hushall-langvarigt"].marks
    assert (marks[0].sign, marks[0].followed) == (Sign.NUMBER, False)  # 170 in December 2023, in running text
    assert marks[1].changes == (Change.INTRODUCED,)
    assert "barn-bistand" not in lives  # only ever a number


def test_no_indicator_of_2023_is_named_again(lives: dict[str, Life]) -> None:
    first = [life for life in lives.values() if life.marks[0].followed]
    assert len(first) == 10
    assert all(life.marks[1].changes == (Change.DROPPED,) for life in first)
    assert not any(mark.followed for life in first for mark in life.marks[1:])


def test_an_indicator_that_five_goals_share_has_one_life_and_five_places(lives: dict[str, Life]) -> None:
    mark = lives["enheter-som-nar-malen"].last
    assert [row.line for row in mark.rows] == [98, 206, 342, 399, 498]
    assert [row.outcome for row in mark.rows] == ["11", "11", "6", "11", "11"]
    assert mark.goals == ("nm-trygghet", "nm-sjalvforsorjande", "nm-ekonomi", "nm-kvalitet", "nm-medarbetare")


def test_what_the_reports_follow_is_what_the_catalogue_puts_under_the_goals(empty_facts: Facts) -> None:
    """The two say the same from either end, so that neither can forget an indicator of the other."""
    for report in empty_facts.catalogue.reports.values():
        column = [one.id for one in indicator_lives(empty_facts).reports].index(report.id)
        for life in indicator_lives(empty_facts).lives:
            for goal in life.marks[column].goals:
                below = [one for one in empty_facts.catalogue.goals.values() if goal in {one.id, one.parent}]
                assert any(life.indicator in one.indicators for one in below), (
                    report.id,
                    life.indicator,
                    goal,
                )


def test_an_indicator_that_comes_back_is_said_to(empty_facts: Facts) -> None:
    """2023's process for co-operation, were it followed in 2025 again."""
    row = next(
        one
        for one in empty_facts.published.assessments
        if (one.source, one.subject) == ("t2-2025", "samverkan-aktorer")
    )
    rows = (*empty_facts.published.assessments, replace(row, subject="samverkansprocess"))
    facts = Facts(
        empty_facts.catalogue, replace(empty_facts.published, assessments=rows), empty_facts.warehouse
    )
    life = next(one for one in indicator_lives(facts).lives if one.indicator == "samverkansprocess")
    assert life.last.changes == (Change.RETURNED, Change.REWORDED)


def test_listed_rows_have_no_colour(empty_facts: Facts) -> None:
    listed = [row for row in empty_facts.published.assessments if row.subject_kind == "listed"]
    assert len(listed) == 16
    assert {row.colour for row in listed} == {Colour.NOT_ASSESSED}


# --- Wordings ------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["mål", "Nämnden", "verkar", "för", "trygghet.", "–", "2024"]), max_size=9)


@given(WORDS, WORDS)
def test_two_wordings_in_one_give_both_back(before: list[str], after: list[str]) -> None:
    runs = compared(" ".join(before), " ".join(after))
    new = " ".join(run.text for run in runs if run.edit is not Edit.GONE)
    old = " ".join(run.text for run in runs if run.edit is not Edit.NEW)
    assert new == " ".join(after)
    assert (
        same(old.replace(".", ""), " ".join(before).replace(".", ""))
        or old.casefold() == " ".join(before).casefold()
    )


def test_a_full_stop_and_a_capital_are_no_change() -> None:
    assert same("God kvalitet.", "god  kvalitet")
    assert [run.edit for run in compared("God kvalitet.", "god kvalitet")] == [Edit.KEPT]


def test_wordings_with_little_in_common_stand_whole_beside_each_other() -> None:
    runs = compared(
        "Motiverade medarbetare hos oss och alla andra", "Kommunen är god och glad mot var och en"
    )
    assert [run.edit for run in runs] == [Edit.GONE, Edit.NEW]


def test_every_fate_is_one_of_the_catalogues_relations() -> None:
    """Split and merged are taken over from the catalogue as they are."""
    assert {Fate.SPLIT.value, Fate.MERGED.value} <= {relation.value for relation in Relation}
