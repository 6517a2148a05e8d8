"""Economy: the reports' tables cell by cell, deviations in order, months, and periods read as the accounts
know them.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.domain.model import Colour, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures import Facts, accounts, economy
from dashboard.measures.economy import Line, PrintedTable

WHOLE = "forvaltningen"

# (line, style, label, cells from left to right; None is an empty cell), read from the reports by hand.
T2_2025 = [
    (280, "row", "Förvaltningsövergripande", (-11607, -10768, -839, -17984, -16141, -1843, 1334)),
    (281, "row", "Avdelning vuxen", (-123247, -104911, -18336, -171865, -157005, -14860, -12261)),
    (282, "row", "Avdelning barn och unga", (-137761, -86809, -50952, -192741, -130775, -61966, -23728)),
    (283, "total", "Summa AoS", (-272615, -202488, -70127, -382590, -303921, -78669, -34655)),
    (284, "buffer", "Omvärldsbuffert*", (None, None, None, 24000, None, None, None)),
    (285, "total", "Summa AoS", (-272615, -202488, -70127, -358590, -303921, -54669, -10655)),
    (286, "note", "Avvikelse mot föregående prognos", (None, None, None, -33669, None, None, None)),
    (287, "varav", "Ekonomiskt bistånd**", (-16531, -13349, -3182, -24187, -20023, -4164, -1339)),
    (288, "varav", "Särskild händelse", (-35062, 0, -35062, -46400, 0, -46400, -18824)),
    (289, "varav", "Socialpsykiatri***", (-23425, -16217, -7209, -35084, -24325, -10759, -5665)),
]
T2_2024 = [
    (252, "row", "Förvaltningsövergripande", (-69082, -64532, -4550, -101624, -96799, -4825, -9993)),
    (253, "row", "Vård och vuxna", (-55388, -54405, -983, -82581, -81607, -974, -6269)),
    (254, "row", "Barn- och ungdomsvård", (-69329, -52775, -16554, -102993, -79162, -23831, -22040)),
    (255, "row", "Ekonomiskt bistånd", (-15767, -17158, 1391, -23150, -25737, 2587, 1133)),
    (256, "row", "Arbetsmarknadsåtgärder", (-11332, -11737, 405, -16998, -17606, 608, -2037)),
    (257, "row", "Integration", (-5357, -5295, -63, -6536, -7942, 1406, -3219)),
    (258, "total", "Resultat ASN", (-226254, -205902, -20352, -333881, -308853, -25028, -17398)),
]
YEAR_2023 = [
    (630, "row", "Gemensamt IFO", (-91802, -91593, -210, -85797, -6006)),
    (632, "row", "Vård för vuxna med missbruksproblem", (-30336, -32360, 2023, -29330, -1006)),
    (634, "row", "Barn- och ungdomsvård", (-81735, -75724, -6012, -71551, -10184)),
    (636, "row", "Övriga insatser till vuxna", (-3209, -3123, -86, -2519, -690)),
    (638, "row", "Ekonomiskt bistånd*", (-24283, -30282, 6000, -28131, 3848)),
    (640, "row", "Familjerätt och familjerådgivning", (-924, -1051, 127, -967, 43)),
    (642, "row", "Socialpsykiatri", (-42383, -42635, 253, -40183, -2200)),
    (644, "row", "Ensamkommande barn & ungdom", (1494, 394, 1100, 2359, -866)),
    (646, "row", "Arbetsmarknadsåtgärder", (-14961, -15710, 750, -13263, -1697)),
    (648, "row", "Integration**", (-5728, -8529, 2801, -4355, -1373)),
    (650, "row", "Ukraina flyktingboende", (2412, 0, 2412, 92, 2320)),
    (652, "total", "Resultat ASN", (-291456, -300613, 9157, -273644, -17812)),
    (654, "varav", "*varav försörjningsstöd IFO", (-24063, -29937, 5874, -27809, -654)),
    (656, "varav", "**varav försörjningsstöd Integration", (-5036, -6149, 1113, -5695, 884)),
]


def table(facts: Facts, period: str) -> PrintedTable:
    found = economy.printed_table(facts, Period.parse(period))
    assert found is not None
    return found


def plain(line: Line) -> tuple[int | None, ...]:
    return tuple(None if cell.value is None else int(cell.value) for cell in line.cells)


@pytest.mark.parametrize(
    ("period", "expected"), [("2025-T2", T2_2025), ("2024-T2", T2_2024), ("2023", YEAR_2023)]
)
def test_every_cell_is_as_printed(facts: Facts, period: str, expected: list[tuple[object, ...]]) -> None:
    found = [(line.number, line.style, line.label, plain(line)) for line in table(facts, period).lines]
    assert found == expected


def flagged(facts: Facts, period: str) -> dict[tuple[int, str], str]:
    """(line, measure) → severity, for the cells that carry a remark."""
    found = table(facts, period)
    return {
        (line.number, column.measure): max((flag.severity for flag in cell.flags), key="real".__eq__)
        for line in found.lines
        for column, cell in zip(found.table.columns, line.cells, strict=True)
        if cell.flags
    }


def test_only_the_cells_that_do_not_add_up_are_flagged(facts: Facts) -> None:
    assert flagged(facts, "2025-T2") == {(289, "avvikelse"): "rounding"}
    assert flagged(facts, "2024-T2") == {
        (257, "avvikelse"): "rounding",
        (257, "avvikelse-foregaende-ar"): "rounding",
        (258, "utfall"): "rounding",
        (258, "avvikelse"): "rounding",
        (258, "prognos"): "rounding",
        (258, "prognosavvikelse"): "rounding",
        (258, "avvikelse-foregaende-ar"): "real",
    }
    real = {place for place, severity in flagged(facts, "2023").items() if severity == "real"}
    assert real == {(654, "avvikelse-foregaende-ar"), (656, "avvikelse-foregaende-ar")}


def test_the_remarks_say_what_the_cells_give(facts: Facts) -> None:
    line = next(one for one in table(facts, "2025-T2").lines if one.number == 289)
    (flag,) = line.cells[2].flags
    assert (flag.printed, flag.computed, flag.line) == ("-7209", "-7208", 289)
    total = table(facts, "2024-T2").lines[-1]
    assert {"-42425"} == {flag.computed for flag in total.cells[-1].flags}


def test_a_line_that_another_report_contradicts_says_so(facts: Facts) -> None:
    line = next(one for one in table(facts, "2023").lines if one.number == 652)
    assert [flag.id for flag in line.flags] == ["resultat-2024-mot-2023"]
    assert all(not one.flags for one in table(facts, "2024-T2").lines)


def test_the_buffer_is_kept_apart(facts: Facts) -> None:
    found = economy.buffer(table(facts, "2025-T2"))
    assert found is not None
    assert found.value == Decimal(24000)
    assert economy.buffer(table(facts, "2024-T2")) is None


@pytest.mark.parametrize("period", ["2025-T1", "2024-T1", "2022-05", "2021"])
def test_no_table_is_made_up_for_a_period_without_a_report(facts: Facts, period: str) -> None:
    assert economy.printed_table(facts, Period.parse(period)) is None


def test_deviations_come_worst_first_and_varav_never_counts(facts: Facts) -> None:
    found = economy.deviations(facts, Selection(Period.parse("2025-T2"), WHOLE))
    assert [(one.unit.id, one.value) for one in found] == [
        ("avd-barn-unga", -61966.0),
        ("avd-vuxen", -14860.0),
        ("avd-overgripande", -1843.0),
    ]
    assert all(one.origin is Origin.PUBLISHED and one.colour is Colour.RED for one in found)
    assert sum(one.value for one in found) == -78669
    closed = economy.deviations(facts, Selection(Period.parse("2023"), WHOLE))
    assert [one.value for one in closed][:2] == [-6012.0, -210.0]
    assert len(closed) == 11
    assert closed[-1].value == 6000.0


def test_deviations_without_a_report_are_from_the_months_and_marked(facts: Facts) -> None:
    found = economy.deviations(facts, Selection(Period.parse("2025-T1"), WHOLE))
    assert {one.origin for one in found} == {Origin.SYNTHETIC}
    assert [one.value for one in found] == sorted(one.value for one in found)


def test_a_department_deviates_as_itself_for_its_units_have_no_accounts(facts: Facts) -> None:
    found = economy.deviations(facts, Selection(Period.parse("2025-T2"), "avd-barn-unga"))
    assert [(one.unit.id, one.value) for one in found] == [("avd-barn-unga", -61966.0)]


def test_months_run_to_what_the_report_prints(facts: Facts) -> None:
    rows = economy.months(facts, WHOLE, 2025)
    assert [str(row.month) for row in rows] == [f"2025-{n:02d}" for n in range(1, 9)]
    assert (rows[-1].outcome, rows[-1].budget, rows[-1].forecast, rows[-1].year_budget) == (
        -272615.0,
        -202488.0,
        -358590.0,
        -303921.0,
    )
    assert len(economy.months(facts, WHOLE, 2024)) == 12
    assert economy.months(facts, WHOLE, 2021) == ()
    assert economy.months(facts, "barn-ungdom-1", 2025) == ()


@pytest.mark.parametrize(
    ("period", "read", "report", "alone"),
    [
        ("2025-T2", "2025-T2", "t2-2025", False),
        ("2025-08", "2025-T2", "t2-2025", False),
        ("R12-2025-08", "2025-T2", "t2-2025", False),
        ("2025-01..2025-08", "2025-T2", "t2-2025", False),
        ("2024-12", "2024", None, False),
        ("2023", "2023", "vb-2023", False),
        ("2022-05", "2022-01..2022-05", None, False),
        ("2025-01", "2025-01", None, False),
        ("2025-05..2025-08", "2025-05..2025-08", None, True),
        ("2024-11..2025-02", "2025-01..2025-02", None, False),
    ],
)
def test_periods_are_read_as_the_accounts_run(
    facts: Facts, period: str, read: str, report: str | None, alone: bool
) -> None:
    found = accounts.read(facts, Period.parse(period))
    assert (str(found.period), found.report.id if found.report else None, found.alone) == (
        read,
        report,
        alone,
    )
    assert bool(found.said) == (period not in {"2025-T2", "2023", "2025-01..2025-08", "2025-01"})


def test_the_computed_table_adds_up_and_keeps_the_buffer_apart(facts: Facts) -> None:
    found = accounts.computed_table(facts, accounts.read(facts, Period.parse("2025-T1")))
    assert found is not None
    assert found.origin is Origin.SYNTHETIC
    rows = [line for line in found.lines if line.style == "row"]
    before, after = (line for line in found.lines if line.style == "total")
    for column in range(6):
        assert before.cells[column].value == pytest.approx(
            sum(float(row.cells[column].value or 0) for row in rows)
        )
    assert [line.label for line in found.lines if line.style == "buffer"] == ["Omvärldsbuffert"]
    assert float(after.cells[3].value or 0) - float(before.cells[3].value or 0) == 24000
    assert after.cells[0].value == before.cells[0].value
    assert [line.style for line in found.lines][-3:] == ["varav"] * 3


def test_months_alone_are_the_difference_of_two_accumulated(facts: Facts) -> None:
    def total(period: str) -> float:
        found = accounts.computed_table(facts, accounts.read(facts, Period.parse(period)))
        assert found is not None
        return float(next(line for line in found.lines if line.style == "total").cells[0].value or 0)

    assert total("2025-05..2025-08") == pytest.approx(-272615 - total("2025-T1"))


def test_last_year_is_compared_only_where_the_row_is_the_same(facts: Facts) -> None:
    found = accounts.computed_table(facts, accounts.read(facts, Period.parse("2024-T1")))
    assert found is not None
    last = {line.unit: line.cells[6].value for line in found.lines}
    assert last["v2024-barn-ungdom"] is None
    assert last["v2024-integration"] is None
    assert last["v2024-ekonomiskt-bistand"] is not None
    assert last["v2024-arbetsmarknad"] is not None


def test_there_is_no_table_before_the_first_month(facts: Facts, empty_facts: Facts) -> None:
    assert accounts.computed_table(facts, accounts.read(facts, Period.parse("2021"))) is None
    assert accounts.computed_table(empty_facts, accounts.read(empty_facts, Period.parse("2025-T1"))) is None


@pytest.mark.parametrize(
    ("month", "report"),
    [("2025-04", "t2-2025"), ("2024-04", "delar2-2024"), ("2022-05", "vb-2023"), ("2021-12", "vb-2023")],
)
def test_the_nearest_report_is_named(facts: Facts, month: str, report: str) -> None:
    found = accounts.nearest_report(facts, Month.parse(month))
    assert found is not None
    assert found.id == report
