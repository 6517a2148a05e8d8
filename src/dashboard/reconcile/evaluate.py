"""What follows from a declared relation, and where the reports print something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from dashboard.domain.periods import Period
from dashboard.published import Figure
from dashboard.reconcile.colours import check_colour
from dashboard.reconcile.findings import (
    Finding,
    between,
    difference_in_words,
    kind_between,
    measure_of,
    place_of,
    said,
    severity,
    spoken,
    told,
)
from dashboard.reconcile.layer import Layer
from dashboard.reconcile.printed import Span, amount, change, share, span, step, unit_of
from dashboard.reconcile.relations import COLOURED, Kind, Resolved, Says

STEADY = Decimal(5)  # per cent: a change beyond it is not *stabil*


def evaluate(layer: Layer, resolved: Resolved) -> tuple[Finding, ...]:
    """Where the figures do not do what the relation says, or are of another period than it says."""
    if resolved.relation.kind in COLOURED:
        return tuple(check_colour(layer, resolved))
    return (*RULES[resolved.relation.kind](resolved), *_wrong_period(resolved))


def _sum(one: Resolved) -> Iterator[Finding]:
    """Rounded addends may miss their total by a little; hedged ones and mixed precision by what they say."""
    total = sum(map(amount, one.terms), Decimal(0)) - sum(map(amount, one.minus), Decimal(0))
    wanted = amount(one.result) if one.result else _constant(one.relation.equals or 0.0)
    figures = [*one.terms, *one.minus, *([one.result] if one.result else [])]
    steps = {step(figure) for figure in figures}
    if len(steps) > 1 or any(figure.qualifier for figure in figures):
        reach = _total(one.terms).minus(_total(one.minus))
        if reach.meets(span(one.result) if one.result else Span(wanted, wanted)):
            return
    if total == wanted:
        return
    how = severity(total - wanted, max(steps))
    unit = unit_of(figures[0])
    printed, computed = (wanted, total) if one.result else (total, wanted)
    both = f"{spoken(total, unit)} i stället för {spoken(wanted, unit)}"
    words = f"{one.relation.text}: tillsammans {both}; {difference_in_words(total - wanted, unit, how)}."
    yield _finding(one, how, "sum", (printed, computed), words)


def _constant(number: float) -> Decimal:
    return Decimal(int(number)) if number.is_integer() else Decimal(str(number))


def _total(figures: Iterable[Figure]) -> Span:
    total = Span(Decimal(0), Decimal(0))
    for figure in figures:
        total = total.plus(span(figure))
    return total


def _quotient(expected: Callable[[Resolved], Span], exact: Callable[[Resolved], Decimal]) -> Rule:
    """A result that is computed from rounded numbers is right when the printed one can be meant by it."""

    def rule(one: Resolved) -> Iterator[Finding]:
        if one.result is None or expected(one).meets(span(one.result)):
            return
        computed = exact(one).quantize(one.result.value, rounding=ROUND_HALF_UP)
        words = f"{one.relation.text}: tryckt {said(one.result)}, men talen ger {spoken(computed, one.result.unit)}."
        yield _finding(one, "real", "comparison", (one.result.value, computed), words)

    return rule


def _share_of(one: Resolved) -> Decimal:
    part, whole = map(amount, one.terms)
    return part / whole * 100


def _change_of(one: Resolved) -> Decimal:
    before, after = map(amount, one.terms)
    return (after - before) / abs(before) * 100


def _mean_of(one: Resolved) -> Decimal:
    return sum(map(amount, one.terms), Decimal(0)) / len(one.terms)


def _mean_span(one: Resolved) -> Span:
    total = _total(one.terms)
    return Span(total.low / len(one.terms), total.high / len(one.terms))


def _equal(one: Resolved) -> Iterator[Finding]:
    first = one.terms[0]
    for other in one.terms[1:]:
        if not span(first).meets(span(other)):
            kind = one.relation.finding or kind_between(first.source, other.source)
            words = f"{one.relation.text}: {said(first)} men {said(other)} på {place_of(other)}."
            yield between(first, other, kind, words, _name(one))


def _at_most(one: Resolved) -> Iterator[Finding]:
    if one.result is None or _total(one.terms).low <= span(one.result).high:
        return
    total = sum(map(amount, one.terms), Decimal(0))
    words = f"{one.relation.text}: {spoken(total, unit_of(one.result))} är fler än {said(one.result)}."
    yield _finding(one, "real", "sum", (one.result.value, total), words)


def _direction(one: Resolved) -> Iterator[Finding]:
    """Printed is what it came to, computed what it came from."""
    before, after = one.terms
    first, second = span(before), span(after)
    if one.relation.per_month:
        first, second = _a_month(before, first), _a_month(after, second)
    moved = change(first, second)
    broken = {
        Says.UP: second.high <= first.low,
        Says.DOWN: second.low >= first.high,
        Says.STEADY: moved.low > STEADY or moved.high < -STEADY,
        Says.NOT_UP: second.low >= first.high and second != first,
        Says.NOT_DOWN: second.high <= first.low and second != first,
    }
    if not broken[Says(one.relation.says)]:
        return
    words = (
        f"{one.relation.text}, men det gick från {said(before)} ({before.when.label}) till {said(after)} "
        f"({after.when.label})."
    )
    claim = one.relation.place
    kind = one.relation.finding or kind_between(claim.source, before.source)
    other = place_of(after) if place_of(after) != claim else place_of(before)
    yield told(kind, measure_of(after), claim, other, (after.value, before.value), words, _name(one))


def _a_month(figure: Figure, whole: Span) -> Span:
    months = len(figure.when.months)
    return Span(whole.low / months, whole.high / months)


def _wrong_period(one: Resolved) -> Iterator[Finding]:
    """Terms of another period than the result's, or than the one the report claims for them."""
    terms = one.terms[-1:] if one.relation.kind is Kind.CHANGE else one.terms
    if one.result is not None and one.relation.kind is not Kind.AT_MOST:
        for term in terms:
            if not _inside(term.when, one.result.when):
                words = f"{one.relation.text}: sägs gälla {one.result.when.label}, men {said(term)} gäller "
                yield _out_of_time(one, one.result, term, f"{words}{term.when.label} ({place_of(term)}).")
                return
    claimed = one.relation.within
    if claimed is None:
        return
    for term in one.terms:
        if not _inside(term.when, claimed):
            words = f"{one.relation.text}: sägs gälla {claimed.label}, men {said(term)} gäller "
            yield _out_of_time(one, term, term, f"{words}{term.when.label} ({place_of(term)}).")


