"""What a value rests on when it rests on several things, and what of a series is what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month

WORDS: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.PUBLISHED: "publicerad",
        Origin.IMPORTED: "inläst",
        Origin.SYNTHETIC: "demo",
        Origin.MIXED: "demo och inläst",
    }
)
TOLD_RUNS = 4  # a series that goes back and forth more often is told by its counts


def combined(origins: Iterable[Origin | None]) -> Origin | None:
    """The origin of what is computed from values of these; None when none is known.

    Demo and loaded months make ``MIXED``, whatever else there is. What rests on anything synthetic is synthetic, and
    only what is printed throughout is published.
    """
    found = {origin for origin in origins if origin is not None}
    if Origin.MIXED in found or {Origin.SYNTHETIC, Origin.IMPORTED} <= found:
        return Origin.MIXED
    weakest = (Origin.SYNTHETIC, Origin.IMPORTED, Origin.PUBLISHED)
    return next((origin for origin in weakest if origin in found), None)


def what_is_what(origins: Mapping[Month, Origin | None]) -> str:
    """*t.o.m. augusti 2025 demo, september 2025 inläst*; empty where all months are of one origin.

    Months of None have no value and are passed over.
    """
    if len({origin for origin in origins.values() if origin is not None}) < 2:
        return ""
    known = [(month, origin) for month, origin in sorted(origins.items()) if origin is not None]
    runs = [
        (origin, [month for month, _ in those]) for origin, those in groupby(known, key=lambda pair: pair[1])
    ]
    if len(runs) > TOLD_RUNS:
        counts = [
            (origin, sum(len(those) for one, those in runs if one is origin))
            for origin in dict.fromkeys(origin for origin, _ in runs)
        ]
        return ", ".join(f"{count} månader {WORDS[origin]}" for origin, count in counts)
    told = [f"{_span(those, first=at == 0)} {WORDS[origin]}" for at, (origin, those) in enumerate(runs)]
    return ", ".join(told)


def _span(months: list[Month], *, first: bool) -> str:
    if first:
        return f"t.o.m. {months[-1].name}"
    if len(months) == 1:
        return months[0].name
    return f"{months[0].name}–{months[-1].name}"
