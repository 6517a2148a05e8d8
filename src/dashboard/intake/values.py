"""Numbers and months as people and systems write them. Pure functions on one cell's content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.domain.periods import MONTH_NAMES, Month
from dashboard.intake.shapes import Cell

# Every kind of space, joiner and direction mark that copying between programs leaves in a cell.
_BLANKS = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑‒﹣－", "-"))
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMAED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SWISS = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?")
_ENDING = re.compile(r"(mnkr|mkr|tkr|kr|sek|%|procent|st|tim|timmar|h|dygn)\.?$", re.IGNORECASE)
_GREATEST = 1e15  # beyond this a float no longer holds every whole number

MISSING_SIGNS = frozenset({"", "-", "..", ".", "...", "saknas", "n/a", "na", "null", "none", "nan"})


class Unreadable(ValueError):
    """The content is not what the column wants. The message is what was expected, in Swedish."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit written behind it. ``grouped``: ``1.234``, which can also be a thousand and more."""

    value: int | float
    unit: str = ""
    grouped: bool = False


def plain(text: str) -> str:
    """One kind of space, none at the ends, ordinary minus signs."""
    return _BLANKS.sub(" ", text).strip().translate(_DASHES)


def read_number(text: str) -> Amount:
    """``-69 082``, ``−69 082``, ``7,37 %``, ``1.234,5``, ``(12)``, ``12-``, ``="12"``. Raises Unreadable."""
    body = plain(text)
    if match := re.fullmatch(r"=?\"(.*)\"", body):  # how some systems force Excel to see text
        body = match[1].strip()
    body = body.removeprefix("'").strip()
    unit = ""
    if match := _ENDING.search(body):
        unit, body = match[1].lower(), body[: match.start()].strip()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    elif body.endswith("-"):  # SAP
        negative, body = True, body[:-1].strip()
    elif body.startswith(("-", "+")):
        negative, body = body[0] == "-", body[1:].strip()
    value, grouped = _unsigned(body)
    return Amount(-value if negative and value else value, unit, grouped)


def _unsigned(body: str) -> tuple[int | float, bool]:
    if not body.isascii() and "’" not in body:
        body = unicodedata.normalize("NFKC", body)
    if not body or not body[0].isdigit() or len(body) > 40:
        raise Unreadable("ett tal som 1 234,5")
    grouped = False
    if _SPACED.fullmatch(body):
        body = body.replace(" ", "").replace(",", ".")
    elif _SWISS.fullmatch(body):
        body = body.replace("'", "").replace("’", "").replace(",", ".")
    elif _DOTTED.fullmatch(body) and (body.count(".") > 1 or "," in body):
        body = body.replace(".", "").replace(",", ".")
    elif _COMMAED.fullmatch(body) and (body.count(",") > 1 or "." in body):
        body = body.replace(",", "")
    elif _PLAIN.fullmatch(body):
        grouped = bool(_DOTTED.fullmatch(body)) and not body.startswith("0")
        body = body.replace(",", ".")
    else:
        raise Unreadable("ett tal som 1 234,5")
    value: int | float = int(body) if body.isdigit() else float(body)
    if value > _GREATEST:
        raise Unreadable("ett tal under en miljon miljarder")
    return value, grouped


_ENGLISH_FIRST = ("january", "february", "march", "april", "may", "june")
_ENGLISH_LAST = ("july", "august", "september", "october", "november", "december")
_WORDS = {
    name[:size]: place
    for names in ((*_ENGLISH_FIRST, *_ENGLISH_LAST), MONTH_NAMES)
    for place, name in enumerate(names, 1)
    for size in {3, 4, len(name)}
}
_NUMERIC = (
    re.compile(r"(?P<y>\d{4})[-/. ]?[mM]?(?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})\d{2}"),
    re.compile(r"(?P<m>\d{1,2})[-/. ](?P<y>\d{4})"),
)
_WORDED = (
    re.compile(r"(?P<w>[^\W\d_]{3,9})\.?[ \-/']{0,2}(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})[ \-/]{1,2}(?P<w>[^\W\d_]{3,9})\.?"),
    re.compile(r"\d{1,2}\.?[ \-/](?P<w>[^\W\d_]{3,9})\.?[ \-/](?P<y>\d{4})"),
)
# Dates, times and years of a name, the longest first; short dates and times of day are runs of six digits and more.
_DATED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-. ]\d{1,2}[-. ]\d{1,2}(?:[ t]\d{2}[-.]?\d{2}(?:[-.]?\d{2})?)?|\d{6,}|"
    r"(?:19|20)\d{2}[-. ]?m?(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[-. ](?:19|20)\d{2}|(?:19|20)\d{2})(?!\d)"
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_SERIALS = range(32874, 73415)  # 1990 to 2100, days counted as Excel counts them
_A_MONTH = "en månad som 2025-08 eller augusti 2025"


