"""What Kolada answers, checked piece by piece: an answer of another shape is refused, never guessed at.

Source: Kolada's API, version 3. Every answer is ``{"values": [...], "count": n, "next_url": ...}``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.kolada.errors import KoladaError

TOTAL = "T"  # both sexes together; the others are "K" and "M"
_GENDERS = (TOTAL, "K", "M")


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of an answer. ``count`` is None when the answer does not say it."""

    values: Sequence[Mapping[str, Any]]
    count: int | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a key figure for an area and a year; None when Kolada has a row without one.

    ``status`` is Kolada's own remark, mostly empty.
    """

    kpi: str
    area: str
    year: int
    gender: str
    value: float | None
    status: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class AreaRow:
    """``type`` is ``K`` for municipalities and ``L`` for regions and the country."""

    id: str
    title: str
    type: str


@dataclass(frozen=True, slots=True)
class KpiRow:
    """``published`` and ``preliminary`` are days as text, ``period`` the year they are about; empty when unsaid."""

    id: str
    title: str
    published: str
    preliminary: str
    period: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    id: str
    title: str
    members: tuple[str, ...]


def read(content: bytes) -> Answer:
    """Raises ValueError when it is not whole JSON, KoladaError when it is something else than an answer."""
    document = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    top = _Piece(document, "svaret")
    count = top.maybe("count", int)
    return Answer(top.pieces("values"), count, top.maybe("next_url", str) or None)


def values_of(answer: Answer) -> Iterator[Value]:
    """All values of a page, those of each sex and deleted ones too."""
    for place, row in enumerate(answer.values):
        piece = _Piece(row, f"values[{place}]")
        kpi, area, year = piece.need("kpi", str), piece.need("municipality", str), piece.need("period", int)
        for inner, one in enumerate(piece.pieces("values")):
            yield _value(_Piece(one, f"values[{place}].values[{inner}]"), kpi, area, year)


def _value(piece: _Piece, kpi: str, area: str, year: int) -> Value:
    gender = piece.need("gender", str)
    if gender not in _GENDERS:
        raise piece.wrong("gender", "T, K eller M", gender)
    found = piece.maybe("value", float)
    status = piece.maybe("status", str) or ""
    return Value(kpi, area, year, gender, found, status, bool(piece.maybe("isdeleted", bool)))


def area_of(row: Mapping[str, Any], place: int) -> AreaRow:
    piece = _Piece(row, f"values[{place}]")
    return AreaRow(piece.need("id", str), piece.need("title", str), piece.need("type", str))


def kpi_of(row: Mapping[str, Any], place: int) -> KpiRow:
    piece = _Piece(row, f"values[{place}]")
    period = row.get("publ_period")
    return KpiRow(
        id=piece.need("id", str),
        title=piece.need("title", str),
        published=piece.maybe("publication_date", str) or "",
        preliminary=piece.maybe("prel_publication_date", str) or "",
        period=str(period) if isinstance(period, int | str) else "",
    )


def group_of(row: Mapping[str, Any], place: int) -> GroupRow:
    piece = _Piece(row, f"values[{place}]")
    members = [
        _Piece(one, f"values[{place}].members[{at}]") for at, one in enumerate(piece.pieces("members"))
    ]
    ids = tuple(one.need("member_id", str) for one in members)
    return GroupRow(piece.need("id", str), piece.need("title", str), ids)


class _Piece:
    """An object of the answer, with its place, so that a fault can be pointed at."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, Mapping):
            raise KoladaError(f"Kolada svarade något oväntat: {place} ska vara ett objekt. Inget är ändrat.")
        self._value = value
        self._place = place

    def wrong(self, key: str, wanted: str, got: object) -> KoladaError:
        shown = json.dumps(got, ensure_ascii=False)[:60]
        return KoladaError(
            f"Kolada svarade något oväntat: {self._place}.{key} ska vara {wanted}, är {shown}. Inget är ändrat."
        )

    def need(self, key: str, kind: type[Any]) -> Any:
        found = self.maybe(key, kind)
        if found is None or found == "":
            raise self.wrong(key, _WORDS[kind], self._value.get(key))
        return found

    def maybe(self, key: str, kind: type[Any]) -> Any:
        """None for what is missing or null. An integer passes for a number, a truth value never does."""
        found = self._value.get(key)
        if found is None:
            return None
        if kind is float and isinstance(found, int | float) and not isinstance(found, bool):
            if not math.isfinite(found):
                raise self.wrong(key, _WORDS[kind], str(found))
            return float(found)
        if type(found) is not kind:
            raise self.wrong(key, _WORDS[kind], found)
        return found

    def pieces(self, key: str) -> Sequence[Mapping[str, Any]]:
        found = self._value.get(key)
        if not isinstance(found, list):
            raise self.wrong(key, "en lista", found)
        return found


_WORDS: Mapping[type, str] = {str: "text", int: "ett heltal", float: "ett tal", bool: "true eller false"}


def _no_number(text: str) -> float:
    raise KoladaError(f"Kolada svarade något oväntat: {text} är inget tal. Inget är ändrat.")
