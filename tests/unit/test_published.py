"""The published layer: the printed cells, the arithmetic of the tables, and how the loader tells of faults.

The three economic tables are listed here once more, typed from the reports on their own, so that a slip in
``data/published`` cannot agree with itself.
"""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.domain.model import Colour
from dashboard.errors import PublishedError
from dashboard.published import Figure, Published, load
from tools.check_published import stands

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "published"

VB_2023 = """
630 -91802 -91593 -210 -85797 -6006
632 -30336 -32360 2023 -29330 -1006
634 -81735 -75724 -6012 -71551 -10184
636 -3209 -3123 -86 -2519 -690
638 -24283 -30282 6000 -28131 3848
640 -924 -1051 127 -967 43
642 -42383 -42635 253 -40183 -2200
644 1494 394 1100 2359 -866
646 -14961 -15710 750 -13263 -1697
648 -5728 -8529 2801 -4355 -1373
650 2412 0 2412 92 2320
652 -291456 -300613 9157 -273644 -17812
654 -24063 -29937 5874 -27809 -654
656 -5036 -6149 1113 -5695 884
"""
DELAR2_2024 = """
252 -69082 -64532 -4550 -101624 -96799 -4825 -9993
253 -55388 -54405 -983 -82581 -81607 -974 -6269
254 -69329 -52775 -16554 -102993 -79162 -23831 -22040
255 -15767 -17158 1391 -23150 -25737 2587 1133
256 -11332 -11737 405 -16998 -17606 608 -2037
257 -5357 -5295 -63 -6536 -7942 1406 -3219
258 -226254 -205902 -20352 -333881 -308853 -25028 -17398
"""
T2_2025 = """
280 -11607 -10768 -839 -17984 -16141 -1843 1334
281 -123247 -104911 -18336 -171865 -157005 -14860 -12261
282 -137761 -86809 -50952 -192741 -130775 -61966 -23728
283 -272615 -202488 -70127 -382590 -303921 -78669 -34655
284 . . . 24000 . . .
285 -272615 -202488 -70127 -358590 -303921 -54669 -10655
286 . . . -33669 . . .
287 -16531 -13349 -3182 -24187 -20023 -4164 -1339
288 -35062 0 -35062 -46400 0 -46400 -18824
289 -23425 -16217 -7209 -35084 -24325 -10759 -5665
"""
PRINTED = {"vb-2023": VB_2023, "delar2-2024": DELAR2_2024, "t2-2025": T2_2025}
# The rows that a total is the sum of; varav rows, the buffer and the totals themselves are not among them.
PARTS = {
    ("vb-2023", 652): range(630, 651, 2),
    ("delar2-2024", 258): range(252, 258),
    ("t2-2025", 283): range(280, 283),
}
DIFFERENCES = {
    "avvikelse": ("utfall", "budget"),
    "prognosavvikelse": ("prognos", "helarsbudget"),
    "avvikelse-foregaende-ar": ("utfall", "utfall-foregaende-ar"),
}
TABLE_MEASURES = {*DIFFERENCES, *(part for parts in DIFFERENCES.values() for part in parts)}


@pytest.fixture(scope="module")
def published() -> Published:
    return load(DATA)


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, Any]]:
    found = {}
    for path in (ROOT / "data/catalogue/tables").glob("*.toml"):
        for table in tomllib.loads(path.read_text("utf-8"))["table"]:
            if table.get("topic") == "ekonomi":
                found[table["source"]] = table
    return found


def cell(published: Published, table: dict[str, Any], line: int, column: dict[str, str]) -> list[Figure]:
    (row,) = (row for row in table["rows"] if row["line"] == line)
    measure = "forandring" if row.get("changes") == column["measure"] else column["measure"]
    return [
        figure
        for figure in published.figures
        if (figure.source, figure.line, figure.measure, figure.period_kind, figure.period)
        == (table["source"], line, measure, column["period_kind"], column["period"])
    ]


