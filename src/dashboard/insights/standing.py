"""What is still out of the ordinary, though nothing of it is new: beside *Inget nytt*, so that it hides no signal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.domain.model import Indicator
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.measures.spc_latest import Latest, latest_known


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure whose month is a signal. ``indicator`` is the one asked for, ``latest`` its single months'; ``new``
    when the month before was no signal, or one the other way.
    """

    indicator: Indicator
    latest: Latest
    new: bool


@dataclass(frozen=True, slots=True)
class Still:
    """``signals`` in the order asked for, one for each series of single months; ``limited`` is how many of them have
    limits at all.
    """

    signals: tuple[Standing, ...]
    limited: int


def still(facts: Facts, selection: Selection, names: Iterable[str]) -> Still:
    """Every signal of the period's last month. No query when the measures' series are read."""
    last = selection.period.end
    seen: set[str] = set()
    signals = []
    for name in names:
        now = latest_known(facts, name, selection.unit, last)
        if now is None or now.indicator.id in seen:
            continue
        seen.add(now.indicator.id)
        if now.sign is not None:
            before = latest_known(facts, name, selection.unit, last.shift(-1))
            signals.append(Standing(facts.catalogue.indicator(name), now, is_new(now, before)))
    return Still(tuple(signals), len(seen))


def is_new(now: Latest, before: Latest | None) -> bool:
    """Whether the month's signal is another than the month before's."""
    if now.sign is None:
        return False
    return before is None or before.sign is None or before.sign.upward is not now.sign.upward
