"""``dashboard verify``: whether what is kept is what was written."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dashboard.commands.progress import Meter
from dashboard.settings import Settings
from dashboard.snapshots.store import Store


def add(verbs: Any) -> None:
    """Add the verb to the parser's verbs."""
    parser = verbs.add_parser(
        "verify",
        help="kontrollera varje månadsfil, leveranserna och databasen mot varandra",
        description="Läser varje fil och räknar om databasen. Slutkod 0: allt stämmer. 1: fel. "
        "Filer som en avbruten inläsning lämnat efter sig räknas inte och är inget fel.",
    )
    parser.set_defaults(run=_verify)


def _verify(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.loading import verify
    from dashboard.measures.serving_check import serving_faults

    del chosen
    found = verify(Store(settings.snapshots))
    faults = list(found.faults)
    if not faults:
        print(f"{found.files} månadsfiler och {found.entries} leveranser är som de skrevs.")
        served = serving_faults(settings, Meter("Räknar om"))
        faults += served
        if not served:
            print("Databasen stämmer med månadsfilerna.")
    for name in found.strays:
        print(f"Obs: {name} räknas inte. Den är kvar efter en avbruten inläsning och kan tas bort.")
    for fault in faults:
        print(fault, file=sys.stderr)
    print("Allt stämmer." if not faults else f"{len(faults)} fel.")
    return 1 if faults else 0
