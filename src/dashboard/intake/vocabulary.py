"""What headers, codes and totals are called (``words.toml``), folded so that spelling and spaces do not count."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.contracts import CONTRACTS, Contract

YEAR = "year"  # not a column of any contract: half a month
_NOT_WORDS = re.compile(r"[^a-z0-9<>%+]+")
# A unit behind a header: what it is called and how many of the contract's unit it is.
_UNITS = {
    "tkr": {"tkr": 1.0, "kkr": 1.0, "tusen kronor": 1.0, "kr": 0.001, "kronor": 0.001, "sek": 0.001}
    | {"mnkr": 1000.0, "mkr": 1000.0, "miljoner kronor": 1000.0},
    "timmar": {"timmar": 1.0, "tim": 1.0, "h": 1.0},
    "dygn": {"dygn": 1.0},
    "antal": {"antal": 1.0, "st": 1.0},
    "poäng": {"poang": 1.0},
    "1–5": {"1 5": 1.0},
}


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Small letters a–z and digits with single spaces between: ``Barn- och ungdomsenhet 1`` → ``barn och …``."""
    text = text.replace("≥", ">=").replace("≤", "<=")
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a"))
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare).strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header means: a column of the contract, and what its numbers are to be multiplied by."""

    column: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one dataset. ``headings`` and ``codes`` are by folded word; ``labels`` by column."""

    contract: Contract
    names: frozenset[str]
    headings: Mapping[str, Heading]
    labels: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    code_labels: Mapping[str, Mapping[str, str]]

    def label(self, column: str) -> str:
        return self.labels.get(column, column)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def vocabulary(dataset: str) -> Vocabulary:
    """KeyError for a dataset without a contract."""
    contract, words = CONTRACTS[dataset], _words()
    own: Mapping[str, list[str]] = {**words["keys"], **words[dataset]["columns"]}
    headings: dict[str, Heading] = {}
    for column, spellings in own.items():
        unit = {one.name: one.unit for one in contract.columns}.get(column, "")
        for heading, scale in _with_units([column, *spellings], unit):
            headings.setdefault(heading, Heading(column, scale))
    # An id or a label of this dataset goes before any other column's alias.
    for column, spellings in own.items():
        headings[fold(column)] = headings[fold(spellings[0])] = Heading(column)
    coded = {column: words["codes"][column] for column in contract.codes if column in words["codes"]}
    return Vocabulary(
        contract=contract,
        names=frozenset(fold(name) for name in [dataset, contract.title, *words[dataset]["names"]]),
        headings=MappingProxyType(headings),
        labels=MappingProxyType({column: spellings[0] for column, spellings in own.items()}),
        codes=MappingProxyType({column: _codes(table) for column, table in coded.items()}),
        code_labels=MappingProxyType(
            {
                column: {code: spellings[0] for code, spellings in table.items()}
                for column, table in coded.items()
            }
        ),
    )


def _with_units(spellings: Iterable[str], unit: str) -> Iterable[tuple[str, float]]:
    for spelling in spellings:
        yield fold(spelling), 1.0
        for ending, scale in _UNITS.get(unit, {}).items():
            yield f"{fold(spelling)} {ending}", scale
            if spelling.endswith(f"_{unit}"):
                yield f"{fold(spelling.removesuffix(unit))} {ending}", scale


def _codes(table: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Folded word → code; signs that folding takes away are kept as they stand."""
    found = {}
    for code, spellings in table.items():
        for spelling in [code, *spellings]:
            found[fold(spelling) or spelling] = code
    return MappingProxyType(found)


@cache
def _total_words() -> tuple[str, ...]:
    return tuple(fold(word) for word in _words()["totals"]["words"])


@lru_cache(maxsize=65_536)
def is_total(text: str) -> bool:
    """``Summa``, ``Totalt 2025``, ``Delsumma vuxen``."""
    folded = fold(text)
    return any(folded == word or folded.startswith(f"{word} ") for word in _total_words())


def example(column: str) -> str:
    """What a template shows in a column; nothing for columns that have choices."""
    return str(_words()["examples"].get(column, ""))


@cache
def ignored_sheets() -> frozenset[str]:
    return frozenset(fold(name) for name in _words()["sheets"]["ignored"])


def datasets_named(text: str) -> frozenset[str]:
    """The datasets whose name stands in a file's, a sheet's or a title's text."""
    padded = f" {fold(text)} "
    return frozenset(
        name for name in CONTRACTS if any(f" {word} " in padded for word in vocabulary(name).names)
    )
