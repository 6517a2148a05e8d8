"""``dashboard import | snapshots | undo``: deliveries in, what has come, and taking one back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import catalogue as catalogues
from dashboard.commands.mappings import content, mapping_of, print_reused, save_mappings, what_was_read
from dashboard.commands.progress import Meter
from dashboard.commands.templates import month_of
from dashboard.commands.words import KINDS, months_of, title, what
from dashboard.contracts import CONTRACTS
from dashboard.errors import IntakeError, StoreError
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.lock import user
from dashboard.snapshots.store import Store

if TYPE_CHECKING:  # reading workbooks is heavy, and every verb goes through here
    from dashboard.intake.examination import Examination
    from dashboard.loading import MonthPreview, Preview

QUESTIONS = 3
_CELLS = 8  # of each month that are shown
_REVISED = "revised"
_WORDS = {
    "new": "ny",
    _REVISED: "ändrad",
    "source": "samma värden, nu inlästa",
    "unchanged": "oförändrad",
}


def add(verbs: Any) -> None:
    """Add the verbs to the parser's verbs."""
    load_it = verbs.add_parser(
        "import",
        help="läs in månadens filer",
        description="Läser, kontrollerar och läser in. Fel stoppar; frågor ska besvaras med --answer. "
        "Slutkod 0: inläst, eller inget nytt. 1: fel. 3: obesvarade frågor.",
    )
    load_it.add_argument("files", metavar="FIL", nargs="+", help="Excel, OpenDocument eller text")
    load_it.add_argument("--dataset", metavar="DATAMÄNGD", default="", help=f"en av {', '.join(CONTRACTS)}")
    load_it.add_argument("--month", metavar="MÅNAD", help="månaden som filerna ska gälla, 2025-09")
    load_it.add_argument("--dry-run", action="store_true", help="visa vad som skulle ändras, men läs inte in")
    load_it.add_argument(
        "--answer",
        metavar="FRÅGA=SVAR",
        action="append",
        default=[],
        help='svar på en fråga, med frågans nummer eller nyckel: --answer 1="Ny rutin"',
    )
    load_it.add_argument(
        "--mapping", metavar="FIL", action="append", default=[], help="sparad mappning, JSON eller TOML"
    )
    load_it.add_argument(
        "--no-reuse", action="store_true", help="läs inte filerna så som avsändarens förra leverans lästes"
    )
    load_it.add_argument(
        "--save-mapping",
        metavar="MAPP",
        help="skriv vad varje blad tolkades som, att ändra i och ge med --mapping",
    )
    load_it.add_argument("--reason", metavar="TEXT", default="", help="varför, till exempel vid en rättelse")
    _who(load_it)
    load_it.set_defaults(run=_import)
    listed = verbs.add_parser("snapshots", help="visa leveranserna: när, vem, vad")
    listed.add_argument(
        "--format", choices=["text", "json"], default="text", help="text (förvalt) eller json"
    )
    listed.set_defaults(run=_snapshots)
    back = verbs.add_parser("undo", help="ångra en leverans: det som gällde före den gäller igen")
    back.add_argument("entry", metavar="LEVERANS", type=int, help="leveransens nummer, se snapshots")
    back.add_argument("--reason", metavar="TEXT", required=True, help="varför")
    _who(back)
    back.set_defaults(run=_undo)


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--who", metavar="NAMN", help="vem som läser in (den inloggade)")


