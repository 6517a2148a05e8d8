"""Periods: what a board writes, reads and compares."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.periods import Month, Period, PeriodKind

months = st.builds(Month, st.integers(1950, 2100), st.integers(1, 12))
years = st.integers(1950, 2100)
tertials = st.integers(1, 3)
ranges = st.tuples(months, st.integers(0, 40)).map(
    lambda pair: Period.between(pair[0], pair[0].shift(pair[1]))
)
periods = st.one_of(
    months.map(Period.month),
    years.map(Period.year),
    months.map(Period.r12),
    st.builds(Period.ytd, years, tertials),
    st.builds(Period.tertial, years, tertials),
    ranges,
)


@given(periods)
def test_what_is_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(months)
def test_a_month_is_read_back(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == month


@given(months, st.integers(-500, 500))
def test_steps_can_be_taken_back(month: Month, steps: int) -> None:
    assert month.shift(steps).shift(-steps) == month
    assert month.shift(steps).index == month.index + steps


@given(periods)
def test_the_year_before_is_the_same_months_twelve_months_earlier(period: Period) -> None:
    before = period.year_before()
    assert [month.shift(12) for month in before.months] == list(period.months)
    assert before.kind is period.kind


@given(periods)
def test_the_previous_period_is_older_and_no_month_is_skipped(period: Period) -> None:
    before = period.previous()
    assert before.end < period.end
    if period.kind is PeriodKind.R12:
        assert before.end.shift(1) == period.end
    elif period.kind is not PeriodKind.YTD:
        assert before.end.shift(1) == period.start
        assert len(before.months) == len(period.months)


@given(periods)
def test_a_period_contains_its_own_months_and_no_other(period: Period) -> None:
    assert all(period.contains(month) for month in period.months)
    assert not period.contains(period.start.shift(-1))
    assert not period.contains(period.end.shift(1))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2025-T2", "2025-T1"),
        ("2025-T1", "2024"),
        ("2025", "2024"),
        ("2025-01", "2024-12"),
        ("2025-05..2025-08", "2025-01..2025-04"),
        ("2025-01..2025-06", "2024-07..2024-12"),
        ("R12-2025-08", "R12-2025-07"),
    ],
)
def test_previous_steps_as_the_board_reports(text: str, before: str) -> None:
    assert str(Period.parse(text).previous()) == before


@pytest.mark.parametrize(
    ("text", "label", "short"),
    [
        ("2025-T2", "T2 2025 · jan–aug", "T2 2025"),
        ("2025-05..2025-08", "maj–aug 2025", "maj–aug 2025"),
        ("2025-01..2025-06", "jan–juni 2025", "jan–juni 2025"),
        ("2025-08", "augusti 2025", "aug 2025"),
        ("R12-2025-08", "R12 augusti 2025", "R12 aug 2025"),
        ("2025", "År 2025", "2025"),
        ("2024-11..2025-02", "nov 2024–feb 2025", "nov 2024–feb 2025"),
    ],
)
def test_periods_are_named_as_the_board_names_them(text: str, label: str, short: str) -> None:
    period = Period.parse(text)
    assert (period.label, period.short) == (label, short)


def test_t2_is_january_to_august_and_not_the_single_tertial() -> None:
    accumulated, single = Period.ytd(2025, 2), Period.tertial(2025, 2)
    assert (accumulated.start, accumulated.end) == (Month(2025, 1), Month(2025, 8))
    assert (single.start, single.end) == (Month(2025, 5), Month(2025, 8))
    assert str(accumulated) != str(single)


def test_the_third_accumulated_tertial_is_the_year() -> None:
    assert Period.parse("2025-T3") == Period.year(2025)


def test_r12_is_the_twelve_months_that_end_in_the_month() -> None:
    period = Period.r12(Month(2025, 8))
    assert (period.start, len(period.months)) == (Month(2024, 9), 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13",
        "2025-0",
        "25-08",
        "2025-T4",
        "2025-T0",
        "2025-08..2025-05",
        "R12-2025",
        "T2 2025",
        "2025-8",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period.parse(text)


def test_a_day_falls_in_its_month() -> None:
    assert Month.of(date(2025, 8, 31)) == Month(2025, 8)
