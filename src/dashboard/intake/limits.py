"""How much a file may ask for. All bounds on what an upload can use stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. A file beyond any of them is refused whole, with the bound in the message."""

    file_bytes: int = 200 * MEGABYTE
    # A workbook is a zip file: what it unpacks to is counted both as it says and as it turns out.
    unpacked_bytes: int = 600 * MEGABYTE
    ratio: int = 200  # unpacked to packed, for parts above ``ratio_from``; real sheets stay under about 60
    ratio_from: int = 10 * MEGABYTE
    parts: int = 2_000
    sheets: int = 100
    rows: int = 5_000_000  # in a text file; a sheet of Excel ends at 1 048 576
    columns: int = 1_000
    cells: int = 5_000_000  # with something in them, in one workbook
    text_cells: int = 20_000_000  # in a text file that has to be read row by row
    text: int = 32_767  # characters in a cell, Excel's own bound
    header_rows: int = 40  # filled rows in which the header is sought
    # Workbooks are opened by a process of their own, which the system stops at these bounds.
    memory_bytes: int = 1536 * MEGABYTE
    answer_bytes: int = 256 * MEGABYTE  # of text that it may send back
    seconds: int = 60
    faults: int = 500  # told one by one; the rest are counted


LIMITS = Limits()
