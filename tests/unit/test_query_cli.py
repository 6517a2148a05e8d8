"""The command line: the same numbers as on screen, Swedish throughout, and an exit code to act on."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.errors import SelectionError
from dashboard.measures import Facts
from dashboard.measures.query import frame, query
from dashboard.measures.readings import reading
from dashboard.settings import Settings

COLUMNS = [
    "indicator",
    "unit",
    "period",
    "period_kind",
    "measure",
    "value",
    "unit_of_measure",
    "origin",
    "source",
]
ROOT = "forvaltningen"


@pytest.fixture(autouse=True)
def over_the_demo(demo_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    use(demo_settings, monkeypatch)


def use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(settings.home))
    monkeypatch.setenv("DASHBOARD_DATA", str(settings.state))


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["query", *arguments, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


# --- query ------------------------------------------------------------------------------------------------


def test_csv_and_json_say_the_same_in_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "hushall-langvarigt"]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0].split(",") == COLUMNS
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows == ask(capsys, "hushall-langvarigt")
    assert list(rows[0]) == COLUMNS
    assert len(rows) > 44


def test_everything_printed_comes_first_with_its_line_then_every_month(
    capsys: pytest.CaptureFixture[str], facts: Facts
) -> None:
    rows = ask(capsys, "hushall-langvarigt")
    printed = [row for row in rows if row["origin"] == "published"]
    assert rows[: len(printed)] == printed
    assert {(row["source"], row["period"], row["value"]) for row in printed} >= {
        ("t2-2025:209", "2025-T2", "159"),
        ("t2-2025:209", "2024-T2", "185"),
        ("delar2-2024:161", "2024-08", "180"),
    }
    months = rows[len(printed) :]
    assert [row["period"] for row in months] == [str(m) for m in Month(2022, 1).until(Month(2025, 8))]
    assert {row["origin"] for row in months} == {"synthetic"}
    assert {row["source"] for row in months} == {f"snapshot:{facts.warehouse.fingerprint}"}
    by_month = {row["period"]: row["value"] for row in months}
    assert (by_month["2024-08"], by_month["2025-04"], by_month["2025-08"]) == ("180", "166", "159")


def test_one_period_gives_what_is_printed_for_it_and_its_value_from_the_months(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = ask(capsys, "hushall-bistand", "--period", "2025-T2")
    assert [(row["origin"], row["value"], row["period_kind"]) for row in rows] == [
        ("published", "389", "ytd"),
        ("synthetic", "389", "ytd"),
    ]


@pytest.mark.parametrize("period", ["2024", "2025-T1", "2025-05..2025-08", "R12-2025-03", "2025-03"])
@pytest.mark.parametrize(
    "indicator", ["sjukfranvaro", "placeringar-dygn", "hushall-bistand", "ekonomi-avvikelse"]
)
def test_the_command_and_the_card_agree(facts: Facts, indicator: str, period: str) -> None:
    when = Period.parse(period)
    answer = query(facts, indicator, ROOT, when)[-1]
    card = reading(facts, indicator, Selection(when, ROOT)).value
    assert card.number is not None
    assert float(answer.value) == pytest.approx(float(card.number), abs=1e-4)
    assert (answer.period, answer.period_kind) == (period.removeprefix("R12-"), when.kind.value)
    assert answer.unit_of_measure == facts.catalogue.indicators[indicator].unit


def test_a_unit_has_its_own_values(capsys: pytest.CaptureFixture[str]) -> None:
    whole = ask(capsys, "anstallda", "--period", "2025-08")
    adults = ask(capsys, "anstallda", "--period", "2025-08", "--unit", "avd-vuxen")
    children = ask(capsys, "anstallda", "--period", "2025-08", "--unit", "avd-barn-unga")
    assert (adults[0]["unit"], children[0]["unit"]) == ("avd-vuxen", "avd-barn-unga")
    assert Decimal(whole[0]["value"]) == Decimal(adults[0]["value"]) + Decimal(children[0]["value"])


def test_no_value_is_written_as_minus_nothing(facts: Facts) -> None:
    values = [
        answer.value
        for name, indicator in facts.catalogue.indicators.items()
        if indicator.monthly
        for unit in (ROOT, "v2023-ukraina")
        for answer in query(facts, name, unit, None)
    ]
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) for value in values)
    assert not any(re.fullmatch(r"-0(\.0*)?", value) for value in values)


def test_what_was_known_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    known = ask(capsys, "placeringar-externa", "--as-of", "2024-09-09")
    assert known[-1]["period"] == "2024-07"
    assert main(["query", "placeringar-externa", "--as-of", "2020-01-01"]) == 0
    said = capsys.readouterr()
    assert said.out == ",".join(COLUMNS) + "\n"
    assert said.err.startswith("Obs: Inga månadsvärden var kända 2020-01-01.\nObs: Rapporten Delår 2 2024 ")
    printed = ask(capsys, "hushall-bistand", "--as-of", "2020-01-01")
    assert {row["origin"] for row in printed} == {"published"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hushal-bistand"], "hushal-bistand"),
        (["hushall-bistand", "--unit", "avd-ingen"], "avd-ingen"),
        (["hushall-bistand", "--period", "2025-13"], "Perioden ”2025-13” finns inte."),
        (["hushall-bistand", "--period", "2025-08..2025-01"], "Perioden ”2025-08..2025-01” finns inte."),
        (["sjukfranvaro-r12", "--period", "1900-01"], "Perioden ”1900-01” finns inte."),
        (["hushall-bistand", "--as-of", "igår"], "Datumet ”igår” finns inte. Skriv ÅÅÅÅ-MM-DD."),
        (["hushall-bistand", "--as-of", "2025-02-30"], "Datumet ”2025-02-30” finns inte."),
    ],
)
def test_what_does_not_exist_is_said_in_swedish_with_exit_code_1(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["query", *arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert "Traceback" not in said.err
    assert not re.search(r"\b(not|must|invalid|month|isoformat)\b", said.err)


def test_an_unknown_indicator_or_unit_is_a_selection_error(facts: Facts) -> None:
    with pytest.raises(SelectionError):
        query(facts, "finns-inte", ROOT, None)
    with pytest.raises(SelectionError):
        query(facts, "anstallda", "finns-inte", None)


def test_a_folder_without_a_catalogue_is_said_with_exit_code_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    assert main(["check"]) == 1
    assert "Hittar ingen katalog" in capsys.readouterr().err


# --- check and build --------------------------------------------------------------------------------------


def test_check_of_a_sound_store_ends_well_and_lists_what_the_reports_get_wrong(
    capsys: pytest.CaptureFixture[str], facts: Facts
) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "Allt stämmer." in said.out
    real = [flag for flag in facts.published.contradictions if flag.severity == "real"]
    assert f"Motsägelser i rapporterna: {len(real)}," in said.out
    assert all(flag.sentence in said.out for flag in real)


def test_check_names_every_damaged_file_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(copied, monkeypatch)
    damaged = sorted((copied.snapshots / "ekonomi").rglob("*.parquet"))[3:5]
    damaged[0].write_bytes(b"PAR1")
    damaged[1].write_bytes(damaged[1].read_bytes()[:-1])
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert all(path.name in said.err for path in damaged)
    assert "2 fel." in said.out
    assert "Allt stämmer" not in said.out


def test_build_over_snapshots_that_exist_leaves_them_alone_and_says_where_the_database_is(
    capsys: pytest.CaptureFixture[str], copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(copied, monkeypatch)
    before = {path: path.stat().st_mtime_ns for path in copied.snapshots.rglob("*.parquet")}
    assert main(["build"]) == 0
    said = capsys.readouterr()
    (built,) = copied.warehouse.glob("*.duckdb")
    assert str(built) in said.out
    assert "Databas" in said.err
    assert {path: path.stat().st_mtime_ns for path in copied.snapshots.rglob("*.parquet")} == before


# --- the language -----------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(usage|options?|positional|arguments|optional|required|show|this|help message|exit|error|invalid"
    r"|choice|choose|from|expected|unrecognized|the|default)\b",
    re.IGNORECASE,
)


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out + said.err


@pytest.mark.parametrize("verb", [[], ["build"], ["serve"], ["check"], ["query"]])
def test_help_is_swedish_throughout(capsys: pytest.CaptureFixture[str], verb: list[str]) -> None:
    code, text = said_by(capsys, *verb, "--help")
    assert code == 0
    assert text.startswith("användning: dashboard")
    assert "visa den här hjälpen" in text
    spoken = re.sub(r"--?[a-z-]+|127\.0\.0\.1", "", text)  # the names of the options are what they are
    assert ENGLISH.findall(spoken) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "det här saknas: KOMMANDO"),
        (["query"], "det här saknas: MÅTT"),
        (["brygg"], "finns inte (välj bland"),
        (["query", "x", "--format", "xml"], "'xml' finns inte (välj bland"),
        (["query", "x", "--unit"], "väntade ett värde"),
        (["serve", "--port", "dörr"], "'dörr' går inte att läsa"),
        (["check", "--fort"], "okända argument: --fort"),
    ],
)
def test_a_mistyped_command_is_answered_in_swedish_with_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, text = said_by(capsys, *arguments)
    assert code == 2
    assert message in text
    spoken = re.sub(r"--?[a-z-]+|[{'(][a-z, ']+[})']", "", text)
    assert ENGLISH.findall(spoken) == []


def test_an_analyst_gets_the_rows_as_a_tidy_frame_of_numbers(facts: Facts) -> None:
    table = frame(query(facts, "hushall-langvarigt", ROOT, None))
    assert list(table.columns) == COLUMNS
    printed = table[table["origin"] == "published"].set_index("period")["value"]
    assert printed["2025-T2"] == 159
    assert table["value"].dtype.kind in "if"
