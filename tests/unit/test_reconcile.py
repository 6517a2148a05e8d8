"""The reconciliation: each rule on small made-up layers, then the three reports with the numbers they get wrong."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard.catalogue import Catalogue
from dashboard.cli import main
from dashboard.domain.layout import ReportTable, TableColumn, TableRow
from dashboard.domain.model import Colour
from dashboard.domain.periods import Period
from dashboard.errors import PublishedError
from dashboard.published import Apart, Assessment, Contradiction, Figure, Published, RiskRow
from dashboard.reconcile import (
    Finding,
    Reconciliation,
    Relations,
    lines,
    load_relations,
    reconcile,
)
from dashboard.reconcile.findings import severity
from dashboard.reconcile.printed import span
from dashboard.reconcile.relations import Cleared, Kind, Named, Relation

SOURCE, ROOT = "t2-2025", "forvaltningen"
T2, YEAR = Period.parse("2025-T2"), Period.year(2025)
NOTHING = Published((), (), (), (), (), (), (), (), ())
BARE = Relations()


def figure(line: int, value: str, **other: str) -> Figure:
    """A figure of the report on T2 2025: a number of households, unless told otherwise."""
    told = {
        "source": SOURCE,
        "section": "Avsnitt",
        "indicator": "hushall-bistand",
        "label": "Hushåll",
        "org": ROOT,
        "period_kind": "ytd",
        "period": "2025-T2",
        "measure": "utfall",
        "unit": "antal",
        "qualifier": "",
        "note": "",
        **other,
    }
    return Figure(line=line, value=Decimal(value), **told)


def run(
    catalogue: Catalogue,
    figures: Iterable[Figure] = (),
    declared: Relations = BARE,
    tables: Iterable[ReportTable] = (),
    assessments: Iterable[Assessment] = (),
    risks: Iterable[RiskRow] = (),
    apart: tuple[Apart, ...] = (),
) -> Reconciliation:
    layer = replace(
        NOTHING, figures=tuple(figures), assessments=tuple(assessments), risks=tuple(risks), apart=apart
    )
    return reconcile(layer, replace(catalogue, tables={one.id: one for one in tables}), declared)


def told(found: Reconciliation) -> set[tuple[str, int, str, str]]:
    """(kind, line, printed, computed) of every finding."""
    return {(one.kind, one.line, one.printed, one.computed) for one in found.findings}


# --- tables -----------------------------------------------------------------------------------------------

COLUMNS = {
    "utfall": T2,
    "budget": T2,
    "avvikelse": T2,
    "prognos": YEAR,
    "helarsbudget": YEAR,
    "prognosavvikelse": YEAR,
}
DIFFERENCES = {"avvikelse": ("utfall", "budget"), "prognosavvikelse": ("prognos", "helarsbudget")}
Cell = tuple[int, str]
Equation = tuple[str, Cell, tuple[Cell, ...]]  # kind, the cell that follows, what it follows from


def table(styles: Mapping[int, str], unit: str = "tkr") -> ReportTable:
    return ReportTable(
        id="tabell",
        source=SOURCE,
        title="En tabell",
        period=T2,
        first_line=min(styles),
        last_line=max(styles),
        columns=tuple(TableColumn(label=name, measure=name, period=when) for name, when in COLUMNS.items()),
        rows=tuple(TableRow(line, style) for line, style in styles.items()),
        unit=unit,
    )


def cells_of(values: Mapping[Cell, int]) -> list[Figure]:
    kinds = {T2: ("ytd", "2025-T2"), YEAR: ("year", "2025")}
    return [
        figure(
            line,
            str(value),
            indicator=f"ekonomi-{measure}",
            label=f"Rad {line}",
            org=f"rad-{line}",
            measure=measure,
            unit="tkr",
            period_kind=kinds[COLUMNS[measure]][0],
            period=kinds[COLUMNS[measure]][1],
        )
        for (line, measure), value in values.items()
    ]


def consistent(
    rows: list[tuple[int, int, int, int]], buffer: int | None
) -> tuple[dict[int, str], dict[Cell, int], list[Equation]]:
    """Styles, cells and equations of a table: rows, a total, a buffer with a new total, and a varav row."""
    styles = dict.fromkeys(range(1, len(rows) + 1), "row")
    values: dict[Cell, int] = {}
    equations: list[Equation] = []
    for line, numbers in enumerate(rows, 1):
        _fill(values, line, dict(zip(("utfall", "budget", "prognos", "helarsbudget"), numbers, strict=True)))
    total = len(rows) + 1
    styles[total] = "total"
    for measure in COLUMNS:
        values[total, measure] = sum(values[line, measure] for line in range(1, total))
        equations.append(("sum", (total, measure), tuple((line, measure) for line in range(1, total))))
    totals = [total]
    if buffer is not None:
        styles |= {total + 1: "buffer", total + 2: "total"}
        values[total + 1, "prognos"] = buffer
        for measure in COLUMNS:
            touched = measure in {"prognos", "prognosavvikelse"}
            values[total + 2, measure] = values[total, measure] + (buffer if touched else 0)
            terms = [(line, measure) for line in range(1, total)]
            terms += [(total + 1, "prognos")] if touched else []
            equations.append(("sum", (total + 2, measure), tuple(terms)))
        totals.append(total + 2)
    varav = max(styles) + 1
    styles[varav] = "varav"
    _fill(values, varav, {"utfall": 7, "budget": 5, "prognos": 10, "helarsbudget": 9})
    equations += [
        ("comparison", (line, result), ((line, minuend), (line, subtrahend)))
        for line in [*range(1, total), *totals, varav]
        for result, (minuend, subtrahend) in DIFFERENCES.items()
    ]
    return styles, values, equations


def _fill(values: dict[Cell, int], line: int, given: Mapping[str, int]) -> None:
    values.update({(line, measure): value for measure, value in given.items()})
    for result, (minuend, subtrahend) in DIFFERENCES.items():
        values[line, result] = given[minuend] - given[subtrahend]


AMOUNT = st.integers(-999_999, 999_999)
ROWS = st.lists(st.tuples(AMOUNT, AMOUNT, AMOUNT, AMOUNT), min_size=1, max_size=11)


@given(rows=ROWS, buffer=st.none() | AMOUNT)
def test_a_table_that_adds_up_gives_no_finding(
    catalogue: Catalogue, rows: list[tuple[int, int, int, int]], buffer: int | None
) -> None:
    styles, values, equations = consistent(rows, buffer)
    found = run(catalogue, cells_of(values), tables=[table(styles)])
    assert found.findings == ()
    assert found.tables[0].cells == len(values)
    assert found.tables[0].recomputed == len({cell for _, cell, _ in equations})


@given(rows=ROWS, buffer=st.none() | AMOUNT, data=st.data())
def test_a_planted_error_is_found_in_the_cells_that_it_touches_and_nowhere_else(
    catalogue: Catalogue, rows: list[tuple[int, int, int, int]], buffer: int | None, data: st.DataObject
) -> None:
    styles, values, equations = consistent(rows, buffer)
    planted = data.draw(st.sampled_from(sorted(values)))
    size = data.draw(st.integers(-5_000, 5_000).filter(bool))
    wrong = values | {planted: values[planted] + size}
    found = run(catalogue, cells_of(wrong), tables=[table(styles)])
    touched = {(kind, cell) for kind, cell, terms in equations if planted == cell or planted in terms}
    assert {(one.kind, (one.line, one.measure)) for one in found.findings} == touched
    for one in found.findings:
        assert abs(Decimal(one.printed) - Decimal(one.computed)) == abs(size)
        assert one.severity == ("rounding" if abs(size) <= 2 else "real")


@pytest.mark.parametrize(
    ("difference", "step", "how"),
    [
        ("2", "1", "rounding"),
        ("-2", "1", "rounding"),
        ("3", "1", "real"),
        ("0.2", "0.1", "rounding"),
        ("0.3", "0.1", "real"),
        ("1", "0", "real"),  # counts are not rounded
    ],
)
def test_two_steps_of_the_last_printed_digit_are_rounding(difference: str, step: str, how: str) -> None:
    assert severity(Decimal(difference), Decimal(step)) == how


def test_the_sentence_of_a_table_says_what_is_printed_and_what_the_cells_give(catalogue: Catalogue) -> None:
    styles, values, _ = consistent([(-120, -100, -180, -150)], None)
    found = run(catalogue, cells_of(values | {(1, "avvikelse"): -1234}), tables=[table(styles)])
    (one,) = [finding for finding in found.findings if finding.kind == "comparison"]
    assert one.sentence == (
        "Rad 1, avvikelse: tryckt −1\u202f234\u00a0tkr, men utfall minus budget på samma rad ger "
        "−20\u00a0tkr; skillnad 1\u202f214\u00a0tkr."
    )


# --- printed precision and hedges --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "inside", "outside"),
    [
        ("7.37", "procent", "", ["7.365", "7.375"], ["7.36", "7.38"]),
        ("7", "procent", "", ["6.5", "7.5"], ["7.6"]),
        ("316", "antal", "", ["316"], ["315", "317"]),
        ("20", "mnkr", "", ["19500", "20352"], ["21000"]),  # in tkr
        ("4", "procent", "ca", ["3", "5"], ["5.1"]),
        ("128", "antal", "cirka", ["122", "134"], ["121", "135"]),
        ("9", "procent", "drygt", ["9", "10"], ["8", "10.5"]),
        ("7", "procent", "knappt", ["6", "7"], ["8.26"]),
        ("65", "procent", "minst", ["65", "1000"], ["64"]),
        ("4", "antal", "inom", ["0", "4"], ["5"]),
        ("10", "antal", "uppemot", ["9", "11"], ["12"]),  # a hedge nobody has met reads as ca
    ],
)
def test_a_printed_number_stands_for_what_its_decimals_and_hedge_allow(
    value: str, unit: str, qualifier: str, inside: list[str], outside: list[str]
) -> None:
    reach = span(figure(1, value, unit=unit, qualifier=qualifier))
    assert all(reach.low <= Decimal(one) <= reach.high for one in inside)
    assert not any(reach.low <= Decimal(one) <= reach.high for one in outside)


# --- the same thing twice ----------------------------------------------------------------------------------


def test_one_thing_with_two_values_is_text_against_table_or_report_against_report(
    catalogue: Catalogue,
) -> None:
    here = figure(10, "12")
    assert told(run(catalogue, [here, figure(20, "13")])) == {("text-table", 10, "12", "13")}
    later = figure(5, "13", source="delar2-2024")
    assert told(run(catalogue, [here, later])) == {("between-reports", 5, "13", "12")}
    assert run(catalogue, [here, figure(20, "12")]).counts.repeated_figures == 1


@pytest.mark.parametrize(
    "other",
    [
        {"org": "cai"},
        {"measure": "mal"},
        {"unit": "procent"},
        {"period": "2025-T1"},
        {"qualifier": "drygt", "value": "11"},  # 11 to 12.1
        {"indicator": "barn-bistand"},
    ],
)
def test_what_is_another_thing_or_may_be_the_same_value_is_no_contradiction(
    catalogue: Catalogue, other: dict[str, str]
) -> None:
    value = other.pop("value", "13")
    assert run(catalogue, [figure(10, "12"), figure(20, value, **other)]).findings == ()


def test_a_stock_read_by_its_last_month_is_the_same_in_the_month_and_in_the_tertial(
    catalogue: Catalogue,
) -> None:
    tertial = figure(10, "185", indicator="hushall-langvarigt")
    month = figure(20, "180", indicator="hushall-langvarigt", period_kind="month", period="2025-08")
    assert told(run(catalogue, [tertial, month])) == {("text-table", 10, "185", "180")}


def test_rolling_twelve_months_in_december_are_the_year(catalogue: Catalogue) -> None:
    rolling = {"indicator": "sjukfranvaro-r12", "unit": "procent"}
    year = figure(10, "7.52", **rolling, period_kind="year", period="2023")
    december = figure(20, "7.61", **rolling, period_kind="r12", period="2023-12")
    assert told(run(catalogue, [year, december])) == {("text-table", 10, "7.52", "7.61")}


def test_figures_declared_to_be_different_things_are_kept_apart_as_long_as_that_is_needed(
    catalogue: Catalogue,
) -> None:
    apart = (Apart("hushall-bistand", "section", "Två avsnitt."),)
    two = [figure(10, "12"), figure(20, "13", section="Annat")]
    assert run(catalogue, two, apart=apart).findings == ()
    assert run(catalogue, two, apart=apart).faults == ()
    (idle,) = run(catalogue, two[:1], apart=apart).faults
    assert "hushall-bistand skiljer ingenting åt längre" in idle


def judged(line: int, colour: Colour, subject: str = "mo-medarbetare", **other: str) -> Assessment:
    told = {
        "source": "delar2-2024",
        "section": "Mål",
        "subject_kind": "goal",
        "label": "Medarbetare",
        "period_kind": "ytd",
        "period": "2024-T2",
        **other,
    }
    empty = dict.fromkeys(("green", "yellow", "red", "total"))
    words = {"description": "", "outcome": "", "target": "", "judged_by": "nämnden", "note": ""}
    return Assessment(line=line, subject=subject, colour=colour, **told, **empty, **words)  # type: ignore[arg-type]


def test_a_goal_with_two_colours_for_one_period_is_found_and_a_lost_colour_says_nothing(
    catalogue: Catalogue,
) -> None:
    rows = [judged(59, Colour.GREEN), judged(112, Colour.YELLOW), judged(120, Colour.UNKNOWN)]
    assert told(run(catalogue, assessments=rows)) == {("judgement", 59, "green", "yellow")}
    assert run(catalogue, assessments=[rows[0], rows[2]]).findings == ()


# --- comparisons, labels, risks, goals -----------------------------------------------------------------------


def test_two_comparisons_that_share_one_end_contradict_each_other_in_the_other(catalogue: Catalogue) -> None:
    own = {"indicator": "personalomsattning", "unit": "procent", "section": "Tabell"}
    text = own | {"section": "Text", "period_kind": "month"}
    figures = [
        figure(10, "15.9", **own),
        figure(10, "18.5", **own, period="2024-T2"),
        figure(20, "16.6", **text, period="2025-04"),
        figure(20, "18.5", **text, period="2024-04"),
    ]
    assert told(run(catalogue, figures)) == {
        ("text-table", 10, "15.9", "16.6"),
        ("period", 10, "18.5", "18.5"),
    }


def test_one_number_under_two_labels_with_different_comparisons_is_a_label_that_does_not_fit(
    catalogue: Catalogue,
) -> None:
    half = {"indicator": "barn-bistand", "label": "Barn", "period_kind": "half-year"}
    figures = [
        figure(10, "128", indicator="barnfamiljer-bistand", label="Barnfamiljer"),
        figure(10, "150", indicator="barnfamiljer-bistand", label="Barnfamiljer", period="2024-T2"),
        figure(20, "128", **half, period="2025-01..2025-06", section="Text"),
        figure(20, "132", **half, period="2024-01..2024-06", section="Text"),
    ]
    assert told(run(catalogue, figures)) == {
        ("text-table", 10, "150", "132"),
        ("label", 10, "128", "128"),
        ("period", 10, "128", "128"),
    }
    assert run(catalogue, [*figures[:3], replace(figures[3], value=Decimal(150))]).findings == ()


def test_a_share_that_is_a_count_is_told_at_each_of_its_lines(catalogue: Catalogue) -> None:
    apart = (Apart("enheter-som-nar-malen", "section", "Varje mål för sig."),)
    share = {"indicator": "enheter-som-nar-malen", "label": "Andelen enheter som når målen"}
    figures = [figure(10, "11", **share), figure(20, "6", **share, section="Annat")]
    found = run(catalogue, figures, apart=apart)
    assert told(found) == {("label", 10, "andel", "antal"), ("label", 20, "andel", "antal")}
    fits = [figure(10, "62", label="Andel i arbete", unit="procent"), figure(11, "3", label="Antal enheter")]
    assert run(catalogue, fits).findings == ()


def risk(value: int, previous: str = "") -> RiskRow:
    was = int(previous[-3:-1]) if previous else None
    return RiskRow(
        SOURCE, 9, "Ekonomi", "valfardsbrott", "Brott", 4, 4, value, was, previous, Colour.GREEN, "", ""
    )


def test_a_risk_value_is_the_product_it_is_printed_as(catalogue: Catalogue) -> None:
    assert run(catalogue, risks=[risk(16, "4x5 (20)")]).findings == ()
    assert told(run(catalogue, risks=[risk(20)])) == {("sum", 9, "20", "16")}
    assert told(run(catalogue, risks=[risk(16, "3x5 (20)")])) == {("sum", 9, "20", "15")}


def test_a_green_goal_is_held_against_indicators_that_get_worse_or_miss_their_target(
    catalogue: Catalogue,
) -> None:
    share = {"indicator": "egen-forsorjning-andel", "unit": "procent"}
    figures = [
        figure(203, "389"),
        figure(203, "374", period="2024-T2"),
        figure(215, "62", **share),
        figure(215, "65", **share, measure="mal", period_kind="year", period="2025", qualifier="minst"),
    ]
    own = {"source": SOURCE, "period": "2025-T2", "label": "Hållbarhet"}
    green = judged(67, Colour.GREEN, "km-hallbarhet", **own)
    found = run(catalogue, figures, assessments=[green])
    assert told(found) == {("judgement", 203, "389", "374"), ("judgement", 215, "62", "65")}
    assert {one.other_line for one in found.findings} == {67}
    better = [
        replace(figures[0], value=Decimal(370)),
        figures[1],
        replace(figures[2], value=Decimal(65)),
        figures[3],
    ]
    assert run(catalogue, better, assessments=[green]).findings == ()
    assert run(catalogue, figures, assessments=[replace(green, colour=Colour.YELLOW)]).findings == ()
    admitted = judged(203, Colour.RED, "hushall-bistand", **own, subject_kind="indicator")
    assert told(run(catalogue, figures, assessments=[green, admitted])) == {("judgement", 215, "62", "65")}


# --- declared relations ------------------------------------------------------------------------------------


def relation(kind: Kind, terms: int, *, result: bool = True, **other: object) -> Relations:
    """A relation over the labels A, B, C … of line 1, and R for the result."""
    given: dict[str, object] = {
        "terms": tuple(Named(label=letter) for letter in "ABCDEF"[:terms]),
        "result": Named(label="R") if result else None,
        **other,
    }
    return Relations((Relation("prov", kind, SOURCE, 1, "Provet", **given),))  # type: ignore[arg-type]


def numbers(unit: str, /, *values: str, **result: str) -> list[Figure]:
    """Figures A, B, C … of line 1, and the result R, whose value is given by name."""
    found = [
        figure(1, value, label=letter, indicator="", unit=unit)
        for letter, value in zip("ABCDEF", values, strict=False)
    ]
    if result:
        given = {"unit": unit, **result}
        found.append(figure(1, given.pop("value"), label="R", indicator="", **given))
    return found


@pytest.mark.parametrize(
    ("declared", "figures", "expected"),
    [
        (relation(Kind.SHARE, 2), numbers("antal", "69", "122", value="57", unit="procent"), set()),
        (
            relation(Kind.SHARE, 2),
            numbers("antal", "69", "122", value="58", unit="procent"),
            {("comparison", "58", "57")},
        ),
        (relation(Kind.CHANGE, 2), numbers("antal", "374", "389", value="4", unit="procent"), set()),
        (
            relation(Kind.CHANGE, 2),
            numbers("antal", "185", "166", value="-11", unit="procent"),
            {("comparison", "-11", "-10")},
        ),
        (
            relation(Kind.CHANGE, 2),
            numbers("antal", "185", "166", value="-11", unit="procent", qualifier="ca"),
            set(),
        ),
        (relation(Kind.CHANGE, 2), numbers("tkr", "-100", "-110", value="-10", unit="procent"), set()),
        (relation(Kind.MEAN, 3), numbers("procent", "1", "2", "3", value="2"), set()),
        (relation(Kind.MEAN, 2), numbers("procent", "1", "2", value="3"), {("comparison", "3", "2")}),
        (relation(Kind.SUM, 2), numbers("antal", "286", "30", value="316"), set()),
        (relation(Kind.SUM, 2), numbers("antal", "286", "31", value="316"), {("sum", "316", "317")}),
        (relation(Kind.SUM, 2), numbers("mnkr", "10.5", "2", value="13"), set()),  # 2 is 1.5 to 2.5
        (
            relation(Kind.SUM, 3, result=False, equals=100.0),
            numbers("procent", "67", "13", "21"),
            {("sum", "101", "100")},
        ),
        (relation(Kind.EQUAL, 2, result=False), numbers("antal", "316", "316"), set()),
        (
            relation(Kind.EQUAL, 2, result=False),
            numbers("antal", "316", "315"),
            {("text-table", "316", "315")},
        ),
        (relation(Kind.AT_MOST, 2), numbers("antal", "3", "2", value="10"), set()),
        (relation(Kind.AT_MOST, 2), numbers("antal", "3", "8", value="10"), {("sum", "10", "11")}),
    ],
)
def test_what_follows_from_a_relation(
    catalogue: Catalogue, declared: Relations, figures: list[Figure], expected: set[tuple[str, str, str]]
) -> None:
    found = run(catalogue, figures, declared)
    assert found.counts.relations == 1
    assert {(one.kind, one.printed, one.computed) for one in found.findings} == expected


def test_counts_are_exact_and_rounded_shares_are_not(catalogue: Catalogue) -> None:
    declared = relation(Kind.SUM, 3, result=False, equals=100.0)
    (shares,) = run(catalogue, numbers("procent", "67", "13", "21"), declared).findings
    (counts,) = run(catalogue, numbers("antal", "67", "13", "21"), declared).findings
    assert (shares.severity, counts.severity) == ("rounding", "real")


@pytest.mark.parametrize(
    ("says", "before", "after", "contradicted"),
    [
        ("up", "4.6", "5.1", False),
        ("up", "5.1", "4.6", True),
        ("down", "7.64", "7.71", True),
        ("down", "7.0", "7.0", False),  # may have sunk by less than the decimals show
        ("steady", "8.26", "9.85", True),
        ("steady", "8.26", "8.30", False),
        ("not-up", "7.0", "7.1", True),
        ("not-up", "7.1", "7.0", False),
        ("not-up", "7.0", "7.0", False),
        ("not-down", "7.1", "7.0", True),
    ],
)
def test_the_way_a_report_says_that_something_went(
    catalogue: Catalogue, says: str, before: str, after: str, contradicted: bool
) -> None:
    declared = relation(Kind.DIRECTION, 2, result=False, says=says)
    found = run(catalogue, numbers("procent", before, after), declared)
    assert told(found) == ({("text-table", 1, after, before)} if contradicted else set())


def test_periods_of_different_length_are_compared_by_the_month_when_that_is_declared(
    catalogue: Catalogue,
) -> None:
    half = {"period_kind": "half-year", "period": "2025-01..2025-06", "indicator": "", "label": "A"}
    figures = [figure(1, "7", **half), figure(1, "9", label="B", indicator="")]
    assert run(catalogue, figures, relation(Kind.DIRECTION, 2, result=False, says="not-up")).findings
    monthly = relation(Kind.DIRECTION, 2, result=False, says="not-up", per_month=True)
    assert run(catalogue, figures, monthly).findings == ()  # 9/8 is less than 7/6


def test_a_change_for_another_period_than_its_numbers_is_told(catalogue: Catalogue) -> None:
    half = {"period_kind": "half-year", "period": "2025-01..2025-06"}
    figures = numbers("antal", "374", "389", value="4", unit="procent", **half)
    figures[0] = replace(figures[0], period="2024-T2")
    assert told(run(catalogue, figures, relation(Kind.CHANGE, 2))) == {("period", 1, "4", "4")}


def test_a_number_from_outside_the_period_that_the_text_claims_is_told(catalogue: Catalogue) -> None:
    figures = numbers("antal", "195", "180")
    figures[0] = replace(figures[0], period_kind="month", period="2024-08")
    declared = relation(Kind.DIRECTION, 2, result=False, says="down", within=T2)
    assert told(run(catalogue, figures, declared)) == {("period", 1, "195", "195")}


def test_colours_follow_from_the_thresholds_and_from_what_the_text_says(catalogue: Catalogue) -> None:
    row = judged(59, Colour.GREEN, source=SOURCE, period="2025-T2")
    about = {"subject": "mo-medarbetare", "period": T2, "result": False}
    worse = numbers("tkr", "-110", "-100")
    economy = relation(Kind.ECONOMY, 2, **about)  # type: ignore[arg-type]
    assert told(run(catalogue, worse, economy, assessments=[row])) == {("judgement", 59, "green", "red")}
    within = numbers("tkr", "-99", "-100")
    assert run(catalogue, within, economy, assessments=[row]).findings == ()
    pulse = relation(Kind.PULSE, 1, **about)  # type: ignore[arg-type]
    found = run(catalogue, numbers("index", "4.98"), pulse, assessments=[row])
    assert told(found) == {("judgement", 59, "green", "yellow")}
    said = relation(Kind.COLOUR, 0, **about, says="yellow")  # type: ignore[arg-type]
    assert told(run(catalogue, declared=said, assessments=[row])) == {("judgement", 1, "yellow", "green")}
    lost = replace(row, colour=Colour.UNKNOWN)
    assert run(catalogue, declared=said, assessments=[lost]).findings == ()


def test_a_relation_to_a_figure_that_does_not_exist_or_to_other_units_is_a_fault_that_says_where(
    catalogue: Catalogue,
) -> None:
    found = run(catalogue, numbers("antal", "286", "30"), relation(Kind.SUM, 2))
    assert found.counts.relations == 0
    assert found.faults == (
        "relations.toml: prov pekar inte på ett enda tal: t2-2025 rad 1: R (0 tal passar)",
    )


def test_all_faults_of_the_relations_are_told_at_once(tmp_path: Path) -> None:
    assert load_relations(tmp_path) == Relations()
    head = '[[relation]]\nsource = "t2-2025"\nline = 1\ntext = "Prov"\n'
    (tmp_path / "relations.toml").write_text(
        f'{head}id = "a"\nkind = "sum"\nterms = [{{ line = 1 }}]\n'
        f'{head}id = "a"\nkind = "direction"\nsays = "uppåt"\nterms = [{{}}, {{}}]\n'
        f'{head}id = "b"\nkind = "okänd"\n'
        "[[annat]]\n",
        encoding="utf-8",
    )
    with pytest.raises(PublishedError) as caught:
        load_relations(tmp_path)
    assert [fault.split(": väntade")[0] for fault in caught.value.faults] == [
        "relations.toml: annat",
        "relations.toml: relation[b].kind",
        "relations.toml: relation[a].result",
        "relations.toml: relation[a].id",
        "relations.toml: relation[a].says",
    ]
    (tmp_path / "relations.toml").write_text("[[relation", encoding="utf-8")
    with pytest.raises(PublishedError, match="giltig TOML"):
        load_relations(tmp_path)


# --- against what a person has settled ---------------------------------------------------------------------


def settled(**other: object) -> Contradiction:
    row: dict[str, object] = {
        "id": "ett-fel",
        "kind": "text-table",
        "severity": "real",
        "found_by": "computation",
        "source": SOURCE,
        "line": 10,
        "measure": "hushall-bistand",
        "printed": "12",
        "computed": "13",
        "other_source": SOURCE,
        "other_line": 20,
        "sentence": "Tolv eller tretton.",
        **other,
    }
    return Contradiction(**row)  # type: ignore[arg-type]


def faults(catalogue: Catalogue, *rows: Contradiction, declared: Relations = BARE) -> tuple[str, ...]:
    layer = replace(NOTHING, figures=(figure(10, "12"), figure(20, "13")), contradictions=rows)
    return reconcile(layer, replace(catalogue, tables={}), declared).faults


def test_a_finding_needs_a_row_and_the_row_may_name_either_printing_first(catalogue: Catalogue) -> None:
    (new,) = faults(catalogue)
    assert new.startswith("Ny motsägelse, inte bedömd i contradictions.csv: t2-2025 rad 10: Hushåll, T2 2025")
    assert faults(catalogue, settled()) == ()
    assert faults(catalogue, settled(line=20, printed="13", other_line=10, computed="12")) == ()


def test_a_row_that_the_computation_does_not_confirm_is_a_fault(catalogue: Catalogue) -> None:
    (gone,) = faults(catalogue, settled(), settled(id="gammalt", line=11))
    assert gone.startswith("contradictions.csv: gammalt (t2-2025 rad 11) motsägs inte längre")
    (other,) = faults(catalogue, settled(severity="rounding"))
    assert "säger rounding men regeln för avrundning ger real" in other
    (same,) = faults(catalogue, settled(), settled(id="igen"))
    assert same == "contradictions.csv: igen säger samma sak som ett-fel."


def test_what_only_a_reader_sees_is_marked_so_and_is_never_rounding(catalogue: Catalogue) -> None:
    read = {"id": "last", "line": 99, "found_by": "reading"}
    assert faults(catalogue, settled(), settled(**read)) == ()
    (marked,) = faults(catalogue, settled(found_by="reading"))
    assert "hittas av beräkningen (upprepning); skriv computation i found_by" in marked
    (rounded,) = faults(catalogue, settled(), settled(**read, severity="rounding"))
    assert "avrundning är bara det som beräkningen visar" in rounded


def test_a_finding_that_is_no_contradiction_can_be_cleared_as_long_as_it_is_found(
    catalogue: Catalogue,
) -> None:
    one = Cleared("text-table", SOURCE, 10, "hushall-bistand", "Två mätningar.")
    assert faults(catalogue, declared=Relations(cleared=(one,))) == ()
    (idle, _new) = faults(catalogue, declared=Relations(cleared=(replace(one, line=11),)))
    assert "rad 11, avskriver ingenting längre" in idle


# --- the three reports -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(home: Path, catalogue: Catalogue, published: Published) -> Reconciliation:
    return reconcile(published, catalogue, load_relations(home / "data" / "published"))


def test_everything_found_in_the_reports_is_judged_and_everything_judged_is_found_or_read(
    reports: Reconciliation, published: Published
) -> None:
    assert reports.faults == ()
    assert {one.row.id for one in reports.settled if one.finding is None} == {
        row.id for row in published.contradictions if row.found_by == "reading"
    }
    assert len(reports.findings) == sum(one.finding is not None for one in reports.settled)


NAMED = [
    # delar2-2024, Avvikelse mot 2023: the total is neither the sum of its rows nor the difference it says
    ("sum", "real", "delar2-2024", 258, "avvikelse-foregaende-ar", "-17398", "-42425"),
    ("between-reports", "real", "delar2-2024", 258, "avvikelse-foregaende-ar", "-17398", "-42425"),
    # vb-2023, varav försörjningsstöd against 2022
    ("comparison", "real", "vb-2023", 654, "avvikelse-foregaende-ar", "-654", "3746"),
    ("comparison", "real", "vb-2023", 656, "avvikelse-foregaende-ar", "884", "659"),
    # Socialpsykiatri T2 2025
    ("comparison", "rounding", "t2-2025", 289, "avvikelse", "-7209", "-7208"),
    ("between-reports", "real", "delar2-2024", 85, "sjukfranvaro-r12", "7.64", "7.35"),
    # 128/150 against 128/132: the number, its label and what it is compared with
    ("label", "real", "t2-2025", 208, "barnfamiljer-bistand", "128", "128"),
    ("text-table", "real", "t2-2025", 208, "barnfamiljer-bistand", "150", "132"),
    # 159/185 against 166/185
    ("text-table", "real", "t2-2025", 209, "hushall-langvarigt", "159", "166"),
    ("period", "real", "t2-2025", 209, "hushall-langvarigt", "185", "185"),
    # 195 till 180 under perioden
    ("period", "real", "delar2-2024", 206, "hushall-langvarigt", "195", "195"),
    # risks that are green while what they are about gets worse
    ("judgement", "real", "t2-2025", 568, "personalomsattning", "9.85", "8.26"),
    # the 2024 rows that the catalogue carries on from 2023, within rounding
    ("between-reports", "rounding", "delar2-2024", 257, "avvikelse-foregaende-ar", "-3219", "-3220"),
    ("sum", "rounding", "vb-2023", 485, "etablering-andra-skal", "101", "100"),
]


@pytest.mark.parametrize("expected", NAMED, ids=lambda one: f"{one[2]}-{one[3]}-{one[0]}")
def test_the_contradictions_of_the_reports_are_computed(
    reports: Reconciliation, expected: tuple[str, str, str, int, str, str, str]
) -> None:
    assert expected in {_facts(finding) for finding in reports.findings}


def _facts(one: Finding) -> tuple[str, str, str, int, str, str, str]:
    return (one.kind, one.severity, one.source, one.line, one.measure, one.printed, one.computed)


def test_the_risk_that_is_green_although_its_comment_describes_failure_is_a_row_found_by_reading(
    reports: Reconciliation,
) -> None:
    (row,) = [one.row for one in reports.settled if one.row.id == "ej-verkstallda-gron"]
    assert (row.kind, row.found_by, row.line, row.printed) == ("judgement", "reading", 565, "green")


def test_what_is_right_is_not_found(reports: Reconciliation) -> None:
    wrong = {(one.source, one.line) for one in reports.findings}
    assert ("delar2-2024", 253) not in wrong  # Vård och vuxna: −82 581 against −81 607 is −974
    assert ("delar2-2024", 255) not in wrong  # Ekonomiskt bistånd against 2023: −23 150 − −24 283 is 1 133
    assert ("t2-2025", 285) not in wrong  # the total after the buffer
    assert ("delar2-2024", 163) not in wrong  # 69 of 122 is 57 per cent


def test_roundings_are_counted_by_table_and_every_real_contradiction_is_told_with_its_place(
    reports: Reconciliation,
) -> None:
    told = list(lines(reports))
    counted = {
        one.source: (one.recomputed, one.count("rounding"), one.count("real"))
        for one in reports.tables
        if one.recomputed
    }
    assert counted == {"vb-2023": (31, 13, 2), "delar2-2024": (22, 6, 2), "t2-2025": (26, 1, 0)}
    assert "  t2-2025, Ekonomisk tabell: 26 av 58 celler omräknade, 1 avrundning." in told
    for one in reports.settled:
        place = f"  {one.row.source} rad {one.row.line}: {one.row.sentence}"
        assert (place in told) is (one.row.severity == "real")


# --- by data alone -----------------------------------------------------------------------------------------


@pytest.fixture
def data(home: Path, tmp_path: Path) -> Path:
    """A copy of the board's data that a test may change."""
    return Path(shutil.copytree(home / "data", tmp_path / "home" / "data"))


