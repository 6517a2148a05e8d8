"""Numbers and dates as Swedish readers expect them.

True minus, thin no-break space as thousands mark, decimal comma. Never ``nan``, never ``-0``.
Source: Myndigheternas skrivregler (Institutet för språk och folkminnen), section on numbers.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space
NBSP = "\u00a0"
MISSING = "–"

Number = int | float | Decimal
# Wide enough for every float; the default of 28 digits refuses to round greater numbers.
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_FINEST = Decimal(1).scaleb(-8)
_WHOLE = 1e12  # floats above have digits to keep and no decimals to mend


def as_decimal(value: Number) -> Decimal:
    """The number as it would be written: a float loses what its binary form and summing have added.

    Amounts with öre sum to 3726.4999999999995 where paper gives 3 726,5. Thirteen digits and eight decimals are more
    than any number here has, and fewer than where such errors lie.
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) or abs(value) >= _WHOLE:
        return Decimal(repr(value))
    return Decimal(f"{value:.13g}").quantize(_FINEST, rounding=ROUND_HALF_EVEN, context=_WIDE)


def rounded(value: Number, decimals: int) -> Decimal:
    """Half away from zero, the way a reader rounds; ``-0`` becomes ``0``."""
    result = as_decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return abs(result) if result == 0 else result


def is_missing(value: Number | None) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


def number(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """``-69082`` → ``−69 082``; missing → ``–``. ``signed`` puts a plus before what is above zero."""
    if value is None or is_missing(value):
        return MISSING
    exact = rounded(value, decimals)
    text = f"{abs(exact):,.{decimals}f}".replace(",", THIN).replace(".", ",")
    if exact < 0:
        return MINUS + text
    return "+" + text if signed and exact > 0 else text


def unit_text(unit: str) -> str:
    """The unit as it stands behind a number on screen."""
    return {"procent": "%", "antal": "", "index": ""}.get(unit, unit)


def quantity(value: Number | None, unit: str, decimals: int = 0, *, signed: bool = False) -> str:
    """Number and unit with a no-break space: ``7,37 %``. Missing stays ``–`` without a unit."""
    text = number(value, decimals, signed=signed)
    behind = unit_text(unit)
    return text if text == MISSING or not behind else f"{text}{NBSP}{behind}"


def millions(thousands: Number | None, *, signed: bool = False) -> str:
    """Thousands of kronor as millions: ``-54669`` → ``−54,7 mnkr``."""
    if thousands is None or is_missing(thousands):
        return MISSING
    return quantity(as_decimal(thousands) / 1000, "mnkr", 1, signed=signed)


def millions_apart(now: Number, before: Number) -> Decimal:
    """The difference of two amounts in thousands as they are shown in millions, in thousands: what a reader gets."""
    one, other = (rounded(as_decimal(value) / 1000, 1) for value in (now, before))
    return (one - other) * 1000


def listing(words: list[str] | tuple[str, ...]) -> str:
    """``["a", "b", "c"]`` → ``a, b och c``"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


COUNT_WORDS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def count_word(count: int, *, common: bool = False) -> str:
    """Small counts in words; ``common`` gives *en* instead of *ett*."""
    if common and count == 1:
        return "en"
    return COUNT_WORDS[count] if 0 <= count < len(COUNT_WORDS) else number(count)
