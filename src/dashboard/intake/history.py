"""The third step: values that the months before do not lead one to expect. Always a question, never an error.

A value is asked about when it lies outside the XmR limits of the months before *and* beyond everything they held, and
by more than a count of a few. Limits and their source: ``domain.spc``. Accumulated columns are tried as the month's own
part, since limits mean nothing on a running sum; full-year figures are not tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dashboard.beside import beside
from dashboard.contracts import Column
from dashboard.domain.model import Direction, Nature
from dashboard.domain.spc import REACH, SCREEN, Limits, latest
from dashboard.intake.frame import NEVER, Frame, Teller, number_columns, told
from dashboard.intake.shapes import Severity, Step, joined, shown

MONTHS_BACK = 24
FEWEST = 12  # in a row, just before: a year, so that the season has been seen once
NEWEST = 3  # months of a delivery that are tried; a longer file is history itself
_TRIED = {Nature.STOCK, Nature.FLOW, Nature.ACCUMULATED}
_FEW = 5  # counts differ by a few for no reason at all


@dataclass(frozen=True, slots=True)
class _Series:
    """``now`` for each tried row; ``before`` has one line a month back (nan: unknown)."""

    rows: np.ndarray
    now: np.ndarray
    before: np.ndarray


@dataclass(frozen=True, slots=True)
class _Odd:
    """A number that stands out, and the ``run`` of months that it was held against."""

    row: int
    column: Column
    now: float
    limits: Limits
    run: int

    @property
    def expected(self) -> str:
        """``54–61``: limits of counts in whole numbers, those of amounts with one decimal."""
        digits = None if self.column.form == "int64" else 1
        return f"{shown(round(self.limits.lower, digits))}–{shown(round(self.limits.upper, digits))}"


def check_history(frame: Frame, tell: Teller) -> None:
    """Ask about every value of the newest months that stands out from the two years before it."""
    first = min(frame.months[-NEWEST:], default=NEVER)
    rows = np.flatnonzero((frame.month[: frame.size] >= first) & (frame.key[: frame.size] >= 0))
    if len(rows) == 0 or frame.size == len(frame.month) == len(rows):
        return  # nothing before it, neither in the store nor in the delivery
    back = np.array([frame.before(step, rows) for step in range(1, MONTHS_BACK + 2)])
    found: dict[int, list[_Odd]] = {}
    tried = [column for column in number_columns(frame.contract) if column.nature in _TRIED]
    for odds in beside(lambda column: list(_odd(column, _series(frame, column, rows, back))), tried):
        for odd in odds:
            found.setdefault(odd.row, []).append(odd)
    room = max(tell.faults.room, 0)
    for row in sorted(found)[:room]:
        _ask(tell, row, found[row])
    tell.faults.count(frame.dataset, Severity.QUESTION, max(len(found) - room, 0))


def _series(frame: Frame, column: Column, rows: np.ndarray, back: np.ndarray) -> _Series:
    values = np.append(
        frame.values(column.name).astype(float, copy=False), np.nan
    )  # which NOWHERE, the last, finds
    now, before = values[rows], values[back]
    if column.nature is Nature.ACCUMULATED:
        lines, month = [now, *before], frame.month[rows]
        now, *before = (
            line - np.where((month - step) % 12 == 0, 0.0, earlier)
            for step, (line, earlier) in enumerate(pairwise(lines))
        )
    return _Series(rows, now, np.asarray(before[:MONTHS_BACK]))


def _odd(column: Column, series: _Series) -> Iterator[_Odd]:
    """The rows whose number stands out. All are measured at once; the few beyond the limits are then analysed."""
    known = np.isfinite(series.before)
    run = np.where(known.all(axis=0), len(known), np.argmin(known, axis=0))
    low, high = np.fmin.reduce(series.before), np.fmax.reduce(series.before)  # of what is known
    beyond = (series.now < low) | (series.now > high)
    tried = np.flatnonzero(beyond & (run >= FEWEST) & np.isfinite(series.now))
    for place in tried[_outside(series, tried, run[tried])]:
        line = series.before[: run[place], place][::-1]
        limits = limits_of([float(value) for value in line], column)
        now = float(series.now[place])
        if limits is not None and _stands_out(now, limits, column):
            yield _Odd(int(series.rows[place]), column, now, limits, int(run[place]))


def _outside(series: _Series, tried: np.ndarray, run: np.ndarray) -> np.ndarray:
    """Which of the tried lie outside their limits, by the formula of ``domain.spc`` on whole arrays."""
    steps = np.arange(len(series.before))[:, None]
    line = np.where(steps < run, series.before[:, tried], np.nan)
    with np.errstate(invalid="ignore"):
        moves = np.abs(np.diff(line, axis=0))
        moves[moves > SCREEN * np.nanmean(moves, axis=0)] = np.nan
        reach = REACH * np.nanmean(moves, axis=0)
        return np.asarray(np.abs(series.now[tried] - np.nanmean(line, axis=0)) > reach * (1 - 1e-9))


def _ask(tell: Teller, row: int, odds: list[_Odd]) -> None:
    """One question for all that is odd in a row: one cause, one answer."""
    parts = []
    for odd in odds:
        what = "månadens del är " if odd.column.nature is Nature.ACCUMULATED else ""
        parts.append(f"{tell.names.label(odd.column.name)} {what}{shown(odd.now)} (vanligen {odd.expected})")
    message = (
        f"{tell.who(row)}: {joined(parts)} är utanför det vanliga de senaste {min(odd.run for odd in odds)} månaderna. "
        "Stämmer det, och vad beror det på?"
    )
    about = told({odd.column.name: odd.now for odd in odds})
    first = odds[0]
    tell.tell(
        Step.HISTORY, Severity.QUESTION, row, first.column.name, "historik", first.expected, message, about
    )


def limits_of(values: list[float], column: Column) -> Limits | None:
    """XmR limits of the months before, oldest first; None when they do not vary enough to have any."""
    found = latest(values, direction=Direction.NEUTRAL, floor=column.low, ceiling=column.high)
    return found[0] if found else None


def _stands_out(now: float, limits: Limits, column: Column) -> bool:
    beyond = max(limits.lower - now, now - limits.upper)
    return beyond > 0 and (column.form != "int64" or abs(now - limits.mean) >= _FEW)
