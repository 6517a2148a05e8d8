"""Two comparisons with the year before, in one report, that share one end and not the other.

*159 against 185* in a table and *166 against 185* in the text speak of one thing and cannot both be right. If both
are the same indicator, the ends that differ contradict each other, and so do the two periods of the number they share
(if it has two). If they are two indicators of one theme, the shared number also stands under a label that does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from dashboard.published import Figure
from dashboard.reconcile.findings import Finding, between, kind_between, place_of, said
from dashboard.reconcile.layer import Layer, grouped

# Smaller whole numbers are equal by chance.
TELLING = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value and the one a year before it, as one passage of a report prints them."""

    now: Figure
    before: Figure


def check_pairs(layer: Layer) -> tuple[int, tuple[Finding, ...]]:
    """How many comparisons were held against others, and what that gave."""
    by_topic = grouped(_comparisons(layer), lambda one: (one.now.source, one.now.org, _topic(layer, one.now)))
    found: list[Finding] = []
    for members in by_topic.values():
        for first, second in combinations(members, 2):
            found.extend(_clash(first, second))
    return sum(len(members) for members in by_topic.values()), tuple(found)


def _comparisons(layer: Layer) -> Iterator[Comparison]:
    """Figure and year before under one heading, the nearest line first."""
    own = [figure for figure in layer.figures if figure.indicator and figure.measure == "utfall"]
    by_series = grouped(own, lambda one: (one.source, one.section, one.indicator, one.org, one.unit))
    for series in by_series.values():
        for now in series:
            year_before = [one for one in series if one.when == now.when.year_before()]
            if year_before:
                yield Comparison(now, min(year_before, key=lambda one: abs(one.line - now.line)))


def _topic(layer: Layer, figure: Figure) -> tuple[str, str]:
    indicator = layer.catalogue.indicators.get(figure.indicator)
    return (indicator.theme if indicator else figure.indicator, figure.unit)


def _clash(first: Comparison, second: Comparison) -> Iterator[Finding]:
    now, before = first.now.value == second.now.value, first.before.value == second.before.value
    if now == before:
        return
    shared = (first.now, second.now) if now else (first.before, second.before)
    other = (first.before, second.before) if now else (first.now, second.now)
    if not _telling(shared[0].value):
        return
    both = f"{_said(first)} på rad {first.now.line}, {_said(second)} på rad {second.now.line}"
    kind = kind_between(first.now.source, second.now.source)
    yield between(*other, kind, f"{first.now.label}: {both}.", "jämförelser")
    if first.now.indicator != second.now.indicator:
        sentence = (
            f"{said(shared[0])} kallas {shared[0].label} här och {shared[1].label} på {place_of(shared[1])}."
        )
        yield between(*shared, "label", sentence, "jämförelser")
    if shared[0].when != shared[1].when:
        sentence = (
            f"{shared[0].label}: {said(shared[0])} gäller {shared[0].when.label} här men {shared[1].when.label} "
            f"på {place_of(shared[1])}."
        )
        yield between(*shared, "period", sentence, "jämförelser")


def _telling(value: Decimal) -> bool:
    return abs(value) >= TELLING or value != value.to_integral_value()


def _said(one: Comparison) -> str:
    return f"{said(one.now)} mot {said(one.before)}"