def append(path: Path, *rows: list[object]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_a_fourth_report_is_reconciled_without_touching_code(data: Path) -> None:
    with (data / "catalogue/reports.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[report]]\nid = "vb-2025"\ntitle = "Verksamhetsberättelse 2025"\nshort = "Helår 2025"\n'
            'period = "2025"\nperiod_kind = "year"\nprevious = "t2-2025"\nfile = "vb.txt"\n'
        )
    year = 'period = "2025", period_kind = "year"'
    columns = ", ".join(
        f'{{ label = "{measure}", measure = "{measure}", {year} }}'
        for measure in ("utfall", "budget", "avvikelse")
    )
    (data / "catalogue/tables/vb-2025.toml").write_text(
        '[[table]]\nid = "ekonomi-vb-2025"\nsource = "vb-2025"\ntitle = "Resultat"\nunit = "tkr"\n'
        f'topic = "ekonomi"\nfirst_line = 1\nlast_line = 3\nperiod = "2025"\nperiod_kind = "year"\n'
        f'columns = [{columns}]\nrows = [{{ line = 1, style = "row" }}, {{ line = 2, style = "row" }}, '
        '{ line = 3, style = "total" }]\n',
        encoding="utf-8",
    )
    cells = {
        1: ("avd-vuxen", -100, -90, -10),
        2: ("avd-barn-unga", -200, -150, -55),
        3: (ROOT, -300, -240, -60),
    }
    rows: list[list[object]] = [
        [
            "vb-2025",
            line,
            "Ekonomi",
            f"ekonomi-{measure}",
            org,
            org,
            "year",
            2025,
            measure,
            value,
            "tkr",
            "",
            "",
        ]
        for line, (org, *values) in cells.items()
        for measure, value in zip(("utfall", "budget", "avvikelse"), values, strict=True)
    ]
    sick = [
        "Personal",
        "sjukfranvaro-r12",
        "Sjukfrånvaro",
        ROOT,
        "r12",
        "2025-08",
        "utfall",
        "5.90",
        "procent",
        "",
        "",
    ]
    rows.append(["vb-2025", 9, *sick])
    append(data / "published/figures.csv", *rows)
    with (data / "published/relations.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[relation]]\nid = "sjukfranvaron-steg"\nkind = "direction"\nsource = "vb-2025"\nline = 9\n'
            'text = "Sjukfrånvaron sägs ha stigit sedan 2024"\nsays = "up"\n'
            'terms = [{ source = "t2-2025", line = 504, period = "2024-08" }, { period = "2025-08" }]\n'
        )
    catalogue = catalogues.load(data / "catalogue")
    published = publications.load(data / "published")
    found = reconcile(published, catalogue, load_relations(data / "published"))
    new = {
        (one.kind, one.line, one.printed, one.computed)
        for one in found.findings
        if "vb-2025" in {one.source, one.other_source}
    }
    assert new == {
        ("comparison", 2, "-55", "-50"),
        ("sum", 3, "-60", "-65"),
        ("between-reports", 495, "5.69", "5.90"),
        ("between-reports", 9, "5.90", "7.35"),
    }
    assert len(found.faults) == len(new)
    assert all(fault.startswith("Ny motsägelse, inte bedömd") for fault in found.faults)


def test_check_ends_with_1_when_a_contradiction_has_not_been_judged(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(data.parent))
    monkeypatch.setenv("DASHBOARD_DATA", str(data.parent / "var"))
    assert main(["check"]) == 0
    path = data / "published/contradictions.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("r12-augusti-2024,")), encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert "Ny motsägelse, inte bedömd i contradictions.csv: delar2-2024 rad 85" in said.err
    assert said.out.endswith("1 fel.\n")
    (data / "published/relations.toml").write_text("[[relation", encoding="utf-8")
    assert main(["check"]) == 1
    assert "Sambanden i" in capsys.readouterr().err
