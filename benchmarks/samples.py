"""Measured values kept by round, so that two servers are compared within a round and not across the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Ratio:
    """Median of the rounds' ratios, the middle half of them, and how many rounds there were."""

    value: float
    low: float
    high: float
    rounds: int


@dataclass(slots=True)
class Series:
    """One metric: values by server, in order of rounds. ``unit`` is "ms", "kB" or "MB"."""

    name: str
    unit: str
    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, server: str, value: float) -> None:
        """Keep a round's value of a server."""
        self.values.setdefault(server, []).append(value)

    def median(self, server: str) -> float:
        """The server's median."""
        return median(self.values[server])

    def spread(self, server: str) -> tuple[float, float]:
        """The middle half of the server's values."""
        return middle(self.values[server])

    def ratio(self, over: str, under: str) -> Ratio | None:
        """How many times ``under`` that ``over`` needs; None when either was not measured."""
        if over not in self.values or under not in self.values:
            return None
        pairs = zip(self.values[over], self.values[under], strict=False)
        found = [a / b for a, b in pairs if b > 0]
        if not found:
            return None
        low, high = middle(found)
        return Ratio(median(found), low, high, len(found))


def middle(values: Sequence[float]) -> tuple[float, float]:
    """The first and third quartile; the values themselves when there is only one."""
    if len(values) < 2:
        return values[0], values[0]
    first, _, third = quantiles(values, n=4, method="inclusive")
    return first, third


def turns(names: Sequence[str], number: int) -> list[str]:
    """The order of a round: forwards and backwards by turns, so that a drift favours nobody."""
    return list(names) if number % 2 == 0 else list(reversed(names))
