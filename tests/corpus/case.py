"""A file and what must come of it; and the figures that the good files carry, however they spell them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.intake.limits import LIMITS, Limits
from dashboard.intake.reading import Wanted

Row = Sequence[Any]

# unit, accumulated outcome and budget, forecast and budget for the year
EKONOMI: tuple[Row, ...] = (
    ("avd-barn-unga", -137761.0, -86809.0, -192741.0, -130775.0),
    ("avd-overgripande", -11607.5, -10768.0, -17984.0, -16141.0),
    ("avd-vuxen", -69082.0, -52455.0, -171865.0, -157005.0),
)
# unit, reason, count
ANMALNINGAR: tuple[Row, ...] = (
    ("barn-ungdom-1", "vald", 44),
    ("barn-ungdom-1", "ovrigt", 1234),
    ("barn-ungdom-2", "vald", 29),
)
GOOD = {"ekonomi": EKONOMI, "anmalningar": ANMALNINGAR}


@dataclass(frozen=True, slots=True)
class Case:
    """``good``: the dataset whose figures (August 2025) must be read without a fault. ``faults``: (cell or sheet, part
    of the message) of every fault, in order. ``refused``: part of the message when the file is not taken in.
    ``notes``: parts of what is told beside.
    """

    id: str
    name: str
    make: Callable[[], bytes]
    good: str = ""
    faults: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    notes: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    limits: Limits = LIMITS


def csv_text(rows: Sequence[Row], separator: str = ";", end: str = "\n") -> str:
    """Rows as text, cells as they stand."""
    return "".join(separator.join(str(cell) for cell in row) + end for row in rows)
