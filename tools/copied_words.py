"""Find words of the reports that stand copied in the data where they ought to be retold.

    python tools/copied_words.py FOLDER_WITH_THE_REPORTS

The reports are not part of the repository; ``data/catalogue/reports.toml`` says which file is which. Every text of
``data/published`` and ``data/catalogue`` is asked but the names that are kept exactly: of goals, indicators, risks,
headings and rows of tables. COPIED words in a row that a report has too are a copy. Prints each with its place and
ends with status 1 then.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = 8
# Names by file: columns of the published layer, keys of the catalogue. A key holds for all that is below it.
NAMES: Mapping[str, frozenset[str]] = {
    "goals.csv": frozenset({"label"}),
    "assessments.csv": frozenset({"label"}),
    "risks.csv": frozenset({"label", "previous_label"}),
    "risk_mentions.csv": frozenset({"label"}),
    "goals.toml": frozenset({"name"}),
    "indicators.toml": frozenset({"name"}),
    "reports.toml": frozenset({"title"}),
    "risks.toml": frozenset({"name", "wordings"}),
    "tables": frozenset({"title", "stub", "label"}),
}
HEADING = "section"  # of every file of the published layer

Runs = frozenset[tuple[str, ...]]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(lines: Iterable[str]) -> Runs:
    """Every run of COPIED words, over the ends of lines too."""
    all_words = words(" ".join(lines))
    return frozenset(tuple(all_words[at : at + COPIED]) for at in range(len(all_words) - COPIED + 1))


def copied(text: str, printed: Runs) -> str:
    """The first run of words that the text has in common with a report, "" when none is long enough."""
    own = words(text)
    found = (own[at : at + COPIED] for at in range(len(own) - COPIED + 1))
    return next((" ".join(run) for run in found if tuple(run) in printed), "")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every text that has to be retold, each with its place: (file and field, text)."""
    catalogue = root / "data/catalogue"
    known = tomllib.loads((catalogue / "indicators.toml").read_text(encoding="utf-8"))["indicator"]
    names = {one["name"] for one in known}
    published = root / "data/published"
    with (published / "assessments.csv").open(encoding="utf-8", newline="") as file:
        names |= {row["label"] for row in csv.DictReader(file)}
    for path in sorted(published.glob("*.csv")):
        kept = NAMES.get(path.name, frozenset()) | {HEADING}
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                for column, cell in row.items():
                    # The label of a figure may be its indicator's name.
                    if column not in kept and not (column == "label" and cell in names):
                        yield f"{path.name} rad {number}, {column}", cell
    for path in sorted([*published.glob("*.toml"), *catalogue.rglob("*.toml")]):
        kept = NAMES.get("tables" if path.parent.name == "tables" else path.name, frozenset())
        for key, text in _inside(tomllib.loads(path.read_text(encoding="utf-8")), kept):
            yield f"{path.name}, {key}", text


def _inside(value: object, kept: frozenset[str], key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a TOML document with their keys, names left out."""
    match value:
        case str():
            yield key, value
        case list():
            for one in value:
                yield from _inside(one, kept, key)
        case dict():
            for name, one in value.items():
                if name not in kept:
                    yield from _inside(one, kept, f"{key}.{name}".strip("."))


def copies(found: Iterable[tuple[str, str]], printed: Runs) -> Iterator[str]:
    """One Swedish message a text that is copied."""
    for place, text in found:
        if run := copied(text, printed):
            yield f"{place}: ”{run}” är avskrivet"


def main() -> int:
    parser = argparse.ArgumentParser(description="Leta efter meningar som är avskrivna ur rapporterna.")
    parser.add_argument("folder", type=Path, help="mappen med rapporterna som text")
    folder = parser.parse_args().folder
    reports = tomllib.loads((ROOT / "data/catalogue/reports.toml").read_text(encoding="utf-8"))["report"]
    try:
        lines = [(folder / report["file"]).read_text(encoding="utf-8") for report in reports]
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    asked = list(texts(ROOT))
    # Each report on its own: the last words of one and the first of the next are no run.
    printed: Runs = frozenset().union(*(runs([text]) for text in lines))
    failed = list(copies(asked, printed))
    print("\n".join([*failed, f"{len(asked)} texter jämförda, {len(failed)} avskrivna."]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
