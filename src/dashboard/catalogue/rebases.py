"""The levels that someone has chosen anew for SPC: each must name a raw monthly series, an event and a reason."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.model import Indicator
from dashboard.domain.periods import Month
from dashboard.domain.spc_data import Rebase, raw_monthly

FILE = "rebases.toml"


def check_rebases(
    rebases: Mapping[str, Rebase],
    indicators: Mapping[str, Indicator],
    ids: Mapping[str, frozenset[str] | None],
    faults: Faults,
) -> None:
    """Note every fault. ``ids`` holds the ids of units and indicators, None for a file that could not be read."""
    seen: dict[tuple[str, Month], list[Rebase]] = {}
    for one in rebases.values():
        where = Where(FILE, f"rebase[{one.id}]")
        for table, name, what in (("indicator", one.indicator, "måtten"), ("unit", one.unit, "enheterna")):
            known = ids[table]
            if name is not None and known is not None and name not in known:
                faults.dangling(where.at(table), what, name, known)
        indicator = indicators.get(one.indicator)
        if indicator is not None and not raw_monthly(indicator):
            faults.add(where.at("indicator"), "ett mått med råa månadsvärden", one.indicator)
        for key in ("event", "reason", "who"):
            if not getattr(one, key).strip():
                faults.add(where.at(key), "minst ett ord", getattr(one, key))
        same = seen.setdefault((one.indicator, one.month), [])
        clash = next(
            (other for other in same if None in (one.unit, other.unit) or one.unit == other.unit), None
        )
        if clash is not None:
            faults.add(
                where.at("month"), f"en annan månad än {clash.id}, som gäller samma serie", str(one.month)
            )
        same.append(one)
