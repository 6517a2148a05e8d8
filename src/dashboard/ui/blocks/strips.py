"""Strips: every municipality as a thin mark on one scale, with the country, the median and our own on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 1000.0, 20.0, 12.0


@dataclass(frozen=True, slots=True)
class Strip:
    """``ticks`` is the path of an SVG of WIDTH × HEIGHT that is stretched; the marks are per cent from the left."""

    ticks: str
    own: str
    country: str
    middle: str


def strip(
    values: Sequence[float],
    bounds: tuple[float, float],
    *,
    own: float,
    country: float | None = None,
    middle: float | None = None,
) -> Strip:
    """All on the scale of ``bounds``, equal places once; when nothing differs everything lies in the middle."""
    places = sorted({round(share(value, bounds) * WIDTH, 1) for value in values})
    ticks = "".join(f"M{x:.1f} 0V{HEIGHT:.0f}" for x in places)
    return Strip(ticks, _left(own, bounds), _left(country, bounds), _left(middle, bounds))


def share(value: float, bounds: tuple[float, float]) -> float:
    """Where a value lies between the bounds: with a margin, so that no mark is cut in half."""
    low, high = bounds
    inner = (value - low) / (high - low) if high > low else 0.5
    return (MARGIN + min(1.0, max(0.0, inner)) * (WIDTH - 2 * MARGIN)) / WIDTH


def _left(value: float | None, bounds: tuple[float, float]) -> str:
    return "" if value is None else f"{100 * share(value, bounds):.2f}%"
