"""The shape of a dataset, and everything that can be wrong with a month of it.

pyarrow is imported where a table is made or checked: whoever only serves needs the names, not the library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from dashboard.beside import beside
from dashboard.domain.model import Nature
from dashboard.domain.organisation import KINDS as UNIT_KINDS
from dashboard.domain.periods import Month

if TYPE_CHECKING:
    import pyarrow as pa

Form = Literal["int64", "float64", "string"]


@dataclass(frozen=True, slots=True)
class Column:
    """A measured column. ``nature`` is None for words; ``low``/``high`` bound numbers, both included.

    ``form`` is the name that Arrow gives its type.
    """

    name: str
    nature: Nature | None
    unit: str
    form: Form
    low: float | None = None
    high: float | None = None

    @property
    def type(self) -> pa.DataType:
        import pyarrow as pa

        return pa.type_for_alias(self.form)


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a delivery of one month. ``in_order``: its keys ascend, so none of them is there twice."""

    faults: tuple[str, ...]
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """One dataset. ``category`` is the column that splits a unit's rows, empty when there is none."""

    name: str
    title: str
    version: int
    unit_kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    category: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def whole_only(self) -> bool:
        """Whether every row is about the whole organisation, so that a file need not say of which unit."""
        return self.unit_kinds == (UNIT_KINDS[0],)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return ("month", "unit", self.category) if self.category else ("month", "unit")

    @property
    def schema(self) -> pa.Schema:
        import pyarrow as pa

        names = [
            pa.field("month", pa.date32(), nullable=False),
            pa.field("unit", pa.string(), nullable=False),
        ]
        if self.category:
            names.append(pa.field(self.category, pa.string(), nullable=False))
        return pa.schema(
            [*names, *(pa.field(column.name, column.type, nullable=False) for column in self.columns)]
        )

    def column(self, name: str) -> Column:
        """The measured column; KeyError when the dataset has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def faults(self, table: pa.Table, month: Month, kinds: Mapping[str, str] | None = None) -> list[str]:
        """Everything that is wrong with a delivery of one month, in Swedish; empty when nothing is.

        ``kinds`` maps unit ids to their kind and adds the check that the unit may report the dataset.
        """
        return list(self.check(table, month, kinds).faults)

    def check(self, table: pa.Table, month: Month, kinds: Mapping[str, str] | None = None) -> Check:
        """As ``faults``, with what was learnt of the rows' order on the way."""
        found = self._gaps(table)
        if found:
            return Check(tuple(found))
        in_order = ascending(table, self.keys)
        found += self._row_faults(table, month, in_order)
        return Check((*found, *self._value_faults(table, kinds)), in_order)

    def all_sound(self, months: Mapping[Month, pa.Table], kinds: Mapping[str, str] | None = None) -> bool:
        """Whether nothing is wrong with any of the months, each of which is in order; no months are sound.

        They are looked at in one piece, which takes half as long as each by itself. False says no more than that
        each should be: it also stands for rows that are well but in another order.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        tables = [months[month] for month in sorted(months)]
        if any(self._gaps(table) for table in tables):
            return False
        if not tables:
            return True
        # Tables that differ in what may be null are well, too, but Arrow does not put them together.
        whole = pa.concat_tables(
            [one if one.schema == self.schema else one.cast(self.schema) for one in tables]
        )

        def apart() -> bool:
            """In order, and as many rows of each month as its table has: no row has strayed into another's."""
            counts = pc.value_counts(whole["month"])
            return (
                counts.field("values").to_pylist() == [month.first_day for month in sorted(months)]
                and counts.field("counts").to_pylist() == [table.num_rows for table in tables]
                and ascending(whole, self.keys)
            )

        looks: tuple[Callable[[], bool], ...] = (apart, lambda: not self._value_faults(whole, kinds))
        return all(beside(lambda look: look(), looks))

    def _gaps(self, table: pa.Table) -> list[str]:
        """What must be mended before the rows can be looked at."""
        found = self._schema_faults(table)
        if found:
            return found
        if not table.num_rows:
            return ["leveransen har inga rader"]
        return [f"kolumnen {name} saknar värde" for name in table.schema.names if table[name].null_count]

    def _value_faults(self, table: pa.Table, kinds: Mapping[str, str] | None) -> list[str]:
        found = []
        for name, codes in self.codes.items():
            found += [
                f"{name}: koden {code!r} finns inte" for code in _distinct(table, name) if code not in codes
            ]
        for column in self.columns:
            found += _range_faults(table, column)
        return found + self._unit_faults(table, kinds)

    def _schema_faults(self, table: pa.Table) -> list[str]:
        want, have = self.schema, table.schema
        found = [f"kolumnen {name} saknas" for name in want.names if name not in have.names]
        found += [
            f"kolumnen {name} hör inte till {self.name}" for name in have.names if name not in want.names
        ]
        if not found and want.names != have.names:
            found.append(f"kolumnerna står i fel ordning: {', '.join(have.names)}")
        if not found:
            found = [
                f"kolumnen {name} är {have.field(name).type}, ska vara {want.field(name).type}"
                for name in want.names
                if have.field(name).type != want.field(name).type
            ]
        return found

    def _row_faults(self, table: pa.Table, month: Month, in_order: bool) -> list[str]:
        import pyarrow.compute as pc

        found = []
        months = pc.unique(table["month"]).to_pylist()
        if months != [month.first_day]:
            found.append(f"raderna gäller {', '.join(sorted(str(day) for day in months))}, ska gälla {month}")
        if in_order:
            return found
        keys = list(self.keys)
        groups = table.group_by(keys).aggregate([([], "count_all")])
        doubles = groups.filter(pc.greater(groups["count_all"], 1)).select(keys[1:])
        return found + [
            f"raden {' · '.join(row.values())} finns mer än en gång" for row in doubles.to_pylist()
        ]

    def _unit_faults(self, table: pa.Table, kinds: Mapping[str, str] | None) -> list[str]:
        if kinds is None:
            return []
        units = _distinct(table, "unit")
        if {kinds.get(unit) for unit in units} <= {*self.unit_kinds}:
            return []
        found = []
        for unit in units:
            if unit not in kinds:
                found.append(f"enheten {unit!r} finns inte i katalogen")
            elif kinds[unit] not in self.unit_kinds:
                found.append(f"{self.name} redovisas inte för {unit!r} ({kinds[unit]})")
        return found


