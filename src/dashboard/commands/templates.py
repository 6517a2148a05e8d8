"""``dashboard template``: the workbooks to fill in."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from dashboard import catalogue as catalogues
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.settings import Settings, write_whole

ALL = "alla"


def add(verbs: Any) -> None:
    """Add the verb to the parser's verbs."""
    parser = verbs.add_parser(
        "template",
        help="gör en mall att fylla i för en datamängd, eller för alla i en bok",
        description="Mallen följer av datamängdens kontrakt och av katalogen: rubriker, listor att välja ur, format.",
    )
    names = ", ".join(CONTRACTS)
    parser.add_argument("dataset", metavar="DATAMÄNGD", help=f"{ALL}, eller en av {names}")
    parser.add_argument(
        "--out", metavar="FIL", help="filen som skrivs; .csv ger textform (mall-DATAMÄNGD.xlsx)"
    )
    parser.add_argument(
        "--month", metavar="MÅNAD", help="månaden som enheterna ska ha funnits i, 2025-09 (förra)"
    )
    parser.set_defaults(run=_template)


def month_of(text: str) -> Month:
    """Raises IntakeError for what is no month."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise IntakeError(f"Månaden ”{text[:40]}” går inte att läsa. Skriv den som 2025-09.") from error


def _template(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.intake import (
        templates,
    )  # reading and writing workbooks is heavy, and other verbs do without

    month = month_of(chosen.month) if chosen.month else Month.of(date.today()).shift(-1)
    out = Path(chosen.out or f"mall-{chosen.dataset}.xlsx")
    catalogue = catalogues.load(settings.catalogue)
    if out.suffix.lower() == ".csv":
        if chosen.dataset == ALL:
            raise IntakeError("En textfil rymmer en datamängd. Ange vilken, eller välj en .xlsx.")
        content = templates.text(chosen.dataset, catalogue, month)
    else:
        content = templates.workbook(catalogue, month, () if chosen.dataset == ALL else (chosen.dataset,))
    try:
        write_whole(out, content)
    except OSError as error:
        raise IntakeError(f"Mallen kan inte skrivas till {out} ({error.strerror}).") from error
    print(f"Mallen är skriven till {out}.")
    return 0
