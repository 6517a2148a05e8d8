"""``dashboard note``, ``dashboard notes`` and ``dashboard note-withdraw``: people's own notes on indicators."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard import catalogue as catalogues
from dashboard.domain.known import known_on
from dashboard.notes import NoteStore, desk
from dashboard.settings import Settings
from dashboard.snapshots.lock import user


def add(verbs: Any) -> None:
    """Add the verbs to the parser's verbs."""
    write = verbs.add_parser("note", help="skriv en egen anteckning om ett mått")
    write.add_argument("indicator", metavar="MÅTT", help="måttets id, se docs/indikatorer.md")
    write.add_argument("--month", metavar="TID", required=True, help="2025-08, 2025-T2 eller 2025")
    write.add_argument("--text", metavar="TEXT", required=True, help="högst 280 tecken")
    write.add_argument("--who", metavar="NAMN", default=user(), help="den som antecknar (den inloggade)")
    write.add_argument("--unit", metavar="ENHET", default="", help="enhetens id (alla enheter)")
    write.set_defaults(run=_write)
    shown = verbs.add_parser("notes", help="skriv ut anteckningarna")
    shown.add_argument("--as-of", metavar="DATUM", help="de som fanns den dagen, ÅÅÅÅ-MM-DD")
    shown.set_defaults(run=_show)
    gone = verbs.add_parser("note-withdraw", help="dra tillbaka en anteckning; den finns kvar men visas inte")
    gone.add_argument("number", metavar="NUMMER", help="anteckningens nummer i ”dashboard notes”")
    gone.add_argument("--reason", metavar="SKÄL", required=True, help="varför; högst 200 tecken")
    gone.add_argument("--who", metavar="NAMN", default=user(), help="den som drar tillbaka (den inloggade)")
    gone.set_defaults(run=_withdraw)


def _write(chosen: argparse.Namespace, settings: Settings) -> int:
    fields = {"matt": chosen.indicator, "enhet": chosen.unit, "tid": chosen.month, "text": chosen.text}
    note = desk.write(
        NoteStore(settings.notes), {**fields, "vem": chosen.who}, catalogues.load(settings.catalogue)
    )
    print(f"Anteckning {note.number} om {note.draft.period.label} är sparad.")
    return 0


def _show(chosen: argparse.Namespace, settings: Settings) -> int:
    found = NoteStore(settings.notes).current(known_on(chosen.as_of) if chosen.as_of else None)
    for fault in found.faults:
        print(f"Obs: {fault}")
    for note in found.shown:
        draft = note.draft
        about = f"{draft.indicator}, {draft.unit or 'alla enheter'}, {draft.period.label}"
        print(f"{note.number}. {about}: {draft.text} ({draft.who}, {note.written:%Y-%m-%d})")
    if not found.shown:
        print("Inga anteckningar.")
    return 1 if found.faults else 0


def _withdraw(chosen: argparse.Namespace, settings: Settings) -> int:
    fields = {"nummer": chosen.number, "vem": chosen.who, "skal": chosen.reason}
    gone = desk.withdraw(NoteStore(settings.notes), fields)
    print(f"Anteckning {gone.note} är tillbakadragen. Den finns kvar i lagret men visas inte längre.")
    return 0
