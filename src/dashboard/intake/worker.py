"""A process of its own that opens one workbook and tells its cells: whatever a file does to it, it does to it alone.

The file comes on standard input; cells go out as lines of JSON. The system stops the process at its bounds, which
the caller passes as arguments (kind of file, then the fields of Limits as JSON).
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from dashboard.errors import IntakeError
from dashboard.intake import biff
from dashboard.intake.limits import Limits
from dashboard.intake.package import DAMAGED, Package

Line = dict[str, Any]
_ROWS_A_LINE = 2_000


def main(arguments: Sequence[str]) -> int:
    """Read one workbook from standard input; the last line is ``done`` or ``refused``."""
    kind, limits = arguments[0], Limits(**json.loads(arguments[1]))
    _bound(limits)
    data = sys.stdin.buffer.read()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
    try:
        for line in lines_of(kind, data, limits):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        out.write('{"done":true}\n')
    except IntakeError as error:
        out.write(json.dumps({"refused": str(error)}) + "\n")
    except MemoryError:
        return 2
    out.flush()
    return 0


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds; the caller's clock still counts
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines_of(kind: str, data: bytes, limits: Limits) -> Iterator[Line]:
    """``sheet`` lines, each followed by its ``rows`` lines. Raises IntakeError."""
    import python_calamine as calamine

    errors: Callable[[int, str], dict[tuple[int, int], str]]
    if kind == "xls":
        by_place = biff.formula_errors(data)
        errors = lambda place, name: by_place[place] if place < len(by_place) else {}  # noqa: E731
    else:
        Package(data, limits).examine()
        by_name = Package(data, limits).formula_errors() if kind == "xlsx" else {}
        errors = lambda place, name: by_name.get(name, {})  # noqa: E731
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > limits.sheets:
            raise IntakeError(f"Arbetsboken har {len(book.sheet_names)} blad; gränsen är {limits.sheets}.")
        budget = _Budget(limits)
        for place, meta in enumerate(book.sheets_metadata):
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            sheet = book.get_sheet_by_index(place)
            if not hidden and sheet.total_width > limits.columns:
                raise IntakeError(
                    f"Bladet {meta.name} har innehåll i {sheet.total_width} kolumner; gränsen är {limits.columns}. "
                    "Ta bort det som står långt till höger."
                )
            yield {
                "sheet": meta.name,
                "hidden": hidden,
                "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
                "errors": [[row, column, text] for (row, column), text in errors(place, meta.name).items()],
            }
            if not hidden:
                yield from _rows(sheet, budget)
    except calamine.PasswordError as error:
        raise IntakeError("Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet.") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise IntakeError(DAMAGED) from error


class _Budget:
    """Cells and characters that may still be told."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = limits.cells
        self.text = limits.answer_bytes

    def spend(self, cells: int, text: int) -> None:
        self.cells -= cells
        self.text -= text
        if self.cells < 0 or self.text < 0:
            raise IntakeError(
                f"Arbetsboken har mer än {self.limits.cells} ifyllda celler. Dela upp den, eller lämna den som CSV."
            )


def _rows(sheet: Any, budget: _Budget) -> Iterator[Line]:
    """Rows with something in them, each with its 1-based number and its cells from column A."""
    if sheet.start is None:
        return
    left = [None] * int(sheet.start[1])
    waiting: list[list[Any]] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if not any(cell != "" for cell in cells):
            continue
        told = [_told(cell) for cell in cells]
        while told and told[-1] is None:
            told.pop()
        texts = [len(cell) for cell in told if isinstance(cell, str)]
        if texts and max(texts) > budget.limits.text:
            raise IntakeError(
                f"Rad {number} har en cell med mer än {budget.limits.text} tecken. Korta texten."
            )
        budget.spend(len(told), sum(texts))
        waiting.append([number, left + told])
        if len(waiting) == _ROWS_A_LINE:
            yield {"rows": waiting}
            waiting = []
    if waiting:
        yield {"rows": waiting}


def _told(cell: Any) -> Any:
    """A cell as JSON knows it: dates as ``{"d": …}``, whole numbers as such, blank text as nothing."""
    match cell:
        case str():
            return cell if cell.strip() else None
        case bool():
            return cell
        case float():
            whole = cell.is_integer() and abs(cell) < 1e15
            return int(cell) if whole else cell if cell - cell == 0 else str(cell)
        case date():
            return {"d": cell.isoformat()[:10]}
        case time() | timedelta():
            return str(cell)
        case _:
            return cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
