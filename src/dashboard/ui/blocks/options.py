"""What a list to choose from holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    options: tuple[Option, ...]
