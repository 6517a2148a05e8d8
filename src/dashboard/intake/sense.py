"""The second step: numbers that must agree with each other. All rows are tried at once against each rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping

import numpy as np

from dashboard.intake.frame import NOWHERE, Frame, Teller, told
from dashboard.intake.rules import RULES, Rule
from dashboard.intake.shapes import Severity, Step, shown

_CALENDAR = range(1990 * 12, 2101 * 12)  # the months that ``values`` reads
# Small numbers: a million rows of them are looked up in no time.
_DAYS = np.array([monthrange(index // 12, index % 12 + 1)[1] for index in _CALENDAR], np.int16)
_JANUARY = np.array([index % 12 == 0 for index in _CALENDAR], np.int16)


def check_sense(frame: Frame, tell: Teller) -> None:
    """Try every rule of the dataset on every row that has the numbers it needs."""
    before = frame.before()
    calendar = _calendar(frame)
    for rule in RULES.get(frame.dataset, ()):
        values = {name: frame.values(name)[: frame.size] for name in rule.columns} | calendar
        if rule.across:
            values |= {f"was_{name}": frame.values(name)[before] for name in rule.columns}
        complete = frame.key[: frame.size] >= 0
        if rule.across:
            complete &= before != NOWHERE
        for name in rule.columns:
            if values[name].dtype.kind == "f":  # a whole number is always one
                complete &= np.isfinite(values[name])
                if rule.across:
                    complete &= np.isfinite(values[f"was_{name}"])
        if not complete.any():
            continue
        with np.errstate(invalid="ignore"):
            broken = complete & ~rule.holds(values)
        for row in tell.rows(broken, rule.severity):
            _tell(frame, tell, rule, row, {name: float(column[row]) for name, column in values.items()})
    _reasons(frame, tell)


def _tell(frame: Frame, tell: Teller, rule: Rule, row: int, numbers: dict[str, float]) -> None:
    expected = _expected(rule, numbers)
    words = {name: shown(value) for name, value in numbers.items()} | {"expected": expected}
    about = told({name: numbers[name] for name in rule.columns})
    message = f"{tell.who(row)}: {rule.sentence.format_map(words)}"
    tell.tell(Step.SENSE, rule.severity, row, rule.columns[0], rule.name, expected, message, about)


def _expected(rule: Rule, numbers: Mapping[str, float]) -> str:
    """The number that would have been right, where there is one."""
    match rule.name, rule.columns:
        case "flode", (stock, into, out):
            return shown(numbers[f"was_{stock}"] + numbers[into] - numbers[out])
        case "inskrivna", (stock, out):
            return shown(numbers[f"was_{stock}"] - numbers[out])
        case (("del" | "friska" | "svar" | "slutat"), (_, whole, *_)):
            return f"högst {shown(numbers[whole])}" if rule.columns[0] != "avslutade" else ""
        case _:
            return ""


def _calendar(frame: Frame) -> dict[str, np.ndarray]:
    """``days`` of each row's month, and whether it is ``january``."""
    place = np.clip(frame.month[: frame.size] - _CALENDAR.start, 0, len(_CALENDAR) - 1)
    return {"days": _DAYS[place], "january": _JANUARY[place]}


def _reasons(frame: Frame, tell: Teller) -> None:
    """A yellow or red judgement says why."""
    if frame.dataset != "bedomningar":
        return
    pairs = zip(frame.texts("colour"), frame.texts("reason"), strict=True)
    mask = np.array([colour in {"yellow", "red"} and reason == "" for colour, reason in pairs], dtype=bool)
    mask &= frame.key[: frame.size] >= 0
    for row in tell.rows(mask, Severity.ERROR):
        message = f"{tell.who(row)}: en gul eller röd bedömning behöver ett skäl. Skriv det i kolumnen."
        tell.tell(Step.SENSE, Severity.ERROR, row, "reason", "skal", "ett skäl", message)
