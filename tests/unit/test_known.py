"""When something was known: what an address may say, and that it is read back as it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.known import frozen, known_on, told, written
from dashboard.errors import SelectionError

seconds = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31)).map(
    lambda when: when.replace(microsecond=0, tzinfo=UTC)
)


@given(st.one_of(st.dates(date(1000, 1, 1)), seconds))
def test_what_is_written_is_read_back(when: date) -> None:
    assert known_on(written(when)) == when


@given(st.text(max_size=30))
def test_anything_else_is_said_not_raised_as_a_fault_of_ours(text: str) -> None:
    try:
        understood = written(known_on(text))
    except SelectionError as error:
        understood = str(error)
    assert understood == text or "Skriv ett datum" in understood


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-02-30",
        "20250912",
        "2025-W37-5",
        "2025-09-12T25:00",
        "2025-09-12T256000",
        "２０２５-09-12",
        "igår",
    ],
)
def test_near_misses_are_refused(text: str) -> None:
    with pytest.raises(SelectionError):
        known_on(text)


def test_a_moment_is_told_in_utc_wherever_it_was_written() -> None:
    when = datetime(2025, 9, 10, 8, tzinfo=timezone(timedelta(hours=2)))
    assert written(when) == "2025-09-10T060000"
    assert told(when) == "2025-09-10 kl. 06.00.00 UTC"
    assert told(date(2025, 9, 10)) == "2025-09-10"


def test_a_frozen_day_is_one_that_is_over() -> None:
    moment = datetime(2025, 9, 10, 6, tzinfo=UTC)
    assert frozen(moment, date(2025, 9, 11)) == date(2025, 9, 10)
    assert frozen(moment, date(2025, 9, 10)) == moment
