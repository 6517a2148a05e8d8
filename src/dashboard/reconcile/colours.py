"""Declared relations about colours: what the text says of one, and what the reports' own rules give."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.domain import status
from dashboard.domain.model import KNOWN_COLOURS, Colour
from dashboard.reconcile.findings import Finding, Place, place_of, said, told
from dashboard.reconcile.layer import Layer
from dashboard.reconcile.relations import Kind, Resolved
from dashboard.reconcile.repeats import SWEDISH


def check_colour(layer: Layer, one: Resolved) -> Iterator[Finding]:
    """At most one finding. A colour that the text form lost contradicts nothing."""
    relation = one.relation
    if relation.period is None:
        return
    rows = [
        row
        for row in layer.colours(relation.subject, relation.period, relation.source)
        if row.colour in KNOWN_COLOURS
    ]
    if not rows:
        return
    row = rows[-1]
    there = Place(row.source, row.line)
    if relation.kind is Kind.COLOUR:
        claimed = Colour(relation.says)
        if all(row.colour is not claimed for row in rows):
            printed = f"tryckt {SWEDISH[row.colour]} på {there}"
            yield _finding(one, relation.place, there, claimed, row.colour, printed)
        return
    wanted, words = _by_rule(layer, one)
    if row.colour is not wanted:
        yield _finding(one, there, place_of(one.terms[0]), row.colour, wanted, words)


def _by_rule(layer: Layer, one: Resolved) -> tuple[Colour, str]:
    """The colour that the thresholds give, and why."""
    limits = layer.catalogue.thresholds
    value = one.terms[0]
    if one.relation.kind is Kind.PULSE:
        colour = status.pulse(value.value, limits.pulse_green, limits.pulse_yellow)
        return colour, f"{said(value)} är {SWEDISH[colour]} enligt skalan"
    budget = one.terms[1]
    colour = status.economy(value.value, budget.value, limits.economy_yellow)
    return colour, f"{said(value)} mot {said(budget)} är {SWEDISH[colour]} enligt regeln"


def _finding(
    one: Resolved, here: Place, other: Place, printed: Colour, computed: Colour, words: str
) -> Finding:
    kind, rule = one.relation.finding or "judgement", f"samband {one.relation.id}"
    sentence = f"{one.relation.text}: sägs vara {SWEDISH[printed]}, men {words}."
    values = (printed.value, computed.value)
    return told(kind, one.relation.subject, here, other, values, sentence, rule)
