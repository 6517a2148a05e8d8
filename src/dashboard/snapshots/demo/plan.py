"""What every part of the demo builds from: the profile, the constraints and its own stream of chance."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from dashboard.domain.model import Direction, Goal, Indicator, Nature, OverPeriod, Risk, Term, Unit
from dashboard.domain.periods import Month, Period
from dashboard.errors import DataError
from dashboard.snapshots.demo.constraints import FIRST, MONTHS, Constraint, Ledger
from dashboard.snapshots.demo.solve import Equation, Path, through, window

SIZE = len(MONTHS)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """One build of the demo: the profile, what it must meet, and the definitions it speaks of."""

    profile: Mapping[str, Any]
    ledger: Ledger
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]
    goals: Mapping[str, Goal]
    risks: Mapping[str, Risk]

    def chance(self, name: str) -> np.random.Generator:
        """A stream of its own per part: a change in one dataset leaves the others as they were."""
        return np.random.Generator(np.random.PCG64([int(self.profile["seed"]), zlib.crc32(name.encode())]))

    def noise(self, name: str, sigma: float) -> Path:
        return self.chance(name).normal(0.0, sigma, SIZE)

    def months_of(self, unit: str) -> list[int]:
        """The positions of the months in which a unit exists."""
        return [spot for spot, month in enumerate(MONTHS) if self.units[unit].existed(month)]

    def inside(self, unit: str, whole: str) -> bool:
        """Whether a unit is ``whole`` or lies under it."""
        place: str | None = unit
        while place is not None and place != whole:
            place = self.units[place].parent
        return place == whole

    def equations(self, indicator: str, unit: str, per: Path | None = None) -> list[Equation]:
        """The constraints of a series as linear equations in its months.

        ``per`` is the known denominator of a ratio; the series is then the numerator.
        """
        return [self.equation(constraint, per) for constraint in self.ledger.of(indicator, unit)]

    def sum_of(self, period: str, value: float) -> Equation:
        """A sum over months that the profile asks for."""
        spots = [month.index - FIRST.index for month in Period.parse(period).months]
        return window(SIZE, spots[0], spots[-1], value, f"profile.toml {period}")

    def equation(self, constraint: Constraint, per: Path | None = None) -> Equation:
        indicator = resolve(constraint.indicator, self.indicators)
        first, last = reading_window(indicator, constraint.period)
        weights = np.zeros(SIZE)
        weights[first : last + 1] = 1.0
        value = constraint.target
        if indicator.per:
            if per is None:
                raise ValueError(constraint.label)
            bottom = per[first : last + 1]
            value = value / indicator.scale * float(bottom.mean() if indicator.per_mean else bottom.sum())
        elif indicator.over_period is OverPeriod.MEAN:
            value *= last - first + 1
        return Equation(weights, value, constraint.label)


def resolve(name: str, indicators: Mapping[str, Indicator]) -> Indicator:
    """An indicator of the catalogue, or ``dataset.column[+column][%column][/category]`` made into one."""
    if name in indicators:
        return indicators[name]
    dataset, _, rest = name.partition(".")
    rest, _, category = rest.partition("/")
    top, _, bottom = rest.partition("%")
    if not rest:
        raise DataError("Demots regler nämner ett mått som inte finns.", [name])
    return Indicator(
        id=name,
        name=name,
        short=name,
        question="",
        unit="",
        decimals=0,
        direction=Direction.NEUTRAL,
        nature=Nature.RATIO if bottom else Nature.FLOW,
        over_period=OverPeriod.RATIO if bottom else OverPeriod.SUM,
        terms=tuple(Term(dataset, column, category) for column in top.split("+")),
        per=(Term(dataset, bottom, category),) if bottom else (),
        scale=100.0 if bottom else 1.0,
    )


def reading_window(indicator: Indicator, period: Period) -> tuple[int, int]:
    """First and last position that the indicator's value for the period is made of, both included."""
    last = period.end.index - FIRST.index
    if indicator.over_period is OverPeriod.R12:
        return last - 11, last
    if indicator.over_period is OverPeriod.LAST:
        return last, last
    return period.start.index - FIRST.index, last


def path(knots: Mapping[str, float]) -> Path:
    """A line through the levels of the profile, one value per month of the demo."""
    return through(
        {Month.parse(month).index - FIRST.index: float(level) for month, level in knots.items()}, SIZE
    )


def stairs(knots: Mapping[str, Any], month: Month) -> Any:
    """The latest value from the profile at a month; None before the first."""
    known = [key for key in sorted(knots) if Month.parse(key) <= month]
    return knots[known[-1]] if known else None


def seasonal(season: Sequence[float]) -> Path:
    return np.array([season[month.number - 1] for month in MONTHS])


def read_profile(folder: FilePath) -> tuple[dict[str, Any], dict[str, Any]]:
    """``profile.toml`` and ``constraints.toml``. Raises DataError when one is missing or no TOML."""
    found = []
    for name in ("profile.toml", "constraints.toml"):
        try:
            found.append(tomllib.loads((folder / name).read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise DataError("Demots profil kan inte läsas.", [f"{folder / name}: {error}"]) from error
    return found[0], found[1]