@pytest.mark.parametrize("source", PRINTED)
def test_every_printed_cell_of_a_table_is_exactly_one_figure(
    published: Published, tables: dict[str, dict[str, Any]], source: str
) -> None:
    table = tables[source]
    expected = [line.split() for line in PRINTED[source].strip().splitlines()]
    assert [row["line"] for row in table["rows"]] == [int(row[0]) for row in expected]
    resolved = 0
    for line, *values in expected:
        for column, value in zip(table["columns"], values, strict=True):
            found = cell(published, table, int(line), column)
            assert [str(figure.value) for figure in found] == ([] if value == "." else [value])
            assert {figure.unit for figure in found} <= {table["unit"]}
            resolved += len(found)
    inside = [
        figure
        for figure in published.figures
        if figure.source == source and table["first_line"] <= figure.line <= table["last_line"]
    ]
    assert len(inside) == resolved


def test_the_two_totals_around_the_buffer_can_be_told_apart(published: Published) -> None:
    forecasts = {
        figure.note: figure.value
        for figure in published.figures
        if figure.indicator == "ekonomi-prognos" and (figure.org, figure.period) == ("forvaltningen", "2025")
    }
    assert forecasts == {"före omvärldsbuffert": Decimal(-382590), "efter omvärldsbuffert": Decimal(-358590)}


def recomputed(published: Published) -> dict[tuple[str, int, str], tuple[int, int]]:
    """(source, line, measure) → (printed, computed) for all sums and deviations that do not add up."""
    cells: dict[tuple[str, int], dict[str, int]] = {}
    for figure in published.figures:
        if figure.unit == "tkr":
            cells.setdefault((figure.source, figure.line), {})[figure.measure] = int(figure.value)
    wrong: dict[tuple[str, int, str], tuple[int, int]] = {}
    for (source, line), row in cells.items():
        for measure, (minuend, subtrahend) in DIFFERENCES.items():
            if {measure, minuend, subtrahend} <= row.keys():
                computed = row[minuend] - row[subtrahend]
                if row[measure] != computed:
                    wrong[source, line, measure] = (row[measure], computed)
        for measure, value in row.items():
            if parts := PARTS.get((source, line)):
                computed = sum(cells[source, part][measure] for part in parts)
                if value != computed:
                    wrong[source, line, measure] = (value, computed)
    return wrong


def test_everything_in_the_tables_that_does_not_add_up_is_stated_and_nothing_else(
    published: Published,
) -> None:
    stated = {
        (row.source, row.line, row.measure): (int(row.printed), int(row.computed))
        for row in published.contradictions
        if row.kind in {"sum", "comparison"} and row.measure in TABLE_MEASURES
    }
    wrong = recomputed(published)
    assert stated == wrong
    assert wrong["delar2-2024", 258, "avvikelse-foregaende-ar"] == (-17398, -42425)
    assert wrong["vb-2023", 654, "avvikelse-foregaende-ar"] == (-654, 3746)
    assert wrong["t2-2025", 289, "avvikelse"] == (-7209, -7208)


def test_only_differences_of_a_few_tkr_are_called_rounding(published: Published) -> None:
    for row in published.contradictions:
        if row.kind in {"sum", "comparison"} and row.measure in TABLE_MEASURES:
            small = abs(int(row.printed) - int(row.computed)) <= 2
            assert row.severity == ("rounding" if small else "real"), row.id


def test_contradictions_have_ids_of_their_own_and_compare_sources_that_exist(published: Published) -> None:
    assert len({row.id for row in published.contradictions}) == len(published.contradictions)
    assert {row.other_source for row in published.contradictions} <= {*PRINTED, ""}
    assert {"r12-augusti-2024", "sommarjobb-2024", "ej-verkstallda-gron", "t2-2205"} <= {
        row.id for row in published.contradictions
    }


