"""What the forecasts of Ekonomi say in words: how each is reckoned, and where the management's lies among them."""

from __future__ import annotations

from dashboard.domain.text import millions, number, quantity
from dashboard.measures.forecasts import Covered, Outlook, Place


def best_sentence(found: Outlook) -> str:
    """The headline: the best estimate, or where there is none the range, with the management's own beside it."""
    who = "" if found.unit.parent is None else f"{found.unit.name}: "
    said = _best(found)
    return (
        f"{who}{said[:1].lower()}{said[1:]}" if who and not said.startswith(("B ", "C ")) else f"{who}{said}"
    )


def _best(found: Outlook) -> str:
    letters, own = found.letters, found.own
    buffered = " utan buffert" if found.buffer else ""
    if letters.d is None:
        start = f"B och C ger {_between(letters.span)}" if letters.span else f"B ger {millions(letters.b)}"
        return (
            f"{start}; förvaltningens prognos{buffered} är {millions(own)}."
            if own is not None
            else f"{start}."
        )
    start = f"Volymer och priser pekar mot {millions(letters.d)}"
    if own is None:
        return f"{start}; förvaltningen har ingen egen prognos."
    gap = letters.d - own
    if round(gap / 1000, 1) == 0:
        return f"{start}, som förvaltningens egen prognos{buffered}."
    return f"{start}, {amount(gap)} {_way(gap)} än förvaltningens prognos{buffered}."


def amount(thousands: float) -> str:
    """The size of a difference: millions, or thousands where millions would be next to nothing."""
    size = abs(thousands)
    return millions(size) if size >= 1000 else quantity(size, "tkr")


def _way(gap: float) -> str:
    return "sämre" if gap < 0 else "bättre"


def _between(span: tuple[float, float]) -> str:
    if millions(span[0]) == millions(span[1]):
        return millions(span[0])
    return f"{number(span[1] / 1000, 1)} till {millions(span[0])}"


def _rest(found: Outlook) -> float:
    """What remains of the year's budget."""
    return float(found.year_budget.number or 0) - float(found.budget.number or 0)


def assumption(found: Outlook) -> tuple[str, ...]:
    """What the management's forecast takes for granted about the rest of the year, beside the budget for it."""
    if found.own is None:
        return ()
    left = found.own - float(found.outcome.number or 0)
    words = [f"lämnar {millions(left)} till resten av året; budgeten för resten är {millions(_rest(found))}"]
    if found.buffer:
        after = found.own + found.buffer
        words.append(f"med omvärldsbufferten {millions(found.buffer)} blir prognosen {millions(after)}")
    return tuple(words)


def how_b(found: Outlook) -> tuple[str, ...]:
    return (f"utfall {_plain(found.outcome.number)} och resten av budgeten {_plain(_rest(found))}",)


def how_c(found: Outlook) -> tuple[str, ...]:
    outcome, budget, year = (_plain(one.number) for one in (found.outcome, found.budget, found.year_budget))
    return (f"utfall {outcome} × helårsbudget {year} / budget hittills {budget}",)


def how_d(found: Outlook) -> tuple[str, ...]:
    """The terms of D: outcome, each volume, and the rest of the budget that is not theirs."""
    letters, outcome = found.letters, float(found.outcome.number or 0)
    if letters.d is None:
        return ()
    others = letters.d - outcome + sum(one.ahead for one in letters.covered)
    words = [f"utfall {_plain(outcome)}", *(_term(one) for one in letters.covered)]
    return (*words, f"övrigt enligt återstående budget {_plain(others)}")


def _term(one: Covered) -> str:
    pace = one.pace
    if one.followed.daily:
        volume = f"{number(pace.rate, 0)} {one.followed.counted} × {one.left} dygn × {number(pace.price)} kr"
    else:
        volume = f"{number(pace.rate, 0)} {one.followed.counted} × {one.left} mån × {number(pace.price)} kr"
    return f"{one.followed.name} {_plain(-one.ahead)}: {volume}"


def _plain(thousands: object) -> str:
    """A sum in millions without its unit, for a row of several."""
    return number(float(str(thousands)) / 1000, 1)


def place_sentence(found: Outlook) -> str:
    """Where the management's forecast lies against B and C, in one sentence; "" when that cannot be said."""
    span, own, place = found.letters.span, found.own, found.place
    if own is None:
        return ""
    if span is None or place is None:
        return f"{found.letters.why.get('c', '')} Bara B kan räknas: {millions(found.letters.b)}.".strip()
    match place:
        case Place.INSIDE:
            first = f"Prognosen ligger mellan B och C, {_between(span)}"
        case Place.CHEAPER:
            first = f"Prognosen är {amount(own - span[1])} ljusare än både B och C"
            left = own - float(found.outcome.number or 0)
            first += _cheaper(left, _rest(found))
        case Place.DEARER:
            first = f"Prognosen är {amount(span[0] - own)} mörkare än både B och C"
    if found.letters.d is None:
        return f"{first}."
    gap = found.letters.d - own
    if round(gap / 1000, 1) == 0:
        return f"{first}, och lika med D."
    return f"{first}; D ligger {amount(gap)} {_way(gap)}."


def _cheaper(left: float, rest: float) -> str:
    """How much less than budgeted the rest of the year would have to cost."""
    if rest >= 0 or left <= rest:
        return ""
    percent = 100 * (left - rest) / -rest
    if percent < 0.5:
        return ""
    share = quantity(percent, "procent")
    return f" och kräver att resten av året kostar {share} mindre än budgeterat"
