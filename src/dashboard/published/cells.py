"""What a cell may hold: a type, and the check that makes it out of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Annotated

from dashboard.domain.model import Colour
from dashboard.domain.periods import Month, Period

Check = Callable[[str], object]
"""Cell text → value. Raises ValueError with what was expected, in Swedish."""


def matching(pattern: str, expected: str) -> Check:
    form = re.compile(pattern)

    def check(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(expected)
        return cell

    return check


def one_of(*allowed: str) -> Check:
    return matching("|".join(allowed), f"något av {', '.join(allowed)}")


def whole(low: int, high: int, empty: bool = False) -> Check:
    def check(cell: str) -> int | None:
        if empty and not cell:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", cell) or not low <= int(cell) <= high:
            raise ValueError(f"ett heltal {low}–{high}" + (" eller tomt" if empty else ""))
        return int(cell)

    return check


def number(cell: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        raise ValueError("ett tal med punkt som decimaltecken")
    return Decimal(cell)


def colour(cell: str) -> Colour:
    if cell not in set(Colour):
        raise ValueError(f"något av {', '.join(Colour)}")
    return Colour(cell)


def ids(cell: str) -> tuple[str, ...]:
    matching(f"({_SLUG}( {_SLUG})*)?", "namn åtskilda av ett blanksteg, eller tomt")(cell)
    return tuple(cell.split())


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_NAME = "ett namn med små bokstäver, siffror och bindestreck"

Id = Annotated[str, matching(_SLUG, _NAME)]
IdOrEmpty = Annotated[str, matching(f"({_SLUG})?", f"{_NAME}, eller tomt")]
Text = Annotated[str, matching(r"\S(.*\S)?", "en text utan blanksteg i början och slutet")]
Line = Annotated[int, whole(1, 999_999)]
Share = Annotated[int | None, whole(0, 999, empty=True)]
Score = Annotated[int | None, whole(1, 5, empty=True)]
Shade = Annotated[Colour, colour]
PeriodKind = Annotated[str, one_of("month", "ytd", "tertial", "half-year", "year", "r12", "point", "range")]
# forandring: a printed change; jamforelse: the value of others; grans: a limit in a scale, rule or law.
Measure = Annotated[
    str,
    one_of(
        *("utfall", "mal", "budget", "avvikelse", "prognos", "helarsbudget", "prognosavvikelse"),
        *("avvikelse-foregaende-ar", "utfall-foregaende-ar", "forandring", "jamforelse", "grans"),
    ),
]


@cache
def period_of(kind: str, text: str) -> Period:
    """A period as the files write it: ``("r12", "2025-08")``, ``("ytd", "2025-T2")``. Kept: few are different.

    Raises ValueError where the text is not a period of that kind.
    """
    if kind == "r12":
        return Period.r12(Month.parse(text))
    period = Period.parse(text)
    if kind not in (period.kind.value, "range", "point"):
        raise ValueError(f"not a {kind}: {text}")
    return period