@pytest.mark.parametrize(
    ("indicator", "kind", "period", "values"),
    [
        ("hushall-langvarigt", "month", "2023-01", {"208"}),
        ("hushall-langvarigt", "month", "2023-08", {"195"}),
        ("hushall-langvarigt", "month", "2023-12", {"170"}),
        ("hushall-langvarigt", "month", "2024-04", {"185"}),
        ("hushall-langvarigt", "month", "2024-08", {"180"}),
        ("hushall-langvarigt", "month", "2025-04", {"166"}),
        ("hushall-langvarigt", "ytd", "2025-T2", {"159"}),
        ("hushall-bistand", "ytd", "2025-T2", {"389"}),
        ("hushall-bistand", "ytd", "2024-T2", {"374"}),
        ("barn-bistand", "month", "2023-12", {"90"}),
        ("barn-bistand", "month", "2024-05", {"133"}),
        ("barn-bistand", "half-year", "2025-01..2025-06", {"128"}),
        ("sjukfranvaro", "month", "2024-02", {"9.72"}),
        ("sjukfranvaro", "month", "2024-08", {"4.51"}),
        ("sjukfranvaro-r12", "r12", "2023-08", {"7.37"}),
        ("sjukfranvaro-r12", "r12", "2025-08", {"5.69"}),
        ("sjukfranvaro-r12", "r12", "2024-08", {"7.64", "7.35"}),  # the reports disagree
        ("sjukfranvaro-r12", "year", "2023", {"7.52"}),
        ("personalomsattning", "r12", "2025-04", {"10.57"}),
        ("personalomsattning", "r12", "2024-08", {"7", "8.26"}),  # the reports disagree
        ("puls", "month", "2024-08", {"4.98"}),
        ("anmalningar-barn", "year", "2022", {"2496"}),
    ],
)
def test_the_printed_series(
    published: Published, indicator: str, kind: str, period: str, values: set[str]
) -> None:
    orgs = {"forvaltningen", "avd-barn-unga"}
    assert values == {
        str(figure.value)
        for figure in published.figures
        if (figure.indicator, figure.period_kind, figure.period, figure.measure)
        == (indicator, kind, period, "utfall")
        and figure.org in orgs
    }


def test_a_printed_zero_at_the_end_is_kept(published: Published) -> None:
    values = {str(figure.value) for figure in published.figures if figure.indicator == "sjukfranvaro-r12"}
    assert "6.80" in values


def test_an_independent_list_of_the_reports_figures_is_found(published: Published) -> None:
    """``tests/data/independent_figures.csv`` was taken from the reports by somebody who had not seen the rows.

    Each number needs a row of its own on its line, a figure or the value of a risk; 99 of 100 have to be there.
    """
    held: Counter[tuple[str, int, Decimal]] = Counter((f.source, f.line, f.value) for f in published.figures)
    for risk in published.risks:
        values = {risk.value, risk.previous_value} - {None}
        held.update((risk.source, risk.line, Decimal(value)) for value in values if value)
    with (ROOT / "tests/data/independent_figures.csv").open(encoding="utf-8", newline="") as file:
        listed = Counter(
            (row["source"], int(row["line"]), Decimal(row["value"])) for row in csv.DictReader(file)
        )
    assert listed.total() > 450
    missing = listed - held
    assert missing.total() <= listed.total() // 100, sorted(missing)