def _inside(period: Period, other: Period) -> bool:
    return other.start <= period.start and period.end <= other.end


def _out_of_time(one: Resolved, printed: Figure, other: Figure, words: str) -> Finding:
    """The number is right, its period is not: printed and computed are the same."""
    values = (printed.value, printed.value)
    return told("period", measure_of(printed), one.relation.place, place_of(other), values, words, _name(one))


def _finding(one: Resolved, how: str, kind: str, values: tuple[Decimal, Decimal], words: str) -> Finding:
    """On the relation's line; the other place is the first term that stands elsewhere."""
    claim = one.relation.place
    places = [place_of(term) for term in (*one.terms, *one.minus)]
    other = next((place for place in places if place != claim), claim)
    measure = measure_of(one.result or one.terms[0])
    return told(one.relation.finding or kind, measure, claim, other, values, words, _name(one), how)


def _name(one: Resolved) -> str:
    return f"samband {one.relation.id}"


Rule = Callable[[Resolved], Iterator[Finding]]
RULES: Mapping[Kind, Rule] = {
    Kind.SUM: _sum,
    Kind.SHARE: _quotient(lambda one: share(*map(span, one.terms)), _share_of),
    Kind.CHANGE: _quotient(lambda one: change(*map(span, one.terms)), _change_of),
    Kind.MEAN: _quotient(_mean_span, _mean_of),
    Kind.EQUAL: _equal,
    Kind.AT_MOST: _at_most,
    Kind.DIRECTION: _direction,
}
