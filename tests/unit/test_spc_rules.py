"""XmR: published worked examples, a slow and obvious implementation, and what must stay true of any series."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.model import Direction
from dashboard.domain.spc import (
    FEWEST,
    Assurance,
    Limits,
    Reason,
    Refusal,
    Rule,
    Signal,
    Variation,
    Xmr,
    analyse,
)

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL


def xmr(values: Sequence[float | None], **more: object) -> Xmr:
    asked = {"direction": HIGHER, **more}
    found = analyse(values, **asked)  # type: ignore[arg-type]
    assert isinstance(found, Xmr), found
    return found


def limits(values: Sequence[float | None]) -> Limits:
    found = xmr(values).segments[0].limits
    assert found is not None
    return found


def rules(found: Xmr) -> str:
    """One letter a point: o outside, t trend, n near, s shift, a dot for common cause."""
    return "".join(signal.rule.value[0] if signal else "." for signal in found.signals)


# --- Published worked examples -------------------------------------------------------------------------

# The twenty numbers that R's rnorm gives after set.seed(123), with which NHSRplotthedots tests itself.
# Source: nhs-r-community/NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R and the results it keeps in
# _snaps/ptd_spc_standard.md and _snaps/ptd_spc.md (commits ea2177d4 and 174380d6).
NOISE = [
    -0.56047565,
    -0.23017749,
    1.55870831,
    0.07050839,
    0.12928774,
    1.71506499,
    0.46091621,
    -1.26506123,
    -0.68685285,
    -0.44566197,
    1.22408180,
    0.35981383,
    0.40077145,
    0.11068272,
    -0.55584113,
    1.78691314,
    0.49785048,
    -1.96661716,
    0.70135590,
    -0.47279141,
]


def test_nhs_r_twenty_points() -> None:
    found = limits(NOISE)
    assert (found.mean, found.lower, found.upper) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=1e-6)
    assert rules(xmr(NOISE)) == "." * 20


def test_nhs_r_an_outlier_does_not_widen_the_limits() -> None:
    found = limits([*NOISE[:14], 10.0, *NOISE[15:]])
    assert (found.mean, found.lower, found.upper) == pytest.approx((0.6694159, -2.383666, 3.722497), abs=1e-6)


def test_nhs_r_two_groups_have_limits_of_their_own() -> None:
    """The package groups by facet and by rebase alike; it prints three significant digits."""
    first, second = (one.limits for one in xmr(NOISE, rebases=[10]).segments)
    assert first is not None
    assert second is not None
    assert (first.mean, first.lower, first.upper) == pytest.approx((0.0746, -2.60, 2.75), abs=5e-3)
    assert (second.mean, second.lower, second.upper) == pytest.approx((0.209, -3.28, 3.70), abs=5e-3)


def test_nhs_r_screened_point_in_the_vignette() -> None:
    """Vignette *Deviations from Excel defaults*: UPL 4.6, mean 1.94, LPL −0.72, one special point, the fifth."""
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    found = limits(values)
    assert (round(found.upper, 2), round(found.mean, 2), round(found.lower, 2)) == (4.6, 1.94, -0.72)
    assert rules(xmr(values)) == "....o............."
    assert xmr(values).signals[4] == Signal(Rule.OUTSIDE, upward=True, variation=Variation.IMPROVING)


def test_nhs_england_statistical_process_control_tool() -> None:
    """The example of england.nhs.uk/statistical-process-control-tool as nhs-pycom/nhspy-plotthedots reads it from
    the film (tests/unittests/test_pandas_spc_x_calc.py): mean 76.67, limits 57 and 96, the twelfth point outside.
    """
    values = [89, 86, 75, 77, 81, 74, 72, 78, 76, 82, 77, 54, 66, 77, 86]
    found = limits(values)
    assert (round(found.mean, 2), round(found.lower), round(found.upper)) == (76.67, 57, 96)
    assert rules(xmr(values)) == "...........o..."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (list(range(1, 11)), (5.5, 2.84, 8.16, 3.7266667, 7.2733333)),
        ([1, 2, 3, 4, 5, 4, 3, 2, 1, 2], (2.7, 0.04, 5.36, 0.9266667, 4.4733333)),
        (list(range(20)), (9.5, 6.84, 12.16, 7.7266667, 11.2733333)),
        (
            [1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2],
            (3.0, -0.0146667, 6.0146667, 0.9902222, 5.0097778),
        ),
        (
            [-1, -2, -3, -2, -1, -2, -3, -4, -5, -6, -7, -4, -3, -2, -1, -2],
            (-3.0, -6.0146667, 0.0146667, -5.0097778, -0.9902222),
        ),
    ],
)
def test_nhs_pycom_limits(values: list[int], expected: tuple[float, ...]) -> None:
    """nhs-pycom/nhspy-plotthedots, tests/unittests/test_limits_calculations.py: mean, limits, near limits."""
    found = limits(values)
    got = (found.mean, found.lower, found.upper, found.near_lower, found.near_upper)
    assert got == pytest.approx(expected, abs=1e-6)


def test_nhs_r_seven_points_make_a_trend_and_ties_do_not() -> None:
    """test-ptd_calculate_point_type.R: 1:7 is a trend, 1:6 and 1, 2, 3, 3, 4, 5, 6 are none, falling counts too.

    A saw of ten around the numbers keeps them inside the limits and off one side.
    """
    saw = [-6, 14] * 8
    assert rules(xmr([*saw, 1, 2, 3, 4, 5, 6, 7]))[-8:] == "." + "t" * 7
    assert rules(xmr([*saw, 1, 2, 3, 4, 5, 6]))[-6:] == "......"
    assert rules(xmr([*saw, 1, 2, 3, 3, 4, 5, 6]))[-7:] == "......."
    falling = xmr([*saw, -6, 7, 6, 5, 4, 3, 2, 1]).signals[-1]
    assert falling == Signal(Rule.TREND, upward=False, variation=Variation.CONCERNING)


def test_nhs_r_two_of_three_on_opposite_sides_are_common_cause() -> None:
    """test-ptd_spc_standard.R: 5.5 and −5.5 after fourteen of ±1 end in two common-cause points."""
    values = [1, -1] * 7 + [5.5, -5.5]
    assert rules(xmr(values)).endswith("..")


@pytest.mark.parametrize(
    ("lower", "upper", "higher", "lower_is_better"),
    [
        (1, 3, Assurance.FAILS, Assurance.PASSES),
        (5, 7, Assurance.PASSES, Assurance.FAILS),
        (1, 5, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
    ],
)
def test_nhs_r_assurance(lower: int, upper: int, higher: Assurance, lower_is_better: Assurance) -> None:
    """test-ptd_calculate_assurance_type.R, with target 4: values are made that have those limits."""
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    step = half / 2.66
    values = [middle - step / 2, middle + step / 2] * 8
    for direction, expected in ((HIGHER, higher), (LOWER, lower_is_better), (NEUTRAL, Assurance.NONE)):
        assert xmr(values, direction=direction, target=4.0).assurance is expected
    assert xmr(values).assurance is Assurance.NONE


# --- A slow and obvious implementation, from the rules as they are written ------------------------------


def slow(values: Sequence[int | None]) -> tuple[list[tuple[Rule, bool] | None], Fraction, Fraction] | Reason:
    """First rule and direction of each point, mean and mean moving range, in exact fractions; or why not."""
    known = [Fraction(value) for value in values if value is not None]
    ranges = [abs(Fraction(b) - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not known:
        return Reason.NO_POINTS
    if len(known) < 8:
        return Reason.TOO_FEW
    if len(ranges) < 7:
        return Reason.GAPS
    mean = sum(known, Fraction(0)) / len(known)
    raw = sum(ranges, Fraction(0)) / len(ranges)
    kept = [one for one in ranges if not one > Fraction(3267, 1000) * raw]
    moving = sum(kept, Fraction(0)) / len(kept)
    if moving == 0:
        return Reason.NO_VARIATION if raw == 0 else Reason.RARE_CHANGES
    reach = Fraction(266, 100) * moving
    return [_first_rule(values, at, mean, reach) for at in range(len(values))], mean, moving


def _first_rule(
    values: Sequence[int | None], at: int, mean: Fraction, reach: Fraction
) -> tuple[Rule, bool] | None:
    value = values[at]
    if value is None:
        return None
    far = 2 * reach / 3
    seven, three = _windows(values, at, 7), _windows(values, at, 3)
    steady = [(_rises(window), _rises(window[::-1])) for window in seven]
    trend = next((up for up, down in steady if up or down), None)
    high = value > mean + far and any(sum(1 for one in w if one > mean + far) >= 2 for w in three)
    low = value < mean - far and any(sum(1 for one in w if one < mean - far) >= 2 for w in three)
    shift = any(all(one > mean for one in w) or all(one < mean for one in w) for w in seven)
    answers = (
        (Rule.OUTSIDE, value > mean) if value > mean + reach or value < mean - reach else None,
        None if trend is None else (Rule.TREND, trend),
        (Rule.NEAR, high) if high or low else None,
        (Rule.SHIFT, value > mean) if shift else None,
    )
    return next((one for one in answers if one is not None), None)


def _rises(window: list[int]) -> bool:
    return all(a < b for a, b in pairwise(window))


def _windows(values: Sequence[int | None], at: int, width: int) -> list[list[int]]:
    """Every run of so many points in a row without a gap that holds the place, in order of time."""
    found = []
    for first in range(at - width + 1, at + 1):
        window = [one for one in values[max(first, 0) : first + width] if one is not None]
        if first >= 0 and len(window) == width:
            found.append(window)
    return found


noise = st.lists(st.integers(0, 12), max_size=48)
walk = st.lists(st.integers(-3, 4), max_size=48).map(
    lambda steps: [sum(steps[:n]) for n in range(len(steps))]
)
jumps = st.lists(st.sampled_from([3, 3, 3, 4, 5, 60]), max_size=30)
whole = st.one_of(noise, walk, jumps)


@st.composite
def series(draw: st.DrawFn) -> list[int | None]:
    """Ties, runs, jumps and, in half of them, gaps."""
    values: list[int | None] = [*draw(whole)]
    gaps = draw(st.lists(st.integers(0, 47), max_size=4))
    return [None if at in gaps else value for at, value in enumerate(values)]


@settings(max_examples=2_000)
@given(values=series(), cuts=st.lists(st.integers(1, 47), max_size=2))
def test_agrees_with_the_slow_implementation(values: list[int | None], cuts: list[int]) -> None:
    places = sorted({cut for cut in cuts if cut < len(values)})
    found = analyse(values, direction=HIGHER, rebases=places)
    parts = [values[a:b] for a, b in pairwise([0, *places, len(values)])]
    expected = [slow(part) for part in parts]
    if isinstance(found, Refusal):
        assert all(isinstance(one, Reason) for one in expected)
        assert found.reason in expected
        return
    for segment, one in zip(found.segments, expected, strict=True):
        signals = found.signals[segment.start : segment.stop]
        if isinstance(one, Reason):
            assert segment.refusal is not None
            assert segment.refusal.reason is one
            assert set(signals) <= {None}
            continue
        marks, mean, moving = one
        assert segment.limits is not None
        got = (segment.limits.mean, segment.limits.moving_range, segment.limits.lower, segment.limits.upper)
        reach = Fraction(266, 100) * moving
        assert got == pytest.approx([float(n) for n in (mean, moving, mean - reach, mean + reach)])
        assert [(signal.rule, signal.upward) if signal else None for signal in signals] == marks
        assert segment.limits.provisional is (segment.points < 13)


# --- What must stay true of any series -----------------------------------------------------------------


@given(values=series(), shift=st.integers(-1000, 1000), power=st.integers(-3, 6))
def test_shifting_and_scaling_move_the_limits_and_change_no_signal(
    values: list[int | None], shift: int, power: int
) -> None:
    scale = 2.0**power
    moved = [None if one is None else scale * one + shift for one in values]
    before, after = analyse(values, direction=LOWER), analyse(moved, direction=LOWER)
    assert isinstance(before, Xmr) is isinstance(after, Xmr)
    if isinstance(before, Xmr) and isinstance(after, Xmr):
        assert before.signals == after.signals
        assert before.variation is after.variation
        old, new = before.segments[0].limits, after.segments[0].limits
        assert old is not None
        assert new is not None
        for name in ("mean", "lower", "upper", "near_lower", "near_upper"):
            assert getattr(new, name) == pytest.approx(scale * getattr(old, name) + shift, abs=1e-6)


@given(values=series())
def test_a_mirror_turns_high_into_low_and_good_into_bad(values: list[int | None]) -> None:
    here = analyse(values, direction=HIGHER)
    there = analyse([None if one is None else -one for one in values], direction=HIGHER)
    if not isinstance(here, Xmr) or not isinstance(there, Xmr):
        assert here == there
        return
    opposite = {Variation.IMPROVING: Variation.CONCERNING, Variation.CONCERNING: Variation.IMPROVING}
    for one, other in zip(here.signals, there.signals, strict=True):
        assert (one is None) is (other is None)
        if one and other:
            assert (one.rule, one.upward) == (other.rule, not other.upward)
            assert opposite[one.variation] is other.variation


@given(values=series(), ceiling=st.integers(12, 40))
def test_limits_never_leave_what_is_possible_and_cutting_them_changes_no_signal(
    values: list[int | None], ceiling: int
) -> None:
    possible = [None if one is None else min(max(one, 0), ceiling) for one in values]
    free = analyse(possible, direction=LOWER)
    bound = analyse(possible, direction=LOWER, floor=0, ceiling=ceiling)
    if isinstance(free, Xmr) and isinstance(bound, Xmr):
        assert free.signals == bound.signals
        found = bound.segments[0].limits
        assert found is not None
        assert 0 <= found.lower <= found.mean <= found.upper <= ceiling
    else:
        assert free == bound


@given(values=series())
def test_what_comes_after_a_rebase_changes_nothing_before_it(values: list[int | None]) -> None:
    if len(values) < 20:
        return
    whole_series = analyse(values, direction=HIGHER, rebases=[12])
    other_end = analyse(
        [*values[:12], *(one and one + 50 for one in values[12:])], direction=HIGHER, rebases=[12]
    )
    if isinstance(whole_series, Xmr) and isinstance(other_end, Xmr):
        assert whole_series.signals[:12] == other_end.signals[:12]
        assert whole_series.segments[0] == other_end.segments[0]


# --- Single decisions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "reason", "said"),
    [
        ([], Reason.NO_POINTS, "inga månadsvärden"),
        ([None, None, float("nan")], Reason.NO_POINTS, "inga månadsvärden"),
        ([4.0], Reason.TOO_FEW, "bara 1 månadsvärde."),
        ([4.0, 5.0], Reason.TOO_FEW, "bara 2 månadsvärden."),
        ([1.0, 2.0] * 3 + [1.0], Reason.TOO_FEW, f"först från {FEWEST} månader"),
        ([1.0, None, 2.0, None] * 6, Reason.GAPS, "för många luckor"),
        ([5.0] * 20, Reason.NO_VARIATION, "ingen variation"),
        ([7.1] * 9, Reason.NO_VARIATION, "ingen variation"),
        ([5.0] * 10 + [9.0] + [5.0] * 10, Reason.RARE_CHANGES, "oförändrat de flesta månader"),
        ([0.0] * 17 + [50.0, 0.0, 50.0], Reason.RARE_CHANGES, "de få ändringarna"),
    ],
)
def test_what_cannot_have_limits_is_refused_in_words(
    values: list[float | None], reason: Reason, said: str
) -> None:
    found = analyse(values, direction=HIGHER)
    assert isinstance(found, Refusal)
    assert found.reason is reason
    assert said in found.sentence
    assert found.sentence.endswith(".")


def test_eight_points_are_enough_and_provisional_until_thirteen() -> None:
    assert limits([1, 2, 1, 3, 1, 2, 1, 2]).provisional
    assert limits([1, 2, 1, 3, 1, 2, 1, 2, 1, 3, 1, 2]).provisional
    assert not limits([1, 2, 1, 3, 1, 2, 1, 2, 1, 3, 1, 2, 1]).provisional


def test_a_gap_ends_a_run_and_yields_no_moving_range() -> None:
    saw = [-6, 14] * 8
    assert rules(xmr([*saw, 1, 2, 3, 4, 5, 6, 7]))[-7:] == "t" * 7
    assert "t" not in rules(xmr([*saw, 1, 2, 3, 4, None, 5, 6, 7]))
    steady: list[float | None] = [5, 4, 6, 5, 4, 6, 5, 4, 6, 5, 4, 6]
    apart: list[float | None] = [*steady, None, *(100.0 + (one or 0) for one in steady)]
    gap = xmr(apart).segments[0].limits
    assert gap is not None
    assert gap.moving_range < 2  # the step of a hundred over the gap is no moving range


def test_a_point_on_the_centre_ends_a_run_on_one_side() -> None:
    other = [1, 3] * 6
    assert "s" in rules(xmr([*other, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1]))
    assert "s" not in rules(xmr([*other, 3, 3, 3, 2, 3, 3, 3, 1, 1, 1, 2, 1, 1, 1]))


def test_the_order_of_the_rules_decides_which_one_a_point_carries() -> None:
    found = rules(xmr([-6, 14] * 8 + [1, 2, 3, 4, 5, 6, 60]))
    assert found[-7:] == "tttttto"  # the last point ends the rising run, but lies outside first of all


def test_near_the_limit_counts_two_of_three_on_one_side_with_the_third_anywhere() -> None:
    calm = [10.0, 12.0] * 8
    assert rules(xmr([*calm, 16.0, 11.0, 16.0]))[-3:] == "n.n"
    assert rules(xmr([*calm, 16.0, 11.0, 12.0, 16.0]))[-4:] == "...."


def test_direction_decides_what_a_signal_means() -> None:
    values = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 9]
    for direction, meaning in (
        (HIGHER, Variation.IMPROVING),
        (LOWER, Variation.CONCERNING),
        (NEUTRAL, Variation.NEUTRAL),
    ):
        assert xmr(values, direction=direction).variation is meaning
    assert xmr(values[:-1]).variation is Variation.COMMON


def test_the_latest_point_is_the_last_one_that_was_measured() -> None:
    found = xmr([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 9, None, None])
    assert found.latest == 12
    assert found.variation is Variation.IMPROVING


def test_a_young_segment_has_no_verdict_but_the_old_one_keeps_its_limits() -> None:
    found = xmr([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 11, 12, 11], rebases=[10], target=5.0)
    assert found.segments[0].limits is not None
    assert found.now.refusal == Refusal(Reason.TOO_FEW, 3)
    assert found.variation is None
    assert found.assurance is Assurance.NONE
    assert rules(found)[10:] == "..."


def test_a_target_on_the_limit_is_hit_and_miss() -> None:
    values = [0, 2] * 8
    found = xmr(values, floor=0.0, direction=LOWER, target=0.0)
    assert found.assurance is Assurance.HIT_AND_MISS


@pytest.mark.parametrize("rebases", [[0], [8], [-1], [99]])
def test_a_rebase_outside_the_series_is_a_fault_of_the_caller(rebases: list[int]) -> None:
    with pytest.raises(ValueError, match="rebase"):
        analyse([1.0, 2.0] * 4, direction=HIGHER, rebases=rebases)


def test_an_impossible_range_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="floor"):
        analyse([1.0, 2.0] * 4, direction=HIGHER, floor=2.0, ceiling=1.0)
