"""The first step on rows that could be read: doubles, bounds, months that have not been, units that are missing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dashboard.domain.periods import Month
from dashboard.intake.frame import Frame, Teller, number_columns
from dashboard.intake.shapes import Fault, Place, Severity, Step, fault_key, shown

_FORM = Step.FORM
Exists = Callable[[str, Month], bool]


def check_form(
    frame: Frame, tell: Teller, today: Month, unit_exists: Exists, category_exists: Exists
) -> None:
    """Every fault of form that shows only when all rows are seen together.

    ``unit_exists`` and ``category_exists`` say whether an id was there in a month.
    """
    _doubles(frame, tell)
    _bounds(frame, tell)
    _future(frame, tell, today)
    _missing(frame, tell, unit_exists, category_exists)


def _doubles(frame: Frame, tell: Teller) -> None:
    later = np.zeros(len(frame.sorted), dtype=bool)
    later[1:] = (frame.sorted[1:] == frame.sorted[:-1]) & (frame.sorted[1:] >= 0)
    if not later.any():
        return
    mask = np.zeros(len(frame.sorted), dtype=bool)
    mask[frame.order] = later
    for row in tell.rows(mask[: frame.size], Severity.ERROR):
        first = int(frame.order[np.searchsorted(frame.sorted, frame.key[row])])
        sheet, index = frame.sheet_of(first)
        other = sheet.place(index)
        where = f"{other.cell} i {other.sheet}" if other.sheet else other.cell
        message = f"{tell.who(row)} finns redan på {where}. Ta bort den ena eller slå ihop dem."
        tell.tell(_FORM, Severity.ERROR, row, "unit", "dubblett", "en rad", message)


def _bounds(frame: Frame, tell: Teller) -> None:
    for column in number_columns(frame.contract):
        values = frame.values(column.name)[: frame.size]
        label = tell.names.label(column.name)
        for limit, outside, word in ((column.low, np.less, "minst"), (column.high, np.greater, "högst")):
            if limit is None:
                continue
            for row in tell.rows(outside(values, limit), Severity.ERROR):
                expected = f"{word} {shown(limit)}"
                message = f"{label} är {shown(float(values[row]))}; ska vara {expected}."
                tell.tell(_FORM, Severity.ERROR, row, column.name, "gräns", expected, message)


def _future(frame: Frame, tell: Teller, today: Month) -> None:
    for row in tell.rows(frame.month[: frame.size] > today.index, Severity.ERROR):
        message = f"{frame.month_of(row).name} har inte varit än. Rätta månaden."
        tell.tell(_FORM, Severity.ERROR, row, "month", "framtid", f"senast {today.name}", message)


def _missing(frame: Frame, tell: Teller, unit_exists: Exists, category_exists: Exists) -> None:
    """What was there the month before and is not here: a unit is an error, one of its categories a question."""
    width = len(frame.categories)
    gone = frame.gone(frame.months)
    told: set[tuple[int, int]] = set()
    room = max(tell.faults.room, 0)
    for key in gone[:room]:
        index, rest = divmod(int(key) + frame.stride, frame.stride)
        code, category = divmod(rest, width)
        month, unit = Month(index // 12, index % 12 + 1), frame.units[code]
        if (index, code) in told or not unit_exists(unit, month):
            continue
        first = index * frame.stride + code * width
        start, stop = np.searchsorted(frame.sorted, (first, first + width))
        if start == stop:
            told.add((index, code))
            _absent(frame, tell, month, unit, "")
        elif category_exists(frame.categories[category], month):
            _absent(frame, tell, month, unit, frame.categories[category])
    tell.faults.count(frame.dataset, Severity.QUESTION, max(len(gone) - room, 0))


def _absent(frame: Frame, tell: Teller, month: Month, unit: str, category: str) -> None:
    sheet = frame.sheets[0]
    place = Place(sheet.file, sheet.name, sheet.header.row)
    name = tell.names.subject(unit, category)
    if category:
        severity, step = Severity.QUESTION, Step.SENSE
        message = (
            f"{name} fanns månaden före men har ingen rad i {month.name}. Är det noll, eller har raden fallit bort? "
            "Lägg till raden, eller svara varför den saknas."
        )
    else:
        severity, step = Severity.ERROR, Step.FORM
        message = (
            f"{name} fanns månaden före men saknas i {month.name}. Lägg till raden, eller ange i katalogen när enheten "
            "upphörde."
        )
    key = fault_key(frame.dataset, month, "saknas", unit, category)
    tell.faults.add(Fault(step, severity, place, frame.dataset, "unit", "", name, message, key))
