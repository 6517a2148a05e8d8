"""The demo meets every printed figure, holds together from month to month, and is the same every time."""

from __future__ import annotations

import itertools
import shutil
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import catalogue, published
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import OverPeriod
from dashboard.domain.periods import Month, Period
from dashboard.errors import DataError
from dashboard.snapshots.demo import PROFILE, build_demo, demo_tables, ledger_of
from dashboard.snapshots.demo.constraints import Constraint
from dashboard.snapshots.demo.plan import resolve
from dashboard.snapshots.demo.solve import Equation, disaggregate, share_out, smooth, whole, window
from dashboard.snapshots.store import Store

DATA = Path(__file__).resolve().parents[2] / "data"
CATALOGUE = catalogue.load(DATA / "catalogue")
PUBLISHED = published.load(DATA / "published")
LEDGER = ledger_of(CATALOGUE, PUBLISHED)

Tables = dict[tuple[str, Month], pa.Table]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return demo_tables(CATALOGUE, PUBLISHED)


@pytest.fixture(scope="module")
def rows(tables: Tables) -> Rows:
    found: Rows = defaultdict(list)
    for (dataset, _), table in tables.items():
        found[dataset] += table.to_pylist()
    return found


# --- Every printed figure ---------------------------------------------------------------------------------


def belongs(unit: str, wanted: str) -> bool:
    """Whether a row of ``unit`` counts towards ``wanted`` (``a+b``: both)."""
    names = wanted.split("+")
    if unit in names:
        return True
    if CATALOGUE.units[unit].kind in {"varav", "buffert"}:
        return False
    parent = CATALOGUE.units[unit].parent
    return parent is not None and belongs(parent, wanted)


def reading(rows: Rows, name: str, unit: str, period: Period) -> float:
    """The slow and obvious way: walk through the rows and add."""
    indicator = resolve(name, CATALOGUE.indicators)
    first, last = period.start, period.end
    if indicator.over_period is OverPeriod.R12:
        first = last.shift(-11)
    if indicator.over_period is OverPeriod.LAST or indicator.terms[0].dataset == "ekonomi":
        first = last

    def total(terms: Any) -> float:
        amount = 0.0
        for term in terms:
            category = CONTRACTS[term.dataset].category
            for row in rows[term.dataset]:
                inside = first <= Month.of(row["month"]) <= last and belongs(row["unit"], unit)
                if inside and (not term.category or row[category] == term.category):
                    amount += term.factor * row[term.column]
        return amount

    months = last.index - first.index + 1
    if indicator.per:
        below = total(indicator.per) / (months if indicator.per_mean else 1)
        return indicator.scale * total(indicator.terms) / below
    return total(indicator.terms) / (months if indicator.over_period is OverPeriod.MEAN else 1)


@pytest.mark.parametrize("constraint", LEDGER.constraints, ids=lambda constraint: constraint.label)
def test_every_constraint_is_met(rows: Rows, constraint: Constraint) -> None:
    value = reading(rows, constraint.indicator, constraint.unit, constraint.period)
    assert constraint.admits(value), f"{value} instead of {constraint.qualifier} {constraint.value}"


def test_whole_numbers_are_met_to_the_last_unit(rows: Rows) -> None:
    """Counts, means of counts and kronor are exact; only ratios are held to their printed precision."""
    for constraint in LEDGER.constraints:
        if not constraint.qualifier and not resolve(constraint.indicator, CATALOGUE.indicators).per:
            value = reading(rows, constraint.indicator, constraint.unit, constraint.period)
            assert value == pytest.approx(constraint.value, abs=1e-6), constraint.label


def test_every_printed_figure_of_a_monthly_indicator_is_accounted_for() -> None:
    monthly = [
        figure
        for figure in PUBLISHED.figures
        if figure.indicator in CATALOGUE.indicators and CATALOGUE.indicators[figure.indicator].monthly
    ]
    sorted_figures = len(LEDGER.constraints) + len(LEDGER.exceptions) + len(LEDGER.not_constraining)
    extras = sorted_figures - len(monthly)
    assert extras == 14  # the [[extra]] rows of data/demo/constraints.toml
    assert all(reason for _, reason in (*LEDGER.exceptions, *LEDGER.not_constraining))


