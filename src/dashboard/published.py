"""The published layer: what the reports print, row by row, each row with its place in the source.

``load`` reads ``data/published/*.csv`` and checks every cell. All faults are reported at once, each with
file, row (as an editor counts them, the header is row 1), column and what was expected. What a cell may hold
is said by the annotations of the dataclasses below: a type and the check that makes it out of text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar, get_type_hints

from dashboard.domain.model import Colour
from dashboard.domain.periods import Month, Period
from dashboard.errors import PublishedError

Check = Callable[[str], object]
"""Cell text → value. Raises ValueError with what was expected, in Swedish."""


def _matching(pattern: str, expected: str) -> Check:
    form = re.compile(pattern)

    def check(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(expected)
        return cell

    return check


def _one_of(*allowed: str) -> Check:
    return _matching("|".join(allowed), f"något av {', '.join(allowed)}")


def _whole(low: int, high: int, empty: bool = False) -> Check:
    def check(cell: str) -> int | None:
        if empty and not cell:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", cell) or not low <= int(cell) <= high:
            raise ValueError(f"ett heltal {low}–{high}" + (" eller tomt" if empty else ""))
        return int(cell)

    return check


def _number(cell: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        raise ValueError("ett tal med punkt som decimaltecken")
    return Decimal(cell)


def _colour(cell: str) -> Colour:
    if cell not in set(Colour):
        raise ValueError(f"något av {', '.join(Colour)}")
    return Colour(cell)


def _ids(cell: str) -> tuple[str, ...]:
    _matching(f"({_SLUG}( {_SLUG})*)?", "namn åtskilda av ett blanksteg, eller tomt")(cell)
    return tuple(cell.split())


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_NAME = "ett namn med små bokstäver, siffror och bindestreck"

Id = Annotated[str, _matching(_SLUG, _NAME)]
IdOrEmpty = Annotated[str, _matching(f"({_SLUG})?", f"{_NAME}, eller tomt")]
Text = Annotated[str, _matching(r"\S(.*\S)?", "en text utan blanksteg i början och slutet")]
Line = Annotated[int, _whole(1, 999_999)]
Share = Annotated[int | None, _whole(0, 999, empty=True)]
Score = Annotated[int | None, _whole(1, 5, empty=True)]
Shade = Annotated[Colour, _colour]
PeriodKind = Annotated[str, _one_of("month", "ytd", "tertial", "half-year", "year", "r12", "point", "range")]
# forandring: a printed change; jamforelse: the value of others; grans: a limit in a scale, rule or law.
Measure = Annotated[
    str,
    _one_of(
        *("utfall", "mal", "budget", "avvikelse", "prognos", "helarsbudget", "prognosavvikelse"),
        *("avvikelse-foregaende-ar", "utfall-foregaende-ar", "forandring", "jamforelse", "grans"),
    ),
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. ``value`` keeps the printed decimals; ``org`` is empty where no one unit is meant."""

    source: Id
    line: Line
    section: Text
    indicator: IdOrEmpty
    label: Text
    org: IdOrEmpty
    period_kind: PeriodKind
    period: Text
    measure: Measure
    value: Annotated[Decimal, _number]
    unit: Text
    qualifier: str
    note: str

    @property
    def when(self) -> Period:
        """The period as the rest of the program knows it."""
        return _when(self.period_kind, self.period)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A printed colour, or a share of units (``green`` to ``total`` are set for shares only)."""

    source: Id
    line: Line
    section: Text
    subject_kind: Annotated[str, _one_of("goal", "namndmal", "indicator", "unit_share")]
    subject: Id
    label: Text
    period_kind: PeriodKind
    period: Text
    colour: Shade
    outcome: str
    target: str
    green: Share
    yellow: Share
    red: Share
    total: Share
    judged_by: Text
    note: str

    @property
    def when(self) -> Period:
        """The period as the rest of the program knows it."""
        return _when(self.period_kind, self.period)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as a report prints it. ``status`` is the colour of its measures."""

    source: Id
    line: Line
    category: Text
    risk: Id
    label: Text
    probability: Score
    consequence: Score
    value: Annotated[int, _whole(1, 25)]
    previous_value: Annotated[int | None, _whole(1, 25, empty=True)]
    previous_label: str
    status: Shade
    comment: str
    note: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A measure, an assignment or an activity. ``parent`` is a risk's or a goal's id, or empty."""

    source: Id
    line: Line
    kind: Annotated[str, _one_of("riskatgard", "atgard", "uppdrag", "tillganglighetsplan")]
    parent: IdOrEmpty
    label: Text
    status: Annotated[str, _one_of("done", "ongoing", "green", "yellow", "red", "unknown")]
    status_label: str
    owner: str
    comment: str
    note: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was decided or became law. ``date`` is as exact as the report is."""

    source: Id
    line: Line
    kind: Annotated[str, _one_of("handelse", "beslut", "lag")]
    date: str
    date_precision: Annotated[str, _one_of("day", "month", "year", "none")]
    title: Text
    comment: str
    indicators: Annotated[tuple[str, ...], _ids]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """Where a goal is printed."""

    source: Id
    line: Line
    goal: Id
    label: Text


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something in the reports that does not add up. ``printed`` and ``computed`` may be colours, so text."""

    id: Id
    kind: Annotated[
        str,
        _one_of("sum", "comparison", "between-reports", "text-table", "label", "period", "judgement", "typo"),
    ]
    severity: Annotated[str, _one_of("rounding", "real")]
    source: Id
    line: Line
    measure: str
    printed: str
    computed: str
    other_source: IdOrEmpty
    other_line: Annotated[int | None, _whole(1, 999_999, empty=True)]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Published:
    """Everything the reports print, in the order of the files."""

    figures: tuple[Figure, ...]
    assessments: tuple[Assessment, ...]
    risks: tuple[RiskRow, ...]
    assignments: tuple[Assignment, ...]
    events: tuple[Event, ...]
    goals: tuple[GoalRow, ...]
    contradictions: tuple[Contradiction, ...]


def load(folder: Path) -> Published:
    """Read and check the seven files in ``folder``.

    Raises PublishedError that lists every fault in every file.
    """
    faults: list[str] = []
    published = Published(
        figures=_table(folder / "figures.csv", Figure, faults),
        assessments=_table(folder / "assessments.csv", Assessment, faults),
        risks=_table(folder / "risks.csv", RiskRow, faults),
        assignments=_table(folder / "assignments.csv", Assignment, faults),
        events=_table(folder / "events.csv", Event, faults),
        goals=_table(folder / "goals.csv", GoalRow, faults),
        contradictions=_table(folder / "contradictions.csv", Contradiction, faults),
    )
    if faults:
        raise PublishedError(f"De publicerade uppgifterna i {folder} har fel:", faults)
    return published


Record = TypeVar("Record")


def _table(path: Path, record: Callable[..., Record], faults: list[str]) -> tuple[Record, ...]:
    hints = get_type_hints(record, include_extras=True)
    checks = {name: getattr(hint, "__metadata__", (str,))[0] for name, hint in hints.items()}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if (found := next(reader, [])) != list(checks):
                expected = ", ".join(checks)
                faults.append(f"{path.name}, rad 1: väntade kolumnerna {expected}; fick {', '.join(found)}")
                return ()
            records: list[Record] = []
            seen: dict[tuple[str, ...], int] = {}
            for cells in reader:
                values: list[object] = []
                wrong = list(_row(cells, checks, values))
                first = seen.setdefault(tuple(cells), reader.line_num)
                if first != reader.line_num:
                    wrong.append(f": samma rad som rad {first}")
                faults.extend(f"{path.name}, rad {reader.line_num}{fault}" for fault in wrong)
                if not wrong:
                    records.append(record(*values))
            return tuple(records)
    except FileNotFoundError:
        faults.append(f"{path.name}: filen saknas")
    except (UnicodeDecodeError, csv.Error) as error:
        faults.append(f"{path.name}: kan inte läsas som CSV i UTF-8 ({error})")
    return ()


def _row(cells: list[str], checks: dict[str, Check], values: list[object]) -> Iterator[str]:
    """Fill ``values`` from the cells of one row; yield its faults."""
    if len(cells) != len(checks):
        yield f": väntade {len(checks)} kolumner, fick {len(cells)}"
        return
    named = dict(zip(checks, cells, strict=True))
    sound = dict(named)
    for column, cell in named.items():
        try:
            values.append(checks[column](cell))
        except ValueError as error:
            del sound[column]
            yield f", kolumn {column}: väntade {error}; fick {cell!r}"
    for column, expected in _together(sound):
        yield f", kolumn {column}: väntade {expected}; fick {named[column]!r}"


def _together(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Cells that must fit each other, of those that are sound in themselves: (column, what was expected)."""
    if cells.keys() >= {"period_kind", "period"}:
        try:
            _when(cells["period_kind"], cells["period"])
        except ValueError:
            yield "period", f"en period av slaget {cells['period_kind']}"
    if cells.keys() >= {"date_precision", "date"} and not _dated(cells["date"], cells["date_precision"]):
        yield "date", f"ett datum med noggrannheten {cells['date_precision']}"
    shares = [cells.get(name, "") for name in ("green", "yellow", "red")]
    if cells.get("subject_kind") == "unit_share" and "total" in cells:
        if not cells["total"]:
            yield "total", "antalet enheter, eftersom raden är en andel av enheterna"
        elif all(shares) and sum(map(int, shares)) != int(cells["total"]):
            yield "total", "summan av gröna, gula och röda"


def _dated(text: str, precision: str) -> bool:
    if precision == "none":
        return not text
    try:
        date.fromisoformat(text + {"year": "-01-01", "month": "-01", "day": ""}[precision])
    except ValueError:
        return False
    return len(text) == {"year": 4, "month": 7, "day": 10}[precision]


@cache
def _when(kind: str, text: str) -> Period:
    """Asked for on every look-up, and few are different. Raises ValueError where the text is not a period of that kind."""
    if kind == "r12":
        return Period.r12(Month.parse(text))
    period = Period.parse(text)
    if kind not in (period.kind.value, "range", "point"):
        raise ValueError(f"not a {kind}: {text}")
    return period
