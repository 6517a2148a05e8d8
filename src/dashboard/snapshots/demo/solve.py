"""Temporal disaggregation: monthly paths that meet printed points, sums and ratios exactly.

Denton's proportional first-difference method (F. T. Denton, JASA 66, 1971): of all paths that satisfy the
linear constraints, the one whose ratio to a seasonal pattern moves least from month to month. Seeded noise is
projected onto the null space of the constraints, so it changes nothing that is printed. Whole numbers come
from rounding the *running total*: any sum over a run of months that is whole before is the same after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import DataError

Path = NDArray[np.float64]
Counts = NDArray[np.int64]

_SNAP = 1e-6  # solver noise is far below this, a real difference far above
_TIE = 1.234567e-7  # keeps exact halves on one side whatever the solver's noise


@dataclass(frozen=True, slots=True)
class Equation:
    """``sum(weights * x) == value`` over the months; ``name`` says which figure asks for it."""

    weights: Path
    value: float
    name: str


def window(months: int, first: int, last: int, value: float, name: str) -> Equation:
    """The months ``first..last`` (positions, both included) add up to ``value``."""
    weights = np.zeros(months)
    weights[first : last + 1] = 1.0
    return Equation(weights, value, name)


def smooth(pattern: Path, equations: Sequence[Equation]) -> Path:
    """The Denton path for a positive ``pattern``. Raises DataError if the equations contradict each other."""
    size = len(pattern)
    steps = np.diff(np.eye(size), axis=0) / pattern  # differences of x / pattern
    # A trace of ridge towards the pattern fixes the level when no equation does.
    curve = steps.T @ steps + 1e-9 * np.diag(1.0 / pattern**2)
    pull = 1e-9 / pattern
    if not equations:
        return np.asarray(pattern, dtype=np.float64).copy()
    left = np.array([equation.weights for equation in equations])
    right = np.array([equation.value for equation in equations])
    scale = float(np.mean(pattern))
    system = np.block([[curve * scale**2, left.T], [left, np.zeros((len(left), len(left)))]])
    answer = np.linalg.lstsq(system, np.concatenate([pull * scale**2, right]), rcond=1e-14)[0][:size]
    answer = _onto(answer, left, right, pattern)
    wrong = [e.name for e in equations if abs(e.weights @ answer - e.value) > _SNAP * max(1.0, abs(e.value))]
    if wrong:
        raise DataError("Demots månadsserie kan inte uppfylla alla tryckta tal.", wrong)
    return answer


def _onto(path: Path, left: Path, right: Path, weight: Path) -> Path:
    """The nearest path, in the weight's proportions, that meets the equations."""
    spread = left * weight**2
    gram = spread @ left.T
    return np.asarray(path + spread.T @ (np.linalg.pinv(gram, rcond=1e-10) @ (right - left @ path)))


def disaggregate(
    pattern: Path,
    equations: Sequence[Equation],
    noise: Path,
    low: Path | float = 0.0,
    high: Path | float = np.inf,
) -> Path:
    """The smooth path plus as much of the projected noise as keeps it within ``low..high``.

    ``noise`` is relative (0.03 = three per cent of the pattern). Raises DataError if even the smooth path
    leaves the bounds.
    """
    base = smooth(pattern, equations)
    if np.any(base < np.asarray(low) - _SNAP) or np.any(base > np.asarray(high) + _SNAP):
        worst = [equation.name for equation in equations]
        raise DataError("Demots månadsserie går utanför sina gränser; ändra nivåerna i data/demo.", worst)
    wiggle = pattern * noise
    if equations:
        left = np.array([equation.weights for equation in equations])
        wiggle = _onto(wiggle, left, np.zeros(len(left)), pattern)
    for share in (1.0, 0.5, 0.25, 0.1):
        path = base + share * wiggle
        if np.all(path >= low) and np.all(path <= high):
            return np.asarray(path)
    return base


def whole(path: Path) -> Counts:
    """Whole numbers with every whole sum over consecutive months kept; each month moves by less than one.

    Two months a < b whose running totals differ by a whole number round alike, so their difference survives.
    """
    total = np.round(np.concatenate([[0.0], np.cumsum(path)]), 6)
    return np.diff(np.floor(total + 0.5 + _TIE)).astype(np.int64)


def share_out(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Split a whole ``total`` by weights: largest remainder, ties to the first, no part above its cap.

    Raises ValueError when the caps leave no room.
    """
    room = list(caps) if caps is not None else [total] * len(weights)
    if total < 0 or sum(room) < total:
        raise ValueError(f"{total} cannot be shared out within {room}")
    mass = sum(weights)
    quota = [total * (weight / mass if mass > 0 else 1.0 / len(weights)) for weight in weights]
    parts = [min(int(pull + _SNAP), cap) for pull, cap in zip(quota, room, strict=True)]
    while rest := total - sum(parts):
        free = [spot for spot in range(len(parts)) if parts[spot] < room[spot]]
        free.sort(key=lambda spot: (parts[spot] - quota[spot], spot))
        for spot in free[:rest]:
            parts[spot] += 1
    return parts


def tenths(path: Path) -> Counts:
    """The path in whole tenths, with sums over consecutive months kept to the tenth."""
    return whole(np.round(path * 10.0, 6))


def through(knots: Mapping[int, float], months: int) -> Path:
    """A line through levels given at some months (positions), flat outside them."""
    spots = sorted(knots)
    return np.interp(np.arange(months), spots, [knots[spot] for spot in spots])
