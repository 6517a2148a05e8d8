"""SPC on the demo's series: which measures may have it, what is read, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Colour, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Point
from dashboard.domain.spc import Assurance, Reason, Refusal, Rule, Variation, Xmr
from dashboard.domain.spc_data import Rebase, possible_range, raw_monthly, seasonal
from dashboard.measures import Facts, spc
from dashboard.measures.spc_words import ASSURANCE, BESIDE_COLOUR, EXPECTED, RULES, VARIATION
from dashboard.measures.trend import R12, trend

WHOLE = "forvaltningen"
T2 = Selection(Period.parse("2025-T2"), WHOLE)
START = Month(2022, 1)


def at(period: str, unit: str = WHOLE) -> Selection:
    return Selection(Period.parse(period), unit)


def xmr(facts: Facts, indicator: str, selection: Selection = T2) -> Xmr:
    found = spc.control(facts, indicator, selection.unit, selection).found
    assert isinstance(found, Xmr)
    return found


# --- Which measures --------------------------------------------------------------------------------------


def test_only_raw_months_are_put_under_limits(catalogue: Catalogue) -> None:
    allowed = {one.id for one in catalogue.indicators.values() if raw_monthly(one)}
    assert {"hushall-bistand", "sjukfranvaro", "puls", "placeringar-kostnad"} <= allowed
    for indicator in catalogue.indicators.values():
        assert (spc.refused(indicator) == "") is (indicator.id in allowed)


@pytest.mark.parametrize(
    ("indicator", "said", "raw"),
    [
        ("sjukfranvaro-r12", "räknas över tolv månader", "sjukfranvaro"),
        ("personalomsattning", "räknas över tolv månader", None),
        ("ekonomi-avvikelse", "räknas ihop från januari", None),
        ("ekonomi-prognosavvikelse", "gäller hela året", None),
        ("hme", "bara som tryckta tal", None),
    ],
)
def test_the_others_are_refused_in_words_with_the_way_to_their_raw_months(
    catalogue: Catalogue, indicator: str, said: str, raw: str | None
) -> None:
    one = catalogue.indicator(indicator)
    assert said in spc.refused(one)
    found = spc.raw_of(catalogue, one)
    assert (found.id if found else None) == raw


def test_a_rolling_series_cannot_slip_in(facts: Facts) -> None:
    with pytest.raises(ValueError, match="sjukfranvaro-r12"):
        spc.control(facts, "sjukfranvaro-r12", WHOLE, T2)
    rolled = trend(facts, "sjukfranvaro", [WHOLE], T2, basis=R12)
    with pytest.raises(ValueError, match="sjukfranvaro"):
        spc.controls(facts.catalogue, rolled)


def test_limits_stay_within_what_is_possible(facts: Facts) -> None:
    for indicator in facts.catalogue.indicators.values():
        if not raw_monthly(indicator):
            continue
        floor, ceiling = possible_range(indicator)
        for unit in (WHOLE, "avd-vuxen", "barn-ungdom-1", "cai"):
            found = spc.control(facts, indicator.id, unit, T2).found
            if isinstance(found, Refusal):
                assert found.sentence
                continue
            for segment in found.segments:
                if segment.limits is not None:
                    assert floor is None or segment.limits.lower >= floor
                    assert ceiling is None or segment.limits.upper <= ceiling


# --- What is read ----------------------------------------------------------------------------------------


def test_the_months_are_ratios_of_sums_and_reach_to_the_period(facts: Facts) -> None:
    asked = spc.control(facts, "sjukfranvaro", "avd-vuxen", at("2024-T2", "avd-vuxen"))
    points = facts.series(["sjukfranvaro"], ["avd-vuxen"], START, Month(2024, 8))[
        ("sjukfranvaro", "avd-vuxen")
    ]
    assert asked.months == START.until(Month(2024, 8))
    for month, value in zip(asked.months, asked.values, strict=True):
        assert value == pytest.approx(100 * points[month].num / (points[month].den or 0))
    assert asked.latest == Month(2024, 8)


def test_eight_months_are_needed_and_thirteen_make_the_limits_firm(facts: Facts) -> None:
    few = spc.control(facts, "puls", WHOLE, at("2022-07")).found
    assert few == Refusal(Reason.TOO_FEW, 7)
    assert xmr(facts, "puls", at("2022-08")).now.limits is not None
    for period, provisional in (("2022-12", True), ("2023-01", False)):
        limits = xmr(facts, "puls", at(period)).now.limits
        assert limits is not None
        assert limits.provisional is provisional


def test_one_query_whatever_the_units(facts: Facts) -> None:
    units = [WHOLE, "avd-vuxen", "avd-barn-unga", "resurs-1"]
    before = facts.warehouse.counter.queries
    found = trend(facts, "sjukfranvaro-kort", units, T2)
    assert len(spc.controls(facts.catalogue, found)) == 4
    assert facts.warehouse.counter.queries - before <= 1


def test_a_unit_without_months_is_refused(facts: Facts) -> None:
    assert spc.control(facts, "hushall-bistand", "enhet-10", T2).found == Refusal(Reason.NO_POINTS, 0)


def with_rebases(facts: Facts, *rebases: Rebase) -> Facts:
    known = MappingProxyType({one.id: one for one in rebases})
    return replace(facts, catalogue=replace(facts.catalogue, rebases=known))


def rebase(month: str, unit: str | None = None) -> Rebase:
    return Rebase(f"r-{month}", "puls", Month.parse(month), "Ny mätning", "Frågorna byttes", "Nämnden", unit)


def test_a_rebase_divides_the_series_for_its_unit_only(facts: Facts) -> None:
    changed = with_rebases(facts, rebase("2023-06", "avd-vuxen"), rebase("2024-01"))
    whole = spc.control(changed, "puls", WHOLE, T2)
    assert [str(one.month) for one in whole.rebases] == ["2024-01"]
    assert isinstance(whole.found, Xmr)
    assert [one.start for one in whole.found.segments] == [0, 24]
    adults = spc.control(changed, "puls", "avd-vuxen", at("2025-T2", "avd-vuxen"))
    assert [str(one.month) for one in adults.rebases] == ["2023-06", "2024-01"]


@pytest.mark.parametrize("month", ["2021-05", "2022-01", "2025-09", "2031-01"])
def test_a_rebase_that_divides_nothing_changes_nothing(facts: Facts, month: str) -> None:
    changed = spc.control(with_rebases(facts, rebase(month)), "puls", WHOLE, T2)
    assert changed.rebases == ()
    assert changed == spc.control(with_rebases(facts), "puls", WHOLE, T2)


def test_the_demo_has_a_level_chosen_at_an_event(facts: Facts) -> None:
    asked = spc.control(facts, "placeringar-externa", WHOLE, T2)
    assert [(str(one.month), one.event) for one in asked.rebases] == [
        ("2024-06", "Ungdomar gripna och placerade")
    ]
    assert any(event.title == asked.rebases[0].event for event in facts.published.events)


# --- The mark beside a key figure ------------------------------------------------------------------------


def test_the_mark_is_what_trender_shows_and_asks_nothing_more(facts: Facts) -> None:
    for indicator_id in facts.catalogue.board.key_figures:
        indicator = facts.catalogue.indicator(indicator_id)
        points = facts.series([indicator_id], [WHOLE], START, Month(2025, 8)).get((indicator_id, WHOLE), {})
        before = facts.warehouse.counter.queries
        mark = spc.signal(facts.catalogue, indicator, WHOLE, points, Month(2025, 8))
        assert facts.warehouse.counter.queries == before
        raw = indicator if raw_monthly(indicator) else spc.raw_of(facts.catalogue, indicator)
        if raw is None:
            assert mark is None
            continue
        assert mark is not None
        assert mark.kind is xmr(facts, raw.id).variation
        assert mark.word == VARIATION[mark.kind]
        assert "augusti 2025" in mark.reason
        assert mark.reason.startswith(f"{raw.short}: ") is (raw is not indicator)


def test_no_mark_without_a_value_in_the_month_or_enough_of_them(facts: Facts) -> None:
    puls = facts.catalogue.indicator("puls")
    points = {START.shift(n): Point(START.shift(n), 5.0 + n % 2, 1.0, Origin.IMPORTED) for n in range(9)}

    def ask(last: Month) -> spc.Mark | None:
        return spc.signal(facts.catalogue, puls, WHOLE, {m: p for m, p in points.items() if m <= last}, last)

    assert ask(START.shift(8)) is not None
    assert ask(START.shift(6)) is None  # seven points
    assert ask(START.shift(9)) is None  # a month without a value
    assert spc.signal(facts.catalogue, puls, WHOLE, {}, START) is None
    empty = {**points, START.shift(8): Point(START.shift(8), 0.0, 0.0, Origin.IMPORTED)}
    assert spc.signal(facts.catalogue, puls, WHOLE, empty, START.shift(8)) is None  # nobody answered


# --- Words -----------------------------------------------------------------------------------------------


def test_every_combination_has_its_words() -> None:
    assert set(BESIDE_COLOUR) == {(colour, kind) for colour in Colour for kind in (*Variation, None)}
    assert len(set(BESIDE_COLOUR.values())) == len(BESIDE_COLOUR)
    assert set(VARIATION) == set(Variation)
    assert set(ASSURANCE) == set(EXPECTED) == set(Assurance)
    assert set(RULES) == set(Rule)
    for words in BESIDE_COLOUR.values():
        assert words == words.lower()
        assert words.count(",") == 1


@pytest.mark.parametrize(
    ("colour", "variation", "words"),
    [
        (Colour.RED, Variation.COMMON, "röd, men inget ovanligt"),
        (Colour.GREEN, Variation.CONCERNING, "grön, men på väg åt fel håll"),
        (Colour.RED, Variation.IMPROVING, "röd, men på väg åt rätt håll"),
        (Colour.GREEN, Variation.COMMON, "grön, och inget ovanligt"),
    ],
)
def test_what_a_board_needs_to_hear(colour: Colour, variation: Variation, words: str) -> None:
    assert spc.beside_colour(colour, variation) == words


def test_good_news_and_bad_news_are_joined_by_but() -> None:
    bad = {Colour.YELLOW, Colour.RED}
    for (colour, variation), words in BESIDE_COLOUR.items():
        if variation is Variation.IMPROVING and colour in bad:
            assert ", men " in words
        if variation is Variation.CONCERNING:
            assert (", men " in words) is (colour in {Colour.GREEN, Colour.NOT_ASSESSED})


def test_a_judged_colour_goes_before_the_rule(facts: Facts) -> None:
    august = at("2024-08")
    assert spc.judged(facts, spc.control(facts, "puls", WHOLE, august), august) == (
        Colour.YELLOW,
        "enligt Delår 2 2024",
    )
    ruled = spc.judged(facts, spc.control(facts, "puls", WHOLE, T2), T2)
    assert ruled == (Colour.GREEN, "mot målet")
    nothing = spc.judged(facts, spc.control(facts, "hushall-bistand", WHOLE, T2), T2)
    assert nothing == (Colour.NOT_ASSESSED, "")


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("puls", "ligger inom den vanliga variationen, 4,90 till 5,09."),
        ("hushall-langvarigt", "under den nedre gränsen, 185."),
        ("utredningar-over-fyra-manader", "minst sju månader i rad nedåt"),
        ("hushall-bistand", "minst sju månader i rad under medel (398)"),
        ("barn-bistand", "två av tre månader nära den övre gränsen"),
    ],
)
def test_the_rule_that_fired_is_said_in_words(facts: Facts, indicator: str, said: str) -> None:
    asked = spc.control(facts, indicator, WHOLE, T2)
    assert isinstance(asked.found, Xmr)
    assert said in spc.why(asked.indicator, asked.found, asked.found.latest, asked.months)


def test_provisional_limits_are_said(facts: Facts) -> None:
    asked = spc.control(facts, "puls", WHOLE, at("2022-09"))
    assert isinstance(asked.found, Xmr)
    assert "provisoriska" in spc.why(asked.indicator, asked.found, asked.found.latest, asked.months)


# --- Seasons ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda n: float((5, 6, 5, 4, 3, 2, 1, 2, 3, 4, 5, 5)[n % 12]), True),
        (lambda n: float((5, 6, 5, 4, 3, 2, 1, 2, 3, 4, 5, 5)[n % 12]) if n != 17 else None, True),
        (float, False),
        (lambda n: float(n * 7919 % 13), False),
        (lambda n: 4.0, False),
    ],
)
def test_a_series_that_follows_the_year_is_known(make: Callable[[int], float | None], expected: bool) -> None:
    values: Sequence[float | None] = [make(n) for n in range(44)]
    assert seasonal(values) is expected
    assert not seasonal(values[:23])  # under two years nobody knows
