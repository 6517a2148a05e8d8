"""Years on top of each other, and index: the arithmetic, and what is refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.views import NoIndex, by_year, first_common, indexed
from dashboard.measures import Facts, views
from dashboard.measures.trend import Trend, trend

WHOLE = "forvaltningen"
above = st.floats(min_value=0.5, max_value=1e6)
gaps = st.lists(st.one_of(st.none(), above), min_size=1, max_size=40)


def ask(facts: Facts, indicator: str, *units: str, period: str = "2025-T2", **more: object) -> Trend:
    chosen = units or (WHOLE,)
    return trend(facts, indicator, chosen, Selection(Period.parse(period), chosen[0]), **more)  # type: ignore[arg-type]


@given(gaps, st.data())
def test_an_index_is_100_at_its_base_and_keeps_every_proportion(
    values: list[float | None], data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(values) - 1))
    found = indexed(values, base)
    if values[base] is None:
        assert found is NoIndex.MISSING
        return
    assert not isinstance(found, NoIndex)
    assert found[base] == pytest.approx(100)
    assert [one is None for one in found] == [one is None for one in values]
    doubled = indexed([None if one is None else 2 * one for one in values], base)
    assert not isinstance(doubled, NoIndex)
    for one, two, value in zip(found, doubled, values, strict=True):
        if one is not None and value is not None:
            assert two == pytest.approx(one)  # a unit twice as large that moves alike has the same line
            assert one / 100 * (values[base] or 0) == pytest.approx(value)


@pytest.mark.parametrize(
    ("values", "base", "said"),
    [
        ([0.0, 5.0], 0, NoIndex.ZERO),
        ([None, 5.0], 0, NoIndex.MISSING),
        ([5.0, -1.0], 0, NoIndex.NEGATIVE),
        ([-5.0, -6.0], 0, NoIndex.NEGATIVE),
    ],
)
def test_what_cannot_be_an_index(values: list[float | None], base: int, said: NoIndex) -> None:
    assert indexed(values, base) is said


def test_a_zero_that_is_not_the_base_is_a_value() -> None:
    assert indexed([4.0, 0.0], 0) == (100.0, 0.0)


def test_the_first_common_month_passes_over_gaps_and_zeros_and_empty_lines() -> None:
    assert first_common([[None, 0.0, 3.0, 4.0], [1.0, 1.0, 1.0, None], []]) == 2
    assert first_common([[1.0, None], [None, 1.0]]) is None
    assert first_common([]) is None


def test_years_begin_in_january_and_an_empty_year_is_left_out() -> None:
    months = Month(2022, 11).until(Month(2024, 2))
    found = by_year(months, [1.0, 2.0] + [None] * 12 + [3.0, None])
    assert [year.year for year in found] == [2022, 2024]
    assert found[0].values == (None,) * 10 + (1.0, 2.0)
    assert found[1].values == (3.0,) + (None,) * 11


def test_years_hold_the_months_of_the_line(facts: Facts) -> None:
    found = ask(facts, "sjukfranvaro")
    (one,) = views.seasons(found)
    assert [year.year for year in one.years] == [2022, 2023, 2024, 2025]
    flat = [value for year in one.years for value in year.values][: len(found.months)]
    assert flat == [dot.number for dot in found.lines[0].dots]
    assert one.follows


def test_one_year_alone_is_a_sentence(facts: Facts) -> None:
    (one,) = views.seasons(ask(facts, "ekonomi-utfall", "avd-vuxen"))
    assert one.years == ()
    assert "bara för 2025" in one.reason


@pytest.mark.parametrize(
    ("indicator", "years", "index"),
    [
        ("hushall-bistand", "", ""),
        ("sjukfranvaro-r12", "jämnas ut", ""),
        ("hme", "tryckta tal", "tryckta tal"),
        ("ekonomi-utfall", "", "börjar om varje år"),
        ("ekonomi-prognos", "", ""),
    ],
)
def test_a_measure_that_makes_no_sense_so_is_refused_in_words(
    facts: Facts, indicator: str, years: str, index: str
) -> None:
    one = facts.catalogue.indicators[indicator]
    for said, wanted in ((views.seasons_refused(one), years), (views.index_refused(one), index)):
        assert wanted in said
        assert bool(said) == bool(wanted)


def larger(found: Trend) -> Trend:
    """The second line with twenty times as many of what is counted."""
    dots = tuple(
        dot if dot.number is None else replace(dot, number=20 * dot.number) for dot in found.lines[1].dots
    )
    return replace(found, lines=(found.lines[0], replace(found.lines[1], dots=dots)))


def test_the_base_is_the_first_month_that_all_share(facts: Facts) -> None:
    found = views.index(larger(ask(facts, "arbetsmarknad-avslutade", "cai", "tysa")))
    assert str(found.base) == "2024-01"
    assert all(100.0 in one.values for one in found.lines)
    assert found.moved.startswith("Januari 2024 är basmånad:")


def test_a_unit_that_is_always_too_small_is_left_out_said_and_moves_no_base(facts: Facts) -> None:
    found = views.index(ask(facts, "arbetsmarknad-avslutade", "cai", "tysa"))
    assert (str(found.base), found.moved) == ("2022-01", "")
    assert [bool(one.values) for one in found.lines] == [True, False]
    later = views.index(ask(facts, "arbetsmarknad-avslutade", "cai", "tysa"), Month(2024, 1))
    assert later.lines[1].reason == "TYSA har 2 som mest, för lite för att räkna index från."


def test_a_chosen_base_leaves_out_who_did_not_exist_then_and_says_so(facts: Facts) -> None:
    found = views.index(ask(facts, "arbetsmarknad-avslutade", "cai", "tysa"), Month(2023, 1))
    assert [bool(one.values) for one in found.lines] == [True, False]
    assert found.lines[1].reason == "TYSA har inget värde i januari 2023. Välj en annan basmånad."


def test_a_zero_base_and_values_below_zero_are_said(facts: Facts) -> None:
    found = ask(facts, "hushall-bistand")
    dots = tuple(
        replace(dot, number=0.0 if at == 0 else dot.number) for at, dot in enumerate(found.lines[0].dots)
    )
    zero = replace(found, lines=(replace(found.lines[0], dots=dots),))
    assert "noll går inte att räkna index från" in views.index(zero, found.months[0]).lines[0].reason
    assert str(views.index(zero).base) == "2022-02"
    below = views.index(ask(facts, "ekonomi-prognos"))
    assert below.base is None
    assert "under noll" in below.reason


def test_no_months_are_no_base(empty_facts: Facts) -> None:
    found = views.index(ask(empty_facts, "hushall-bistand"))
    assert found.base is None
    assert found.reason


def test_the_period_before_has_as_many_months_and_their_values(facts: Facts) -> None:
    line = ask(facts, "hushall-bistand", first=Month(2025, 1)).lines[0]
    whole = {dot.month: dot.number for dot in ask(facts, "hushall-bistand").lines[0].dots}
    assert [str(dot.month) for dot in line.before] == [f"2025-0{n}" for n in range(1, 9)]
    assert [dot.number for dot in line.before] == [whole[dot.month.shift(-8)] for dot in line.before]
