"""Workbooks as raw sheets, read by the process in ``worker`` so that no file can harm this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import dashboard
from dashboard.errors import IntakeError
from dashboard.intake.limits import MEGABYTE, Limits
from dashboard.intake.package import DAMAGED
from dashboard.intake.shapes import Cell, RawSheet

_KILLED = {-24, -9}  # SIGXCPU, SIGKILL: the system's clock


def read_workbook(kind: str, data: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    """Every visible sheet. Raises IntakeError when the file is damaged, protected or asks for too much."""
    source = str(Path(dashboard.__file__).parents[1])
    allowed = {
        key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"}
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "dashboard.intake.worker", kind, json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=limits.seconds * 2,
            env={**allowed, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise IntakeError(_too_slow(limits)) from error
    except OSError as error:
        raise IntakeError(
            f"Läsaren av arbetsböcker kunde inte startas ({error.strerror}). Försök igen."
        ) from error
    lines = done.stdout.splitlines()
    last = _line(lines[-1]) if lines else {}
    if "refused" in last:
        raise IntakeError(str(last["refused"]))
    if "done" not in last:
        raise IntakeError(_why(done, limits))
    return tuple(_sheets(_line(line) for line in lines[:-1]))


def _why(done: subprocess.CompletedProcess[bytes], limits: Limits) -> str:
    """The process died: of the clock, of memory, or of a file that its library could not take."""
    if done.returncode in _KILLED:
        return _too_slow(limits)
    if done.returncode == 2 or b"memory allocation" in done.stderr or b"capacity overflow" in done.stderr:
        return (
            f"Filen kräver mer än {limits.memory_bytes // MEGABYTE} MB minne att läsa. Ofta står något i en cell långt "
            "ned eller långt till höger: ta bort tomma rader och kolumner och spara på nytt."
        )
    return DAMAGED


def _too_slow(limits: Limits) -> str:
    return f"Filen tog mer än {limits.seconds} sekunder att läsa. Dela upp den, eller lämna den som CSV."


def _line(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text.decode("utf-8", "replace"))
    except ValueError:  # the process died in the middle of a line
        return {}
    return found if isinstance(found, dict) else {}


def _sheets(lines: Iterator[dict[str, Any]]) -> Iterator[RawSheet]:
    head: dict[str, Any] | None = None
    rows: list[tuple[int, Sequence[Cell]]] = []
    for line in lines:
        if "sheet" in line:
            if head is not None:
                yield _sheet(head, rows)
            head, rows = line, []
        else:
            rows += [(number, [_cell(cell) for cell in cells]) for number, cells in line.get("rows", ())]
    if head is not None:
        yield _sheet(head, rows)


def _sheet(head: dict[str, Any], rows: list[tuple[int, Sequence[Cell]]]) -> RawSheet:
    notes = ("Bladet är dolt och lästes inte.",) if head["hidden"] else ()
    return RawSheet(
        name=str(head["sheet"]),
        rows=rows,
        merged=tuple((first, left, last, right) for first, left, last, right in head["merged"]),
        errors={(row, column): str(text) for row, column, text in head["errors"]},
        notes=notes,
    )


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["d"])
    return cell  # type: ignore[no-any-return]  # JSON's own types are cells
