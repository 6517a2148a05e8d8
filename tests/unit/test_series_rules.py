"""From months to periods: against the same written out slowly, and where the quick way would be wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Direction, Indicator, Nature, Origin, OverPeriod, Term
from dashboard.domain.periods import Month, Period
from dashboard.domain.series import Point, Points, month_value, ratio, read_as, rolling, value

START = Month(2022, 1)
AUGUST = Month(2025, 8)

# Whole tenths: sums of them can be held against each other without talking about rounding.
amounts = st.integers(min_value=-5_000_000, max_value=5_000_000).map(lambda tenths: tenths / 10)
sizes = st.integers(min_value=1, max_value=1_000_000).map(lambda tenths: tenths / 10)
months_of_two_years = st.lists(st.tuples(amounts, sizes), min_size=24, max_size=24)


def indicator(
    over: OverPeriod,
    *,
    per: bool = False,
    per_mean: bool = False,
    scale: float = 1.0,
    nature: Nature = Nature.RATIO,
) -> Indicator:
    term = Term("medarbetare", "sjuktimmar_kort")
    return Indicator(
        id="x",
        name="X",
        short="X",
        question="?",
        unit="procent",
        decimals=2,
        direction=Direction.LOWER,
        nature=nature,
        over_period=over,
        terms=(term,),
        per=(term,) if per else (),
        per_mean=per_mean,
        scale=scale,
    )


def points(rows: Sequence[tuple[float, float | None]], start: Month = START) -> dict[Month, Point]:
    months = (start.shift(step) for step in range(len(rows)))
    return {
        month: Point(month, num, den, Origin.SYNTHETIC)
        for month, (num, den) in zip(months, rows, strict=True)
    }


def spans(length: int) -> st.SearchStrategy[tuple[int, int]]:
    """First and last position of a stretch of months."""
    ends = st.tuples(st.integers(0, length - 1), st.integers(0, length - 1))
    return ends.map(lambda pair: (min(pair), max(pair)))


# --- The same as written out ------------------------------------------------------------------------------


@settings(max_examples=40)
@given(months_of_two_years, spans(24))
def test_a_ratio_over_a_period_is_summed_first_and_divided_last(
    rows: list[tuple[float, float]], span: tuple[int, int]
) -> None:
    first, last = span
    num = den = 0.0
    for position in range(first, last + 1):
        num += rows[position][0]
        den += rows[position][1]
    period = Period.between(START.shift(first), START.shift(last))
    found = value(indicator(OverPeriod.RATIO, per=True, scale=100), points(rows), period)
    assert found == pytest.approx(100 * num / den, rel=1e-9, abs=1e-9)


@settings(max_examples=40)
@given(months_of_two_years, st.integers(0, 23))
def test_twelve_months_are_summed_hours_over_summed_hours(rows: list[tuple[float, float]], last: int) -> None:
    found = rolling(indicator(OverPeriod.R12, per=True, scale=100), points(rows), START.shift(last))
    if last < 11:
        assert found is None
        return
    window = rows[last - 11 : last + 1]
    expected = 100 * sum(num for num, _ in window) / sum(den for _, den in window)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(max_examples=40)
@given(months_of_two_years, st.integers(11, 23))
def test_those_who_left_are_held_against_the_mean_number_of_employees(
    rows: list[tuple[float, float]], last: int
) -> None:
    window = rows[last - 11 : last + 1]
    mean = sum(den for _, den in window) / 12
    found = rolling(
        indicator(OverPeriod.R12, per=True, per_mean=True, scale=100), points(rows), START.shift(last)
    )
    assert found == pytest.approx(100 * sum(num for num, _ in window) / mean, rel=1e-9, abs=1e-9)


@settings(max_examples=40)
@given(months_of_two_years, spans(24))
def test_sums_and_means_are_what_they_are_called(
    rows: list[tuple[float, float]], span: tuple[int, int]
) -> None:
    first, last = span
    inside = [num for num, _ in rows[first : last + 1]]
    period = Period.between(START.shift(first), START.shift(last))
    flow = indicator(OverPeriod.SUM, nature=Nature.FLOW)
    stock = indicator(OverPeriod.MEAN, nature=Nature.STOCK)
    known = points([(num, None) for num, _ in rows])
    assert value(flow, known, period) == pytest.approx(sum(inside), rel=1e-9, abs=1e-9)
    assert value(stock, known, period) == pytest.approx(sum(inside) / len(inside), rel=1e-9, abs=1e-9)


@given(st.lists(st.integers(0, 400), min_size=24, max_size=24), spans(24))
def test_a_stock_over_a_period_stays_within_its_months(rows: list[int], span: tuple[int, int]) -> None:
    """A sum over months would leave them: 370 households for eight months are not 2 960."""
    first, last = span
    known = points([(float(count), None) for count in rows])
    period = Period.between(START.shift(first), START.shift(last))
    inside = rows[first : last + 1]
    for over in (OverPeriod.MEAN, OverPeriod.LAST):
        found = value(indicator(over, nature=Nature.STOCK), known, period)
        assert found is not None
        assert min(inside) - 1e-9 <= found <= max(inside) + 1e-9
    assert value(indicator(OverPeriod.LAST, nature=Nature.STOCK), known, period) == rows[last]


def test_no_stock_of_the_catalogue_is_summed_over_months_and_every_flow_is(catalogue: Catalogue) -> None:
    monthly = [one for one in catalogue.indicators.values() if one.monthly]
    stocks = [one for one in monthly if one.nature is Nature.STOCK]
    flows = [one for one in monthly if one.nature is Nature.FLOW]
    ratios = [one for one in monthly if one.nature is Nature.RATIO]
    assert stocks
    assert flows
    assert ratios
    assert {one.over_period for one in stocks} <= {OverPeriod.MEAN, OverPeriod.LAST}
    assert {one.over_period for one in flows} == {OverPeriod.SUM}
    assert {one.over_period for one in ratios} <= {OverPeriod.RATIO, OverPeriod.R12, OverPeriod.LAST}
    assert all(one.per for one in ratios if one.over_period is OverPeriod.RATIO)


# --- The mean of percentages is another number ------------------------------------------------------------


def test_the_mean_of_monthly_percentages_is_not_the_sick_leave_of_the_year() -> None:
    """Three summer months with a tenth of the hours and little illness: 7.8 by hours, 6.3 by percentages."""
    usual, summer = (80.0, 1_000.0), (1.0, 100.0)
    rows = [usual, usual, usual, usual, usual, usual, summer, summer, summer, usual, usual, usual]
    sick = indicator(OverPeriod.R12, per=True, scale=100)
    end = START.shift(11)
    by_hours = rolling(sick, points(rows), end)
    monthly = [month_value(sick, point) for point in points(rows).values()]
    by_percentages = sum(one for one in monthly if one is not None) / 12
    assert by_hours == pytest.approx(100 * 723 / 9_300)
    assert by_percentages == pytest.approx(6.25)
    assert by_hours != pytest.approx(by_percentages, abs=1)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(100, 2_000)), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(0, 50), st.integers(100, 2_000)), min_size=2, max_size=5),
)
def test_units_of_different_size_weigh_by_their_hours(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    """Adding units before dividing gives the same as having had all the rows in one unit."""
    both = [*first, *second]
    num, den = sum(n for n, _ in both), sum(d for _, d in both)
    together = Point(AUGUST, float(num), float(den), Origin.SYNTHETIC)
    apart = [Point(AUGUST, float(n), float(d), Origin.SYNTHETIC) for n, d in both]
    assert ratio([together], 100) == pytest.approx(ratio(apart, 100), rel=1e-12)


# --- When something is missing ----------------------------------------------------------------------------


@settings(max_examples=40)
@given(months_of_two_years, st.integers(0, 23), spans(24))
def test_a_period_with_a_month_missing_has_no_value(
    rows: list[tuple[float, float]], missing: int, span: tuple[int, int]
) -> None:
    known = points(rows)
    del known[START.shift(missing)]
    first, last = span
    period = Period.between(START.shift(first), START.shift(last))
    for over, per in ((OverPeriod.SUM, False), (OverPeriod.MEAN, False), (OverPeriod.RATIO, True)):
        found = value(indicator(over, per=per), known, period)
        assert (found is None) == (first <= missing <= last)
    end = value(indicator(OverPeriod.LAST), known, period)
    assert (end is None) == (missing == last)
    r12 = value(indicator(OverPeriod.R12, per=True), known, Period.month(START.shift(23)))
    assert (r12 is None) == (missing >= 12)


@pytest.mark.parametrize("den", [0.0, None])
def test_nothing_to_divide_by_is_no_value_and_never_an_error(den: float | None) -> None:
    known: Points = points([(1.0, den)] * 12)
    share = indicator(OverPeriod.RATIO, per=True, scale=100)
    assert value(share, known, Period.year(2022)) is None
    assert month_value(share, known[START]) is None
    assert rolling(share, known, START.shift(11)) is None
    assert ratio([], 100) is None
    assert month_value(share, None) is None


def test_r12_is_asked_for_by_the_period_too() -> None:
    flow = indicator(OverPeriod.SUM, nature=Nature.FLOW)
    known = points([(float(step), None) for step in range(24)])
    assert value(flow, known, Period.r12(START.shift(23))) == sum(range(12, 24))
    assert value(flow, known, Period.month(START.shift(23))) == 23
    stock = indicator(OverPeriod.MEAN, nature=Nature.STOCK)
    assert value(stock, known, Period.r12(START.shift(23))) == sum(range(12, 24)) / 12
    last = indicator(OverPeriod.LAST, nature=Nature.FULL_YEAR)
    assert value(last, known, Period.r12(START.shift(23))) == 23


@pytest.mark.parametrize(
    ("over", "nature", "period", "words"),
    [
        (OverPeriod.MEAN, Nature.STOCK, "2025-T2", "snitt jan–aug 2025"),
        (OverPeriod.SUM, Nature.FLOW, "2025-05..2025-08", "summa maj–aug 2025"),
        (OverPeriod.LAST, Nature.STOCK, "2025-T2", "augusti 2025"),
        (OverPeriod.MEAN, Nature.STOCK, "2025-03", "mars 2025"),
        (OverPeriod.R12, Nature.RATIO, "2025-T2", "tolv månader t.o.m. aug 2025"),
        (OverPeriod.LAST, Nature.FULL_YEAR, "2025-T2", "helår 2025"),
        (OverPeriod.SUM, Nature.FLOW, "R12-2025-08", "tolv månader t.o.m. aug 2025"),
        (OverPeriod.MEAN, Nature.STOCK, "R12-2025-08", "snitt tolv månader t.o.m. aug 2025"),
        (OverPeriod.LAST, Nature.STOCK, "R12-2025-08", "augusti 2025"),
    ],
)
def test_the_screen_can_say_how_a_value_is_read(
    over: OverPeriod, nature: Nature, period: str, words: str
) -> None:
    assert read_as(indicator(over, nature=nature), Period.parse(period)) == words
