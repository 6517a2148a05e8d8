"""The published layer as the rules look at it: indexed once by line and by what a figure is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Relation as Becomes
from dashboard.domain.periods import Period
from dashboard.published import Assessment, Figure, Published

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
# Columns that print an indicator's own value; the year before is a value like any other, of another period.
OUTCOMES = frozenset({"utfall", "utfall-foregaende-ar"})
CARRIED = frozenset({Becomes.SAME, Becomes.RENAMED, Becomes.MERGED})


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Figures in the order of the reports, whatever the order of the files."""

    published: Published
    catalogue: Catalogue
    figures: tuple[Figure, ...] = field(init=False)
    by_line: Mapping[tuple[str, int], tuple[Figure, ...]] = field(init=False)
    outcomes: Mapping[tuple[str, str, Period], tuple[Figure, ...]] = field(init=False)

    def __post_init__(self) -> None:
        order = {report: number for number, report in enumerate(self.catalogue.reports)}
        last = len(order)
        figures = sorted(self.published.figures, key=lambda one: (order.get(one.source, last), one.line))
        own = [one for one in figures if one.measure in OUTCOMES]
        object.__setattr__(self, "figures", tuple(figures))
        object.__setattr__(self, "by_line", grouped(figures, lambda one: (one.source, one.line)))
        object.__setattr__(self, "outcomes", grouped(own, lambda one: (one.indicator, one.org, one.when)))

    def outcome_of(self, indicator: str, org: str, period: Period) -> tuple[Figure, ...]:
        """The printed outcomes that together are the unit's in the period; empty when they are not all known.

        A unit that did not exist then is the sum of all that became it, as far as the catalogue says that they
        did so whole: same, renamed or merged.
        """
        own = self.outcomes.get((indicator, org, period), ())
        if own:
            return own[:1]
        before = [
            (unit, successor.relation)
            for unit in self.catalogue.units.values()
            for successor in unit.successors
            if successor.id == org and unit.existed(period.end)
        ]
        if not before or any(relation not in CARRIED for _, relation in before):
            return ()
        parts = [self.outcomes.get((indicator, unit.id, period), ())[:1] for unit, _ in before]
        return tuple(part for found in parts for part in found) if all(parts) else ()

    def colours(self, subject: str, period: Period, source: str = "") -> tuple[Assessment, ...]:
        """The rows that judge a goal or an indicator for the period; of one report or of all."""
        return tuple(
            row
            for row in self.published.assessments
            if row.subject == subject and row.when == period and source in {"", row.source}
        )


def grouped(rows: Iterable[T], by: Callable[[T], K]) -> Mapping[K, tuple[T, ...]]:
    """The rows by key, in order."""
    found: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        found[by(row)].append(row)
    return MappingProxyType({key: tuple(members) for key, members in found.items()})
