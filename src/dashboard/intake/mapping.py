"""What a sender's file means, kept from one month to the next: a frozen value that is text in TOML or JSON."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dashboard.contracts import CONTRACTS
from dashboard.errors import IntakeError
from dashboard.intake.vocabulary import YEAR


def _frozen(given: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    return MappingProxyType(dict(given or {}))


@dataclass(frozen=True, slots=True)
class SenderMapping:
    """``headers``: the file's header → column (empty: to be left out). ``names``: the file's word → id or code.

    ``sender`` is the file's name without its month. ``scales``: what a column's numbers are multiplied by (a file in
    kronor: 0.001). ``sheet`` is the sheet's name, empty for any. ``entry`` is the delivery that it was kept with, 0
    for one that comes from elsewhere; it is not part of what is kept.
    """

    sender: str
    dataset: str
    headers: Mapping[str, str]
    sheet: str = ""
    names: Mapping[str, str] = field(default_factory=_frozen)
    scales: Mapping[str, float] = field(default_factory=_frozen)
    entry: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        for name in ("headers", "names", "scales"):
            object.__setattr__(self, name, _frozen(getattr(self, name)))

    def as_dict(self) -> dict[str, Any]:
        return {
            "sender": self.sender,
            "dataset": self.dataset,
            "sheet": self.sheet,
            "headers": dict(self.headers),
            "names": dict(self.names),
            "scales": dict(self.scales),
        }

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def to_toml(self) -> str:
        lines = [f"{name} = {_text(getattr(self, name))}" for name in ("sender", "dataset", "sheet")]
        for name in ("headers", "names"):
            table: Mapping[str, str] = getattr(self, name)
            lines += ["", f"[{name}]", *(f"{_text(key)} = {_text(value)}" for key, value in table.items())]
        lines += ["", "[scales]", *(f"{_text(key)} = {float(value)!r}" for key, value in self.scales.items())]
        return "\n".join(lines) + "\n"

    @classmethod
    def from_json(cls, text: str) -> SenderMapping:
        """Raises IntakeError for anything that is no mapping."""
        try:
            return cls.from_dict(json.loads(text))
        except ValueError as error:
            raise IntakeError("Avsändarens mappning är inte giltig JSON. Spara den på nytt.") from error

    @classmethod
    def from_toml(cls, text: str) -> SenderMapping:
        """Raises IntakeError for anything that is no mapping."""
        try:
            return cls.from_dict(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise IntakeError("Avsändarens mappning är inte giltig TOML. Spara den på nytt.") from error

    @classmethod
    def from_dict(cls, given: object) -> SenderMapping:
        """Raises IntakeError that names the key at fault."""
        table = given if isinstance(given, dict) else {}
        texts = {name: table.get(name, "") for name in ("sender", "dataset", "sheet")}
        for name, value in texts.items():
            _wanted(isinstance(value, str), name)
        contract = CONTRACTS.get(texts["dataset"])
        if contract is None:
            raise IntakeError(
                f"Avsändarens mappning gäller en datamängd som inte finns: {texts['dataset']!r}."
            )
        headers, names, scales = (table.get(name, {}) for name in ("headers", "names", "scales"))
        columns = {"", YEAR, *contract.schema.names}
        for name, one in (("headers", headers), ("names", names)):
            _wanted(isinstance(one, dict) and all(isinstance(value, str) for value in one.values()), name)
        _wanted(set(headers.values()) <= columns, "headers")
        _wanted(isinstance(scales, dict) and all(_is_scale(value) for value in scales.values()), "scales")
        _wanted(set(scales) <= {one.name for one in contract.columns if one.form != "string"}, "scales")
        return cls(**texts, headers=headers, names=names, scales=scales)


def _is_scale(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf


def _wanted(holds: bool, name: str) -> None:
    if not holds:
        raise IntakeError(
            f"Avsändarens mappning har ett värde som inte går att läsa: {name}. Spara den på nytt."
        )


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are a subset of TOML's but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
