"""What measures may be divided by: both must be counted month by month, and meet at some level of the organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.model import Indicator, Nature
from dashboard.domain.rates import Divided, Rate, divisible

FILE = "rates.toml"


def check_rates(
    rates: Mapping[str, Rate],
    indicators: Mapping[str, Indicator],
    ids: Mapping[str, frozenset[str] | None],
    faults: Faults,
) -> None:
    """Note every fault. ``ids`` holds the ids of the indicators, None for a file that could not be read."""
    known = ids["indicator"]
    for rate in rates.values():
        where = Where(FILE, f"rate[{rate.id}]")
        for key in ("name", "words"):
            if not getattr(rate, key).strip():
                faults.add(where.at(key), "minst ett ord", getattr(rate, key))
        if known is not None and rate.per not in known:
            faults.dangling(where.at("per"), "måtten", rate.per, known)
        by = indicators.get(rate.per)
        if by is not None and (by.nature is not Nature.STOCK or not divisible(by)):
            faults.add(where.at("per"), "ett mått som räknas vid ett tillfälle i månaden", rate.per)
        for name, count in Counter(one.indicator for one in rate.measures).items():
            if count > 1:
                faults.tell(where.at("measures"), "att varje mått står en gång", f"{name} {count} gånger")
        for one in rate.measures:
            at = where.at("measures").item(one.indicator)
            if known is not None and one.indicator not in known:
                faults.dangling(at.at("indicator"), "måtten", one.indicator, known)
            _measure(one, rate, indicators.get(one.indicator), by, at, faults)


def _measure(
    one: Divided, rate: Rate, indicator: Indicator | None, by: Indicator | None, where: Where, faults: Faults
) -> None:
    if not one.unit.strip():
        faults.add(where.at("unit"), "minst ett ord", one.unit)
    if not 0 <= one.decimals <= 4:
        faults.add(where.at("decimals"), "0 till 4", one.decimals)
    if one.scale <= 0:
        faults.add(where.at("scale"), "mer än 0", one.scale)
    if one.indicator == rate.per:
        faults.add(where.at("indicator"), "ett annat mått än det som delas med", one.indicator)
    if indicator is None:
        return
    if not divisible(indicator):
        faults.add(
            where.at("indicator"), "ett mått som räknas varje månad och inte är en kvot", one.indicator
        )
    elif by is not None and not set(indicator.levels) & set(by.levels):
        faults.add(where.at("indicator"), f"ett mått med någon nivå gemensam med {by.id}", one.indicator)