def _import(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.intake.examination import examine
    from dashboard.intake.reading import Wanted
    from dashboard.loading import Approval, load, preview

    catalogue, store = catalogues.load(settings.catalogue), Store(settings.snapshots)
    wanted = Wanted(
        chosen.dataset,
        month_of(chosen.month) if chosen.month else None,
        [mapping_of(Path(name)) for name in chosen.mapping],
        reuse=not chosen.no_reuse,
    )
    files = [(Path(name).name, content(Path(name))) for name in chosen.files]
    meter = Meter("Läser  ")
    meter(f"{len(files)} filer" if len(files) > 1 else files[0][0], 0.0)
    found = examine(files, catalogue, store, today=date.today(), wanted=wanted)
    meter("kontrollerat", 1.0)
    for file in found.files:
        for note in file.notes:
            print(f"Obs: {file.name}: {note}", file=sys.stderr)
    print_reused(found)
    if chosen.save_mapping:
        save_mappings(Path(chosen.save_mapping), what_was_read(found, chosen.dataset, catalogue))
    for error in found.errors:
        print(f"Fel: {error}", file=sys.stderr)
    answers = _answers(chosen.answer, found)
    open_questions = 0
    for number, question in enumerate(found.questions, 1):
        if not answers.get(question.key, "").strip():
            open_questions += 1
            print(f"Fråga {number}: {question}\n         (nyckel {question.key})", file=sys.stderr)
    shown = preview(store, found)
    _print_preview(shown)
    if found.errors or found.untold or not found.tables:
        more = f" och {found.untold} till" if found.untold else ""
        print(f"{len(found.errors)} fel{more}. Inget är inläst.", file=sys.stderr)
        return 1
    if open_questions:
        print(
            f"{open_questions} obesvarade frågor. Svara med --answer NUMMER=SVAR. Inget är inläst.",
            file=sys.stderr,
        )
        return QUESTIONS
    if chosen.dry_run:
        print("Inget är inläst (--dry-run).")
        return 0
    loaded = load(
        store,
        found,
        Approval(chosen.who or user(), answers, chosen.reason, shown),
        catalogue=catalogue,
        prepare=prepare_serving(settings, Meter("Databas")),
    )
    if loaded.entry is None:
        print("Allt stod redan så. Inget är ändrat.")
    else:
        print(f"Leverans {loaded.entry.number} är inläst: {months_of(loaded.entry.current)}.")
    return 0


def _answers(given: Sequence[str], found: Examination) -> Mapping[str, str]:
    """By the key of the question; each is named by its number in the list or by its key."""
    numbered = {str(number): question.key for number, question in enumerate(found.questions, 1)}
    keys = {question.key for question in found.questions}
    answers = {}
    for one in given:
        key = next((key for key in keys if one.startswith(f"{key}=")), None)
        if key is not None:
            answers[key] = one[len(key) + 1 :]
            continue
        name, _, text = one.partition("=")
        if name.strip() not in numbered or not text.strip():
            raise IntakeError(f"Svaret ”{one[:60]}” hör inte till någon fråga. Skriv NUMMER=SVAR.")
        answers[numbered[name.strip()]] = text
    return answers


def _print_preview(shown: Preview) -> None:
    for seen in shown.seen:
        state = "och gäller" if seen.stands else "men gäller inte längre"
        print(f"{seen.name} har lästs in förut (leverans {seen.entry}) {state}.")
    for month in shown.months:
        print(f"{title(month.key)}: {_WORDS[month.change.value]}, {_counts(month)}.")
        labels = month.differences.cells[:_CELLS] if month.change == _REVISED else ()
        for cell in labels:
            name = " · ".join(part for part in (cell.unit, cell.category, cell.column) if part)
            print(f"  {name}: {_told(cell.before)} → {_told(cell.after)}")
        rest = len(month.differences.cells) + month.differences.untold - len(labels)
        if labels and rest:
            print(f"  … och {rest} värden till")


def _counts(month: MonthPreview) -> str:
    found = month.differences
    if month.change != _REVISED:
        return f"{month.rows} rader"
    parts = ((found.revised, "ändrade"), (found.new, "nya"), (found.gone, "borttagna"), (found.same, "lika"))
    return ", ".join(f"{count} {word}" for count, word in parts if count) + " rader"


def _told(value: object) -> str:
    return "–" if value is None else str(value)


def _snapshots(chosen: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.snapshots)
    entries = store.history()
    if chosen.format == "json":
        rows = [
            {
                "entry": entry.number,
                "known_from": entry.known_from.isoformat(),
                "who": entry.who,
                "kind": entry.kind.value,
                "months": [f"{dataset}/{month}" for dataset, month in entry.current],
                "sources": [{"name": source.name, "sha256": source.sha256} for source in entry.sources],
                "reason": entry.reason,
                "undoes": entry.undoes,
            }
            for entry in entries
        ]
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for entry in entries:
        when = entry.known_from.strftime("%Y-%m-%d %H:%M:%S")
        print(f"{entry.number:>5}  {when}  {KINDS[entry.kind]:<9}  {entry.who}: {what(entry)}")
    if not entries:
        print("Ingen leverans är inläst.")
    state = store.current()
    print(f"I kraft: {len(state)} månadsfiler.")
    for dataset in dict.fromkeys(file.dataset for file in state):
        print(f"  {months_of((file.dataset, file.month) for file in state if file.dataset == dataset)}")
    return 0


def _undo(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.loading import undo

    store = Store(settings.snapshots)
    if not store.log.begun():
        raise StoreError("Ingen leverans är inläst, så det finns inget att ångra.")
    meter = Meter("Databas")
    prepare = prepare_serving(settings, meter)
    entry = undo(store, chosen.entry, chosen.who or user(), chosen.reason, prepare=prepare)
    print(f"Leverans {chosen.entry} är ångrad (leverans {entry.number}): {months_of(entry.current)}.")
    return 0
