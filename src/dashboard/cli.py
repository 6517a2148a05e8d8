"""The same verbs without a browser: ``dashboard build | serve | check | query``."""

from __future__ import annotations

import argparse
import csv
import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import date

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard import settings as places
from dashboard.domain.selection import period_of
from dashboard.errors import DashboardError, SelectionError
from dashboard.measures import open_facts
from dashboard.measures.query import Answer, query
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

# argparse speaks English; these are the words of it that a user meets.
_SWEDISH = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "the following arguments are required: %s": "det här saknas: %s",
    "unrecognized arguments: %s": "okända argument: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte (välj bland %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r går inte att läsa som %(type)s",
    "expected one argument": "väntade ett värde",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 when all is well, 1 with a message on standard error when a user must act."""
    argparse._ = lambda text: _SWEDISH.get(text, text)  # type: ignore[attr-defined]
    chosen = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace, Settings], int] = chosen.run
        return run(chosen, places.load())
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dashboard", description="Nämndens styrkort från kommandoraden.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="KOMMANDO")
    build = verbs.add_parser("build", help="bygg demons månader (om inga finns) och databasen")
    build.add_argument("--demo", action="store_true", help="läs in demons månader även om andra finns")
    build.set_defaults(run=_build)
    serve = verbs.add_parser("serve", help="starta styrkortet")
    serve.add_argument("--host", default="127.0.0.1", help="adress att lyssna på (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8501, help="port att lyssna på (8501)")
    serve.set_defaults(run=_serve)
    check = verbs.add_parser("check", help="kontrollera katalog, publicerade uppgifter och månadsfiler")
    check.set_defaults(run=_check)
    ask = verbs.add_parser("query", help="skriv ut ett måtts värden")
    ask.add_argument("indicator", metavar="MÅTT", help="måttets id, till exempel hushall-langvarigt")
    ask.add_argument("--unit", metavar="ENHET", help="enhetens id (hela förvaltningen)")
    ask.add_argument(
        "--period", metavar="PERIOD", help="2025-08, 2025-T2, 2025, R12-2025-08 eller 2025-05..2025-08"
    )
    ask.add_argument("--as-of", metavar="DATUM", help="det som var känt den dagen, ÅÅÅÅ-MM-DD")
    ask.add_argument("--format", choices=["csv", "json"], default="csv", help="csv (förvalt) eller json")
    ask.set_defaults(run=_query)
    return parser


class Meter:
    """Progress on one line of a terminal, on lines of their own elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._live = sys.stderr.isatty()
        self._last = ""

    def __call__(self, what: str, share: float) -> None:
        if self._live:
            filled = round(24 * share)
            end = "\n" if share >= 1 else ""
            bar = "█" * filled + "·" * (24 - filled)
            print(
                f"\r{self._title} {bar} {round(100 * share):3d} %  {what:<40}",
                end=end,
                file=sys.stderr,
                flush=True,
            )
        elif what != self._last:
            print(f"{self._title}: {what} ({round(100 * share)} %)", file=sys.stderr, flush=True)
        self._last = what


def _build(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.snapshots.demo import build_demo  # numpy is heavy, and only building needs it

    store = Store(settings.snapshots)
    if chosen.demo or not store.files():
        catalogue = catalogues.load(settings.catalogue)
        published = publications.load(settings.published)
        build_demo(store, catalogue, published, progress=Meter("Demo   "), profile=settings.demo)
    facts = open_facts(settings, progress=Meter("Databas"))
    for notice in facts.notices:
        print(f"Obs: {notice}", file=sys.stderr)
    print(f"Databasen {facts.warehouse.path} är klar.")
    return 0


def _serve(chosen: argparse.Namespace, settings: Settings) -> int:
    # What is loaded at the start is never garbage; the server collects again once it has warmed up.
    gc.disable()
    from dashboard.web import serve  # Streamlit is heavy, and only serving needs it

    serve(chosen.host, chosen.port, settings.home / "app.py")
    return 0


def _check(chosen: argparse.Namespace, settings: Settings) -> int:
    faults: list[str] = []
    catalogue = published = None
    try:
        catalogue = catalogues.load(settings.catalogue)
        print(
            f"Katalogen: {len(catalogue.indicators)} mått, {len(catalogue.goals)} mål, {len(catalogue.units)} enheter."
        )
    except DashboardError as error:
        faults.append(str(error))
    try:
        published = publications.load(settings.published)
        print(f"Publicerat: {len(published.figures)} tal, {len(published.assessments)} bedömningar.")
    except DashboardError as error:
        faults.append(str(error))
    store = Store(settings.snapshots)
    faults += store.verify()
    print(f"Månadsfiler: {len(tuple(store.files())) if not faults else 'se nedan'}.")
    if catalogue and published:
        _print_contradictions(published)
    for fault in faults:
        print(fault, file=sys.stderr)
    print("Allt stämmer." if not faults else f"{len(faults)} fel.")
    return 1 if faults else 0


def _print_contradictions(published: publications.Published) -> None:
    real = [flag for flag in published.contradictions if flag.severity == "real"]
    rounding = len(published.contradictions) - len(real)
    print(f"Motsägelser i rapporterna: {len(real)}, och {rounding} avrundningar.")
    for flag in real:
        print(f"  {flag.source} rad {flag.line}: {flag.sentence}")


def _query(chosen: argparse.Namespace, settings: Settings) -> int:
    try:
        as_of = date.fromisoformat(chosen.as_of) if chosen.as_of else None
    except ValueError as error:
        raise SelectionError(f"Datumet ”{chosen.as_of[:40]}” finns inte. Skriv ÅÅÅÅ-MM-DD.") from error
    period = period_of(chosen.period) if chosen.period else None
    facts = open_facts(settings, as_of)
    for notice in facts.notices:
        print(f"Obs: {notice}", file=sys.stderr)
    answers = query(facts, chosen.indicator, chosen.unit or facts.catalogue.root, period)
    if chosen.format == "json":
        json.dump([asdict(answer) for answer in answers], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(field.name for field in fields(Answer))
    writer.writerows(tuple(asdict(answer).values()) for answer in answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