def read_month(cell: Cell, year: int | None = None) -> Month:
    """The month of a date, a text or a serial number; with ``year`` also of a month's number or name alone.

    Raises Unreadable.
    """
    if isinstance(cell, date):
        return _month(cell.year, cell.month)
    if isinstance(cell, bool) or cell is None:
        raise Unreadable(_A_MONTH)
    if isinstance(cell, float) and not cell.is_integer():
        return _serial(cell)
    text = plain(str(int(cell)) if isinstance(cell, int | float) else cell).lower()
    if year is not None and (place := _lone(text)):
        return _month(year, place)
    if text.isdigit() and len(text) == 5:
        return _serial(int(text))
    for shape in _NUMERIC:
        if match := shape.fullmatch(text):
            return _month(int(match["y"]), int(match["m"]))
    for shape in _WORDED:
        if (match := shape.fullmatch(text)) and (place := _WORDS.get(match["w"], 0)):
            written = int(match["y"])
            return _month(written + 2000 if written < 100 else written, place)
    raise Unreadable(_A_MONTH)


def find_month(text: str) -> Month | None:
    """The only month that a title, a file name or the name of a sheet speaks of; None when none or several.

    A whole date is the day of printing as often as not: it speaks only where no month does.
    """
    body = re.sub(r"[_,:;()]", " ", plain(text)).lower()
    days = r"(?<!\d)20\d{2}-\d{2}-\d{2}(?!\d)"
    words = "|".join(sorted(_WORDS, key=len, reverse=True))
    figures = r"(?<!\d)20\d{2}-?\d{2}(?![\d-])"
    months = rf"{figures}|\b(?:{words})\.?[ -]?20\d{{2}}(?!\d)|(?<!\d)20\d{{2}}[ -](?:{words})\b"
    for pieces in (re.findall(months, re.sub(days, " ", body)), re.findall(days, body)):
        found = {month for piece in pieces if (month := _month_or_none(piece))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def without_month(text: str) -> str:
    """A file's or a sheet's name without month, year, date and copy number, in small letters: who it comes from.

    ``Ekonomi_2025-09 (2)`` and ``ekonomi oktober 2025`` are both *ekonomi*; ``2025-09`` is nothing.
    """
    body = unicodedata.normalize("NFC", plain(text)).lower()
    body = re.sub(r"\(\d{1,3}\)$", " ", body)
    body = _DATED.sub(" ", re.sub(r"[_,:;()]", " ", body))
    words = re.findall(r"[^\W_]+", body)
    return " ".join(word for word in words if word not in _WORDS)


def _month_or_none(text: str) -> Month | None:
    try:
        return read_month(text)
    except Unreadable:
        return None


def read_year(cell: Cell) -> int | None:
    """A year of four digits; None for anything else."""
    text = plain(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    return int(text) if re.fullmatch(r"(19|20)\d{2}", text) else None


def _lone(text: str) -> int:
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    return _WORDS.get(text.rstrip("."), 0)


def _serial(days: float) -> Month:
    if int(days) not in _SERIALS:
        raise Unreadable(_A_MONTH)
    return Month.of(date(1899, 12, 30) + timedelta(days=int(days)))


def _month(year: int, number: int) -> Month:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= 12):
        raise Unreadable(_A_MONTH)
    return Month(year, number)