def test_the_known_values_of_the_reports_are_there(rows: Rows) -> None:
    """A literal list, read by hand: the ledger could lose a figure without any other test noticing."""
    known = [
        ("hushall-langvarigt", "2023-01", 208),
        ("hushall-langvarigt", "2023-08", 195),
        ("hushall-langvarigt", "2023-12", 170),
        ("hushall-langvarigt", "2024-04", 185),
        ("hushall-langvarigt", "2024-08", 180),
        ("hushall-langvarigt", "2025-04", 166),
        ("hushall-langvarigt", "2025-08", 159),
        ("hushall-bistand", "2024-T2", 374),
        ("hushall-bistand", "2025-T2", 389),
        ("barn-bistand", "2023-01", 118),
        ("barn-bistand", "2023-12", 90),
        ("barn-bistand", "2024-05", 133),
        ("barn-bistand", "2024-08", 100),
        ("barn-bistand", "2024-01..2024-06", 132),
        ("barn-bistand", "2025-01..2025-06", 128),
        ("bistand-avslutade", "2025-T2", 131),
        ("anmalningar-barn", "2022", 2496),
        ("anmalningar-barn", "2023", 2985),
        ("arbetsmarknad-avslutade", "2024-T2", 122),
        ("sjukfranvaro", "2024-02", 9.72),
        ("sjukfranvaro", "2024-08", 4.51),
        ("sjukfranvaro-r12", "2022", 6.61),
        ("sjukfranvaro-r12", "R12-2023-04", 6.80),
        ("sjukfranvaro-r12", "R12-2024-08", 7.64),
        ("sjukfranvaro-r12", "R12-2025-08", 5.69),
        ("personalomsattning", "R12-2025-04", 10.57),
        ("personalomsattning", "R12-2025-08", 9.85),
        ("puls", "2024-08", 4.98),
    ]
    for name, period, value in known:
        decimals = CATALOGUE.indicators[name].decimals
        found = reading(rows, name, "forvaltningen", Period.parse(period))
        assert round(found, decimals) == value, (name, period)


def test_an_exception_is_one_that_the_series_really_does_not_meet(rows: Rows) -> None:
    for figure in PUBLISHED.figures:
        name = f"{figure.indicator} {figure.org} {figure.period} {figure.measure}"
        if figure.org and any(
            label.startswith(f"{name} ({figure.source} rad {figure.line})") for label, _ in LEDGER.exceptions
        ):
            value = reading(rows, figure.indicator, figure.org, figure.when)
            assert round(Decimal(value), 2) != figure.value, name


def test_printed_totals_are_the_sums_of_their_rows_but_for_rounding(rows: Rows) -> None:
    months = {name: report.period.end for name, report in CATALOGUE.reports.items()}
    for figure in PUBLISHED.figures:
        if figure.org != "forvaltningen" or figure.measure not in {
            "utfall",
            "budget",
            "prognos",
            "helarsbudget",
        }:
            continue
        if figure.indicator not in {
            "ekonomi-utfall",
            "ekonomi-budget",
            "ekonomi-prognos",
            "ekonomi-helarsbudget",
        }:
            continue
        full_year = figure.measure in {"prognos", "helarsbudget"}
        period = Period.month(months[figure.source]) if full_year else figure.when
        sums = [
            reading(rows, figure.indicator, unit, period)
            for unit in ("forvaltningen", "forvaltningen+omvarldsbuffert")
        ]
        assert min(abs(value - float(figure.value)) for value in sums) <= 2, figure


