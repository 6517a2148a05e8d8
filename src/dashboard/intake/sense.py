"""The second step: numbers that must agree with each other. All rows are tried at once against each rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dashboard.intake.frame import NOWHERE, Frame, Teller, told
from dashboard.intake.rules import RULES, Rule
from dashboard.intake.shapes import Severity, Step, shown

_CALENDAR = range(1990 * 12, 2101 * 12)  # the months that ``values`` reads
# Small numbers: a million rows of them are looked up in no time.
_DAYS = np.array([monthrange(index // 12, index % 12 + 1)[1] for index in _CALENDAR], np.int16)
_JANUARY = np.array([index % 12 == 0 for index in _CALENDAR], np.int16)


class _Values(Mapping[str, np.ndarray]):
    """What a rule may ask for, made when it does: own columns, those of the month before, and the calendar."""

    def __init__(self, frame: Frame, columns: Sequence[str], before: np.ndarray | None) -> None:
        self._frame, self._columns, self._before = frame, columns, before

    def __getitem__(self, name: str) -> np.ndarray:
        size = self._frame.size
        if name in {"days", "january"}:
            place = np.clip(self._frame.month[:size] - _CALENDAR.start, 0, len(_CALENDAR) - 1)
            return np.asarray((_DAYS if name == "days" else _JANUARY)[place])
        if self._before is not None and name.startswith("was_"):
            return np.asarray(self._frame.values(name.removeprefix("was_"))[self._before])
        if name not in self._columns:
            raise KeyError(name)
        return self._frame.values(name)[:size]

    def __iter__(self) -> Iterator[str]:
        yield from self._columns
        if self._before is not None:
            yield from (f"was_{name}" for name in self._columns)
        yield from ("days", "january")

    def __len__(self) -> int:
        return sum(1 for _ in self)


def check_sense(frame: Frame, tell: Teller) -> None:
    """Try every rule of the dataset on every row that has the numbers it needs."""
    before = frame.before()
    readable = frame.key[: frame.size] >= 0
    for rule in RULES.get(frame.dataset, ()):
        values = _Values(frame, rule.columns, before if rule.across else None)
        complete = readable & (before != NOWHERE) if rule.across else readable.copy()
        for name in rule.columns:
            if frame.values(name).dtype.kind == "f":  # a whole number is always one
                complete &= np.isfinite(values[name])
                if rule.across:
                    complete &= np.isfinite(values[f"was_{name}"])
        if not complete.any():
            continue
        with np.errstate(invalid="ignore"):
            broken = complete & ~rule.holds(values)
        found = list(tell.rows(broken, rule.severity))
        if found:
            numbers = {name: column[found].astype(float) for name, column in values.items()}
            for place, row in enumerate(found):
                _tell(
                    frame, tell, rule, row, {name: float(column[place]) for name, column in numbers.items()}
                )
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
