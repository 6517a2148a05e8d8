"""How fresh each dataset is, and whether it is real: what every page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.measures.facts import Facts


@dataclass(frozen=True, slots=True)
class Freshness:
    dataset: str
    month: Month
    known_from: datetime
    origin: Origin


def freshness(facts: Facts) -> tuple[Freshness, ...]:
    """One per dataset that has any month; empty for an empty store."""
    rows = facts.warehouse.run("freshness")
    return tuple(Freshness(name, Month.of(day), known, Origin(origin)) for name, day, known, origin in rows)


def is_demo(rows: tuple[Freshness, ...]) -> bool:
    """Any synthetic month in effect makes the whole view a demo, and it says so."""
    return any(row.origin is Origin.SYNTHETIC for row in rows)
