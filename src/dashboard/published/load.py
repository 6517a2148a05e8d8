"""Read ``data/published/*.csv`` and check every cell."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar, get_type_hints

from dashboard.errors import PublishedError
from dashboard.published.cells import Check, period_of
from dashboard.published.rows import (
    Apart,
    Assessment,
    Assignment,
    Contradiction,
    Event,
    Figure,
    GoalRow,
    Published,
    Retelling,
    RiskMention,
    RiskRow,
)


def load(folder: Path) -> Published:
    """Read and check the ten files in ``folder``.

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
        risk_mentions=_table(folder / "risk_mentions.csv", RiskMention, faults),
        retellings=_table(folder / "retellings.csv", Retelling, faults),
        apart=_table(folder / "apart.csv", Apart, faults),
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
            period_of(cells["period_kind"], cells["period"])
        except ValueError:
            yield "period", f"en period av slaget {cells['period_kind']}"
    if cells.keys() >= {"date_precision", "date"} and not _dated(cells["date"], cells["date_precision"]):
        yield "date", f"ett datum med noggrannheten {cells['date_precision']}"
    if "owner" in cells and cells.get("status") != "not_assessed" and not cells.get("judged_by", "-"):
        yield "judged_by", "vem som bedömt, eftersom raden har en status"
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
