"""Where the server takes in what the page Data sends; the page says them to the browser."""

from __future__ import annotations

BASE, TEMPLATES = "/leverans", "/mall"
BEGIN = BASE
# A file by its name that is to be read without its sender's saved mapping, or with it again.
AFRESH, AS_BEFORE = "utan", "som"
KEY_HEADER, NAME_HEADER = "x-styrkort-nyckel", "x-filnamn"


def of(upload: str, verb: str = "") -> str:
    """``/leverans/<id>/granska``"""
    return f"{BASE}/{upload}/{verb}" if verb else f"{BASE}/{upload}"


def copy_of(upload: str, number: int) -> str:
    """The copy of file ``number`` (from 0) with its faults as comments."""
    return of(upload, f"kommentarer/{number}")


def explaining(upload: str, file: int, sheet: int) -> str:
    """Takes in what sheet ``sheet`` of file ``file`` means (both from 0)."""
    return of(upload, f"tolka/{file}/{sheet}")


def undoing(number: int) -> str:
    return f"{BASE}/angra/{number}"


def template(dataset: str, kind: str, month: str) -> str:
    """A template for a dataset, or ``alla``; ``kind`` is xlsx or csv."""
    return f"{TEMPLATES}/{dataset}.{kind}?manad={month}"
