"""What a table of a topic page's file may hold, where that is not the very shape that a page uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dashboard.domain import topic


@dataclass(frozen=True, slots=True)
class FileHead:
    """What stands before the sections of a file."""

    figures: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FileHeading:
    """A section without its rows."""

    key: str
    title: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileParts:
    """Parts as a file may ask for them: written out, or all of a whole."""

    key: str
    title: str
    indicators: tuple[str, ...] = ()
    of: str = ""
    months: int = topic.BAR_MONTHS


@dataclass(frozen=True, slots=True)
class FileBreakdown:
    """A breakdown by the file's categories: each column is a whole."""

    key: str
    title: str
    head: str
    columns: tuple[str, ...]


KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        topic.Monthly.kind: topic.Monthly,
        topic.Parts.kind: FileParts,
        topic.Units.kind: topic.Units,
        topic.Panels.kind: topic.Panels,
        topic.Breakdown.kind: FileBreakdown,
        topic.Flows.kind: topic.Flows,
        topic.Sums.kind: topic.Sums,
        topic.Printed.kind: topic.Printed,
        topic.PlacementSplit.kind: topic.PlacementSplit,
        topic.PlacementSplitParts.kind: topic.PlacementSplitParts,
    }
)
