"""What stands beside a trend's line: events that may explain it, and months where a series begins or ends."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain import organisation
from dashboard.domain.model import Indicator
from dashboard.domain.periods import Month
from dashboard.measures.facts import Facts
from dashboard.published import Event


def events(facts: Facts, indicator_id: str, months: Sequence[Month]) -> tuple[Event, ...]:
    """Dated events that the published layer ties to the indicator, in order of time."""
    found = [event for event in facts.published.events if indicator_id in event.indicators]
    dated = [(month, event) for event in found if (month := event_month(event)) is not None]
    inside = [(month, event) for month, event in dated if months[0] <= month <= months[-1]]
    return tuple(event for _, event in sorted(inside, key=lambda pair: (pair[0], pair[1].date)))


def undated(
    facts: Facts, indicator_id: str, months: Sequence[Month], until: Month, *, whole: bool = False
) -> tuple[Event, ...]:
    """Events that no chart of the months can place, but that its reader must know of.

    Those known only to a year inside the months; those that a report on the time up to ``until`` says came after them
    or are to come; and, when the months are the ``whole`` series, those before its first value.
    """
    found = [event for event in facts.published.events if indicator_id in event.indicators]
    return tuple(event for event in found if _beside(facts, event, months, until, whole))


def _beside(facts: Facts, event: Event, months: Sequence[Month], until: Month, whole: bool) -> bool:
    told = facts.catalogue.reports[event.source].period.end <= until
    at = event_month(event)
    if not event.date:
        return told
    start, end = (at, at) if at else (Month(int(event.date), 1), Month(int(event.date), 12))
    if start > months[-1]:
        return told
    return whole if end < months[0] else at is None


def event_month(event: Event) -> Month | None:
    """The month an event belongs to; None for what is dated to the year only, which no chart can place."""
    return Month.parse(event.date[:7]) if event.date_precision in {"day", "month"} else None


def breaks(
    facts: Facts, indicator: Indicator, units: Sequence[str], months: Sequence[Month]
) -> tuple[tuple[Month, str], ...]:
    """Months inside the window where a unit's series begins or ends, with the reason in words.

    The accounts were divided anew, so a department has older months in other measures but not there.
    """
    found: list[tuple[Month, str]] = []
    accounts = "verksamhet" in indicator.levels
    begins = min(unit.valid_from for unit in facts.catalogue.units.values())
    for unit_id in units:
        unit = facts.catalogue.units[unit_id]
        if accounts:
            for one in organisation.breaks(facts.catalogue.units, unit_id):
                ends = unit_id in {
                    link.unit for link in organisation.chain(facts.catalogue.units, one.before[0])
                }
                word = "till och med" if ends else "från"
                at = one.month.shift(-1) if ends else one.month
                found.append((one.month, f"{unit.name} redovisas {word} {at.name}"))
            continue
        if unit.valid_from > begins:  # what the catalogue begins with has not begun there
            found.append((unit.valid_from, f"{unit.name} redovisas från {unit.valid_from.name}"))
        if unit.valid_to is not None:
            found.append((unit.valid_to.shift(1), f"{unit.name} redovisas till och med {unit.valid_to.name}"))
    inside = [(month, text) for month, text in found if months[0] < month <= months[-1]]
    return tuple(dict.fromkeys(sorted(inside)))
