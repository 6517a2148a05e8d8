"""Key figures as the board reads them: the value, what it is held against, and where both are printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.domain.model import Nature, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.status import Verdict
from dashboard.measures import Facts
from dashboard.measures.footing import at_odds
from dashboard.measures.readings import SPARK_MONTHS, Reading, reading, readings
from dashboard.measures.values import Value, value_of

ROOT = "forvaltningen"


def ask(
    facts: Facts, indicator: str, period: str, *, unit: str = ROOT, compare: Compare = Compare.LAST_YEAR
) -> Reading:
    return reading(facts, indicator, Selection(Period.parse(period), unit, compare))


def places(value: Value | None) -> list[tuple[str, int]]:
    assert value is not None
    return [(figure.source, figure.line) for figure in value.figures]


def against(found: Reading) -> Value:
    assert found.against is not None
    return found.against


# --- Tertial 2 2025, as printed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "value", "before", "change", "verdict", "line"),
    [
        ("hushall-bistand", "389", "374", 15, Verdict.WORSE, 203),
        ("hushall-langvarigt", "159", "185", -26, Verdict.BETTER, 209),
        ("barn-bistand", "128", "132", -4, Verdict.BETTER, 239),
        ("sjukfranvaro-r12", "5.69", "7.35", -1.66, Verdict.BETTER, 510),
        ("personalomsattning", "9.85", "8.26", 1.59, Verdict.WORSE, 518),
        ("sommarjobb-genomforda", "608", "316", 292, Verdict.BETTER, 231),
    ],
)
def test_tertial_2_2025_says_what_the_report_says_and_compares_within_it(
    facts: Facts, indicator: str, value: str, before: str, change: float, verdict: Verdict, line: int
) -> None:
    found = ask(facts, indicator, "2025-T2")
    assert found.value.number == Decimal(value)
    assert against(found).number == Decimal(before)
    assert (found.value.origin, against(found).origin) == (Origin.PUBLISHED, Origin.PUBLISHED)
    assert places(found.value)[0] == places(found.against)[0] == ("t2-2025", line)
    assert (found.change, found.verdict) == (change, verdict)
    assert not found.mixed


def test_two_reports_that_disagree_are_both_listed_and_the_one_being_read_speaks(facts: Facts) -> None:
    now = ask(facts, "sjukfranvaro-r12", "2025-T2")
    assert [str(figure.value) for figure in against(now).figures] == ["7.35", "7.35", "7.64"]
    assert places(now.against)[-1] == ("delar2-2024", 85)
    assert "r12-augusti-2024" in {flag.id for flag in now.flags}
    year_before = ask(facts, "sjukfranvaro-r12", "2024-T2")
    assert year_before.value.number == Decimal("7.64")
    assert {str(figure.value) for figure in year_before.value.figures} == {"7.64", "7.35"}


def test_long_term_households_carry_the_contradictions_about_the_comparison(facts: Facts) -> None:
    found = ask(facts, "hushall-langvarigt", "2025-T2")
    assert {"langvarigt-augusti-2024", "langvarigt-april-2024", "langvarigt-159-166"} == {
        flag.id for flag in found.flags
    }
    assert ("delar2-2024", 161) in places(found.against)


def test_a_half_years_mean_is_shown_as_one_and_held_against_one(facts: Facts) -> None:
    found = ask(facts, "barn-bistand", "2025-T2")
    assert str(found.value.period) == "2025-01..2025-06"
    assert str(against(found).period) == "2024-01..2024-06"
    assert found.value.how == "snitt jan–juni 2025"
    assert found.value.qualifier == "cirka"


def test_the_forecast_speaks_after_the_buffer_and_lists_the_one_before_it(facts: Facts) -> None:
    found = ask(facts, "ekonomi-prognosavvikelse", "2025-T2")
    assert [figure.value for figure in found.value.figures] == [-54_669, -78_669]
    assert found.value.how == "helår 2025"
    assert against(found).number == -25_028
    assert places(found.against) == [("delar2-2024", 258)]
    assert (found.change, found.verdict) == (-29_641, Verdict.WORSE)


def test_what_no_report_prints_comes_from_the_months_and_is_called_synthetic(facts: Facts) -> None:
    found = ask(facts, "placeringar-externa", "2025-T2")
    assert found.value.figures == ()
    assert (found.value.origin, against(found).origin, found.spark_origin) == (Origin.SYNTHETIC,) * 3
    months = facts.series(["placeringar-externa"], [ROOT], Month(2025, 8), Month(2025, 8))
    assert found.value.number == months["placeringar-externa", ROOT][Month(2025, 8)].num
    assert found.value.how == "augusti 2025"


# --- Other periods ----------------------------------------------------------------------------------------


def test_tertial_2_2024_is_read_with_its_own_report(facts: Facts) -> None:
    long_term = ask(facts, "hushall-langvarigt", "2024-T2")
    assert (long_term.value.number, against(long_term).number) == (180, 195)
    assert {source for source, _ in places(long_term.value)[:2]} == {"delar2-2024"}
    assert ("t2-2025", 209) in places(long_term.value)  # 185, printed a year later for the same period
    households = ask(facts, "hushall-bistand", "2024-T2")
    assert households.value.number == 374
    assert against(households).origin is Origin.SYNTHETIC
    assert households.mixed


def test_a_closed_year_shows_the_outcome_where_there_is_no_forecast_left(facts: Facts) -> None:
    found = ask(facts, "ekonomi-prognosavvikelse", "2023")
    assert found.value.number == 9_157
    assert places(found.value) == [("vb-2023", 652)]
    assert found.value.figures[0].indicator == "ekonomi-avvikelse"
    year = ask(facts, "sjukfranvaro-r12", "2023")
    assert (year.value.number, against(year).number) == (Decimal("7.52"), Decimal("6.61"))


def test_a_month_is_computed_unless_a_report_prints_it(facts: Facts) -> None:
    computed = ask(facts, "hushall-bistand", "2025-03")
    assert computed.value.origin is Origin.SYNTHETIC
    assert computed.value.how == "mars 2025"
    printed = ask(facts, "hushall-langvarigt", "2025-04")
    assert (printed.value.number, printed.value.origin) == (166, Origin.PUBLISHED)
    assert (against(printed).number, places(printed.against)) == (185, [("t2-2025", 243)])


def test_twelve_months_of_a_stock_are_never_summed(facts: Facts) -> None:
    """4 546 households is what a sum gives where about 379 are helped."""
    months = Month(2024, 4).until(Month(2025, 3))
    for indicator in facts.catalogue.indicators.values():
        if indicator.nature is not Nature.STOCK or not indicator.monthly:
            continue
        found = ask(facts, indicator.id, "R12-2025-03").value.number
        points = facts.series([indicator.id], [ROOT], months[0], months[-1])[indicator.id, ROOT]
        assert found is not None
        assert min(p.num for p in points.values()) <= float(found) <= max(p.num for p in points.values())
    forecast = ask(facts, "ekonomi-prognosavvikelse", "R12-2025-03")
    assert forecast.value.number == ask(facts, "ekonomi-prognosavvikelse", "2025-03").value.number


def test_the_months_agree_with_what_the_reports_print(facts: Facts) -> None:
    """The department has no printed figure of its own, and all of the households."""
    found = ask(facts, "hushall-bistand", "2025-T2", unit="avd-vuxen")
    assert found.value.origin is Origin.SYNTHETIC
    assert found.value.number == pytest.approx(389)
    assert ask(facts, "hushall-langvarigt", "2025-T2", unit="avd-vuxen").value.number == 159


# --- Comparisons ------------------------------------------------------------------------------------------


def test_the_period_before_is_a_shorter_one_and_only_what_is_not_counted_up_is_compared(facts: Facts) -> None:
    households = ask(facts, "hushall-bistand", "2025-T2", compare=Compare.PREVIOUS)
    assert str(against(households).period) == "2025-T1"
    assert households.change is not None
    paid = ask(facts, "bistand-utbetalt", "2025-T2", compare=Compare.PREVIOUS)
    assert paid.value.number is not None
    assert (against(paid).number, paid.change, paid.verdict) == (None, None, None)
    assert against(paid).reason == "T1 2025 · jan–apr är 4 mån och jämförs inte."
    month = ask(facts, "bistand-utbetalt", "2025-08", compare=Compare.PREVIOUS)
    assert month.change is not None
    assert str(against(month).period) == "2025-07"


def test_a_count_of_half_a_year_is_not_held_against_one_of_eight_months(facts: Facts) -> None:
    """12 decisions January–August 2025, 7 January–June 2024: nobody can say which way it went."""
    found = ask(facts, "ej-verkstallda-beslut", "2025-T2")
    assert found.value.number == 12
    assert found.change is None
    assert "jan–juni 2024" in against(found).reason
    assert ask(facts, "ej-verkstallda-beslut", "2024-T2").value.number == 7


def test_a_target_is_a_number_where_there_is_one_and_nothing_where_it_is_words(facts: Facts) -> None:
    share = ask(facts, "egen-forsorjning-andel", "2025-T2", compare=Compare.TARGET)
    assert (share.value.number, against(share).number) == (62, 65)
    assert (share.change, share.verdict) == (-3, Verdict.WORSE)
    words = ask(facts, "hushall-bistand", "2025-T2", compare=Compare.TARGET)
    assert words.against is None
    assert (words.change, words.verdict) == (None, None)


def test_the_change_is_the_difference_of_the_two_numbers_on_the_screen(facts: Facts) -> None:
    """402,125 is shown as 402, and a reader who subtracts gets what the card says."""
    found = ask(facts, "hushall-bistand", "2024-T2")
    assert against(found).number == pytest.approx(402.125)
    assert found.change == 374 - 402


# --- When there is nothing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "period", "unit", "reason"),
    [
        (
            "ekonomi-utfall",
            "2025-T2",
            "v2023-ukraina",
            "Ukraina flyktingboende fanns inte i redovisningen T2 2025",
        ),
        ("arbetsmarknad-avslutade", "2023", "tysa", "TYSA fanns inte i redovisningen 2023."),
        ("hushall-bistand", "2025-T2", "tysa", "Måttet följs inte för TYSA."),
        (
            "hushall-bistand",
            "2025-T2",
            "barn-ungdom-1",
            "Det finns inga månadsvärden för Barn- och ungdomsenhet 1",
        ),
        ("hushall-bistand", "2026-03", ROOT, "Månadsvärden finns t.o.m. augusti 2025."),
        ("hushall-bistand", "2025", ROOT, "Månadsvärden finns t.o.m. augusti 2025."),
        (
            "hushall-bistand",
            "2021",
            ROOT,
            "Det finns inga månadsvärden för Arbetsmarknads- och socialförvaltningen 2021.",
        ),
        ("sommarjobb-genomforda", "2025-03", ROOT, "Ingen rapport anger måttet för mars 2025."),
        ("sjukfranvaro-r12", "2022-11", ROOT, "Månadsvärden saknas för hela eller delar av november 2022."),
    ],
)
def test_a_missing_value_says_why_in_swedish(
    facts: Facts, indicator: str, period: str, unit: str, reason: str
) -> None:
    found = ask(facts, indicator, period, unit=unit)
    assert found.value.number is None
    assert found.value.origin is None
    assert found.value.reason.startswith(reason)
    assert found.value.reason.endswith(".")
    assert (found.change, found.verdict) == (None, None)


def test_a_value_or_a_reason_never_both_and_never_neither(facts: Facts) -> None:
    names = list(facts.catalogue.indicators)
    for period in ("2025-T2", "2024-T2", "2023", "2025-03", "2021", "2026-01"):
        for unit in (ROOT, "avd-barn-unga", "tysa", "v2023-barn-ungdom", "v2025-varav-socialpsykiatri"):
            for found in readings(facts, names, Selection(Period.parse(period), unit)):
                for value in (found.value, against(found)):
                    assert (value.number is None) == bool(value.reason), (found.indicator.id, period, unit)
                    assert (value.origin is None) == (value.number is None)


def test_without_any_months_the_printed_figures_still_stand(empty_facts: Facts) -> None:
    found = ask(empty_facts, "hushall-bistand", "2025-T2")
    assert (found.value.number, against(found).number, found.change) == (389, 374, 15)
    assert {value for _, value in found.spark} == {None}
    assert found.spark_origin is None
    assert ask(empty_facts, "placeringar-externa", "2025-T2").value.number is None


# --- How it is asked --------------------------------------------------------------------------------------


def test_one_question_for_all_key_figures_and_answers_in_the_order_asked(facts: Facts) -> None:
    facts = replace(facts)  # nothing read before
    before = facts.warehouse.counter.queries
    names = facts.catalogue.board.key_figures
    found = readings(facts, names, Selection(Period.parse("2025-T2"), ROOT))
    assert facts.warehouse.counter.queries == before + 1
    readings(facts, names, Selection(Period.parse("2024-03"), ROOT))
    assert facts.warehouse.counter.queries == before + 1  # what has been read once is not read again
    assert [one.indicator.id for one in found] == list(names)


def test_the_curve_ends_with_the_period_and_rolls_where_the_measure_does(facts: Facts) -> None:
    found = ask(facts, "sjukfranvaro-r12", "2025-T2")
    assert len(found.spark) == SPARK_MONTHS
    assert (found.spark[0][0], found.spark[-1][0]) == (Month(2023, 9), Month(2025, 8))
    assert found.spark[-1][1] == pytest.approx(5.69, abs=0.005)
    assert found.spark[-13][1] == pytest.approx(7.35, abs=0.3)
    assert all(value is not None for _, value in found.spark)


# --- Two reports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2024-08", "2024-05..2024-08", "R12-2024-08", "2024-T2"])
@pytest.mark.parametrize(
    ("indicator", "value", "before", "verdict"),
    [
        ("sjukfranvaro-r12", "7.64", "7.37", Verdict.WORSE),
        ("personalomsattning", "7", "9", Verdict.BETTER),
    ],
)
def test_a_month_is_compared_within_one_report_whatever_period_ends_in_it(
    facts: Facts, period: str, indicator: str, value: str, before: str, verdict: Verdict
) -> None:
    found = ask(facts, indicator, period)
    assert (str(found.value.number), str(against(found).number), found.verdict) == (value, before, verdict)
    assert places(found.value)[0][0] == places(found.against)[0][0] == "delar2-2024"


def test_a_report_that_prints_both_goes_before_a_newer_one_that_prints_one(facts: Facts) -> None:
    found = ask(facts, "sjukfranvaro-r12", "2023-08")
    assert (str(found.value.number), str(against(found).number)) == ("7.37", "6.49")
    assert places(found.value) == [("vb-2023", 187), ("delar2-2024", 85)]
    assert places(found.against)[0] == ("vb-2023", 191)


def test_reports_that_contradict_each_other_give_a_difference_and_no_verdict(facts: Facts) -> None:
    """180 in August is of one report and 185 in April of another, which has 185 in August too."""
    found = ask(facts, "hushall-langvarigt", "2024-T2", compare=Compare.PREVIOUS)
    assert (found.value.number, against(found).number, found.change) == (180, 185, -5)
    assert (places(found.value)[0][0], places(found.against)[0][0]) == ("delar2-2024", "t2-2025")
    assert found.verdict is None


def test_reports_that_agree_where_both_speak_are_compared_with_a_verdict(facts: Facts) -> None:
    """Both print 7,37 for August 2023."""
    found = ask(facts, "sjukfranvaro-r12", "2024-04")
    assert (places(found.value)[0][0], places(found.against)[0][0]) == ("delar2-2024", "vb-2023")
    assert found.verdict is Verdict.WORSE


def test_no_two_reports_that_differ_about_a_measure_are_judged_against_each_other(facts: Facts) -> None:
    periods = [
        "2023",
        "2024",
        "2024-T1",
        "2024-T2",
        "2025-T2",
        "2023-08",
        "2024-04",
        "2024-08",
        "2025-04",
        "2025-08",
    ]
    for indicator in facts.catalogue.indicators.values():
        for period in periods:
            for compare in (Compare.LAST_YEAR, Compare.PREVIOUS):
                found = ask(facts, indicator.id, period, compare=compare)
                if found.verdict is None or found.against is None:
                    continue
                sources = [one.figures[0].source for one in (found.value, found.against) if one.figures]
                if len(set(sources)) == 2:
                    assert not at_odds(facts, indicator, found.unit, *sources), (indicator.id, period)


def test_a_comparison_that_is_of_another_period_than_the_filter_says_so(facts: Facts) -> None:
    assert ask(facts, "barn-bistand", "2025-T2", compare=Compare.PREVIOUS).elsewhere
    assert not ask(facts, "hushall-bistand", "2025-T2", compare=Compare.PREVIOUS).elsewhere
    assert not ask(facts, "sjukfranvaro-r12", "2025-T2").elsewhere
    assert not ask(facts, "ekonomi-prognosavvikelse", "2025-T2").elsewhere
    assert not ask(facts, "egen-forsorjning-andel", "2025-T2", compare=Compare.TARGET).elsewhere


def test_a_closed_year_is_what_it_came_to_and_not_what_was_last_expected(facts: Facts) -> None:
    forecast, outcome = (ask(facts, f"ekonomi-{one}", "2024") for one in ("prognosavvikelse", "avvikelse"))
    assert forecast.value.number == outcome.value.number
    names = ["ekonomi-avvikelse", "ekonomi-prognosavvikelse"]
    changed = facts.whole(names, [ROOT])
    december = Month(2024, 12)
    points = dict(changed["ekonomi-prognosavvikelse", ROOT])
    points[december] = replace(points[december], num=-1.0)
    indicator = facts.catalogue.indicator("ekonomi-prognosavvikelse")
    unit = facts.catalogue.unit(ROOT)
    assert value_of(facts, indicator, unit, Period.year(2024), points).number == outcome.value.number