def test_every_colour_row_is_there(published: Published) -> None:
    counted = Counter((row.source, row.subject_kind, row.period_kind) for row in published.assessments)
    assert counted == {
        ("vb-2023", "goal", "year"): 4,
        ("vb-2023", "goal", "month"): 48,
        ("vb-2023", "namndmal", "year"): 4,
        ("vb-2023", "indicator", "year"): 13,
        ("vb-2023", "indicator", "range"): 1,
        ("vb-2023", "indicator", "point"): 1,
        ("delar2-2024", "goal", "year"): 4,
        ("delar2-2024", "goal", "ytd"): 8,
        ("delar2-2024", "goal", "month"): 32,
        ("delar2-2024", "indicator", "month"): 1,
        ("delar2-2024", "listed", "ytd"): 16,
        ("delar2-2024", "plan", "ytd"): 3,
        ("t2-2025", "goal", "ytd"): 5,
        ("t2-2025", "namndmal", "ytd"): 5,
        ("t2-2025", "indicator", "ytd"): 35,
        ("t2-2025", "unit_share", "ytd"): 6,
    }


def test_the_months_of_2023_have_their_printed_colours(published: Published) -> None:
    months: dict[str, str] = {}
    for row in published.assessments:
        if row.source == "vb-2023" and row.period_kind == "month":
            months[row.subject] = months.get(row.subject, "") + row.colour.value[0]
    assert months == {
        "mo-medarbetare": "gggggyyyyggg",
        "mo-kvalitet": "gyyggggggggg",
        "mo-leverans": "gggggggggggg",
        "mo-ekonomi": "gggggggggggg",
    }


def test_lost_colours_are_unknown_and_never_guessed(published: Published) -> None:
    lost = [
        row for row in published.assessments if row.source == "delar2-2024" and row.period_kind == "month"
    ]
    assert {row.colour for row in lost if row.subject_kind == "goal"} == {Colour.UNKNOWN}
    latest = [row for row in published.assessments if row.source == "t2-2025"]
    indicators = Counter(row.colour for row in latest if row.subject_kind == "indicator")
    assert indicators == {Colour.UNKNOWN: 32, Colour.NOT_ASSESSED: 3}
    # Five headings of nämndmål are followed by empty lines where the mark was; the sixth never had one.
    marks = [(row.line, row.colour) for row in latest if row.subject_kind == "namndmal"]
    assert marks == [(line, Colour.UNKNOWN) for line in (77, 174, 245, 380, 472)]
    goals = {row.subject: row.colour.value for row in latest if row.subject_kind == "goal"}
    assert goals.pop("km-ekonomi") == "red"
    assert set(goals.values()) == {"green"}


def test_unit_shares_of_the_goals_that_not_all_reach(published: Published) -> None:
    shares = {
        row.subject: (row.green, row.yellow, row.red, row.total) for row in published.assessments if row.total
    }
    assert shares["nm-ekonomi"] == (6, 0, 5, 11)
    assert shares["nm-kvalitet"] == (6, 5, 0, 11)


def test_an_assignment_has_the_periods_that_its_report_prints_and_who_judged(published: Published) -> None:
    periods: dict[int, list[tuple[str, str]]] = {}
    for row in published.assignments:
        if row.kind == "uppdrag":
            periods.setdefault(row.line, []).append((str(row.when), row.status))
    assert len(periods) == 10
    unknown = [("2023", "unknown"), ("2023-T1", "unknown"), ("2023-T2", "unknown")]
    assert all(sorted(found) == unknown for found in periods.values())
    assert {(row.source, str(row.when)) for row in published.assignments if row.kind != "uppdrag"} == {
        ("vb-2023", "2023"),
        ("delar2-2024", "2024-T2"),
        ("t2-2025", "2025-T2"),
    }
    assert {bool(row.judged_by) for row in published.assignments if row.status == "not_assessed"} == {False}
    assert {bool(row.judged_by) for row in published.assignments if row.status != "not_assessed"} == {True}


def test_of_several_periods_of_one_row_the_latest_speaks_for_the_report(published: Published) -> None:
    standing = [row for row in published.standing if row.kind == "uppdrag"]
    assert [str(row.when) for row in standing] == ["2023"] * 10
    others = [row for row in published.assignments if row.kind != "uppdrag"]
    assert [row for row in published.standing if row.kind != "uppdrag"] == others
    year = standing[0]
    before = replace(year, period_kind="ytd", period="2023-T2")
    assert replace(published, assignments=(year, before)).standing == (year,)
    assert replace(published, assignments=(before, year)).standing == (year,)


