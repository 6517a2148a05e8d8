"""Check the published layer against the text of the reports: does every figure stand on its line?

    python tools/check_published.py FOLDER_WITH_THE_REPORTS

The reports are not part of the repository; ``data/catalogue/reports.toml`` says which file is which. A figure
passes if its value stands on its line in any Swedish notation: ``-272 615``, ``7,37 %``, ``7.37``, ``sju``.
Risk values and colours are looked up in the same way. Prints what failed and ends with status 1 then.
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
NUMBERS = (ZERO, "en|ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
COLOURS = {Colour.GREEN: r"\bgrön", Colour.YELLOW: r"\bgul", Colour.RED: r"\brö[dt]"}
# "en minskning med cirka 10 procent" is -10 without a sign of its own
FALLING = re.compile(r"\bminskning|\bnegativ", re.IGNORECASE)


def stands(value: Decimal, line: str) -> bool:
    """Is the value on the line, with its sign, whole (not a part of a longer number)?"""
    text = line.translate({0xA0: " ", 0x2009: " ", 0x202F: " ", 0x2212: "-", 0x2013: "-", 0x2014: "-"})
    whole, _, decimals = str(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", "[ ]?")
    number = rf"{grouped}[.,]{decimals}" if decimals else grouped
    # A minus belongs to the number only after a blank or at the start: "5–6" is a range.
    sign = r"(?:^|(?<=[\s(]))- ?" if value < 0 else r"(?<![\d.,])(?<!(?<=[\s(])-)(?<!^-)"
    if value < 0 and FALLING.search(text):
        sign = r"(?<![\d.,])"
    if re.search(rf"{sign}{number}(?![.,]?\d)", text):
        return True
    small = not decimals and 0 <= value < len(NUMBERS)
    return small and bool(re.search(rf"\b(?:{NUMBERS[int(value)]})\b", text, re.IGNORECASE))


def failures(published: Published, reports: dict[str, list[str]]) -> Iterator[str]:
    """Yield one message a row that does not stand where it says."""

    def text(source: str, line: int) -> str:
        lines = reports.get(source, [])
        return lines[line - 1] if line <= len(lines) else ""

    for figure in published.figures:
        if not stands(figure.value, text(figure.source, figure.line)):
            place = f"{figure.source} rad {figure.line}"
            yield f"{place}: {figure.label}, {figure.value} {figure.unit} står inte där"
    for risk in published.risks:
        if not stands(Decimal(risk.value), text(risk.source, risk.line)):
            yield f"{risk.source} rad {risk.line}: riskvärdet {risk.value} för {risk.risk} står inte där"
    for row in published.assessments:
        form = COLOURS.get(row.colour)
        if form and not re.search(form, text(row.source, row.line), re.IGNORECASE):
            yield f"{row.source} rad {row.line}: färgen {row.colour} för {row.label} står inte där"
    for contradiction in published.contradictions:
        if not text(contradiction.source, contradiction.line).strip():
            yield f"{contradiction.source} rad {contradiction.line}: {contradiction.id} pekar på en tom rad"


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
