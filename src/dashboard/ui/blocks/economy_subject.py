"""Ekonomi: which unit and period the page is about, as the accounts read them, and the readings it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain.model import Unit
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures import accounts, economy
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import Reading, readings
from dashboard.published import Figure
from dashboard.ui.page import Page


@dataclass(frozen=True, slots=True)
class Subject:
    """The chosen unit in the accounts. ``reason`` says why it has none then; ``ways`` lead to where there
    is some.
    """

    unit: Unit
    reading: accounts.Reading
    selection: Selection  # of the period as the accounts read it
    reason: str = ""
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        return self.unit.parent is None


def subject(page: Page) -> Subject:
    """What the page is about, and whether the accounts have it."""
    return page.kept("subject", lambda: _subject(page), page.query.projector)


def _subject(page: Page) -> Subject:
    facts, unit = page.facts, page.facts.catalogue.unit(page.selection.unit)
    reading = accounts.read(facts, page.selection.period)
    asked = page.selection.with_period(reading.period)
    levels = (*economy.levels_of(facts), "buffert")
    end = reading.period.end
    if unit.kind not in levels:
        above = [one for one in facts.catalogue.ancestors(unit.id) if one.kind in levels]
        nearest = above[-1]
        reason = f"Ekonomin redovisas inte för {unit.name}, bara för {nearest.name} som helhet."
        return Subject(
            unit, reading, asked, reason, ((f"Visa {nearest.name}", way_to(page, unit=nearest.id)),)
        )
    known = page.once(f"accounts of {unit.id}", lambda: accounts.known_from(facts, unit.id))
    if known is None:
        return Subject(unit, reading, asked, f"Det finns inga uppgifter om ekonomin för {unit.name}.")
    first, last = known
    if end < first:
        what = "Ekonomin finns" if unit.parent is None else f"{unit.name} är en egen rad i ekonomin"
        ways = [(f"Visa {first.name}", way_to(page, period=str(first)))]
        if unit.parent is not None:
            ways.insert(0, whole_way(page))
        return Subject(unit, reading, asked, f"{what} från {first.name}.", tuple(ways))
    if end > last:
        gone = unit.valid_to is not None
        reason = (
            f"{unit.name} redovisades till och med {last.name}."
            if gone
            else f"Ekonomin finns till och med {last.name}."
        )
        ways = [
            (
                f"Visa {last.year}" if last.number == 12 else f"Visa {last.name}",
                way_to(page, period=ends_at(last)),
            )
        ]
        if unit.parent is not None:
            ways.append(whole_way(page))
        return Subject(unit, reading, asked, f"{reason} {unit.note}".strip(), tuple(ways))
    return Subject(unit, reading, asked)


def whole_way(page: Page) -> tuple[str, str]:
    root = page.facts.catalogue.unit(page.facts.catalogue.root)
    return f"Visa {root.short.lower()}", way_to(page, unit=root.id)


def ends_at(last: Month) -> str:
    return str(Period.year(last.year)) if last.number == 12 else str(last)


def way_to(page: Page, unit: str | None = None, period: str | None = None) -> str:
    changes = {key: value for key, value in (("enhet", unit), ("period", period)) if value}
    return page.href("ekonomi", **changes)


def parts_of(page: Page) -> tuple[Deviation, ...]:
    """The parts of the whole organisation, whatever unit is chosen, the worst first."""
    asked = replace(subject(page).selection, unit=page.facts.catalogue.root)
    return page.kept("parts", lambda: economy.deviations(page.facts, asked))


def money_readings(page: Page) -> tuple[Reading, ...]:
    """Outcome, its deviation, the year's forecast and its deviation: of the subject, in the accounts' period."""
    about = subject(page)
    accounts = page.facts.catalogue.roles.accounts
    ids = (accounts.outcome, accounts.deviation, accounts.forecast, accounts.forecast_deviation)
    return page.kept("readings", lambda: readings(page.facts, ids, about.selection))


def figures_of(*found: Reading) -> tuple[Figure, ...]:
    """What the numbers of a tile rest on: each value, and what it is held against."""
    said = [one.value.figures + (one.against.figures if one.against else ()) for one in found]
    return tuple(dict.fromkeys(figure for figures in said for figure in figures))
