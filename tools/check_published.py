"""Check the published layer against the text of the reports: does every figure stand on its line?

    python tools/check_published.py FOLDER_WITH_THE_REPORTS

The reports are not part of the repository; ``data/catalogue/reports.toml`` says which file is which. A figure
passes if its value stands on its line in any Swedish notation: ``-272 615``, ``7,37 %``, ``7.37``, ``sju``.
Risk values, colours and risks without a value are looked up in the same way. Prints what failed and ends with status
1 then. ``coverage_published.py`` asks the other way round, ``copied_words.py`` whether what is retold is copied.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from dashboard.domain.model import Colour
from dashboard.errors import DataError
from dashboard.published import Published, load

ROOT = Path(__file__).resolve().parent.parent
ZERO = "noll|ingen|inget|inga"
NUMBERS = (
    ZERO,
    "en|ett",
    "två|båda",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
COLOURS = {Colour.GREEN: r"\bgrön", Colour.YELLOW: r"\bgul", Colour.RED: r"\brö[dt]"}
# "en minskning med cirka 10 procent" is -10 without a sign of its own
FALLING = re.compile(r"\bminskning|\bnegativ", re.IGNORECASE)
DOUBLED = re.compile(r"\b(?:för)?dubbl", re.IGNORECASE)  # a change of 100 per cent


def stands(value: Decimal, line: str) -> bool:
    """Is the value on the line, with its sign, whole (not a part of a longer number)?"""
    return place(value, line) is not None


def place(value: Decimal, line: str) -> re.Match[str] | None:
    """Where the value stands on the line; positions are those of the line itself."""
    text = line.translate({0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2212: "-", 0x2013: "-", 0x2014: "-"})
    whole, _, decimals = str(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", "[ ]?")
    number = rf"{grouped}[.,]{decimals}" if decimals else grouped
    # A minus belongs to the number only after a blank or at the start: "5–6" is a range.
    sign = r"(?:^|(?<=[\s(]))- ?" if value < 0 else r"(?<![\d.,])(?<!(?<=[\s(])-)(?<!^-)"
    if value < 0 and FALLING.search(text):
        sign = r"(?<![\d.,])"
    if found := re.search(rf"{sign}{number}(?![.,]?\d)", text):
        return found
    if not decimals and 0 <= value < len(NUMBERS):
        return re.search(rf"\b(?:{NUMBERS[int(value)]})\b", text, re.IGNORECASE)
    return DOUBLED.search(text) if value == 100 else None


def line_of(reports: dict[str, list[str]], source: str, line: int) -> str:
    """The line as printed, empty where the report is shorter."""
    lines = reports.get(source, [])
    return lines[line - 1] if line <= len(lines) else ""


def failures(published: Published, reports: dict[str, list[str]]) -> Iterator[str]:
    """Yield one message a row that does not stand where it says."""

    def text(source: str, line: int) -> str:
        return line_of(reports, source, line)

    for figure in published.figures:
        if not stands(figure.value, text(figure.source, figure.line)):
            where = f"{figure.source} rad {figure.line}"
            yield f"{where}: {figure.label}, {figure.value} {figure.unit} står inte där"
    for risk in published.risks:
        if not stands(Decimal(risk.value), text(risk.source, risk.line)):
            yield f"{risk.source} rad {risk.line}: riskvärdet {risk.value} för {risk.risk} står inte där"
    for row in published.assessments:
        form = COLOURS.get(row.colour)
        if form and not re.search(form, text(row.source, row.line), re.IGNORECASE):
            yield f"{row.source} rad {row.line}: färgen {row.colour} för {row.label} står inte där"
    yield from _in_words(published, reports)
    for contradiction in published.contradictions:
        if not text(contradiction.source, contradiction.line).strip():
            yield f"{contradiction.source} rad {contradiction.line}: {contradiction.id} pekar på en tom rad"


def _in_words(published: Published, reports: dict[str, list[str]]) -> Iterator[str]:
    """Rows without numbers: risks that are only named, and what is retold."""
    for mention in published.risk_mentions:
        if mention.label not in line_of(reports, mention.source, mention.line):
            yield f"{mention.source} rad {mention.line}: risken {mention.label} står inte där"
    for retold in published.retellings:
        if not line_of(reports, retold.source, retold.line).strip():
            yield f"{retold.source} rad {retold.line}: återger en tom rad"


def read_reports(folder: Path) -> dict[str, list[str]]:
    """Source id → lines, counted as split on line feeds alone."""
    catalogue = tomllib.loads((ROOT / "data/catalogue/reports.toml").read_text(encoding="utf-8"))
    return {
        report["id"]: (folder / report["file"]).read_text(encoding="utf-8").split("\n")
        for report in catalogue["report"]
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Kontrollera de publicerade siffrorna mot rapporternas text."
    )
    parser.add_argument("folder", type=Path, help="mappen med rapporterna som text")
    folder = parser.parse_args().folder
    try:
        published = load(ROOT / "data/published")
        reports = read_reports(folder)
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    failed = list(failures(published, reports))
    print("\n".join([*failed, f"{len(published.figures)} siffror kontrollerade, {len(failed)} fel."]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
