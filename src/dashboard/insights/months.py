"""Sentences from single months: a new signal, and a record that is more than noise.

Only raw months are asked (``domain.spc_data.raw_monthly``): in a rolling or accumulated series pure noise looks like a
signal. A rolling measure can have a record, but only while its own months are out of the ordinary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.model import Indicator
from dashboard.domain.periods import Month
from dashboard.domain.spc import Rule, Variation
from dashboard.domain.text import NBSP, millions, quantity
from dashboard.insights.ranking import Insight, Kind, Target, Weight, certainty, seriousness, size
from dashboard.insights.sentences import amount
from dashboard.insights.standing import is_new
from dashboard.insights.words import reasons, subjects
from dashboard.measures.spc import decimals, telling_apart
from dashboard.measures.spc_latest import Latest, Months
from dashboard.measures.spc_words import VARIATION

YEAR = 12  # what is highest in less than a year is no record
LARGE = 4.0  # mean moving ranges from the centre; the limit is at 2.66
LARGE_WAIT = 36  # months
AGAIN = 0.6  # a record that also fell the month before
WORSE = {Variation.CONCERNING: True, Variation.IMPROVING: False, Variation.NEUTRAL: None}


@dataclass(frozen=True, slots=True)
class Record:
    """The last value is the highest (or lowest) for ``months`` months; ``since`` is the last one as high, or None."""

    highest: bool
    months: int
    since: Month | None


def record(months: Months, last: Month) -> Record | None:
    """Whether the month's value is alone at the top or the bottom of at least a year; None when it is not."""
    end = months.place(last)
    value = months.at(last)
    if value is None:
        return None
    found = None
    before = months.values[_start(months) : end]
    for highest in (True, False):
        back = _back(before, value, highest=highest)
        if back >= YEAR and (found is None or back > found.months):
            since = months.first.shift(end - back - 1) if back < len(before) else None
            found = Record(highest, back, since)
    return found


def _start(months: Months) -> int:
    """The place of the first value: a rolling series has none for its first eleven months."""
    return next((place for place, value in enumerate(months.values) if value is not None), 0)


def _began(months: Months) -> Month:
    return months.first.shift(_start(months))


def _back(before: Sequence[float | None], value: float, *, highest: bool) -> int:
    """How many months back no value reaches this one; a gap is no value."""
    for back, other in enumerate(reversed(before)):
        if other is not None and (other >= value if highest else other <= value):
            return back
    return len(before)


def month_insight(
    indicator: Indicator,
    months: Months,
    now: Latest | None,
    before: Latest | None,
    shown: Months | None = None,
) -> Insight | None:
    """What the month of ``now`` says of the measure: a new signal, else a record while it is out of the ordinary.

    ``months`` are the raw ones, ``before`` what the month before was among those up to it; ``shown`` the measure's own
    values where it is rolling. One sentence a measure at most; None on series with nothing but their common variation.
    """
    if now is None or now.sign is None:
        return None
    if is_new(now, before) and shown is None:
        return _signal(indicator, now, _in_line(record(months, now.month), now), _began(months))
    series = shown or months
    found = _in_line(record(series, now.month), now)
    return _record(indicator, now, series, found) if found else None


def _in_line(found: Record | None, now: Latest) -> Record | None:
    """A record that points the way the signal does."""
    return found if found and now.sign and found.highest is now.sign.upward else None


def _signal(indicator: Indicator, now: Latest, also: Record | None, first: Month) -> Insight:
    weight = Weight(
        seriousness(Kind.SIGNAL, WORSE[now.variation]),
        certainty(now.origin, now.limits.provisional),
        size(now.value - now.limits.mean, LARGE * now.limits.moving_range),
        1.0,
    )
    ending = f", {_highest(also, first)}" if also else ""
    usual = VARIATION[now.variation].lower()
    return Insight(
        Kind.SIGNAL,
        f"{_signal_words(indicator, now)}{ending}: {usual}.",
        weight,
        now.origin,
        subjects(indicator, now.indicator),
        now.unit,
        Target("trender", (("matt", now.indicator.id), ("vy", "spc"))),
        reasons("Signal som inte fanns månaden före (XmR på enskilda månader).", weight, now.origin),
    )


def _signal_words(indicator: Indicator, now: Latest) -> str:
    sign, name, month = now.sign, indicator.short, now.month.name
    if sign is None:
        raise ValueError(f"no signal: {indicator.id} {now.month}")
    value = amount(now.value, indicator)
    match sign.rule:
        case Rule.OUTSIDE:
            way = "över" if sign.upward else "under"
            digits = telling_apart(now.value, now.limits, indicator)
            if indicator.unit != "tkr" and digits > decimals(indicator, now.limits):
                value = quantity(now.value, indicator.unit, digits)
            low = _level(now.limits.lower, indicator, digits).split(NBSP)[0]
            high = _level(now.limits.upper, indicator, digits)
            return f"{name} var {value} i {month}, {way} det vanliga ({low} till {high})"
        case Rule.TREND:
            way = "stigit" if sign.upward else "sjunkit"
            return f"{name} har {way} minst sju månader i rad och var {value} i {month}"
        case Rule.NEAR:
            way = "högt" if sign.upward else "lågt"
            return (
                f"{name} har legat ovanligt {way} två av de tre senaste månaderna och var {value} i {month}"
            )
        case Rule.SHIFT:
            way = "över" if sign.upward else "under"
            middle = _level(now.limits.mean, indicator, decimals(indicator, now.limits))
            return f"{name} har legat {way} sitt medel ({middle}) minst sju månader i rad och var {value} i {month}"


def _level(level: float, indicator: Indicator, digits: int) -> str:
    """A limit or a mean in the unit that the value is told in."""
    return millions(level) if indicator.unit == "tkr" else quantity(level, indicator.unit, digits)


def _record(indicator: Indicator, now: Latest, series: Months, found: Record) -> Insight | None:
    value = series.at(now.month)
    if value is None:
        return None
    earlier = record(series, now.month.shift(-1))
    again = earlier is not None and earlier.highest is found.highest
    weight = Weight(
        seriousness(Kind.RECORD, WORSE[now.variation]),
        certainty(now.origin, now.limits.provisional),
        size(found.months, LARGE_WAIT),
        AGAIN if again else 1.0,
    )
    return Insight(
        Kind.RECORD,
        f"{indicator.short} var {amount(value, indicator)} i {now.month.name}, "
        f"{_highest(found, _began(series))}: {VARIATION[now.variation].lower()}.",
        weight,
        now.origin,
        subjects(indicator, now.indicator),
        now.unit,
        Target("trender", (("matt", indicator.id),)),
        reasons("Högst eller lägst på minst ett år, och månaderna är ovanliga.", weight, now.origin),
    )


def _highest(found: Record, first: Month) -> str:
    word = "högsta" if found.highest else "lägsta"
    if found.since is None:
        return f"det {word} sedan serien började i {first.name}"
    return f"det {word} sedan {found.since.name}"
