"""Numbers as Swedish readers expect them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import text

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
decimals = st.integers(0, 4)


def read(shown: str) -> Decimal:
    """A shown number back as a number."""
    return Decimal(shown.replace(text.MINUS, "-").replace("+", "").replace(text.THIN, "").replace(",", "."))


@given(st.one_of(finite, amounts, st.integers()), decimals, st.booleans())
def test_a_number_is_never_shown_in_a_foreign_way(value: float, places: int, signed: bool) -> None:
    shown = text.number(value, places, signed=signed)
    assert "." not in shown
    assert "-" not in shown
    assert "nan" not in shown.lower()
    assert "e" not in shown.lower()
    assert not (shown.startswith((text.MINUS, "+")) and read(shown) == 0)


@given(amounts, decimals, st.booleans())
def test_what_is_shown_reads_back_as_the_rounded_value(value: Decimal, places: int, signed: bool) -> None:
    shown = text.number(value, places, signed=signed)
    assert read(shown) == text.rounded(value, places)
    assert abs(read(shown) - value) <= Decimal(1).scaleb(-places) / 2


@given(amounts, decimals)
def test_signed_numbers_say_their_direction(value: Decimal, places: int) -> None:
    shown, exact = text.number(value, places, signed=True), text.rounded(value, places)
    assert shown.startswith("+") is (exact > 0)
    assert shown.startswith(text.MINUS) is (exact < 0)


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), float("-inf")])
def test_a_missing_value_is_a_dash_and_has_no_unit(value: float | None) -> None:
    assert text.number(value, 1) == "–"
    assert text.quantity(value, "procent", 1) == "–"
    assert text.millions(value) == "–"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (-69082, 0, "−69\u202f082"),
        (7.37, 2, "7,37"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (1.005, 2, "1,01"),
        (-0.04, 1, "0,0"),
        (1234567.8, 1, "1\u202f234\u202f567,8"),
        (999, 0, "999"),
    ],
)
def test_numbers_are_written_by_the_rules(value: float, places: int, shown: str) -> None:
    assert text.number(value, places) == shown


@pytest.mark.parametrize(
    ("value", "unit", "places", "shown"),
    [
        (7.37, "procent", 2, "7,37\u00a0%"),
        (389, "antal", 0, "389"),
        (4.98, "index", 2, "4,98"),
        (-54669, "tkr", 0, "−54\u202f669\u00a0tkr"),
    ],
)
def test_the_unit_keeps_to_its_number(value: float, unit: str, places: int, shown: str) -> None:
    assert text.quantity(value, unit, places) == shown


def test_thousands_of_kronor_are_shown_as_millions() -> None:
    assert text.millions(-54669) == "−54,7\u00a0mnkr"
    assert text.millions(9157, signed=True) == "+9,2\u00a0mnkr"


@pytest.mark.parametrize(
    ("words", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_lists_read_as_a_sentence(words: list[str], shown: str) -> None:
    assert text.listing(words) == shown


def test_small_counts_are_words_and_large_ones_figures() -> None:
    assert [text.count_word(n) for n in (0, 1, 12, 13, 1500)] == ["noll", "ett", "tolv", "13", "1\u202f500"]
    assert text.count_word(1, common=True) == "en"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (sum([1242.1, 1242.2, 1242.2]), 0, "3\u202f727"),  # 3726.4999999999995 in binary
        (-sum([1242.1, 1242.2, 1242.2]), 0, "−3\u202f727"),
        (0.1 + 0.2 + 0.15, 1, "0,5"),
        (1.1 + 2.2 - 2.25, 1, "1,1"),
        (3726.4999, 0, "3\u202f726"),
        (2.4999999, 0, "2"),
        (123456789012345.0, 0, "123\u202f456\u202f789\u202f012\u202f345"),
    ],
)
def test_a_sum_rounds_as_on_paper_whatever_binary_makes_of_it(value: float, places: int, shown: str) -> None:
    assert text.number(value, places) == shown


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=60), st.integers(0, 2))
def test_a_sum_of_floats_rounds_as_the_sum_of_their_decimals(parts: list[int], places: int) -> None:
    exact = sum((Decimal(one) / 1000 for one in parts), Decimal(0))
    assert text.rounded(sum(one / 1000 for one in parts), places) == text.rounded(exact, places)


def test_millions_halve_as_on_paper_too() -> None:
    assert (
        text.millions(sum([4116.6, 4116.7, 4116.7])) == "12,4\u00a0mnkr"
    )  # 12 350, and 12 349.99… in binary


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_a_difference_in_millions_is_that_of_the_millions_shown(now: int, before: int) -> None:
    def shown(thousands: int) -> Decimal:
        return read(text.millions(thousands).removesuffix("\u00a0mnkr"))

    assert text.millions_apart(now, before) / 1000 == shown(now) - shown(before)
