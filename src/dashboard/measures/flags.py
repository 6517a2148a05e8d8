"""Which contradictions touch a printed figure: on its own line, or on the line it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from dashboard.domain.periods import Period
from dashboard.measures.facts import BESIDE, OUTCOME, Facts
from dashboard.published import Contradiction, Figure

WORDED = frozenset({"label", "typo"})  # about the words around a number on their own lines
NO_OTHER_NUMBER = frozenset({"judgement", "label"})


@lru_cache(maxsize=8_192)  # a printed figure is shown on many pages and for many periods
def flags_of(facts: Facts, figure: Figure, *, rounding: bool = False) -> tuple[Contradiction, ...]:
    """The contradictions that concern this figure, each once; those of rounding only when asked for.

    A line may hold a dozen figures. A contradiction names the measure or the indicator, and where the number it
    speaks of stands on the line, only the figures with that number are meant. The same number for the same period
    is one number, on whatever line a contradiction names it, unless it is about how the number is worded there.
    """
    found: dict[str, Contradiction] = {}
    for twin in _twins(facts, figure):
        for flag in facts.flags_by_line.get((twin.source, twin.line), ()):
            worded = flag.kind in WORDED and twin is not figure
            if (rounding or flag.severity == "real") and not worded and _meant(facts, flag, twin):
                found[flag.id] = flag
    return tuple(found.values())


def flags_of_all(
    facts: Facts, figures: Iterable[Figure], *, rounding: bool = False
) -> tuple[Contradiction, ...]:
    found = {flag.id: flag for figure in figures for flag in flags_of(facts, figure, rounding=rounding)}
    return tuple(found.values())


def in_doubt(facts: Facts, figure: Figure) -> bool:
    """Whether another number contradicts this one: not only a colour, or what somebody calls it."""
    return any(flag.kind not in NO_OTHER_NUMBER for flag in flags_of(facts, figure))


def _twins(facts: Facts, figure: Figure) -> tuple[Figure, ...]:
    """The figure and its repetitions: same thing, period and value.

    A series may hold several things (``apart.csv``): the units that reach one goal are not those that reach another.
    """
    same = facts.figures(
        figure.indicator, figure.org, figure.measure if figure.measure in BESIDE else OUTCOME
    )
    apart = facts.published.apart_by

    def known_by(one: Figure) -> tuple[Period, Decimal, str]:
        return (one.when, one.value, apart(one))

    own = known_by(figure)
    return (figure, *(one for one in same if one is not figure and known_by(one) == own))


def _meant(facts: Facts, flag: Contradiction, figure: Figure) -> bool:
    if (flag.source, flag.line) == (figure.source, figure.line):
        if flag.measure not in {"", figure.measure, figure.indicator}:
            return False
        numbers = _numbers(flag.printed)
    elif flag.kind in {"sum", "comparison"}:  # the other line is a term of the sum and is not itself in doubt
        return False
    else:
        numbers = _numbers(flag.computed, flag.printed)
    on_line = {
        one.value
        for one in facts.by_line.get((figure.source, figure.line), ())
        if one.indicator == figure.indicator
    }
    return figure.value in numbers if numbers & on_line else not numbers


def _numbers(*texts: str) -> frozenset[Decimal]:
    found = set()
    for text in texts:
        try:
            found.add(Decimal(text))
        except InvalidOperation:  # a colour or a word
            continue
    return frozenset(found)
