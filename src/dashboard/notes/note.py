"""What a note is, and what may stand in it.

A note is words that somebody has signed, about a measure and a time. It is never a fact: no number rests on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.periods import Month, Period
from dashboard.errors import DashboardError

LONGEST_TEXT, LONGEST_NAME, LONGEST_REASON = (
    280,
    60,
    200,
)  # in characters as a reader counts them: code points
# Marks that turn the direction of writing: with them a text can show other words than it holds.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, halves of characters, and separators of lines: none of them is text on one line.
_NOT_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " "})


class NoteError(DashboardError):
    """What is wrong with a note, by the field of the form that it is about (``""``: none of them)."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


@dataclass(frozen=True, slots=True)
class Draft:
    """A note before it is kept. ``unit`` None: it is about all units; ``period`` is the time it speaks of.

    ``key`` tells one writing from another: the same key twice is the same note sent twice. Raises NoteError.
    """

    indicator: str
    unit: str | None
    period: Period
    text: str
    who: str
    role: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        _refuse(
            {
                "text": _fault(self.text, LONGEST_TEXT, "Skriv vad anteckningen säger.", "Texten"),
                "vem": _fault(self.who, LONGEST_NAME, "Skriv vem som antecknar.", "Namnet"),
            }
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A note that is kept. ``number`` is its place in the store; ``written`` is in UTC and whole seconds."""

    number: int
    written: datetime
    draft: Draft

    @property
    def month(self) -> Month:
        """Where it stands on an axis of months: at the end of the time it speaks of."""
        return self.draft.period.end


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That the note with the number ``note`` no longer holds, and why. Raises NoteError."""

    number: int
    written: datetime
    note: int
    who: str
    reason: str
    role: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        missing = "Skriv varför anteckningen dras tillbaka."
        _refuse(
            {
                "skal": _fault(self.reason, LONGEST_REASON, missing, "Skälet"),
                "vem": _fault(self.who, LONGEST_NAME, "Skriv vem som drar tillbaka anteckningen.", "Namnet"),
            }
        )


Record = Note | Withdrawal


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes that hold at a time, in the order they were written; ``faults`` are what could not be read, in Swedish.

    ``fingerprint`` changes with any of it and is empty when there is nothing; ``moment`` is when the last record came.
    """

    shown: tuple[Note, ...] = ()
    faults: tuple[str, ...] = ()
    fingerprint: str = ""
    moment: datetime | None = None

    def about(self, indicator: str, units: Iterable[str]) -> tuple[Note, ...]:
        """The notes on the indicator for any of the units and those for all units, in order of their months."""
        asked = {None, *units}
        found = [one for one in self.shown if one.draft.indicator == indicator and one.draft.unit in asked]
        return tuple(sorted(found, key=lambda one: (one.month, one.number)))


NO_NOTES = Notes()


def clean(text: str) -> str:
    """What a person wrote in a field, on one line: line breaks and tabs are spaces, and those at the ends are gone."""
    return unicodedata.normalize("NFC", text.translate(_BREAKS)).strip()


def _refuse(faults: Mapping[str, str]) -> None:
    if found := {field: fault for field, fault in faults.items() if fault}:
        raise NoteError(found)


def _fault(text: str, longest: int, missing: str, what: str) -> str:
    """Why the text cannot stand, in one sentence; empty when it can."""
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        return missing
    if any(sign in _TURNING or unicodedata.category(sign) in _NOT_TEXT for sign in text):
        return f"{what} innehåller tecken som inte är text. Skriv med vanliga tecken, på en rad."
    if len(text) > longest:
        return f"{what} är {len(text)} tecken. Högst {longest} får plats."
    return ""
