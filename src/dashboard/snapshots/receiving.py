"""From a delivery to the file it becomes: held against its contract, put in order, encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING

from dashboard.beside import beside
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import DataError
from dashboard.snapshots.files import Delivery, SnapshotFile, canonical, encode, sha12_of
from dashboard.snapshots.storage import Piece

if TYPE_CHECKING:
    import pyarrow as pa

Kinds = Mapping[str, str] | None  # of units by their ids; with them the contract says who may report what


def checked(delivery: Delivery, kinds: Kinds) -> Delivery:
    """The delivery with a canonical table and its time in UTC and whole seconds. Raises DataError with every fault."""
    contract = CONTRACTS.get(delivery.dataset)
    if contract is None:
        raise DataError("Leveransen kan inte tas emot.", [f"datamängden {delivery.dataset!r} finns inte"])
    check = contract.check(delivery.table, delivery.month, kinds)
    if check.faults:
        raise DataError(
            f"Leveransen av {delivery.dataset} för {delivery.month} kan inte tas emot.", check.faults
        )
    return _canonical(delivery, check.in_order)


def file_of(delivery: Delivery) -> tuple[SnapshotFile, bytes]:
    """The file that a checked delivery becomes, and its bytes."""
    data = encode(delivery)
    return SnapshotFile(delivery.dataset, delivery.month, delivery.known_from, sha12_of(data)), data


def pieces_of(deliveries: Sequence[Delivery], kinds: Kinds) -> list[Piece]:
    """The file of each delivery, made when the storage asks for it.

    Raises DataError with the faults of the first that has any; nothing is written then.
    """
    sound = _sound(deliveries, kinds)

    def ready(delivery: Delivery) -> Delivery:
        return delivery if delivery.dataset in sound else checked(delivery, kinds)

    def piece(delivery: Delivery) -> tuple[str, bytes]:
        whole = delivery.dataset in sound  # and not made canonical yet
        file, data = file_of(_canonical(delivery, True) if whole else delivery)
        return file.name, data

    return [partial(piece, one) for one in beside(ready, deliveries)]


def _sound(deliveries: Sequence[Delivery], kinds: Kinds) -> set[str]:
    """The datasets of which every delivery is sound and in order; those of the others are checked one by one."""
    months: dict[str, dict[Month, pa.Table]] = {}
    for one in deliveries:
        months.setdefault(one.dataset, {})[one.month] = one.table
    each = Counter(one.dataset for one in deliveries)
    return {
        dataset
        for dataset, tables in months.items()
        # A month that is there twice would hide the first.
        if dataset in CONTRACTS
        and len(tables) == each[dataset]
        and CONTRACTS[dataset].all_sound(tables, kinds)
    }


def _canonical(delivery: Delivery, in_order: bool) -> Delivery:
    if delivery.known_from.tzinfo is None or delivery.loaded_at.tzinfo is None:
        raise ValueError("known_from and loaded_at need a time zone")
    return replace(
        delivery,
        table=canonical(delivery.table, delivery.dataset, in_order),
        known_from=delivery.known_from.astimezone(UTC).replace(microsecond=0),
    )
