"""The serving file held against the snapshots: built once more beside it, and compared value by value."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path

from dashboard import catalogue as catalogues
from dashboard import warehouse
from dashboard.errors import StoreError
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

Progress = Callable[[str, float], None]
_MOST = 10
_CLOSE = 1e-9  # sums of decimals differ in their last digits by the order they are added in


def serving_faults(settings: Settings, progress: Progress = lambda what, share: None) -> tuple[str, ...]:
    """Every value that differs (the first ten are told), in Swedish. None when no file has been built.

    Raises CatalogueError when definitions do not hold together, StoreError when the months cannot be read.
    """
    catalogue = catalogues.load(settings.catalogue)
    store = Store(settings.snapshots)
    in_effect = store.known()
    path = warehouse.path_for(settings.warehouse, catalogue, in_effect.fingerprint)
    if not warehouse.is_built(path):
        return ()
    advice = f"Ta bort {path} och kör ”dashboard build”."
    try:
        served = _values(path)
    except StoreError as error:
        return (f"{error} {advice}",)
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        built = _values(warehouse.build(Path(folder), catalogue, store, in_effect.files, progress))
    wrong = [key for key in served.keys() | built.keys() if not _same(served.get(key), built.get(key))]
    told = [
        f"Databasen säger annat än månadsfilerna om {' '.join(map(str, key))}. {advice}"
        for key in sorted(wrong)[:_MOST]
    ]
    more = len(wrong) - len(told)
    return (*told, f"… och {more} värden till.") if more > 0 else tuple(told)


def _values(path: Path) -> dict[tuple[str, ...], tuple[object, ...]]:
    opened = warehouse.open_warehouse(path)
    try:
        rows = opened.run("every_value")
    finally:
        opened.connection.close()
    return {(kind, subject, unit, str(month)): tuple(rest) for kind, subject, unit, month, *rest in rows}


def _same(one: tuple[object, ...] | None, other: tuple[object, ...] | None) -> bool:
    if one is None or other is None:
        return False
    return all(
        math.isclose(a, b, rel_tol=_CLOSE, abs_tol=_CLOSE)
        if isinstance(a, float) and isinstance(b, float)
        else a == b
        for a, b in zip(one, other, strict=True)
    )
