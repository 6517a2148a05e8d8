"""Which measures play the parts that reckonings need: the accounts, and the volumes that have a price."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accounts:
    """Ids of measures in thousands of kronor, costs negative. The first four are loaded month by month.

    ``since_last_forecast`` and ``since_last_year`` are what reports print of how far the forecast is from the one
    before and from last year's outcome.
    """

    outcome: str
    budget: str
    forecast: str
    year_budget: str
    deviation: str
    forecast_deviation: str
    since_last_forecast: str
    since_last_year: str

    @property
    def monthly(self) -> tuple[str, ...]:
        return (self.outcome, self.budget, self.forecast, self.year_budget)


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that is counted and paid for: ids of its ``volume`` and its ``cost`` in thousands of kronor.

    ``daily``: counted in days, else at one time of each month. ``counted`` is the word behind a number of them.
    """

    id: str
    name: str
    counted: str
    volume: str
    cost: str
    daily: bool

    @property
    def measures(self) -> tuple[str, str]:
        return (self.volume, self.cost)


@dataclass(frozen=True, slots=True)
class Roles:
    """``volumes`` are what forecast D follows; ``placements`` is the id of the one that is divided into volume and
    price.
    """

    accounts: Accounts
    volumes: tuple[Followed, ...]
    placements: str

    @property
    def placed(self) -> Followed:
        """Raises StopIteration when ``placements`` is none of the volumes, which the catalogue does not let through."""
        return next(one for one in self.volumes if one.id == self.placements)

    @property
    def priced(self) -> tuple[str, ...]:
        """Every measure of the volumes."""
        return tuple(name for one in self.volumes for name in one.measures)
