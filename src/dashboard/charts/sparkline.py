"""Small curves as coordinates for an SVG polyline: no axis, no library, a few hundred bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 180.0, 34.0, 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point to be marked: ``solid`` for printed values, hollow for synthetic ones."""

    x: float
    y: float
    solid: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """``paths`` are polyline coordinates, one for each unbroken stretch; empty when fewer than two points
    exist.
    """

    paths: tuple[str, ...]
    marks: tuple[Mark, ...]


def sparkline(
    values: Sequence[float | None],
    printed: Sequence[float | None] = (),
    bounds: tuple[float, float] | None = None,
) -> Sparkline:
    """``values`` in order of time, None for gaps; ``printed`` holds the printed values at the same places.

    The curve fills the height between its own least and greatest value, or lies between ``bounds`` when several
    curves share a scale; equal values lie in the middle.
    """
    marks_at = list(printed) or [None] * len(values)
    known = [value for value in [*values, *marks_at] if value is not None]
    if len(known) < 2 or len(values) < 2:
        return Sparkline((), ())
    low, high = bounds or (min(known), max(known))
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return MARGIN + index * step, HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)

    paths: list[list[tuple[float, float]]] = []
    run: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        if value is None:
            paths.append(run)
            run = []
        else:
            run.append(place(index, value))
    paths.append(run)
    lines = tuple(" ".join(f"{x:.1f},{y:.1f}" for x, y in path) for path in paths if len(path) > 1)
    marks = [Mark(*place(index, value), True) for index, value in enumerate(marks_at) if value is not None]
    last = values[-1]
    if last is not None and marks_at[-1] is None:
        marks.append(Mark(*place(len(values) - 1, last), False))
    return Sparkline(lines, tuple(marks))
