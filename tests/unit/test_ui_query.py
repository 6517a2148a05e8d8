"""The address: whatever stands in it, a page can be drawn; what it means survives being written and read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import catalogue as catalogues
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Compare, Role, Selection
from dashboard.ui import filters
from dashboard.ui.query import FRAME, Query, read

CATALOGUE = catalogues.load(Path(__file__).resolve().parents[2] / "data" / "catalogue")
OWN = ("matt", "enheter")

some_months = st.builds(Month, st.integers(2000, 2098), st.integers(1, 12))
some_periods = st.one_of(
    some_months.map(Period.month),
    st.builds(Period.ytd, st.integers(2000, 2098), st.integers(1, 3)),
    st.builds(Period.tertial, st.integers(2000, 2098), st.integers(1, 3)),
    st.integers(2000, 2098).map(Period.year),
    some_months.filter(lambda month: month.year > 2000).map(Period.r12),
    st.tuples(some_months, some_months).map(lambda ends: Period.between(min(ends), max(ends))),
)
near_misses = st.sampled_from(
    [
        "2025-T4",
        "2025-13",
        "0000",
        "2025-00",
        "R12-2025",
        "2025-08..2025-01",
        "..",
        "２０２５-08",
        "2025-08\n",
        "-1",
    ]
)
texts = st.one_of(
    st.text(max_size=60), near_misses, some_periods.map(str), st.sampled_from(list(CATALOGUE.units))
)
addresses = st.dictionaries(
    st.one_of(st.sampled_from([*FRAME, *OWN]), st.text(max_size=20)), texts, max_size=6
)


@given(addresses)
@example({"period": "1900-01"})
@example({"period": "9999-12"})
@example({"period": "1900-01..9999-12"})
@example({"period": "R12-1900-01"})
@example(
    {
        "period": "'; DROP TABLE series; --",
        "enhet": "<script>",
        "jamfor": "../../etc/passwd",
        "projektor": "ja",
    }
)
def test_any_address_gives_a_view_that_can_be_drawn(params: dict[str, str]) -> None:
    query = read(params, CATALOGUE, OWN)
    chosen = query.selection
    assert chosen.unit in CATALOGUE.units
    assert chosen.unit in {params.get("enhet"), CATALOGUE.root}
    assert Period.parse(str(chosen.period)) == chosen.period
    assert isinstance(chosen.compare, Compare)
    assert set(query.own) <= set(OWN)
    assert filters.units(CATALOGUE, chosen)
    assert filters.comparisons(chosen)
    assert str(chosen.period.start.shift(-36)) < str(chosen.period.start)


@given(addresses)
def test_what_is_not_understood_is_said_and_what_is_understood_is_not_remarked_on(
    params: dict[str, str],
) -> None:
    query = read(params, CATALOGUE, OWN)
    unknown = any(name not in FRAME and name not in OWN for name in params)
    ignored = [
        bool(params.get("period")) and Period.parse(str(query.selection.period)) != _parsed(params["period"]),
        bool(params.get("enhet")) and query.selection.unit != params["enhet"],
        bool(params.get("jamfor")) and query.selection.compare.value != params["jamfor"],
        bool(params.get("lage")) and query.selection.as_of is None,
        unknown,
    ]
    assert len(query.notices) == sum(ignored)


def _parsed(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"period": "2025-T4"}, "Perioden ”2025-T4” finns inte. Visar T2 2025"),
        ({"enhet": "avd-ingen"}, "Enheten ”avd-ingen” finns inte i katalogen."),
        ({"jamfor": "allt"}, "Jämförelsen ”allt” finns inte."),
        ({"peirod": "2025"}, "Adressen har ett val som inte finns: ”peirod”."),
    ],
)
def test_a_notice_names_what_was_not_found(params: dict[str, str], words: str) -> None:
    (notice,) = read(params, CATALOGUE).notices
    assert notice.startswith(words)


def test_a_notice_stays_short_however_long_the_address_is() -> None:
    names = {f"x{number}" * 100: "1" for number in range(50)}
    notices = read({"period": "9" * 10_000, "enhet": "e" * 10_000, **names}, CATALOGUE).notices
    assert len(notices) == 3
    assert all(len(notice) < 300 for notice in notices)


NOW = datetime(2025, 9, 20, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("2025-09-12", date(2025, 9, 12)),
        ("2025-09-20", date(2025, 9, 20)),  # a day that is not over is a day all the same
        ("2025-09-20T135959", datetime(2025, 9, 20, 13, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_address_may_ask_for_what_was_known_then_and_every_link_keeps_it(text: str, as_of: date) -> None:
    query = read({"lage": text}, CATALOGUE, now=NOW)
    assert (query.selection.as_of, query.notices) == (as_of, ())
    assert parsed(query.href("mal", period="2024-T2")) == {"lage": text, "period": "2024-T2"}
    # The period met first is another at another time, so it is said on the way there and back.
    assert parsed(query.href("mal", lage=None)) == {"period": "2025-T2"}
    assert parsed(read({}, CATALOGUE, now=NOW).href("mal", lage=text)) == {"lage": text, "period": "2025-T2"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-09-21", "Läget 2025-09-21 har inte varit än. Visar det som är känt nu."),
        ("2025-09-20T140001", "Läget 2025-09-20 kl. 14.00.01 UTC har inte varit än."),
        ("igår", "Läget ”igår” går inte att läsa. Skriv ett datum"),
        ("2025-02-30", "Läget ”2025-02-30” går inte att läsa."),
    ],
)
def test_a_time_that_has_not_been_or_is_none_is_said_and_now_is_shown(text: str, words: str) -> None:
    query = read({"lage": text}, CATALOGUE, now=NOW)
    (notice,) = query.notices
    assert notice.startswith(words)
    assert query.selection.as_of is None
    assert query.href("mal") == "/mal"


def test_an_empty_address_is_the_boards_own_view() -> None:
    query = read({}, CATALOGUE)
    assert query.selection == Selection(
        Period.parse("2025-T2"), "forvaltningen", Compare.LAST_YEAR, None, Role.LEDNING
    )
    assert query.selection == query.default
    assert query.href("") == "/"
    assert query.href("mal") == "/mal"
    assert query.notices == ()


def test_an_address_gives_no_one_another_role_or_day() -> None:
    """Nobody becomes someone else by writing it in the address."""
    chosen = read({"role": "analytiker", "roll": "namnd", "as_of": "2020-01-01"}, CATALOGUE).selection
    assert (chosen.role, chosen.as_of) == (Role.LEDNING, None)


def parsed(href: str) -> dict[str, str]:
    return dict(
        parse_qsl(urlsplit(href).query, keep_blank_values=True, strict_parsing=bool(urlsplit(href).query))
    )


@given(
    some_periods,
    st.sampled_from(list(CATALOGUE.units)),
    st.sampled_from(Compare),
    st.booleans(),
    st.dictionaries(st.sampled_from(OWN), st.text(min_size=1, max_size=30)),
    st.none() | st.dates(date(2000, 1, 1), date(2025, 1, 1)),
)
def test_a_link_to_the_view_one_sees_opens_the_same_view(
    period: Period, unit: str, compare: Compare, projector: bool, own: dict[str, str], as_of: date | None
) -> None:
    default = read({}, CATALOGUE).default
    query = Query(Selection(period, unit, compare, as_of), default, projector, own)
    again = read(parsed(query.href("trender", keep_own=True)), CATALOGUE, OWN)
    assert (again.selection, again.projector, dict(again.own)) == (query.selection, projector, own)
    assert again.notices == ()
    other_page = read(parsed(query.href("mal")), CATALOGUE)
    assert (other_page.selection, dict(other_page.own)) == (query.selection, {})


def test_a_link_changes_only_what_it_names_and_can_take_away() -> None:
    query = read({"period": "2024-T2", "enhet": "cai", "projektor": "1", "matt": "anstallda"}, CATALOGUE, OWN)
    assert parsed(query.href("trender", matt="puls")) == {
        "period": "2024-T2",
        "enhet": "cai",
        "projektor": "1",
        "matt": "puls",
    }
    assert parsed(query.href("", enhet=None, projektor=None)) == {"period": "2024-T2"}
    assert query.href("mal", period="2025-T2", enhet="forvaltningen", projektor=None) == "/mal"


def test_what_stands_in_a_link_cannot_add_parameters() -> None:
    query = read({"matt": "a&enhet=cai#x"}, CATALOGUE, OWN)
    again = read(parsed(query.href("trender", keep_own=True)), CATALOGUE, OWN)
    assert again.selection.unit == "forvaltningen"
    assert again.own["matt"] == "a&enhet=cai#x"
