"""The same thing printed twice: figures that ought to be equal, colours that ought to be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from dashboard.domain.model import KNOWN_COLOURS, Colour, Nature, OverPeriod
from dashboard.domain.periods import PeriodKind
from dashboard.published import Apart, Assessment, Figure
from dashboard.reconcile.findings import Finding, Place, between, kind_between, place_of, said, told
from dashboard.reconcile.layer import OUTCOMES, Layer, grouped
from dashboard.reconcile.printed import span, unit_of

SWEDISH = {Colour.GREEN: "grönt", Colour.YELLOW: "gult", Colour.RED: "rött"}
LIMIT = "grans"
Thing = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeats:
    """``groups``: how many things are printed more than once. ``idle``: separations that separate nothing."""

    groups: int
    findings: tuple[Finding, ...]
    idle: tuple[Apart, ...] = ()


def check_figures(layer: Layer) -> Repeats:
    """Figures of the same indicator, unit of organisation, period and kind, each held against all others.

    Two cells of one table are not held against each other: a table prints a sum before and after a buffer.
    """
    separated = {one.indicator: one for one in layer.published.apart}
    groups = grouped(
        layer.figures,
        lambda figure: _thing(layer, figure, separated),
    )
    several = [members for members in groups.values() if len(members) > 1]
    table_of = _tables(layer)
    found = [
        between(
            first, second, kind_between(first.source, second.source), _disagree(first, second), "upprepning"
        )
        for members in several
        for first, second in combinations(_distinct(members), 2)
        if not span(first).meets(span(second)) and not _one_table(table_of, first, second)
    ]
    return Repeats(len(several), tuple(found), tuple(_idle(layer, separated)))


def check_colours(layer: Layer) -> Repeats:
    """A goal's or an indicator's colour for one period, printed on several lines; lost colours say nothing.

    An indicator that several goals have is judged once for each, so it is held against its own heading only.
    """
    known = [row for row in layer.published.assessments if row.colour in KNOWN_COLOURS]
    groups = grouped(
        known,
        lambda row: (row.subject, str(row.when), row.section if row.subject_kind == "indicator" else ""),
    )
    several = [members for members in groups.values() if len(members) > 1]
    found = [
        _colours(first, second)
        for members in several
        for first, second in combinations(members, 2)
        if first.colour != second.colour
    ]
    return Repeats(len(several), tuple(found))


def _thing(layer: Layer, figure: Figure, separated: Mapping[str, Apart]) -> Thing:
    """What the figure is about, in words that are equal for everything that ought to have one value.

    A figure without an indicator is known by its label, and so is a limit: a scale has several.
    """
    measure = "utfall" if figure.measure in OUTCOMES else figure.measure
    one = separated.get(figure.indicator)
    own = one.of(figure) if one else ""
    by = own if figure.indicator and figure.measure != LIMIT else figure.label
    return (figure.indicator, figure.org, measure, unit_of(figure), _read_as(layer, figure), by)


def _read_as(layer: Layer, figure: Figure) -> str:
    """The period, or the month that speaks for it.

    A stock that the catalogue reads by its last month is the same thing in *T2* and in *augusti*; R12 per December
    and the year are the same twelve months.
    """
    when = figure.when
    indicator = layer.catalogue.indicators.get(figure.indicator)
    if indicator is not None and (indicator.nature, indicator.over_period) == (Nature.STOCK, OverPeriod.LAST):
        return str(when.end)
    rolling = indicator is not None and indicator.over_period is OverPeriod.R12
    if when.kind is PeriodKind.R12 or (rolling and when.kind is PeriodKind.YEAR):
        return f"{when.start}..{when.end}"
    return str(when)


def _distinct(members: tuple[Figure, ...]) -> list[Figure]:
    """The first of each value and report: a number repeated is one word, not two."""
    found = {(one.source, one.value, one.unit, one.qualifier): one for one in reversed(members)}
    return [one for one in members if one in found.values()]


def _tables(layer: Layer) -> Mapping[tuple[str, int], str]:
    tables = layer.catalogue.tables.values()
    return {(table.source, row.line): table.id for table in tables for row in table.rows}


def _one_table(table_of: Mapping[tuple[str, int], str], first: Figure, second: Figure) -> bool:
    own = table_of.get((first.source, first.line))
    return own is not None and own == table_of.get((second.source, second.line))


def _disagree(first: Figure, second: Figure) -> str:
    same = f"{first.label}, {first.when.label}"
    return f"{same}: {said(first)} här men {said(second)} på {place_of(second)}."


def _colours(first: Assessment, second: Assessment) -> Finding:
    kind = "judgement" if first.source == second.source else "between-reports"
    here, there = SWEDISH[first.colour], SWEDISH[second.colour]
    place = Place(second.source, second.line)
    sentence = f"{first.label}, {first.when.label}: {here} här men {there} på {place}."
    values = (first.colour.value, second.colour.value)
    own = Place(first.source, first.line)
    return told(kind, first.subject, own, place, values, sentence, "upprepad färg")


def _idle(layer: Layer, separated: Mapping[str, Apart]) -> Iterator[Apart]:
    """Separations without which no two figures would be held against each other that are not now."""
    for indicator, one in separated.items():
        own = [figure for figure in layer.figures if figure.indicator == indicator]
        with_it = len(grouped(own, lambda figure: _thing(layer, figure, separated)))
        if with_it == len(grouped(own, lambda figure: _thing(layer, figure, {}))):
            yield one
