"""Write docs/indikatorer.md from the catalogue, so that the two cannot say different things.

python tools/indicator_reference.py            writes the file
python tools/indicator_reference.py --check    exit code 1 when the file is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.catalogue import Catalogue, load
from dashboard.domain import text
from dashboard.domain.model import Direction, Indicator, OverPeriod, Term
from dashboard.errors import CatalogueError

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "indikatorer.md"

DIRECTIONS = {
    Direction.HIGHER: "högre är bättre",
    Direction.LOWER: "lägre är bättre",
    Direction.NEUTRAL: "ingen riktning",
}
PERIODS = {
    OverPeriod.LAST: "sista månaden i perioden",
    OverPeriod.MEAN: "medelvärdet av månaderna",
    OverPeriod.SUM: "summan av månaderna",
    OverPeriod.RATIO: "täljare och nämnare summeras var för sig och delas sedan",
    OverPeriod.R12: "de tolv månader som slutar med periodens sista",
}
INTRO = """\
# Indikatorer

Den här sidan skrivs av `tools/indicator_reference.py` från `data/catalogue/indicators.toml`.
Ändra där, inte här.

Mått med månadsvärden beskrivs först under varje tema, mått som bara finns i rapporterna i en tabell efter.
"""


def render(catalogue: Catalogue) -> str:
    """The whole page as Markdown."""
    parts = [INTRO]
    for theme, name in catalogue.board.themes.items():
        own = [one for one in catalogue.indicators.values() if one.theme == theme]
        if not own:
            continue
        parts.append(f"## {name}\n")
        parts += [_monthly(catalogue, one) for one in own if one.monthly]
        if published := [one for one in own if not one.monthly]:
            parts.append(_published(published))
    return "\n".join(parts)


def _monthly(catalogue: Catalogue, one: Indicator) -> str:
    lines = [f"### {one.name}\n", f"{one.question}\n"]
    lines += [f"- **{label}:** {value}" for label, value in _facts(catalogue, one)]
    if one.every_caveat:
        lines += ["- **Att tänka på:**", *(f"  - {caveat}" for caveat in one.every_caveat)]
    return "\n".join([*lines, ""])


def _facts(catalogue: Catalogue, one: Indicator) -> Iterator[tuple[str, str]]:
    yield "Id", f"`{one.id}`, kort namn {one.short}"
    yield "Visas i", f"{one.unit}, {_decimals(one.decimals)}, {DIRECTIONS[one.direction]}"
    if one.rule:
        yield "Räknas så", one.rule
    yield "Data", _formula(one)
    yield "En längre period", PERIODS[one.over_period]
    if one.target_text:
        yield "Mål", one.target_text
    yield "Finns för", text.listing([catalogue.board.kinds[kind].lower() for kind in one.levels])
    yield "Ansvarig", one.owner
    yield "Källa", one.source


def _decimals(count: int) -> str:
    if count == 0:
        return "inga decimaler"
    return f"{text.count_word(count, common=True)} {'decimal' if count == 1 else 'decimaler'}"


def _formula(one: Indicator) -> str:
    top = _terms(one.terms)
    if not one.per:
        return top
    below = f"medelvärdet av {_terms(one.per)}" if one.per_mean else _terms(one.per)
    times = f" × {text.number(one.scale)}" if one.scale != 1 else ""
    return f"({top}) / ({below}){times}"


def _terms(terms: Iterable[Term]) -> str:
    shown = ""
    for term in terms:
        name = f"`{term.dataset}.{term.column}{f'[{term.category}]' if term.category else ''}`"
        sign = text.MINUS if term.factor < 0 else "+"
        weight = "" if abs(term.factor) == 1 else f"{text.number(abs(term.factor), 2)} × "
        start = sign if sign == text.MINUS else ""
        shown += f" {sign} {weight}{name}" if shown else f"{start}{weight}{name}"
    return shown


def _published(indicators: Iterable[Indicator]) -> str:
    lines = [
        "### Bara i rapporterna\n",
        "| Mått | Id | Enhet | Riktning | Mål | Att tänka på |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in indicators:
        cells = (
            one.name,
            f"`{one.id}`",
            one.unit,
            DIRECTIONS[one.direction],
            one.target_text or text.MISSING,
            " ".join(one.every_caveat) or text.MISSING,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    try:
        page = render(load(ROOT / "data" / "catalogue"))
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 2
    if "--check" in arguments:
        if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page:
            return 0
        print("docs/indikatorer.md stämmer inte med katalogen. Kör: python tools/indicator_reference.py")
        return 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