def ascending(table: pa.Table, keys: Sequence[str]) -> bool:
    """Whether the keys of each row come after those of the row above: then none is there twice either."""
    import pyarrow.compute as pc

    if table.num_rows < 2:
        return True
    above, below = table.slice(0, table.num_rows - 1), table.slice(1)
    comes_after = None
    for key in reversed(keys):
        one, other = above[key], below[key]
        less = pc.less(one, other)
        comes_after = (
            less if comes_after is None else pc.or_(less, pc.and_(pc.equal(one, other), comes_after))
        )
    return bool(pc.all(comes_after, skip_nulls=False).as_py())


def _distinct(table: pa.Table, name: str) -> list[str]:
    import pyarrow.compute as pc

    # Sorted by Arrow: of a thousand names a month that is most of the work.
    found: list[str] = pc.unique(table[name]).sort().to_pylist()
    return found


def _range_faults(table: pa.Table, column: Column) -> list[str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.nature is None:
        return []
    values = table[column.name]
    if pa.types.is_floating(values.type) and not pc.all(pc.is_finite(values)).as_py():
        return [f"{column.name}: ett värde är inte ett tal"]
    bounds = pc.min_max(values).as_py()
    found = []
    if column.low is not None and bounds["min"] < column.low:
        found.append(f"{column.name}: {bounds['min']} är under {column.low:g}")
    if column.high is not None and bounds["max"] > column.high:
        found.append(f"{column.name}: {bounds['max']} är över {column.high:g}")
    return found
