"""What the three filters offer: periods that have something to show, units as they were then, comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Unit
from dashboard.domain.organisation import existed
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts
from dashboard.measures.goals import report_periods

INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    options: tuple[Option, ...]


def periods(facts: Facts, span: tuple[Month, Month] | None, chosen: Period) -> tuple[Group, ...]:
    """Report periods first, then every year with its tertials and months, newest first."""
    offered = _offered(facts, span)
    if all(known != chosen for _, found in offered for known, _, _ in found):
        offered = (("Vald period", ((chosen, str(chosen), chosen.label),)), *offered)
    return tuple(
        Group(label, tuple(Option(value, words, known == chosen) for known, value, words in found))
        for label, found in offered
    )


Offer = tuple[str, tuple[tuple[Period, str, str], ...]]  # a group's label; period, value and label of each


@lru_cache(maxsize=8)  # the same for every choice
def _offered(facts: Facts, span: tuple[Month, Month] | None) -> tuple[Offer, ...]:
    reported = list(reversed(report_periods(facts)))
    groups = {"Rapporterade perioder": reported}
    if span is not None:
        first, last = span
        for year in range(last.year, first.year - 1, -1):
            inside = (p for p in _of_year(year) if first <= p.start and p.end <= last)
            groups[str(year)] = [period for period in inside if period not in reported]
    return tuple(
        (label, tuple((p, str(p), p.label) for p in found)) for label, found in groups.items() if found
    )


def _of_year(year: int) -> list[Period]:
    whole = [Period.year(year), Period.ytd(year, 2), Period.ytd(year, 1)]
    single = [Period.tertial(year, number) for number in (3, 2)]
    return [*whole, *single, *(Period.month(Month(year, number)) for number in range(12, 0, -1))]


def units(catalogue: Catalogue, selection: Selection) -> tuple[Group, ...]:
    """The organisation at the end of the period: the whole, its departments with their units, and its accounts.

    A chosen unit that did not exist then stays in the list, marked, so that the choice is seen and can be left.
    """
    root = catalogue.unit(catalogue.root)
    groups = [Group("Förvaltning", (_unit(root, selection, 0),))]
    accounts: list[Option] = []
    for part in catalogue.children(root.id, selection.period):
        if part.kind == "avdelning":
            below = catalogue.descendants(part.id, selection.period)
            inside = [_unit(unit, selection, 2 if unit.kind == "team" else 1) for unit in below]
            groups.append(Group(part.name, (_unit(part, selection, 0), *inside)))
        else:
            accounts.append(_unit(part, selection, 0))
            accounts += [
                _unit(unit, selection, 1) for unit in catalogue.descendants(part.id, selection.period)
            ]
    if accounts:
        groups.append(Group(f"Ekonomins indelning {selection.period.end.year}", tuple(accounts)))
    chosen = catalogue.unit(selection.unit)
    if not existed(chosen, selection.period):
        label = f"{chosen.name} (fanns inte {selection.period.short})"
        groups.append(Group("Vald enhet", (Option(chosen.id, label, True),)))
    return tuple(groups)


def _unit(unit: Unit, selection: Selection, depth: int) -> Option:
    name = unit.short if depth == 0 and unit.parent is None else unit.name
    return Option(unit.id, INDENT * depth + name, unit.id == selection.unit)


def comparisons(selection: Selection) -> tuple[Option, ...]:
    """Last year, the period before, or target: each named with the period it means."""
    words = {
        Compare.LAST_YEAR: f"Förra året · {selection.period.year_before().short}",
        Compare.PREVIOUS: f"Perioden före · {selection.period.previous().short}",
        Compare.TARGET: "Mål och budget",
    }
    return tuple(Option(one.value, label, one is selection.compare) for one, label in words.items())
