"""Frozen dataclasses from TOML tables, by their type hints. Faults are gathered, never raised.

The dataclass is the schema: a field without a default must be given, a field that may be None may be left
out, and a key that is no field is a fault.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import EnumType, StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from dashboard.domain.periods import Month, Period, PeriodKind

T = TypeVar("T")
INVALID: Final = object()  # what a value with a fault becomes until everything has been read

A_MONTH = "en månad som 2025-08"
A_PERIOD = "en period som 2025-T2, 2025-08, 2025 eller 2025-01..2025-06"
A_KEY_THAT_IS_LEFT_OUT = "ingenting (nyckeln saknas)"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file that a person can find again: ``organisation.toml: unit[cai].parent``."""

    file: str
    key: str = ""

    def at(self, name: str) -> Where:
        return Where(self.file, f"{self.key}.{name}" if self.key else name)

    def item(self, label: str | int) -> Where:
        return Where(self.file, f"{self.key}[{label}]")

    def __str__(self) -> str:
        return f"{self.file}: {self.key}" if self.key else self.file


class Faults:
    """All faults found so far, each as ``fil: nyckel: väntade …, fick …``."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, where: Where, wanted: str, got: object) -> None:
        """``got`` is a value of the file, shown as it stands there."""
        self.tell(where, wanted, shown(got))

    def tell(self, where: Where, wanted: str, got: str) -> None:
        """``got`` is in words."""
        self.found.append(f"{where}: väntade {wanted}, fick {got}")

    def missing(self, where: Where, wanted: str) -> None:
        self.tell(where, wanted, A_KEY_THAT_IS_LEFT_OUT)

    def dangling(self, where: Where, what: str, got: str, known: typing.Iterable[str]) -> None:
        """An id that does not exist, with the nearest one that does."""
        near = get_close_matches(got, list(known), n=1)
        hint = f" (menade du ”{near[0]}”?)" if near else ""
        self.add(where, f"ett id som finns bland {what}", got)
        self.found[-1] += hint


def shown(value: object) -> str:
    """The value as it stands in the file."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"”{value}”"
        case Mapping():
            return "en tabell"
        case list() | tuple():
            return "en lista"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a dataclass asks of its table: each field with its type, and the keys that say a period's kind.

    ``plain`` says how a sound value of a common type becomes the field's; any other goes the long way and is told.
    """

    own: Mapping[str, tuple[Field[Any], Any]]
    with_kind: frozenset[str]
    plain: Mapping[str, Callable[[object], object]]


@cache
def _shape(cls: Any) -> Shape:
    # Once a class and not once a row: reading the hints took longer than reading the files.
    hints = typing.get_type_hints(cls)
    own = {field.name: (field, hints[field.name]) for field in fields(cls)}
    with_kind = frozenset(
        f"{name}_kind" for name, (_, hint) in own.items() if Period in {hint, _optional(hint)}
    )
    plain = {name: _PLAIN[hint] for name, (_, hint) in own.items() if hint in _PLAIN}
    return Shape(own, with_kind, plain)


# Three values of four are of these types, and a place in words is needed only for those that are wrong.
_PLAIN: Final[Mapping[object, Callable[[object], object]]] = {
    str: lambda value: value if type(value) is str else INVALID,
    int: lambda value: value if type(value) is int else INVALID,
    bool: lambda value: value if type(value) is bool else INVALID,
    str | None: lambda value: value or None if type(value) is str else INVALID,
    tuple[str, ...]: lambda value: (
        tuple(value) if type(value) is list and all(type(one) is str for one in value) else INVALID
    ),
}


def build(cls: type[T], table: object, where: Where, faults: Faults) -> T | None:
    """One object from one table, or None when something in it is wrong (every fault is in ``faults``)."""
    if not isinstance(table, Mapping):
        faults.add(where, "en tabell", table)
        return None
    before = len(faults.found)
    shape = _shape(cls)  # type: ignore[arg-type]  # a class is hashable
    own, with_kind = shape.own, shape.with_kind
    for key in table:
        if key not in own and key not in with_kind:
            faults.add(where.at(key), f"en av nycklarna {', '.join([*own, *sorted(with_kind)])}", key)
    values: dict[str, Any] = {}
    for name, (field, hint) in own.items():
        if name in table:
            if name in shape.plain and (sound := shape.plain[name](table[name])) is not INVALID:
                values[name] = sound
                continue
            kind = table.get(f"{name}_kind")
            values[name] = convert(hint, table[name], where.at(name), faults, kind)
        elif _optional(hint) is not None:
            values[name] = None
        elif field.default is MISSING and field.default_factory is MISSING:
            faults.missing(where.at(name), wanted(hint))
    return cls(**values) if len(faults.found) == before else None


def convert(hint: Any, value: object, where: Where, faults: Faults, period_kind: object = None) -> Any:
    """The value as the hinted type, or INVALID. An empty text stands for nothing where None is allowed."""
    inner = _optional(hint)
    if inner is not None:
        return None if value == "" else convert(inner, value, where, faults, period_kind)
    if hint is Period:
        return _period(value, period_kind, where, faults)
    if typing.get_origin(hint) in {tuple, Mapping}:
        return _many(hint, value, where, faults)
    if is_dataclass(hint) and hint is not Month:
        return build(typing.cast(type[Any], hint), value, where, faults)
    try:
        return _scalar(hint, value)
    except ValueError:
        faults.add(where, wanted(hint), value)
        return INVALID


def _many(hint: Any, value: object, where: Where, faults: Faults) -> Any:
    """A list or a table of values of one type."""
    part = typing.get_args(hint)[-1] if typing.get_origin(hint) is Mapping else typing.get_args(hint)[0]
    if typing.get_origin(hint) is Mapping and isinstance(value, Mapping):
        return MappingProxyType({k: convert(part, v, where.at(k), faults) for k, v in value.items()})
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        return tuple(convert(part, item, where.item(n), faults) for n, item in enumerate(value, 1))
    faults.add(where, wanted(hint), value)
    return INVALID


def _scalar(hint: Any, value: object) -> object:
    """Raises ValueError when the value is not of the type."""
    if hint is Month and isinstance(value, str):
        return Month.parse(value)
    if type(hint) is EnumType and isinstance(
        value, str
    ):  # issubclass on each value took a tenth of the start
        return hint(value)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint is date and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if hint in {str, int, bool} and type(value) is hint:
        return value
    raise ValueError


def _period(value: object, kind: object, where: Where, faults: Faults) -> object:
    try:
        if not isinstance(value, str):
            raise ValueError
        period = Period.parse(value)
    except ValueError:
        faults.add(where, A_PERIOD, value)
        return INVALID
    if kind is None:
        return period
    try:
        wanted_kind = PeriodKind(kind) if isinstance(kind, str) else None
        if wanted_kind is None:
            raise ValueError
        return period_of(wanted_kind, period)
    except ValueError:
        beside = Where(where.file, f"{where.key}_kind")
        faults.add(beside, f"ett periodslag som passar {value} ({', '.join(PeriodKind)})", kind)
        return INVALID


def period_of(kind: PeriodKind, period: Period) -> Period:
    """The months of ``period`` read as ``kind``; R12 is named by its last month.

    Raises ValueError when the months cannot be read so.
    """
    if kind is PeriodKind.R12:
        if period.kind not in {PeriodKind.MONTH, PeriodKind.R12, PeriodKind.YEAR}:
            raise ValueError(f"not the end of twelve months: {period}")
        return Period.r12(period.end)
    fits = {
        PeriodKind.MONTH: len(period.months) == 1,
        PeriodKind.YTD: period.start.number == 1 and period.end.number in {4, 8, 12},
        PeriodKind.YEAR: period.start.number == 1 and len(period.months) == 12,
        PeriodKind.TERTIAL: len(period.months) == 4 and period.end.number % 4 == 0,
        PeriodKind.HALF_YEAR: len(period.months) == 6 and period.end.number % 6 == 0,
    }
    if not fits.get(kind, True):
        raise ValueError(f"not a {kind}: {period}")
    if kind is PeriodKind.YTD and period.end.number == 12:
        return Period.year(period.end.year)  # accumulated over the whole year is the year
    return Period(kind, period.start, period.end)


@cache
def _optional(hint: Any) -> Any:
    """``X`` of ``X | None``, else None."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return None


def wanted(hint: Any) -> str:
    """The type in words."""
    names: Mapping[object, str] = {
        str: "text",
        int: "ett heltal",
        float: "ett tal",
        bool: "true eller false",
        date: "ett datum som 2025-08-31",
        Month: A_MONTH,
        Period: A_PERIOD,
    }
    if hint in names:
        return names[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"ett av {', '.join(hint)}"
    return "en lista" if typing.get_origin(hint) is tuple else "en tabell"
