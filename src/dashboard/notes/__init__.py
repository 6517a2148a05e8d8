"""The analyst's own notes on indicators: dated, signed, never changed; never facts."""

from dashboard.notes.note import NO_NOTES, Draft, Note, NoteError, Notes, Withdrawal, clean
from dashboard.notes.store import NoteStore

__all__ = ["NO_NOTES", "Draft", "Note", "NoteError", "NoteStore", "Notes", "Withdrawal", "clean"]
