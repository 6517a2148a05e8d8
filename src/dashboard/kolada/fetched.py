"""What one fetch brings, apart from how it is brought: whoever only reads it needs no client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.kolada.answers import AreaRow, GroupRow, KpiRow

Progress = Callable[[str, float], None]  # what is going on, and the share that is done
Key = tuple[str, str, int]  # key figure, area, year


@dataclass(frozen=True, slots=True)
class Fetched:
    """``values`` hold the value and Kolada's remark; ``left_out`` counts what was not kept, by reason."""

    address: str
    years: tuple[int, ...]
    areas: tuple[AreaRow, ...]
    kpis: tuple[KpiRow, ...]
    groups: tuple[GroupRow, ...]
    values: Mapping[Key, tuple[float, str]]
    left_out: Mapping[str, int]
    requests: int