def test_printed_changes_hold(rows: Rows) -> None:
    """Circa 4 per cent more households in the first half of 2025, circa 10 fewer long-term ones in April."""
    for name, now, before, change in (
        ("hushall-bistand", "2025-01..2025-06", "2024-01..2024-06", 4),
        ("hushall-langvarigt", "2025-04", "2024-04", -10),
    ):
        new, old = (reading(rows, name, "forvaltningen", Period.parse(period)) for period in (now, before))
        assert round(100 * (new / old - 1)) == change


def test_sick_leave_falls_from_january_to_august_2024_in_units_that_had_much(rows: Rows) -> None:
    months = Month(2024, 1).until(Month(2024, 8))
    whole_rate = [reading(rows, "sjukfranvaro", "forvaltningen", Period.month(month)) for month in months]
    assert whole_rate == sorted(whole_rate, reverse=True)
    units = {row["unit"] for row in rows["medarbetare"]}
    worst = [
        max(reading(rows, "sjukfranvaro", unit, Period.month(month)) for month in months[:5])
        for unit in units
    ]
    assert sum(rate > 15 for rate in worst) >= 3
    assert sum(rate > 20 for rate in worst) >= 2


# --- Hedges and the ledger --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "value", "decimals", "inside", "outside"),
    [
        ("", 374, 0, (374.0, 374.4), (373.4, 375.0)),
        ("", 7.64, 2, (7.641,), (7.63, 7.646)),
        ("drygt", 42, 0, (42.2,), (42.0, 41.9, 43.0)),
        ("över", 16, 0, (16.5,), (15.9, 17.0)),
        ("knappt", 7, 0, (6.8,), (7.0, 6.0)),
        ("ca", 2, 0, (1.8, 2.2), (2.6,)),
    ],
)
def test_a_hedged_word_admits_what_a_reader_would_print_with_it(
    qualifier: str, value: float, decimals: int, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    constraint = Constraint("x", "y", Period.year(2023), value, decimals, "vb-2023", 1, qualifier)
    assert all(constraint.admits(number) for number in (*inside, constraint.target))
    assert not any(constraint.admits(number) for number in outside)


def test_a_figure_that_no_series_can_meet_stops_the_demo() -> None:
    long = next(figure for figure in PUBLISHED.figures if figure.indicator == "hushall-langvarigt")
    wrong = SimpleNamespace(
        figures=(*PUBLISHED.figures, replace(long, period="2023-02", value=Decimal(2080)))
    )
    with pytest.raises(DataError, match="gränser"):
        demo_tables(CATALOGUE, wrong)


def test_two_figures_that_contradict_each_other_stop_the_demo() -> None:
    first = next(figure for figure in PUBLISHED.figures if figure.indicator == "anmalningar-barn")
    wrong = SimpleNamespace(figures=(*PUBLISHED.figures, replace(first, value=first.value + 1, line=1)))
    with pytest.raises(DataError, match="anmalningar-barn"):
        demo_tables(CATALOGUE, wrong)


def test_an_exception_without_its_figure_is_a_fault() -> None:
    left = SimpleNamespace(figures=[f for f in PUBLISHED.figures if f.indicator != "barnfamiljer-bistand"])
    with pytest.raises(DataError, match="inte längre möter"):
        ledger_of(CATALOGUE, left)


# --- The months hold together -----------------------------------------------------------------------------


def test_all_months_and_nothing_after_august_2025(tables: Tables) -> None:
    months = Month(2022, 1).until(Month(2025, 8))
    for dataset in CONTRACTS:
        first = Month(2023, 1) if dataset == "bedomningar" else months[0]  # goals are valid from 2023
        assert [month for name, month in tables if name == dataset] == list(first.until(months[-1]))


def test_every_table_keeps_its_contract_and_units_exist_in_their_month(tables: Tables) -> None:
    kinds = {name: unit.kind for name, unit in CATALOGUE.units.items()}
    for (dataset, month), table in tables.items():
        assert CONTRACTS[dataset].faults(table, month, kinds) == []
        assert all(CATALOGUE.units[unit].existed(month) for unit in set(table["unit"].to_pylist())), (
            dataset,
            month,
        )


def test_accounts_follow_each_years_structure(tables: Tables) -> None:
    for month in (Month(2022, 6), Month(2023, 12), Month(2024, 8), Month(2025, 8)):
        units = set(tables["ekonomi", month]["unit"].to_pylist())
        money = {
            name for name, unit in CATALOGUE.units.items() if unit.kind in {"verksamhet", "varav", "buffert"}
        }
        money |= {"avd-overgripande", "avd-vuxen", "avd-barn-unga"} if month.year == 2025 else set()
        assert units == {name for name in money if CATALOGUE.units[name].existed(month)}


def series(rows: Rows, dataset: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Rows per unit and category, in order of months."""
    category = CONTRACTS[dataset].category
    found = defaultdict(list)
    for row in sorted(rows[dataset], key=lambda row: row["month"]):
        found[row["unit"], row[category] if category else ""].append(row)
    return found


@pytest.mark.parametrize(("dataset", "came"), [("placeringar", "paborjade"), ("utredningar", "inledda")])
def test_ongoing_is_what_was_plus_started_less_closed(rows: Rows, dataset: str, came: str) -> None:
    for key, months in series(rows, dataset).items():
        assert len(months) == 44
        for before, now in itertools.pairwise(months):
            assert now["pagaende"] == before["pagaende"] + now[came] - now["avslutade"], (key, now)


def test_days_fit_the_placements(rows: Rows) -> None:
    for months in series(rows, "placeringar").values():
        for row in months:
            days = (Month.of(row["month"]).shift(1).first_day - row["month"]).days
            assert (row["pagaende"] - row["paborjade"]) * days <= row["dygn"]
            assert row["dygn"] <= (row["pagaende"] + row["avslutade"]) * days
            assert (row["kostnad_tkr"] > 0) == (row["dygn"] > 0)


def test_children_families_and_households_fit(rows: Rows) -> None:
    for row in rows["bistand"]:
        assert row["barnfamiljer"] <= row["barn"]
        assert row["barnfamiljer"] <= row["hushall"]
        assert (row["barnfamiljer"] > 0) == (row["barn"] > 0)


def test_accumulated_money_never_falls_back_within_a_year(rows: Rows) -> None:
    for key, months in series(rows, "ekonomi").items():
        for before, now in itertools.pairwise(months):
            if before["month"].year == now["month"].year:
                for column in ("utfall_ack", "budget_ack"):
                    assert abs(now[column]) >= abs(before[column]), (key, now)
                    assert now[column] * before[column] >= 0
                assert now["budget_helar"] == before["budget_helar"]


def test_no_row_within_another_is_forecast_below_what_it_has_cost(rows: Rows) -> None:
    for (unit, *_), months in series(rows, "ekonomi").items():
        if "-varav-" in unit:
            assert all(month["prognos_helar"] <= month["utfall_ack"] for month in months), unit


def test_the_year_closes_on_its_budget_and_forecast(rows: Rows) -> None:
    for row in rows["ekonomi"]:
        if row["month"].month == 12:
            assert row["budget_ack"] == row["budget_helar"]
            assert row["prognos_helar"] == row["utfall_ack"]


def test_the_same_money_is_the_same_in_both_datasets(rows: Rows) -> None:
    for month in (Month(2025, 3), Month(2025, 8)):
        period = Period.between(Month(2025, 1), month)
        for name, unit, account in (
            ("bistand-utbetalt", "forvaltningen", "v2025-varav-ekonomiskt-bistand"),
            ("placeringar.kostnad_tkr/sarskilt-boende", "avd-vuxen", "v2025-varav-socialpsykiatri"),
        ):
            paid = reading(rows, name, unit, period)
            booked = reading(rows, "ekonomi-utfall", account, Period.month(month))
            assert abs(paid + booked) <= 0.5 + 1e-6


def test_assistance_paid_out_never_outgrows_its_account(rows: Rows) -> None:
    accounts = series(rows, "ekonomi")
    part, account = accounts["v2023-varav-forsorjning-ifo", ""], accounts["v2023-ekonomiskt-bistand", ""]
    for inner, outer in zip(part, account, strict=True):
        assert abs(inner["utfall_ack"]) <= abs(outer["utfall_ack"])


def test_parts_never_exceed_their_whole(rows: Rows) -> None:
    for row in rows["utredningar"]:
        assert row["avslutade_over_fyra_man"] <= row["avslutade"]
    for row in rows["arbetsmarknad"]:
        assert row["avslutade_arbete"] + row["avslutade_studier"] <= row["avslutade"]
    for row in rows["medarbetare"]:
        assert row["sjuktimmar_kort"] + row["sjuktimmar_lang"] <= row["ordinarie_timmar"]
        assert max(row["frisknarvaro_antal"], row["puls_svar"], row["slutat_externt"]) <= row["anstallda"]
        assert row["puls_svar"] <= row["puls_summa"] <= 6 * row["puls_svar"]
        assert 120 <= row["ordinarie_timmar"] / row["anstallda"] <= 185


def test_the_units_judge_goals_as_printed_for_august_2025(rows: Rows) -> None:
    for share in (a for a in PUBLISHED.assessments if a.subject_kind == "unit_share" and a.green is not None):
        colours = [
            row["colour"]
            for row in rows["bedomningar"]
            if row["goal"] == share.subject and row["month"] == date(2025, 8, 1)
        ]
        counts = tuple(colours.count(colour) for colour in ("green", "yellow", "red"))
        assert counts == (share.green, share.yellow, share.red), share.subject


def test_risks_have_the_printed_values_in_their_reports_month(rows: Rows) -> None:
    for risk in PUBLISHED.risks:
        month = CATALOGUE.reports[risk.source].period.end.first_day
        found = [row for row in rows["risker"] if row["risk"] == risk.risk and row["month"] == month]
        assert [row["probability"] * row["consequence"] for row in found] == [risk.value], risk
        assert found[0]["measures_status"] == risk.status


# --- The same every time ----------------------------------------------------------------------------------


def test_two_builds_give_the_same_bytes_and_a_third_adds_nothing(tmp_path: Path) -> None:
    stores = [Store(tmp_path / name) for name in ("a", "b")]
    told: list[tuple[str, float]] = []
    for store in stores:
        build_demo(store, CATALOGUE, PUBLISHED, lambda what, share: told.append((what, share)))
    first, second = (
        {path.relative_to(store.root): path.read_bytes() for path in store.root.rglob("*.parquet")}
        for store in stores
    )
    assert first == second
    build_demo(stores[0], CATALOGUE, PUBLISHED)
    assert len(stores[0].files()) == len(first) == 8 * 44 + 32
    assert stores[0].verify() == []
    shares = [share for _, share in told[: len(told) // 2]]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_month_is_known_from_the_tenth_of_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path)
    build_demo(store, CATALOGUE, PUBLISHED)
    eve = store.current(datetime(2025, 9, 10, 5, 59, tzinfo=UTC))
    assert max(file.month for file in eve) == Month(2025, 7)
    files = store.current(datetime(2025, 9, 10, 6, tzinfo=UTC))
    assert max(file.month for file in files) == Month(2025, 8)
    assert store.footer(files[0])["origin"] == "synthetic"
    assert store.footer(files[0])["loaded_by"] == "demo"


@pytest.mark.parametrize("seed", [1, 7])
def test_another_seed_gives_other_months_that_meet_the_same_figures(
    tmp_path: Path, tables: Tables, seed: int
) -> None:
    profile = shutil.copytree(PROFILE, tmp_path / "demo")
    text = (profile / "profile.toml").read_text(encoding="utf-8")
    (profile / "profile.toml").write_text(text.replace("seed = 20250831", f"seed = {seed}"), encoding="utf-8")
    other = demo_tables(CATALOGUE, PUBLISHED, profile)  # raises if a constraint is not met
    assert other["bistand", Month(2022, 5)] != tables["bistand", Month(2022, 5)]


# --- The arithmetic ---------------------------------------------------------------------------------------

LEVELS = st.lists(st.integers(5, 400), min_size=4, max_size=30)


@settings(max_examples=60, deadline=None)
@given(LEVELS, st.data())
def test_paths_meet_overlapping_sums_exactly_and_stay_positive(
    levels: list[int], data: st.DataObject
) -> None:
    """Points and overlapping sums of known whole numbers are found again by the rounded path."""
    truth, size = np.array(levels), len(levels)
    windows = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=6))
    edges = [(min(pair), max(pair)) for pair in windows]
    equations = [
        window(size, first, last, float(truth[first : last + 1].sum()), f"{first}-{last}")
        for first, last in edges
    ]
    pattern = np.array(
        truth * np.array(data.draw(st.lists(st.floats(0.8, 1.25), min_size=size, max_size=size)))
    )
    noise = np.array(data.draw(st.lists(st.floats(-0.1, 0.1), min_size=size, max_size=size)))
    path = disaggregate(pattern, equations, noise, low=-np.inf)
    counts = whole(path)
    assert np.all(np.abs(counts - path) < 1 + 1e-5)
    for first, last in edges:
        assert counts[first : last + 1].sum() == truth[first : last + 1].sum()
    if np.all(path >= 0):
        assert np.all(counts >= 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(50, 150), min_size=6, max_size=18), st.integers(0, 2**32 - 1))
def test_no_other_path_through_the_same_sums_is_smoother(levels: list[float], seed: int) -> None:
    pattern, size = np.array(levels), len(levels)
    equations = [window(size, 0, size // 2, 400.0, "first"), window(size, size - 1, size - 1, 90.0, "last")]
    path = smooth(pattern, equations)

    def roughness(values: Any) -> float:
        ratio = values / pattern
        return float(sum((ratio[spot + 1] - ratio[spot]) ** 2 for spot in range(size - 1)))

    chance = np.random.Generator(np.random.PCG64(seed))
    for _ in range(10):
        step = chance.normal(0.0, 1.0, size)
        step[: size // 2 + 1] -= step[: size // 2 + 1].mean()
        step[-1] = 0.0
        assert roughness(path) <= roughness(path + step) + 1e-6


def test_sums_that_contradict_each_other_are_refused_by_name() -> None:
    pattern = np.full(6, 10.0)
    equations = [window(6, 0, 5, 60.0, "year"), window(6, 0, 2, 30.0, "first"), window(6, 3, 5, 31.0, "last")]
    with pytest.raises(DataError, match="last"):
        smooth(pattern, equations)


def test_a_path_that_must_go_below_zero_is_refused() -> None:
    equations = [window(4, 0, 0, 10.0, "point"), Equation(np.array([1.0, 1.0, 0.0, 0.0]), 4.0, "sum")]
    with pytest.raises(DataError, match="gränser"):
        disaggregate(np.full(4, 5.0), equations, np.zeros(4))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 300), st.lists(st.floats(0, 50), min_size=1, max_size=8), st.data())
def test_sharing_out_keeps_the_total_and_the_caps(
    total: int, weights: list[float], data: st.DataObject
) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    mass = sum(weights)
    if mass > 1e-6:
        assert all(
            abs(part - total * weight / mass) < 1 + 1e-5 for part, weight in zip(parts, weights, strict=True)
        )
    caps = [part + data.draw(st.integers(0, 3)) for part in data.draw(st.permutations(parts))]
    capped = share_out(total, weights, caps)
    assert sum(capped) == total
    assert all(0 <= part <= cap for part, cap in zip(capped, caps, strict=True))


def test_sharing_out_more_than_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shared out"):
        share_out(5, [1, 1], [2, 2])
