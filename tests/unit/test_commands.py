"""The monthly round on the command line: the same steps as on screen, exit codes to act on, Swedish throughout."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from dashboard.domain.periods import Month
from dashboard.measures import open_facts
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

AUGUST = Month(2025, 8)
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def places(copied: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of the demo with two datasets, and the folder that one stands in."""
    for folder in copied.snapshots.iterdir():
        if folder.name not in {"anmalningar", "risker"}:
            shutil.rmtree(folder)
    monkeypatch.setenv("DASHBOARD_HOME", str(copied.home))
    monkeypatch.setenv("DASHBOARD_DATA", str(copied.state))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return copied


def written(places: Settings, name: str = "uttag.csv", factor: int = 1) -> str:
    """September as a file: August's reports, the first number times ``factor``."""
    store = Store(places.snapshots)
    rows = store.read(store.state()["anmalningar", AUGUST]).to_pylist()
    rows[0]["antal"] *= factor
    lines = [["month", "unit", "reason", "antal"]]
    lines += [["2025-09", row["unit"], row["reason"], str(row["antal"])] for row in rows]
    Path(name).write_text("\n".join(";".join(line) for line in lines) + "\n", encoding="utf-8")
    return name


def run(*arguments: str) -> int:
    return main(arguments)


def entries(places: Settings) -> int:
    return Store(places.snapshots).log.count()


# --- import -----------------------------------------------------------------------------------------------


def test_a_month_is_shown_first_then_loaded_then_served(places: Settings, capsys: Out) -> None:
    file = written(places)
    assert run("import", file, "--dry-run") == 0
    told = capsys.readouterr()
    assert "Anmälningar om barn och unga september 2025: ny, 10 rader." in told.out
    assert "Inget är inläst" in told.out
    assert entries(places) == 0
    assert run("import", file, "--who", "AA", "--reason", "Ordinarie") == 0
    assert "Leverans 2 är inläst: Anmälningar om barn och unga september 2025." in capsys.readouterr().out
    span = open_facts(places).span()
    assert span is not None
    assert span[1] == Month(2025, 9)
    assert run("import", file) == 0
    told = capsys.readouterr()
    assert "uttag.csv har lästs in förut (leverans 2) och gäller." in told.out
    assert "Allt stod redan så." in told.out
    assert entries(places) == 2


def test_questions_stop_the_load_until_they_are_answered_by_number_or_by_key(
    places: Settings, capsys: Out
) -> None:
    file = written(places, factor=3)
    assert run("import", file) == 3
    told = capsys.readouterr().err
    assert "Fråga 1: uttag.csv, D2:" in told
    assert "Svara med --answer" in told
    key = told.split("(nyckel ")[1].split(")\n")[0]
    assert run("import", file, "--answer", "2=Nej") == 1
    assert "hör inte till någon fråga" in capsys.readouterr().err
    assert run("import", file, "--answer", f"{key}=Ny rutin", "--dry-run") == 0
    assert run("import", file, "--answer", "1=Ny rutin") == 0
    (answer,) = Store(places.snapshots).history()[-1].answers
    assert (answer.about, answer.answer) == (key, "Ny rutin")


def test_a_correction_shows_each_value_before_and_after(places: Settings, capsys: Out) -> None:
    run("import", written(places, "först.csv"))
    store = Store(places.snapshots)
    before = store.read(store.state()["anmalningar", Month(2025, 9)]).to_pylist()[0]
    run("import", written(places, "sedan.csv", factor=3), "--answer", "1=Rättad")
    told = capsys.readouterr().out
    assert "ändrad, 1 ändrade, 9 lika rader." in told
    assert f"antal: {before['antal']} → {3 * before['antal']}" in told


def test_errors_are_told_with_their_cells_and_stop_the_load(places: Settings, capsys: Out) -> None:
    file = Path(written(places))
    file.write_text(
        file.read_text(encoding="utf-8").replace("barn-ungdom-1", "okänd enhet", 1), encoding="utf-8"
    )
    assert run("import", str(file)) == 1
    told = capsys.readouterr().err
    assert "Fel: uttag.csv, B2:" in told
    assert "Inget är inläst" in told
    assert run("import", "finns-inte.csv") == 1
    assert "Filen finns-inte.csv kan inte läsas" in capsys.readouterr().err
    assert run("import", str(file), "--month", "september") == 1
    assert "Skriv den som 2025-09" in capsys.readouterr().err
    assert entries(places) == 0


