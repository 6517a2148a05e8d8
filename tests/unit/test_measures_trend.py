"""Trends: the printed points stand where the reports say, lines are never averaged, and gaps have
a reason.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.errors import SelectionError
from dashboard.measures import Facts
from dashboard.measures.flags import flags_of
from dashboard.measures.trend import Trend, all_printed, basis_for, trend

WHOLE = "forvaltningen"


def ask(facts: Facts, indicator: str, *units: str, period: str = "2025-T2", **more: object) -> Trend:
    chosen = units or (WHOLE,)
    return trend(facts, indicator, chosen, Selection(Period.parse(period), chosen[0]), **more)  # type: ignore[arg-type]


def test_long_term_assistance_passes_every_printed_point(facts: Facts) -> None:
    found = ask(facts, "hushall-langvarigt")
    printed = [
        (str(p.month), int(p.number), [(f.source, f.section, f.line) for f in p.figures])
        for p in found.lines[0].printed
    ]
    year, work, own = "vb-2023", "Arbete och försörjning", "Hållbarhet: självförsörjning"
    heading = "Långvarig ekonomiskt bistånd och barn i familjer med ekonomiskt bistånd"
    goal = "Målområde 4 Ekonomi"
    assert printed == [
        ("2023-01", 208, [(year, heading, 544)]),
        ("2023-08", 195, [("delar2-2024", work, 161), ("delar2-2024", goal, 206)]),
        ("2023-12", 170, [(year, heading, 544)]),
        ("2024-04", 185, [("t2-2025", own, 243)]),
        ("2024-08", 180, [("delar2-2024", work, 161), ("delar2-2024", goal, 206)]),
        ("2024-08", 185, [("t2-2025", own, 209)]),
        ("2025-04", 166, [("t2-2025", own, 243)]),
        ("2025-08", 159, [("t2-2025", own, 209)]),
    ]
    by_month = {dot.month: dot.number for dot in found.lines[0].dots}
    for month, value in [
        ("2023-01", 208),
        ("2023-08", 195),
        ("2023-12", 170),
        ("2024-04", 185),
        ("2024-08", 180),
    ]:
        assert by_month[Month.parse(month)] == value
    assert found.lines[0].origin is Origin.SYNTHETIC
    assert (str(found.months[0]), str(found.months[-1]), len(found.months)) == ("2022-01", "2025-08", 44)


def test_r12_for_august_2024_is_shown_as_both_reports_print_it(facts: Facts) -> None:
    points = [p for p in ask(facts, "sjukfranvaro-r12").lines[0].printed if p.month == Month(2024, 8)]
    assert [(p.number, p.figure.source) for p in points] == [
        (Decimal("7.64"), "delar2-2024"),
        (Decimal("7.35"), "t2-2025"),
    ]
    assert all("r12-augusti-2024" in {flag.id for flag in p.flags} for p in points)


def test_a_flag_touches_only_the_number_it_speaks_of(facts: Facts) -> None:
    line = [f for f in facts.published.figures if (f.source, f.line) == ("delar2-2024", 85)]
    flagged = {
        f.value: {flag.id for flag in flags_of(facts, f)} for f in line if f.indicator == "sjukfranvaro-r12"
    }
    assert "r12-augusti-2024" in flagged[Decimal("7.64")]
    assert flagged[Decimal("7.71")] == set()


def test_r12_is_summed_and_never_averaged(facts: Facts) -> None:
    """Σ hours / Σ hours over the twelve months: not the mean of twelve percentages."""
    unit, end = "avd-barn-unga", Month(2025, 8)
    points = facts.series(["sjukfranvaro"], [unit], end.shift(-11), end)[("sjukfranvaro", unit)].values()
    summed = 100 * sum(p.num for p in points) / sum(p.den or 0 for p in points)
    averaged = sum(100 * p.num / (p.den or 1) for p in points) / 12
    shown = ask(facts, "sjukfranvaro", unit, basis="r12").lines[0].dots[-1].number
    assert shown == pytest.approx(summed)
    assert shown != pytest.approx(averaged, abs=1e-6)


def test_r12_begins_when_twelve_months_exist(facts: Facts) -> None:
    found = ask(facts, "sjukfranvaro", basis="r12")
    assert str(found.months[0]) == "2022-12"
    assert all(dot.number is not None for dot in found.lines[0].dots)


@pytest.mark.parametrize(
    ("indicator", "wanted", "got", "said"),
    [
        ("kkik-kostnad-ifo", "r12", "manad", "tryckta tal"),
        ("hushall-bistand", "r12", "manad", "kan inte läggas ihop"),
        ("ekonomi-utfall", "r12", "manad", "året hittills"),
        ("sjukfranvaro-r12", "manad", "r12", "alltid över tolv månader"),
        ("sjukfranvaro", "r12", "r12", ""),
        ("sjukfranvaro-r12", "", "r12", ""),
        ("hushall-bistand", "manad", "manad", ""),
    ],
)
def test_a_view_that_makes_no_sense_is_refused_in_words(
    facts: Facts, indicator: str, wanted: str, got: str, said: str
) -> None:
    basis, sentence = basis_for(facts.catalogue.indicators[indicator], wanted)
    assert basis == got
    assert (said in sentence) if said else sentence == ""


@pytest.mark.parametrize(
    ("indicator", "unit", "period", "said"),
    [
        ("hushall-langvarigt", WHOLE, "2021", "först från januari 2022"),
        ("hushall-bistand", "enhet-10", "2025-T2", "inga månadsvärden"),
        ("ekonomi-utfall", "avd-barn-unga", "2023", "först från januari 2025"),
        ("ekonomi-utfall", "barn-ungdom-1", "2025-T2", "följs inte"),
        ("posom-ovningar", WHOLE, "2025-T2", "Ingen rapport"),
    ],
)
def test_what_cannot_be_drawn_has_a_reason(
    facts: Facts, indicator: str, unit: str, period: str, said: str
) -> None:
    line = ask(facts, indicator, unit, period=period).lines[0]
    assert not line.drawn
    assert said in line.reason


def test_a_unit_without_data_does_not_hide_the_others(facts: Facts) -> None:
    found = ask(facts, "hushall-bistand", WHOLE, "enhet-10")
    assert [line.drawn for line in found.lines] == [True, False]


def test_means_are_drawn_over_their_months_and_sums_only_listed(facts: Facts) -> None:
    mean = ask(facts, "hushall-bistand").lines[0].printed[-1]
    assert (int(mean.number), str(mean.since), str(mean.month), mean.drawn) == (
        389,
        "2025-01",
        "2025-08",
        True,
    )
    assert mean.span == "snitt jan–aug 2025"
    total = ask(facts, "bistand-avslutade").lines[0].printed[-1]
    assert (int(total.number), total.drawn, total.span) == (131, False, "summa jan–aug 2025")


def test_breaks_stand_where_the_accounts_were_divided_anew(facts: Facts) -> None:
    found = ask(facts, "ekonomi-utfall", "avd-barn-unga", "v2024-barn-ungdom", first=Month(2023, 1))
    assert [str(month) for month, _ in found.breaks] == ["2024-01", "2025-01", "2025-01"]
    assert ask(facts, "hushall-bistand", "avd-vuxen").breaks == ()
    started = ask(facts, "arbetsmarknad-avslutade", "cai", "jobbsteget")
    assert started.breaks == ((Month(2024, 9), "Jobbsteget redovisas från september 2024"),)


def test_only_what_the_catalogue_calls_the_same_is_one_series(facts: Facts) -> None:
    same = ask(facts, "ekonomi-utfall", "v2024-ekonomiskt-bistand", period="2024")
    assert str(same.months[0]) == "2022-01"
    assert {int(p.number) for p in same.lines[0].printed} == {-28131, -24283, -15767}
    other = ask(facts, "ekonomi-utfall", "v2024-barn-ungdom", period="2024")
    assert str(other.months[0]) == "2024-01"


def test_last_year_is_the_same_line_twelve_months_earlier(facts: Facts) -> None:
    line = ask(facts, "hushall-bistand", first=Month(2024, 9)).lines[0]
    whole = {dot.month: dot.number for dot in ask(facts, "hushall-bistand").lines[0].dots}
    assert [dot.number for dot in line.last_year] == [whole[dot.month.shift(-12)] for dot in line.dots]


def test_dated_events_are_in_order_and_the_others_apart(facts: Facts) -> None:
    found = ask(facts, "placeringar-externa")
    dates = [event.date for event in found.events]
    assert dates == sorted(dates)
    assert "2024-06" in dates
    assert "2025-07-01" in dates
    assert found.undated
    assert all(event.date_precision == "year" for event in found.undated)


def test_every_printed_figure_of_a_measure_is_listed(facts: Facts) -> None:
    indicator = facts.catalogue.indicators["hushall-langvarigt"]
    listed = all_printed(facts, indicator, [WHOLE])
    assert len(listed) == sum(1 for f in facts.published.figures if f.indicator == indicator.id) == 18
    assert any(figure.measure == "forandring" for figure in listed)


def test_every_indicator_answers_for_every_period(facts: Facts) -> None:
    for indicator in facts.catalogue.indicators:
        for period in ("2025-T2", "2023", "2022-05", "2021", "R12-2025-08"):
            line = ask(facts, indicator, period=period).lines[0]
            assert line.drawn or line.reason, (indicator, period)


def test_a_store_without_months_still_shows_what_is_printed(empty_facts: Facts) -> None:
    found = ask(empty_facts, "hushall-langvarigt")
    assert found.lines[0].dots == ()
    assert len(found.lines[0].printed) == 8
    assert found.lines[0].reason


def test_unknown_names_are_refused(facts: Facts) -> None:
    selection = Selection(Period.parse("2025-T2"), WHOLE)
    with pytest.raises(SelectionError):
        trend(facts, "finns-inte", [WHOLE], selection)
    with pytest.raises(SelectionError):
        trend(facts, "hushall-bistand", ["finns-inte"], replace(selection, unit="finns-inte"))
