"""Numbers, months and names are read in every spelling, and refused when they are not what they look like."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import MONTH_NAMES, MONTH_SHORT, Month
from dashboard.intake.names import Names
from dashboard.intake.values import Unreadable, find_month, read_month, read_number
from dashboard.intake.vocabulary import vocabulary

SPACES = [" ", "\u00a0", "\u202f", "\u2009", "\u2007", "'"]
MONTHS = st.builds(Month, st.integers(2000, 2090), st.integers(1, 12))


def grouped(digits: str, mark: str) -> str:
    """``1234567`` → ``1 234 567`` with the mark between."""
    head = len(digits) % 3
    parts = [digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))]
    return mark.join(part for part in parts if part)


@given(
    whole=st.integers(0, 10**12),
    decimals=st.integers(0, 99),
    mark=st.sampled_from(["", *SPACES]),
    minus=st.sampled_from(["", "-", "\u2212", "–", "+"]),
    around=st.sampled_from(["", " ", "\u00a0", "\ufeff", "\t"]),
)
def test_a_swedish_number_is_read_however_it_is_grouped(
    whole: int, decimals: int, mark: str, minus: str, around: str
) -> None:
    text = f"{around}{minus}{grouped(str(whole), mark)},{decimals:02d}{around}"
    value = float(f"{whole}.{decimals:02d}")
    expected = -value if minus not in {"", "+"} and value else value
    assert read_number(text).value == expected


@given(whole=st.integers(1000, 10**12), decimals=st.integers(0, 99))
def test_dots_between_thousands_are_no_decimal_sign(whole: int, decimals: int) -> None:
    german, english = grouped(str(whole), "."), grouped(str(whole), ",")
    assert read_number(f"{german},{decimals:02d}").value == float(f"{whole}.{decimals:02d}")
    assert read_number(f"{english}.{decimals:02d}").value == float(f"{whole}.{decimals:02d}")
    one_dot = whole < 10**6
    assert read_number(german).grouped is one_dot


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1 2",
        "12 34",
        "1,2,3",
        "1.2.3",
        "1..2",
        "0x1F",
        "1_000",
        "inf",
        "nan",
        "--1",
        "1e400",
        "٣٤٥ kr 2",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        amount = read_number(text)
    except Unreadable:
        return
    assert abs(amount.value) < 10**16


@given(month=MONTHS, capital=st.booleans())
def test_a_month_is_read_in_every_spelling(month: Month, capital: bool) -> None:
    name, short = MONTH_NAMES[month.number - 1], MONTH_SHORT[month.number - 1]
    serial = (month.first_day - date(1899, 12, 30)).days
    spellings: list[str | int | float | date] = [
        *(
            f"{name} {month.year}",
            f"{short} {month.year}",
            f"{short}. {month.year}",
            f"{short}-{month.year % 100:02d}",
        ),
        *(str(month), f"{month}-01", f"{month}-28", f"{month} ", f"{month.year}{month.number:02d}"),
        *(
            f"{month.year}{month.number:02d}15",
            f"{month.number}/{month.year}",
            f"{month.year}M{month.number:02d}",
        ),
        *(f"{month}-01 00:00:00", f"{month.year} {short}", f"1 {name} {month.year}"),
        *(month.first_day, serial, float(serial), str(serial), month.year * 100 + month.number),
    ]
    for cell in spellings:
        assert read_month(cell.upper() if capital and isinstance(cell, str) else cell) == month, cell


@given(month=MONTHS)
def test_a_year_beside_makes_a_number_or_a_name_a_month(month: Month) -> None:
    for cell in (
        month.number,
        str(month.number),
        MONTH_NAMES[month.number - 1],
        MONTH_SHORT[month.number - 1],
    ):
        assert read_month(cell, month.year) == month


@pytest.mark.parametrize(
    "cell", [None, True, "", "2025", "T2 2025", "2025-13", "2025-00", 12, 0.5, "1850-01", "01/02/03"]
)
def test_what_is_no_month_is_refused(cell: str | int | float | None) -> None:
    with pytest.raises(Unreadable):
        read_month(cell)


@given(cell=st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_any_cell_is_a_month_or_refused(cell: str | int | float) -> None:
    try:
        found = read_month(cell)
    except Unreadable:
        return
    assert 1990 <= found.year <= 2100


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Bistånd augusti 2025", "2025-08"),
        ("anmälningar_2025-08", "2025-08"),
        ("uttag 202508", "2025-08"),
        ("Avser: aug 2025, utskriven 2025-09-03", "2025-08"),
        ("Utskriven 2025-09-03", "2025-09"),
        ("juli 2025 – augusti 2025", None),
        ("mål 2025", None),
        ("rapport", None),
    ],
)
def test_the_month_of_a_title(text: str, month: str | None) -> None:
    assert find_month(text) == (Month.parse(month) if month else None)


@pytest.mark.parametrize(
    ("dataset", "text", "month", "unit"),
    [
        ("bistand", "Ekonomiskt bistånd", "2025-08", "ekonomiskt-bistand"),
        ("bistand", "ENHETEN FÖR EKONOMISKT BISTÅND ", "2025-08", "ekonomiskt-bistand"),
        ("ekonomi", "Ekonomiskt bistånd", "2023-05", "v2023-ekonomiskt-bistand"),
        ("ekonomi", "Ekonomiskt bistånd", "2024-05", "v2024-ekonomiskt-bistand"),
        ("ekonomi", "Ekonomiskt bistånd", "2025-05", "v2025-varav-ekonomiskt-bistand"),
        ("ekonomi", "Förvaltningsövergripande", "2024-05", "v2024-overgripande"),
        ("ekonomi", "Förvaltningsövergripande", "2025-05", "avd-overgripande"),
        # The same thing under its old id, where the catalogue says that it is the same.
        ("ekonomi", "v2023-ekonomiskt-bistand", "2024-05", "v2024-ekonomiskt-bistand"),
        ("medarbetare", "Centrum för arbetsmarknad och integration", "2025-08", "cai"),
    ],
)
def test_a_unit_is_found_by_its_names_of_the_time(
    catalogue: Catalogue, dataset: str, text: str, month: str, unit: str
) -> None:
    assert Names(catalogue, vocabulary(dataset)).unit(text, Month.parse(month)) == unit


def test_a_unit_that_ended_is_refused_with_its_time(catalogue: Catalogue) -> None:
    with pytest.raises(Unreadable, match=r"v2023-gemensamt-ifo gäller från januari 2022 till december 2023"):
        Names(catalogue, vocabulary("ekonomi")).unit("Gemensamt IFO", Month(2025, 1))


def test_every_column_and_code_has_words() -> None:
    for contract in CONTRACTS.values():
        words = vocabulary(contract.name)
        for column in contract.columns:
            assert words.headings[column.name.replace("_", " ")].column == column.name
            assert words.label(column.name) != column.name
        for column_name, codes in contract.codes.items():
            if column_name != "unit":
                assert set(words.code_labels[column_name]) == set(codes)
                assert set(words.codes[column_name].values()) == set(codes)


def test_names_of_each_unit_lead_back_to_it(catalogue: Catalogue) -> None:
    """For every dataset: id, name and short name of a unit mean that unit in the months when no other shares them."""
    for contract in CONTRACTS.values():
        names = Names(catalogue, vocabulary(contract.name))
        for unit in catalogue.units.values():
            if unit.kind in contract.unit_kinds:
                assert names.unit(unit.id, unit.valid_from) == unit.id
                assert catalogue.units[names.unit(unit.name, unit.valid_from)].kind in contract.unit_kinds
