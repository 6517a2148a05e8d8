"""Put the demo together: series to tables, tables to deliveries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.errors import DataError
from dashboard.snapshots.demo import accounts, bistand, cases, judgements, people, staff
from dashboard.snapshots.demo.check import unmet
from dashboard.snapshots.demo.constraints import Figure, Ledger, build
from dashboard.snapshots.demo.plan import Plan, Row, read_profile
from dashboard.snapshots.files import Delivery, canonical
from dashboard.snapshots.store import Store

PROFILE = Path(__file__).resolve().parents[4] / "data" / "demo"

# The accounts come last: some of their rows are the same money as in other datasets.
_PARTS: Mapping[str, tuple[str, Callable[[Plan], list[Row]]]] = {
    "bistand": ("ekonomiskt bistånd", bistand.rows),
    "placeringar": ("placeringar", cases.placements),
    "utredningar": ("utredningar", cases.investigations),
    "anmalningar": ("anmälningar", people.reports),
    "medarbetare": ("medarbetare", staff.rows),
    "arbetsmarknad": ("arbetsmarknad", people.labour_market),
    "bedomningar": ("bedömningar", judgements.goals),
    "risker": ("risker", judgements.risks),
}


class PublishedFigures(Protocol):
    """The published layer, as far as the demo needs it."""

    @property
    def figures(self) -> Iterable[Figure]: ...


def ledger_of(catalogue: Catalogue, published: PublishedFigures, profile: Path = PROFILE) -> Ledger:
    """Every constraint of the demo, every exception and what does not constrain."""
    reported = {name: report.period.end for name, report in catalogue.reports.items()}
    return build(catalogue.indicators, reported, published.figures, read_profile(profile)[1])


def demo_tables(
    catalogue: Catalogue,
    published: PublishedFigures,
    profile: Path = PROFILE,
    progress: Callable[[str, float], None] = lambda what, share: None,
) -> dict[tuple[str, Month], pa.Table]:
    """All tables by dataset and month, rows in key order. The same input gives the same tables.

    Raises DataError when the profile cannot meet what is printed.
    """
    shape, _ = read_profile(profile)
    ledger = ledger_of(catalogue, published, profile)
    plan = Plan(shape, ledger, catalogue.indicators, catalogue.units, catalogue.goals, catalogue.risks)
    rows: dict[str, list[Row]] = {}
    for done, (dataset, (label, rows_of)) in enumerate(_PARTS.items()):
        progress(f"Räknar fram {label}", 0.3 * done / len(_PARTS))
        rows[dataset] = rows_of(plan)
    rows["ekonomi"] = accounts.rows(plan, rows)
    if faults := unmet(plan, rows):
        raise DataError("Demots månadsserier möter inte alla tryckta tal.", faults)
    return {key: table for dataset, lines in rows.items() for key, table in _by_month(dataset, lines).items()}


def _by_month(dataset: str, rows: list[Row]) -> dict[tuple[str, Month], pa.Table]:
    schema = CONTRACTS[dataset].schema
    """One table per month that has rows: goals are not judged before they are set."""
    months: dict[Month, list[Row]] = {}
    for row in rows:
        months.setdefault(Month.of(row["month"]), []).append(row)
    return {
        (dataset, month): canonical(pa.Table.from_pylist(part, schema=schema), dataset)
        for month, part in sorted(months.items())
    }


def build_demo(
    store: Store,
    catalogue: Catalogue,
    published: PublishedFigures,
    progress: Callable[[str, float], None] = lambda what, share: None,
    profile: Path = PROFILE,
) -> None:
    """Write the demo to the store; what is already there stays as it is.

    ``progress`` is told in Swedish what is going on and how far it has come, 0 to 1. Each month's delivery is
    dated the tenth of the next month, so that *as known on* means something in the demo, too.
    """
    tables = demo_tables(catalogue, published, profile, progress)
    shape, _ = read_profile(profile)
    digest = hashlib.sha256(
        b"".join((profile / name).read_bytes() for name in ("profile.toml", "constraints.toml"))
    )
    kinds = {name: unit.kind for name, unit in catalogue.units.items()}
    for done, ((dataset, month), table) in enumerate(tables.items()):
        next_month = month.shift(1)
        known = datetime(
            next_month.year,
            next_month.number,
            shape["delivery"]["day"],
            shape["delivery"]["hour"],
            tzinfo=UTC,
        )
        delivery = Delivery(
            dataset=dataset,
            month=month,
            table=table,
            origin=Origin.SYNTHETIC,
            known_from=known,
            source_name="data/demo/profile.toml",
            source_sha256=digest.hexdigest(),
            loaded_by="demo",
            loaded_at=known,
            checks={"kontrakt": "uppfyllt"},
        )
        store.write(delivery, kinds)
        progress(f"Sparar {dataset} {month}", 1 - 0.7 * (1 - (done + 1) / len(tables)))
