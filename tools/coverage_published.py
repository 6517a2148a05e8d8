"""Find the numbers of the reports that the published layer does not hold.

    python tools/coverage_published.py FOLDER_WITH_THE_REPORTS

The reports are not part of the repository; ``data/catalogue/reports.toml`` says which file is which. A number is held
if a figure on its line has the value, or if another row on the line (a risk, a colour, a measure, an event) or the
figure's own label has the number among its words. Numbers in letters from two up are asked for too, and *noll*,
*ingen*, *båda*, *hälften*, *fördubblats*. Not asked for are *en* and *ett*, which are mostly articles, years, names
with a number in them (*R12*, *T2*, *målområde 3*) and the numbers of chapters.

``coverage_exceptions.csv`` lists the numbers that somebody has read and left out, each with the reason: page numbers,
paragraphs of laws, the ages in a group's name. Prints what is neither held nor excepted, and exceptions that except
nothing, and ends with status 1 then.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path

from dashboard.errors import DataError
from dashboard.measures.provenance import Row
from dashboard.published import Figure, Published, load

ROOT = Path(__file__).resolve().parent.parent
if (
    str(ROOT) not in sys.path
):  # run as a plain script, only this folder is on the path and not the one above it
    sys.path.insert(0, str(ROOT))

from tools.check_published import NUMBERS, place, read_reports  # noqa: E402  (the path comes first)

EXCEPTIONS = Path(__file__).with_name("coverage_exceptions.csv")
WORDS = {word: value for value, forms in enumerate(NUMBERS) if value != 1 for word in forms.split("|")}
NUMBER = re.compile(
    rf"\b\d{{1,3}}(?: \d{{3}})+\b|(?<!\w)\d+(?:[.,]\d+)*|\b(?:{'|'.join(WORDS)})\b"
    r"|\bhälft\w*|\b(?:tredje|fjärde)del\w*|\w*dubbl\w*",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
NAMED = re.compile(
    r"\b(?:målområde|delårsrapport|delår|tertial|bilaga|rullande) \d+(?: – \d+)?|\benligt rad \d+",
    re.IGNORECASE,
)
CHAPTER = re.compile(r"^\W*\d+(?:\.\d+)*(?=\W)")
ALL = "*"


@dataclass(slots=True)
class Left:
    """A number of a report that nothing holds."""

    source: str
    line: int
    written: str
    text: str


@dataclass(slots=True)
class Exempt:
    """Numbers on the lines ``line`` to ``to`` that are no rows; ``used`` counts what it excepted."""

    source: str
    line: int
    to: int
    numbers: frozenset[str]
    reason: str
    used: int = field(default=0)

    def excepts(self, one: Left) -> bool:
        inside = self.source == one.source and self.line <= one.line <= self.to
        return inside and (ALL in self.numbers or one.written in self.numbers)


def left_over(
    published: Published, reports: Mapping[str, list[str]], chapters: Mapping[str, frozenset[int]]
) -> Iterator[Left]:
    """Every number of the reports that no row on its line holds, in the order of the reports.

    ``chapters``: the lines of each report that are headings, whose first number is their own.
    """
    figures, others = _by_line(published)
    for source, lines in reports.items():
        for number, line in enumerate(lines, 1):
            own = figures[source, number]
            told = " ".join([*others[source, number], *(f"{one.label} {one.note}" for one in own)])
            known = {_value(match.group()) for match in NUMBER.finditer(NAMED.sub("", told))}
            asked = CHAPTER.sub("", line) if number in chapters.get(source, ()) else line
            for match in NUMBER.finditer(NAMED.sub("", _without(own, asked))):
                written = match.group()
                if not YEAR.fullmatch(written) and _value(written) not in known:
                    yield Left(source, number, written, line.strip())


def _by_line(
    published: Published,
) -> tuple[Mapping[tuple[str, int], list[Figure]], Mapping[tuple[str, int], list[str]]]:
    """By report and line: the figures, and the words of all other rows."""
    figures: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    others: dict[tuple[str, int], list[str]] = defaultdict(list)
    for figure in published.figures:
        figures[figure.source, figure.line].append(figure)
    rows: tuple[Row, ...] = (
        *published.assessments,
        *published.risks,
        *published.assignments,
        *published.events,
        *published.goals,
        *published.risk_mentions,
    )
    for row in rows:
        cells = [getattr(row, one.name) for one in fields(row) if one.name not in {"source", "line"}]
        others[row.source, row.line].append(" ".join(map(_apart, cells)))
    return figures, others


def _apart(cell: object) -> str:
    """A cell as words; a date as its parts, and ``4x5`` as two numbers."""
    return re.sub(r"(?<=\d)[-x](?=\d)", " ", str(cell))


def _without(figures: Iterable[Figure], line: str) -> str:
    """The line with the value of each figure taken out where it stands."""
    for figure in figures:
        if found := place(figure.value, line):
            line = f"{line[: found.start()]}{'·' * len(found.group())}{line[found.end() :]}"
    return line


def _value(written: str) -> str:
    """``4,60`` and ``4.6`` and ``två`` as one way to write the number; a word that is none as it stands."""
    small = WORDS.get(written.casefold())
    if small is not None:
        return str(small)
    plain = written.replace(" ", "").replace(",", ".")
    try:
        return str(Decimal(plain).normalize())
    except ArithmeticError:
        return written.casefold()


def read_chapters() -> dict[str, frozenset[int]]:
    """The lines of each report that ``reports.toml`` has as headings."""
    known = tomllib.loads((ROOT / "data/catalogue/reports.toml").read_text(encoding="utf-8"))["report"]
    return {report["id"]: frozenset(one["line"] for one in report["headings"]) for report in known}


def read_exceptions(path: Path = EXCEPTIONS) -> list[Exempt]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Exempt(
                row["source"],
                int(row["line"]),
                int(row["to"] or row["line"]),
                frozenset(row["numbers"].split("|")),
                row["reason"],
            )
            for row in csv.DictReader(file)
        ]


def unjudged(left: Iterable[Left], exceptions: list[Exempt]) -> list[Left]:
    """What no exception excepts; those that do are counted."""
    found = []
    for one in left:
        exempt = next((rule for rule in exceptions if rule.excepts(one)), None)
        if exempt is None:
            found.append(one)
        else:
            exempt.used += 1
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Leta efter tal i rapporterna som saknas bland uppgifterna.")
    parser.add_argument("folder", type=Path, help="mappen med rapporterna som text")
    folder = parser.parse_args().folder
    try:
        published = load(ROOT / "data/published")
        reports = read_reports(folder)
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    exceptions = read_exceptions()
    left = unjudged(left_over(published, reports, read_chapters()), exceptions)
    idle = [rule for rule in exceptions if not rule.used]
    for one in left:
        print(f"{one.source} rad {one.line}: {one.written} saknas i: {one.text[:120]}")
    for rule in idle:
        print(f"Undantaget för {rule.source} rad {rule.line} behövs inte: {rule.reason}")
    excepted = sum(rule.used for rule in exceptions)
    print(f"{len(left)} tal saknas; {excepted} är undantagna av {len(exceptions)} skäl.")
    return 1 if left or idle else 0


if __name__ == "__main__":
    sys.exit(main())
