"""How fresh each dataset is, and whether it is real: what every page says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import Month
from dashboard.measures.facts import Facts


@dataclass(frozen=True, slots=True)
class Freshness:
    """``title`` is the dataset's Swedish name, ``month`` the last one, ``known_from`` when the newest came.
    ``origin`` is that of all months together.

    ``what`` says which are demo and which are loaded; empty where all are of one kind.
    """

    dataset: str
    title: str
    month: Month
    known_from: datetime
    origin: Origin
    what: str = ""


def freshness(facts: Facts) -> tuple[Freshness, ...]:
    """One per dataset that has any month; empty for an empty store. One query."""
    rows = []
    for dataset, files in groupby(facts.warehouse.run("holdings"), key=itemgetter(0)):
        _, days, moments, words = zip(*files, strict=True)  # in order of months
        origins: dict[str, Origin | None] = {word: Origin(word) for word in set(words)}
        whole = combined(origins.values()) or Origin.IMPORTED
        what = ""
        if len(origins) > 1:
            what = what_is_what({Month.of(day): origins[word] for day, word in zip(days, words, strict=True)})
        title = CONTRACTS[dataset].title if dataset in CONTRACTS else dataset
        rows.append(Freshness(dataset, title, Month.of(days[-1]), max(moments), whole, what))
    return tuple(rows)


def is_demo(rows: tuple[Freshness, ...]) -> bool:
    """Any synthetic month in effect makes the whole view a demo, and it says so."""
    return any(row.origin.demo for row in rows)


def is_mixed(rows: tuple[Freshness, ...]) -> bool:
    """Some months are demo and some are loaded, of one dataset or of several."""
    return combined(row.origin for row in rows) is Origin.MIXED
