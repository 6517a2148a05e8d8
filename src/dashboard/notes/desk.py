"""Where the server takes in notes, and what a form of them says, checked against the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.catalogue import Catalogue
from dashboard.domain.periods import Period
from dashboard.domain.selection import period_of
from dashboard.errors import SelectionError
from dashboard.notes.note import Draft, Note, NoteError, Withdrawal, clean
from dashboard.notes.store import NoteStore

WRITE, WITHDRAW = "/anteckningar/skriv", "/anteckningar/dra-tillbaka"
_KEY = re.compile(r"[0-9a-f]{32}")


def draft_of(fields: Mapping[str, str], catalogue: Catalogue) -> Draft:
    """The note that a form asks for: ``matt``, ``enhet`` (empty: all units), ``tid``, ``text``, ``vem``, ``nyckel``.

    Raises NoteError with every fault by field.
    """
    faults: dict[str, str] = {}
    indicator, unit = fields.get("matt", ""), fields.get("enhet", "")
    if indicator not in catalogue.indicators:
        faults["matt"] = f"Måttet ”{indicator[:40]}” finns inte. Öppna måttet i Trender och försök igen."
    if unit and unit not in catalogue.units:
        faults["enhet"] = f"Enheten ”{unit[:40]}” finns inte. Välj en i listan."
    period = Period.month(catalogue.board.default_period.end)
    try:
        period = period_of(fields.get("tid", ""))
    except SelectionError:
        faults["tid"] = "Tiden går inte att läsa. Skriv en månad, till exempel 2025-08."
    text, who, key = clean(fields.get("text", "")), clean(fields.get("vem", "")), fields.get("nyckel", "")
    try:
        draft = Draft(indicator, unit or None, period, text, who, key=key if _KEY.fullmatch(key) else "")
    except NoteError as error:
        raise NoteError({**faults, **error.faults}) from error
    if faults:
        raise NoteError(faults)
    return draft


def write(store: NoteStore, fields: Mapping[str, str], catalogue: Catalogue) -> Note:
    """Keep the note that the form asks for. Raises NoteError and StoreError."""
    return store.write(draft_of(fields, catalogue))


def withdraw(store: NoteStore, fields: Mapping[str, str]) -> Withdrawal:
    """Withdraw the note ``nummer``, by ``vem`` and with a reason ``skal``. Raises NoteError and StoreError."""
    number, key = fields.get("nummer", ""), fields.get("nyckel", "")
    if not re.fullmatch(r"\d{1,6}", number, re.ASCII):
        raise NoteError({"": "Anteckningen finns inte."})
    return store.withdraw(
        int(number),
        clean(fields.get("vem", "")),
        clean(fields.get("skal", "")),
        key=key if _KEY.fullmatch(key) else "",
    )