def test_risks_are_scored_as_printed_and_keep_their_identity(published: Published) -> None:
    scores: dict[str, dict[str, int]] = {}
    for row in published.risks:
        scores.setdefault(row.risk, {})[row.source] = row.value
        if row.probability is not None and row.consequence is not None:
            assert row.probability * row.consequence == row.value
    assert scores["ungdomskriminalitet"] == {"vb-2023": 20, "delar2-2024": 25, "t2-2025": 20}
    assert scores["arbetsbelastning"] == {"vb-2023": 16, "delar2-2024": 16, "t2-2025": 16}
    assert scores["externa-placeringar"] == {"delar2-2024": 25, "t2-2025": 25}
    assert len(published.risks) == 20
    red = [row.risk for row in published.risks if row.status is Colour.RED]
    assert red == ["externa-placeringar"]


def test_ids_of_goals_and_risks_are_those_of_the_catalogue(published: Published) -> None:
    goals = tomllib.loads((ROOT / "data/catalogue/goals.toml").read_text(encoding="utf-8"))["goal"]
    risks = tomllib.loads((ROOT / "data/catalogue/risks.toml").read_text(encoding="utf-8"))["risk"]
    known = {goal["id"] for goal in goals}
    assert {row.goal for row in published.goals} == known
    beside = {"indicator", "listed", "plan"}
    judged = {row.subject for row in published.assessments if row.subject_kind not in beside}
    assert judged <= known
    wordings = {(risk["id"], source): text for risk in risks for source, text in risk["wordings"].items()}
    assert wordings == {(row.risk, row.source): row.label for row in published.risks}
    parents = {row.parent for row in published.assignments if row.kind == "riskatgard"}
    assert parents == {risk["id"] for risk in risks}
    assert {row.parent for row in published.assignments if row.kind == "atgard"} <= known


def test_the_risks_of_a_list_without_values_are_named_and_have_none(published: Published) -> None:
    named = [(row.line, row.risk) for row in published.risk_mentions]
    assert named == [
        (268, "ungdomskriminalitet"),
        (269, "externa-placeringar"),
        (270, "digital-utveckling"),
        (271, "valfardsbrott"),
        (272, "tysa-uppstart"),
    ]
    assert {row.source for row in published.risk_mentions} == {"delar2-2024"}


def test_what_is_retold_is_short_and_once_a_line(published: Published) -> None:
    places = [(row.source, row.line) for row in published.retellings]
    assert len(set(places)) == len(places)
    assert places == sorted(places, key=lambda place: (list(PRINTED).index(place[0]), place[1]))
    assert max(len(row.text.split()) for row in published.retellings) <= 40
    assert all(row.text.endswith(".") for row in published.retellings)


def test_the_childrens_perspective_and_every_summing_up_is_retold(published: Published) -> None:
    told = Counter((row.source, row.topic) for row in published.retellings)
    assert told["vb-2023", "barnperspektiv"] == 6
    # One for each goal with a text of its own; the whole year sums up in one more, 2025 by nämndmål.
    assert [told[source, "bedomning"] for source in PRINTED] == [5, 4, 6]
    assert told["t2-2025", "resultat"] == 4


def test_laws_that_take_effect_are_dated_events(published: Published) -> None:
    laws = {(row.date, row.date_precision) for row in published.events if row.kind == "lag"}
    assert {("2025-07-01", "day"), ("2025-12-01", "day"), ("2025-07-02", "day"), ("", "none")} <= laws
    starts = {row.date for row in published.events if "Jobbsteget" in row.title}
    assert starts == {"2024-09-02"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "published"))


