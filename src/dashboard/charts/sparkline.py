"""Small curves as coordinates for an SVG polyline: no axis, no library, a few hundred bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 180.0, 34.0, 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point to be marked. ``look``: *solid* for printed values, *hollow* for synthetic, *dot* for loaded ones."""

    x: float
    y: float
    look: str


@dataclass(frozen=True, slots=True)
class Path:
    """A polyline's coordinates; dashed where anything in it is synthetic."""

    points: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """``paths``: one for each unbroken stretch of one look; empty when fewer than two points exist."""

    paths: tuple[Path, ...]
    marks: tuple[Mark, ...]


def sparkline(
    values: Sequence[float | None],
    printed: Sequence[float | None] = (),
    bounds: tuple[float, float] | None = None,
    synthetic: Sequence[bool] = (),
) -> Sparkline:
    """``values`` in order of time, None for gaps; ``printed`` holds the printed values at the same places.

    ``synthetic`` says which of the values are, or rest on, made-up months (none said: none). A line from such a value
    to one that is not is dashed.

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

    demo = list(synthetic) or [False] * len(values)
    spots = [None if value is None else place(index, value) for index, value in enumerate(values)]
    marks = [Mark(*place(index, value), "solid") for index, value in enumerate(marks_at) if value is not None]
    last = values[-1]
    if last is not None and marks_at[-1] is None:
        marks.append(Mark(*place(len(values) - 1, last), "hollow" if demo[-1] else "dot"))
    return Sparkline(_paths(spots, demo), tuple(marks))


def _paths(spots: Sequence[tuple[float, float] | None], demo: Sequence[bool]) -> tuple[Path, ...]:
    """Unbroken stretches, divided where the look changes; two that meet share the point between them."""
    found: list[Path] = []
    run: list[tuple[float, float]] = []
    dashed = False
    for at in range(1, len(spots)):
        start, end = spots[at - 1], spots[at]
        if start is None or end is None:
            found += _path(run, dashed)
            run = []
            continue
        look = demo[at - 1] or demo[at]
        if not run or look != dashed:
            found += _path(run, dashed)
            run, dashed = [start], look
        run.append(end)
    return (*found, *_path(run, dashed))


def _path(run: Sequence[tuple[float, float]], dashed: bool) -> list[Path]:
    return [Path(" ".join(f"{x:.1f},{y:.1f}" for x, y in run), dashed)] if len(run) > 1 else []
