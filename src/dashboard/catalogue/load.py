"""Read a board's definitions from a folder of TOML files; all faults of all files come at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import tomli  # the standard library's tomllib, compiled: a third of its time at every start

from dashboard.catalogue.build import Faults, Where, build
from dashboard.catalogue.checks import Ids, Parts, check
from dashboard.catalogue.shapes import Board, Catalogue, Texts
from dashboard.catalogue.topics import AN_ID, read_topic
from dashboard.domain.comparison import Comparisons
from dashboard.domain.layout import ReportTable
from dashboard.domain.model import Commitment, Goal, Indicator, Report, Risk, Thresholds, Unit
from dashboard.domain.rates import Rate
from dashboard.domain.roles import Roles
from dashboard.domain.spc_data import Rebase
from dashboard.errors import CatalogueError

T = TypeVar("T")
Document = Mapping[str, Any]


def load(folder: Path) -> Catalogue:
    """The catalogue of the folder.

    Raises CatalogueError with every fault of every file, each as ``fil: nyckel: väntade …, fick …``.
    """
    reader = _Reader(folder)
    parts = Parts(
        units=reader.rows("organisation.toml", "unit", Unit),
        indicators=reader.rows("indicators.toml", "indicator", Indicator),
        goals=reader.rows("goals.toml", "goal", Goal),
        risks=reader.rows("risks.toml", "risk", Risk),
        assignments=reader.rows("assignments.toml", "assignment", Commitment),
        reports=reader.rows("reports.toml", "report", Report),
        tables=reader.tables(),
        board=reader.whole("board.toml", Board),
        thresholds=reader.whole("thresholds.toml", Thresholds),
        rebases=reader.rows("rebases.toml", "rebase", Rebase),
        rates=reader.rows("rates.toml", "rate", Rate),
        comparisons=reader.whole("comparisons.toml", Comparisons),
        roles=reader.whole("roles.toml", Roles),
        ids=reader.ids,
    )
    texts = reader.whole("texts.toml", Texts)
    check(parts, reader.faults)
    topics = {
        own: read_topic(own, document, parts.indicators, reader.ids["indicator"], reader.faults)
        for own, document in reader.documents("topics")
    }
    if (
        reader.faults.found
        or parts.board is None
        or parts.thresholds is None
        or parts.comparisons is None
        or parts.roles is None
        or texts is None
    ):
        raise CatalogueError(f"Definitionerna i {folder} går inte att använda:", reader.faults.found)
    return Catalogue(
        board=parts.board,
        units=parts.units,
        indicators=parts.indicators,
        goals=parts.goals,
        risks=parts.risks,
        assignments=parts.assignments,
        reports=parts.reports,
        tables=parts.tables,
        thresholds=parts.thresholds,
        rebases=parts.rebases,
        rates=parts.rates,
        comparisons=parts.comparisons,
        roles=parts.roles,
        texts=texts,
        topics=MappingProxyType({own: one for own, one in topics.items() if one is not None}),
        fingerprint=reader.digest.hexdigest(),
    )


class _Reader:
    """Reads files one by one, gathering faults, ids and a digest over the bytes on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = Faults()
        self.ids: dict[str, Ids] = {}
        self.digest = hashlib.sha256()

    def whole(self, name: str, cls: type[T]) -> T | None:
        """A file that is one object."""
        document = self._document(name)
        return None if document is None else build(cls, document, Where(name), self.faults)

    def rows(self, name: str, key: str, cls: type[T]) -> Mapping[str, T]:
        """A file of ``[[key]]`` tables, by id and in order; rows with faults are left out."""
        found: dict[str, T] = {}
        document = self._document(name)
        if document is None:
            self.ids[key] = None
            return found
        for other in document:
            if other != key:
                self.faults.add(Where(name, other), f"bara [[{key}]]", other)
        tables = document.get(key, [])
        if not isinstance(tables, list):
            self.faults.add(Where(name, key), f"tabeller som [[{key}]]", tables)
            tables = []
        seen: dict[str, int] = {}
        for number, table in enumerate(tables, 1):
            own = table.get("id") if isinstance(table, Mapping) else None
            where = Where(name, key).item(own if isinstance(own, str) and own else number)
            built = build(cls, table, where, self.faults)
            if not isinstance(own, str):
                continue
            if not AN_ID.fullmatch(own):
                self.faults.add(where.at("id"), "små bokstäver a–z, siffror och bindestreck", own)
            if own in seen:
                self.faults.add(where.at("id"), f"ett eget id (nr {seen[own]} har samma)", own)
            elif built is not None:
                found[own] = built
            seen.setdefault(own, number)
        self.ids[key] = frozenset(seen)
        return MappingProxyType(found)

    def tables(self) -> Mapping[str, ReportTable]:
        """The layouts in the folder ``tables``: one file for each report that has tables, named by its id."""
        found: dict[str, ReportTable] = {}
        for path in sorted((self.folder / "tables").glob("*.toml")):
            name = f"tables/{path.name}"
            for table in self.rows(name, "table", ReportTable).values():
                where = Where(name, f"table[{table.id}]")
                if table.source != path.stem:
                    self.faults.add(where.at("source"), f"{path.stem}, som filen heter", table.source)
                elif table.id in found:
                    self.faults.add(where.at("id"), "ett eget id bland alla rapporters tabeller", table.id)
                else:
                    found[table.id] = table
        return MappingProxyType(found)

    def documents(self, folder: str) -> Iterator[tuple[str, Document]]:
        """The files in a folder that can be read, by their names without ending; none when there is no folder."""
        for path in sorted((self.folder / folder).glob("*.toml")):
            document = self._document(f"{folder}/{path.name}")
            if document is not None:
                yield path.stem, document

    def _document(self, name: str) -> Document | None:
        try:
            content = (self.folder / name).read_bytes()
            self.digest.update(f"{name} {len(content)}\n".encode() + content)
            return tomli.loads(content.decode("utf-8"))
        except OSError:
            self.faults.tell(Where(name), f"en läsbar fil i {self.folder}", "ingen")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.faults.tell(Where(name, f"rad {line}"), "text i UTF-8", "något annat")
        except tomli.TOMLDecodeError as error:
            self.faults.tell(Where(name, _place(error)), "giltig TOML", "ett skrivfel")
        return None


def _place(error: tomli.TOMLDecodeError) -> str:
    """``rad 3, kolumn 5``, from the parser's message, which is its only statement of the place."""
    match = re.search(r"line (\d+), column (\d+)", str(error))
    return f"rad {match[1]}, kolumn {match[2]}" if match else "sista raden"