def rewrite(path: Path, row: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert old in lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_all_faults_in_all_files_are_told_at_once_with_their_place(folder: Path) -> None:
    rewrite(folder / "figures.csv", 2, ",4.6,", ',"4,6",')
    rewrite(folder / "figures.csv", 2, "range,2023-06..2023-08", "month,2023-06..2023-08")
    rewrite(folder / "figures.csv", 5, ",procent,", ",,")
    rewrite(folder / "assessments.csv", 3, "green", "grön")
    rewrite(folder / "risks.csv", 2, "green", "done")
    rewrite(folder / "events.csv", 5, "2023-04,month", "2023-13,month")
    rewrite(folder / "goals.csv", 1, "goal", "mål")
    rewrite(folder / "risk_mentions.csv", 2, "268", "rad 268")
    rewrite(folder / "retellings.csv", 3, ",bedomning,", ",åsikt,")
    (folder / "contradictions.csv").unlink()
    with pytest.raises(PublishedError) as caught:
        load(folder)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "figures.csv, rad 2, kolumn value",
        "figures.csv, rad 2, kolumn period",
        "figures.csv, rad 5, kolumn unit",
        "assessments.csv, rad 3, kolumn colour",
        "risks.csv, rad 2, kolumn status",
        "events.csv, rad 5, kolumn date",
        "goals.csv, rad 1",
        "contradictions.csv",
        "risk_mentions.csv, rad 2, kolumn line",
        "retellings.csv, rad 3, kolumn topic",
    ]
    assert "väntade ett tal med punkt som decimaltecken; fick '4,6'" in caught.value.faults[0]
    assert caught.value.faults[7].endswith("filen saknas")


def test_a_row_that_is_too_short_or_written_twice_is_a_fault(folder: Path) -> None:
    path = folder / "goals.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1], "vb-2023,116"]) + "\n", encoding="utf-8")
    with pytest.raises(PublishedError) as caught:
        load(folder)
    last = len(lines) + 1
    assert caught.value.faults == (
        f"goals.csv, rad {last}: samma rad som rad 2",
        f"goals.csv, rad {last + 1}: väntade 4 kolumner, fick 2",
    )


def test_a_share_whose_parts_do_not_add_up_is_a_fault(folder: Path) -> None:
    path = folder / "assessments.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",6,5,0,11,", ",6,4,0,11,"), encoding="utf-8")
    with pytest.raises(PublishedError, match="summan av gröna, gula och röda"):
        load(folder)


def test_a_file_in_another_encoding_is_a_fault_and_not_a_crash(folder: Path) -> None:
    path = folder / "risks.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))
    with pytest.raises(PublishedError, match=r"risks\.csv: kan inte läsas"):
        load(folder)


@pytest.mark.parametrize(
    ("value", "line", "there"),
    [
        ("-272615", "Summa AoS\t-272 615\t-202 488", True),
        ("272615", "Summa AoS\t-272 615\t-202 488", False),
        ("-272615", "Summa AoS\t−272\u202f615", True),
        ("7.37", "låg på 7,37 % i augusti", True),
        ("10.5", "uppgår till 10.5 mnkr", True),
        ("7.3", "låg på 7,37 % i augusti", False),
        ("37", "låg på 7,37 % i augusti", False),
        ("7", "har sju ärenden rapporterats", True),
        ("0", "Ingen av utredningarna ledde till anmälan", True),
        ("0", "ökat samarbetet mellan enheterna", False),
        ("6", "grönt värde (5–6)", True),
        ("-10", "en minskning med cirka 10 procent", True),
        ("-25", "ett resultat på 25 mnkr", False),
        ("839", "Övergripande\t-839", False),
        ("2", "Båda cheferna slutade", True),
        ("100", "har nästan fördubblats jämfört med 2022", True),
    ],
)
def test_a_value_is_found_on_its_line_in_any_swedish_notation(value: str, line: str, there: bool) -> None:
    assert stands(Decimal(value), line) is there
