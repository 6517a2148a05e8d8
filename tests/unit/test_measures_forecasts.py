"""Forecasts, their ledger, the waterfall and the split of the placements' cost, over the reports and the demo."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboard.domain.forecast import Split
from dashboard.domain.model import Origin, Unit
from dashboard.domain.periods import Month, Period
from dashboard.measures import Facts
from dashboard.measures.forecasts import Outlook, Place, history, outlooks
from dashboard.measures.ledger import How, ledger
from dashboard.measures.placement_costs import cost_changes, has_placements, what_if
from dashboard.measures.waterfall import StepKind, Waterfall, waterfall

WHOLE = "forvaltningen"
MONTHS = Month(2022, 1).until(Month(2025, 8))


def outlook(facts: Facts, unit: str, period: str) -> Outlook:
    return outlooks(facts, [facts.catalogue.unit(unit)], Period.parse(period))[0]


@pytest.mark.parametrize(
    ("unit", "period", "b", "c", "own"),
    [
        # t2-2025, line 283: −272 615 − (303 921 − 202 488), and × 303 921 / 202 488; the buffer is not in them.
        (WHOLE, "2025-T2", -374_048, -409_177, -382_590),
        (WHOLE, "2024-T2", -329_205, -339_381, -333_881),  # delar2-2024, line 258
        ("avd-barn-unga", "2025-T2", -181_727, -207_533, -192_741),  # t2-2025, line 282
        ("v2024-integration", "2024-T2", -8_004, -8_035, -6_536),  # delar2-2024, line 257
    ],
)
def test_b_and_c_follow_from_the_printed_table(
    facts: Facts, unit: str, period: str, b: float, c: float, own: float
) -> None:
    found = outlook(facts, unit, period)
    assert found.letters.b == b
    assert found.letters.c == pytest.approx(c, abs=0.5)
    assert found.own == own
    assert found.origin is Origin.PUBLISHED


def test_the_buffer_is_in_the_managements_forecast_and_in_no_other(facts: Facts) -> None:
    found = outlook(facts, WHOLE, "2025-T2")
    assert found.forecast.number is not None
    assert (float(found.forecast.number), found.buffer, found.own) == (-358_590, 24_000, -382_590)
    assert outlook(facts, WHOLE, "2024-T2").buffer is None


def test_the_managements_forecast_is_placed_against_the_range(facts: Facts) -> None:
    assert outlook(facts, WHOLE, "2025-T2").place is Place.INSIDE
    assert outlook(facts, "avd-vuxen", "2025-T2").place is Place.CHEAPER
    assert outlook(facts, "avd-overgripande", "2025-T2").place is Place.DEARER
    # −16 998 is C to the thousand: what rounding hides is no difference
    assert outlook(facts, "v2024-arbetsmarknad", "2024-T2").place is Place.INSIDE


def test_d_covers_what_has_a_volume_and_a_price(facts: Facts) -> None:
    names = {
        unit: [one.followed.name for one in outlook(facts, unit, "2025-T2").letters.covered]
        for unit in (WHOLE, "avd-vuxen", "avd-barn-unga", "avd-overgripande")
    }
    assert names == {
        WHOLE: ["placeringar", "ekonomiskt bistånd"],
        "avd-vuxen": ["placeringar", "ekonomiskt bistånd"],
        "avd-barn-unga": ["placeringar"],
        "avd-overgripande": [],
    }


def test_d_is_the_sum_of_its_terms(facts: Facts) -> None:
    found = outlook(facts, "avd-barn-unga", "2025-T2")
    (placed,) = found.letters.covered
    rest = (1 - placed.so_far / 137_761) * (-130_775 + 86_809)
    days = 30 + 31 + 30 + 31
    assert placed.left == days
    assert found.letters.d == pytest.approx(
        -137_761 + rest - placed.pace.rate * days * placed.pace.price / 1000
    )
    last = [
        facts.series(["placeringar-kostnad"], ["avd-barn-unga"], m, m)
        for m in Month(2025, 6).until(Month(2025, 8))
    ]
    spent = sum(point.num for one in last for points in one.values() for point in points.values())
    assert placed.pace.cost(30 + 31 + 31) == pytest.approx(spent)


@pytest.mark.parametrize(
    ("unit", "period", "letter", "said"),
    [
        ("v2025-varav-sarskild-handelse", "2025-T2", "c", "Budgeten hittills är noll"),
        ("avd-overgripande", "2025-T2", "d", "följs inte"),
        ("avd-vuxen", "2024-T2", "b", "Utfall eller budget saknas"),
    ],
)
def test_what_cannot_be_reckoned_says_why(
    facts: Facts, unit: str, period: str, letter: str, said: str
) -> None:
    found = outlook(facts, unit, period)
    assert getattr(found.letters, letter) is None
    assert said in found.letters.why[letter]


def test_the_reports_are_enough_for_b_and_c(empty_facts: Facts) -> None:
    found = outlook(empty_facts, WHOLE, "2025-T2")
    assert found.letters.b == -374_048
    assert found.letters.d is None


def test_the_history_ends_where_the_outlook_stands(facts: Facts) -> None:
    rows = history(facts, facts.catalogue.unit(WHOLE), 2025, Month(2025, 8))
    assert [row.month.number for row in rows] == list(range(1, 9))
    now = outlook(facts, WHOLE, "2025-T2")
    assert rows[-1].own == now.own
    assert rows[-1].letters.d == pytest.approx(now.letters.d)
    spans = [row.letters.span for row in rows if row.letters.span]
    assert spans[0][1] - spans[0][0] > spans[-1][1] - spans[-1][0]


# --- the ledger ---


def test_august_2024_is_graded_by_the_outcome_that_the_2025_report_implies(facts: Facts) -> None:
    found = ledger(facts, facts.catalogue.unit(WHOLE))
    outcome = found.outcomes[2024]
    assert (outcome.value, outcome.how) == (-347_935, How.IMPLIED)
    assert [(f.source, f.line, int(f.value)) for f in outcome.figures] == [
        ("t2-2025", 283, -382_590),
        ("t2-2025", 283, -34_655),
        ("t2-2025", 285, -358_590),
        ("t2-2025", 285, -10_655),
    ]
    august = found.at(2024, 8)
    assert august is not None
    assert august.figure is not None
    assert august.miss is not None
    assert (august.figure.source, august.figure.line, august.value) == ("delar2-2024", 258, -333_881)
    assert august.miss.error == -14_054
    assert august.miss.share == pytest.approx(0.0404, abs=5e-5)


def test_a_printed_outcome_goes_before_an_implied_one(facts: Facts) -> None:
    outcomes = ledger(facts, facts.catalogue.unit(WHOLE)).outcomes
    assert {year: (int(one.value), one.how) for year, one in outcomes.items() if year < 2024} == {
        2022: (-273_644, How.PRINTED),  # vb-2023, line 652
        2023: (-291_456, How.PRINTED),
    }


def test_a_contradicted_distance_implies_nothing(facts: Facts) -> None:
    """−333 881 − (−17 398) would make 2023 −316 483; the report contradicts itself there, and 2023 is printed."""
    outcomes = ledger(facts, facts.catalogue.unit(WHOLE)).outcomes
    assert all(f.line != 258 for one in outcomes.values() for f in one.figures)


def test_every_delivered_forecast_is_kept_and_the_open_year_is_not_graded(facts: Facts) -> None:
    found = ledger(facts, facts.catalogue.unit(WHOLE))
    assert found.closed == (2022, 2023, 2024)
    per_year = {year: [one for one in found.entries if one.year == year] for year in range(2022, 2026)}
    assert [len(per_year[year]) for year in per_year] == [11, 11, 12, 10]
    assert all(one.miss is None for one in per_year[2025])
    assert [(one.figure.line, int(one.value)) for one in found.printed if one.figure] == [
        (258, -333_881),
        (283, -382_590),
        (285, -358_590),
    ]


def test_without_months_the_printed_forecasts_remain(empty_facts: Facts) -> None:
    found = ledger(empty_facts, empty_facts.catalogue.unit(WHOLE))
    assert len(found.entries) == 3
    assert found.closed == (2024,)


# --- the waterfall ---


def accounted(facts: Facts) -> list[Unit]:
    return [one for one in facts.catalogue.units.values() if one.kind not in {"enhet", "team"}]


def holds_together(found: Waterfall) -> None:
    assert found.steps[0].start == found.budget
    assert all(one.end == pytest.approx(other.start, abs=1e-9) for one, other in pairwise(found.steps))
    assert round(1000 * found.steps[-1].end) == round(1000 * found.total)
    assert round(1000 * (found.budget + sum(one.change for one in found.steps))) == round(1000 * found.total)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_steps_sum_to_the_forecast_to_the_krona(facts: Facts, month: Month) -> None:
    made = [waterfall(facts, unit, Period.month(month)) for unit in accounted(facts)]
    known = [one for one in made if one is not None]
    assert known
    for one in known:
        holds_together(one)


@pytest.mark.parametrize(
    ("period", "total", "labels"),
    [
        ("2025-T2", -358_590, {"Omvärldsbuffert": 24_000, "Avdelning barn och unga": -61_966}),
        ("2024-T2", -333_881, {"Avrundning": 1, "Barn- och ungdomsvård": -23_831}),
        ("2023", -291_456, {"Avrundning": -1, "Ekonomiskt bistånd": 5_999}),
    ],
)
def test_the_printed_tables_are_stepped_through(
    facts: Facts, empty_facts: Facts, period: str, total: float, labels: dict[str, float]
) -> None:
    for known in (facts, empty_facts):
        found = waterfall(known, known.catalogue.unit(WHOLE), Period.parse(period))
        assert found is not None
        holds_together(found)
        assert (found.total, found.origin) == (total, Origin.PUBLISHED)
        assert {one.label: one.change for one in found.steps if one.label in labels} == labels


def test_the_buffer_is_a_step_of_its_own_after_a_sum(facts: Facts) -> None:
    found = waterfall(facts, facts.catalogue.unit(WHOLE), Period.parse("2025-T2"))
    assert found is not None
    assert found.before_buffer == -382_590
    assert found.steps[-1].kind is StepKind.BUFFER


def test_a_unit_without_parts_steps_through_time(facts: Facts) -> None:
    found = waterfall(facts, facts.catalogue.unit("avd-vuxen"), Period.parse("2025-T2"))
    assert found is not None
    assert [(one.kind, one.change) for one in found.steps] == [
        (StepKind.SO_FAR, -18_336),
        (StepKind.REST, 3_476),
    ]


@pytest.mark.parametrize("unit", ["barn-ungdom-1", "avd-vuxen"])
def test_a_unit_without_accounts_has_no_waterfall(facts: Facts, unit: str) -> None:
    assert waterfall(facts, facts.catalogue.unit(unit), Period.parse("2024-T2")) is None


# --- volume and price ---


def lengths() -> list[Period]:
    periods = [Period.month(month) for month in MONTHS[12:]]
    periods += [Period.ytd(year, tertial) for year in (2023, 2024, 2025) for tertial in (1, 2)]
    return [
        *periods,
        Period.year(2023),
        Period.year(2024),
        Period.tertial(2024, 3),
        Period.r12(Month(2025, 8)),
    ]


@pytest.mark.parametrize("period", lengths(), ids=str)
def test_volume_and_price_are_the_change_in_every_period_and_unit(facts: Facts, period: Period) -> None:
    units = [one for one in facts.catalogue.units.values() if has_placements(facts, one)]
    found = cost_changes(facts, units, period, period.year_before())
    split = [one for one in found if one.split]
    assert {one.unit.id for one in split} >= {WHOLE, "avd-vuxen", "avd-barn-unga"}
    for one in split:
        assert one.split is not None
        assert one.now is not None
        assert one.then is not None
        cost = round(1000 * one.now.cost) - round(1000 * one.then.cost)
        assert one.split.volume + one.split.price == one.split.change == cost
        dearer = ((one.now.price or 0) - (one.then.price or 0)) * one.now.volume
        assert one.split.price == pytest.approx(dearer, abs=2)


@pytest.mark.parametrize(
    ("unit", "period", "other", "said"),
    [
        (WHOLE, "2025-T2", "2025-T1", "olika långa"),
        (WHOLE, "2022-T1", "2021-T1", "Månadsvärden saknas"),
        ("avd-overgripande", "2025-T2", "2024-T2", "inga månadsvärden"),
        ("barn-ungdom-1", "2025-T2", "2024-T2", "följs inte"),
    ],
)
def test_what_cannot_be_split_says_why(facts: Facts, unit: str, period: str, other: str, said: str) -> None:
    (one,) = cost_changes(facts, [facts.catalogue.unit(unit)], Period.parse(period), Period.parse(other))
    assert one.split is None
    assert said in one.reason


def test_what_if_costs_what_the_days_and_the_price_say(facts: Facts) -> None:
    found = what_if(facts, facts.catalogue.unit(WHOLE), Period.parse("2025-T2"), 3, -200)
    assert found is not None
    assert found.days == 122
    more = 3 * 122 * found.usual.price
    cheaper = -200 * (found.usual.rate + 3) * 122
    assert found.split.volume == pytest.approx(more, abs=2)
    assert found.split.price == pytest.approx(cheaper, abs=2)
    assert found.effect == -found.split.change / 1000
    assert found.full_year == pytest.approx(
        365
        * (found.usual.rate * found.usual.price - (found.usual.rate + 3) * (found.usual.price - 200))
        / 1000
    )


def test_no_change_is_no_effect_and_fewer_than_none_is_none(facts: Facts) -> None:
    unit, period = facts.catalogue.unit("avd-vuxen"), Period.parse("2025-T2")
    same = what_if(facts, unit, period, 0, 0)
    assert same is not None
    assert (same.split, same.effect, same.full_year) == (Split(0, 0), 0, 0)
    none = what_if(facts, unit, period, -5_000, -50_000)
    assert none is not None
    assert (none.other.rate, none.other.price) == (0, 0)
    assert none.effect == pytest.approx(none.usual.cost(none.days), abs=0.001)


@pytest.mark.parametrize(
    ("unit", "period"), [(WHOLE, "2024"), ("avd-overgripande", "2025-T2"), (WHOLE, "2030-01")]
)
def test_what_if_has_nothing_to_try_there(facts: Facts, unit: str, period: str) -> None:
    assert what_if(facts, facts.catalogue.unit(unit), Period.parse(period), 1, 1) is None