def test_a_saved_mapping_is_used(places: Settings, capsys: Out) -> None:
    file = Path(written(places))
    text = file.read_text(encoding="utf-8").replace("month;unit;reason;antal", "Tid;Var;Varför;Hur många")
    file.write_text(text, encoding="utf-8")
    headers = {"Tid": "month", "Var": "unit", "Varför": "reason", "Hur många": "antal"}
    Path("ifo.json").write_text(
        json.dumps({"sender": "ifo", "dataset": "anmalningar", "headers": headers}), encoding="utf-8"
    )
    assert run("import", str(file)) == 1
    assert run("import", str(file), "--mapping", "ifo.json") == 0, capsys.readouterr().err
    assert Store(places.snapshots).history()[-1].mappings[0]["headers"]["Var"] == "unit"


def strange(places: Settings, name: str, month: str = "2025-09") -> str:
    """A month with headers that nobody knows."""
    file = Path(written(places, name))
    text = file.read_text(encoding="utf-8").replace("month;unit;reason;antal", "Tid;Var;Varför;Hur många")
    file.write_text(text.replace("2025-09", month), encoding="utf-8")
    return name


def test_the_next_file_of_the_sender_is_read_as_the_last_one(places: Settings, capsys: Out) -> None:
    september = strange(places, "ifo-september-2025.csv")
    assert run("import", september, "--dataset", "anmalningar", "--save-mapping", "mappar") == 1
    form = Path("mappar/ifo-anmalningar.toml")
    assert '"Varför" = ""' in form.read_text(encoding="utf-8")
    assert run("import", september, "--save-mapping", "mappar") == 1
    assert "ange --dataset" in capsys.readouterr().err
    columns = {"Tid": "month", "Var": "unit", "Varför": "reason", "Hur många": "antal"}
    text = form.read_text(encoding="utf-8")
    for header, column in columns.items():
        text = text.replace(f'"{header}" = ""', f'"{header}" = "{column}"')
    form.write_text(text, encoding="utf-8")
    assert run("import", september, "--mapping", str(form)) == 0
    october = strange(places, "ifo-oktober-2025.csv", "2025-10")
    capsys.readouterr()
    assert run("import", october, "--dry-run", "--no-reuse") == 1
    assert "läst som förra gången" not in capsys.readouterr().out
    assert run("import", october) == 0
    told = capsys.readouterr().out
    assert "ifo-oktober-2025.csv: läst som förra gången, leverans 2 (--no-reuse läser utan den)." in told


def test_how_a_delivery_was_read_can_be_shown_and_saved(places: Settings, capsys: Out) -> None:
    run("import", written(places, "uttag-2025-09.csv"))
    capsys.readouterr()
    assert run("mapping", "2") == 0
    assert 'sender = "uttag"\ndataset = "anmalningar"' in capsys.readouterr().out
    assert run("mapping", "2", "--out", "ut") == 0
    assert "reason" in Path("ut/uttag-anmalningar.toml").read_text(encoding="utf-8")
    assert run("mapping", "1") == 0
    assert "Leverans 1 har inga filer som lästes." in capsys.readouterr().out
    assert run("mapping", "9") == 1
    assert run("mapping", "2", "--out", "uttag-2025-09.csv") == 1
    assert "kan inte skrivas" in capsys.readouterr().err


# --- what has come, what changed, and back ----------------------------------------------------------------


def test_a_report_that_came_in_between_is_told(capsys: Out) -> None:
    assert run("changes", "2024-09-05", "2024-09-08") == 0
    assert "Nya rapporter\n  delar2-2024: känd från 2024-09-06" in capsys.readouterr().out
    assert run("changes", "2024-09-05", "2024-09-08", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "report"


def test_snapshots_and_changes_tell_the_round_and_undo_takes_it_back(places: Settings, capsys: Out) -> None:
    assert run("snapshots") == 0
    assert "Ingen leverans är inläst." in capsys.readouterr().out
    run("import", written(places), "--who", "AA")
    run("import", written(places, "rättad.csv", factor=3), "--answer", "1=Dubbletter", "--who", "BB")
    capsys.readouterr()
    assert run("snapshots") == 0
    told = capsys.readouterr().out
    assert "grund" in told
    assert "BB: Anmälningar om barn och unga september 2025 ur rättad.csv" in told
    assert run("snapshots", "--format", "json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in listed] == ["base", "load", "load"]

    assert run("changes", "1", "2") == 0
    assert (
        "Nya månader\n  Anmälningar om barn och unga september 2025: 10 rader (leverans 2)"
        in capsys.readouterr().out
    )
    assert run("changes", "2", "3", "--format", "csv") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["kind"], row["column"], row["reason"], row["who"]) == ("revised", "antal", "Dubbletter", "BB")
    assert int(row["after"]) == 3 * int(row["before"])
    assert run("changes", "2025-08-31", "2025-09-30", "--format", "json") == 0
    august: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {(one["kind"], one["dataset"], one["month"]) for one in august if one["kind"] == "new"} == {
        ("new", "anmalningar", "2025-08"),
        ("new", "risker", "2025-08"),
    }

    assert run("undo", "2", "--reason", "fel") == 1
    assert "har ändrats av leverans 3" in capsys.readouterr().err
    assert run("undo", "3", "--reason", "fel fil") == 0
    assert "Leverans 3 är ångrad (leverans 4)" in capsys.readouterr().out
    assert run("changes", "2") == 0
    assert "Inget har ändrats." in capsys.readouterr().out
    assert run("changes", "igår") == 1
    assert run("changes", "99") == 1


def test_undo_needs_a_reason_and_something_to_undo(capsys: Out) -> None:
    with pytest.raises(SystemExit) as refused:
        run("undo", "1")
    assert refused.value.code == 2
    assert "--reason" in capsys.readouterr().err
    assert run("undo", "1", "--reason", "fel") == 1
    assert "inget att ångra" in capsys.readouterr().err


# --- verify -----------------------------------------------------------------------------------------------


def test_verify_tells_what_was_looked_through_and_what_an_interrupted_load_left(
    places: Settings, capsys: Out
) -> None:
    run("import", written(places))
    (places.snapshots / "anmalningar" / ".kvar.tmp").write_bytes(b"")
    capsys.readouterr()
    assert run("verify") == 0
    told = capsys.readouterr().out
    assert "89 månadsfiler och 2 leveranser är som de skrevs." in told
    assert "Databasen stämmer med månadsfilerna." in told
    assert "anmalningar/.kvar.tmp räknas inte" in told
    assert "Allt stämmer." in told


def test_verify_finds_a_month_that_is_not_as_it_was_written(places: Settings, capsys: Out) -> None:
    run("import", written(places))
    store = Store(places.snapshots)
    path = store.path(store.current()[0])
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-10])
    assert run("verify") == 1
    told = capsys.readouterr()
    assert path.name in told.err
    assert "1 fel." in told.out


def test_verify_finds_a_serving_file_that_says_something_else(places: Settings, capsys: Out) -> None:
    import duckdb

    path = open_facts(places).warehouse.path
    open_facts(places).warehouse.connection.close()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "UPDATE series SET num = num + 1 WHERE indicator = 'anmalningar-barn' AND month = '2025-08-01'"
        )
    assert run("verify") == 1
    told = capsys.readouterr()
    assert "Databasen säger annat än månadsfilerna om series anmalningar-barn" in told.err
    assert str(path) in told.err


# --- templates --------------------------------------------------------------------------------------------


def test_a_template_is_written_for_one_dataset_for_all_and_as_text(capsys: Out) -> None:
    assert run("template", "risker") == 0
    assert Path("mall-risker.xlsx").read_bytes()[:2] == b"PK"
    assert run("template", "alla", "--out", "alla.xlsx", "--month", "2025-09") == 0
    assert Path("alla.xlsx").stat().st_size > Path("mall-risker.xlsx").stat().st_size
    assert run("template", "anmalningar", "--out", "a.csv") == 0
    assert Path("a.csv").read_text(encoding="utf-8-sig").splitlines()[0] == "month;unit;reason;antal"
    capsys.readouterr()
    assert run("template", "alla", "--out", "alla.csv") == 1
    assert "rymmer en datamängd" in capsys.readouterr().err
    assert run("template", "allt") == 1
    assert run("template", "risker", "--out", "finns/inte/../mall.xlsx") == 0
    Path("fil").write_text("")
    assert run("template", "risker", "--out", "fil/mall.xlsx") == 1
    assert "kan inte skrivas" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["template", "import", "mapping", "snapshots", "undo", "changes", "verify"])
def test_help_is_swedish(verb: str, capsys: Out) -> None:
    with pytest.raises(SystemExit):
        run(verb, "--help")
    told = capsys.readouterr().out
    assert told.startswith("användning: dashboard")
    assert "show this" not in told
    assert "options" not in told
