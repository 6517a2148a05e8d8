"""The same verbs without a browser. Those of the monthly round are in ``dashboard.commands``."""

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
from dashboard.commands import GROUPS
from dashboard.commands.progress import Meter
from dashboard.domain.selection import period_of
from dashboard.errors import DashboardError, SelectionError
from dashboard.measures import open_facts
from dashboard.measures.query import Answer, query
from dashboard.settings import Settings
from dashboard.snapshots.store import Store

_BUILD_WAIT = 120.0  # seconds: another process may be building the demo, and is done by then
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
    ask.add_argument("indicator", metavar="MÅTT", help="måttets id, se docs/indikatorer.md")
    ask.add_argument("--unit", metavar="ENHET", help="enhetens id (hela förvaltningen)")
    ask.add_argument(
        "--period", metavar="PERIOD", help="2025-08, 2025-T2, 2025, R12-2025-08 eller 2025-05..2025-08"
    )
    ask.add_argument("--as-of", metavar="DATUM", help="det som var känt den dagen, ÅÅÅÅ-MM-DD")
    ask.add_argument("--format", choices=["csv", "json"], default="csv", help="csv (förvalt) eller json")
    ask.set_defaults(run=_query)
    for group in GROUPS:
        group.add(verbs)
    _kolada_parsers(
        verbs.add_parser("kolada", help="hämta jämförelsetal från Kolada, eller pröva nyckeltalens id")
    )
    return parser


def _kolada_parsers(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="kolada", required=True, metavar="KOMMANDO")
    fetch = verbs.add_parser("refresh", help="hämta alla nyckeltal i comparisons.toml och spara hämtningen")
    fetch.add_argument("--years", metavar="ÅR", help="2019-2024 eller 2024 (från katalogens första år)")
    fetch.set_defaults(run=_kolada_refresh)
    compare = verbs.add_parser("check", help="visa Koladas egna rubriker bredvid våra")
    compare.set_defaults(run=_kolada_check)
    for one in (fetch, compare):
        one.add_argument("--base-url", metavar="ADRESS", help="en annan adress än katalogens, med / sist")


def _build(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.snapshots.demo import build_demo  # numpy is heavy, and only building needs it

    store = Store(settings.snapshots)
    if chosen.demo or not store.current():
        catalogue = catalogues.load(settings.catalogue)
        published = publications.load(settings.published)
        with store.writing(_BUILD_WAIT):
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
    from dashboard.kolada.store import KoladaStore  # no other verb has to wait for what only this one needs

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
    faults += KoladaStore(settings.kolada).verify()
    if catalogue and published:
        missing = catalogues.missing_references(catalogue, publications.references(published))
        faults += missing or _reconcile(catalogue, published, settings)
    for fault in faults:
        print(fault, file=sys.stderr)
    print("Allt stämmer." if not faults else f"{len(faults)} fel.")
    return 1 if faults else 0


def _reconcile(
    catalogue: catalogues.Catalogue, published: publications.Published, settings: Settings
) -> tuple[str, ...]:
    """Print what the reports contradict themselves in; return what nobody has judged."""
    from dashboard import reconcile as reconciliation

    try:
        declared = reconciliation.load_relations(settings.published)
    except DashboardError as error:
        return (str(error),)
    found = reconciliation.reconcile(published, catalogue, declared)
    for line in reconciliation.lines(found):
        print(line)
    return found.faults


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


def _kolada_refresh(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.kolada import refresh as kolada  # the client is heavy, and only asking needs it

    wanted = catalogues.load(settings.catalogue).comparisons
    years = kolada.years_of(chosen.years, wanted)
    done = kolada.refresh(settings.kolada, wanted, years, address=chosen.base_url, progress=Meter("Kolada "))
    print(done.sentence)
    print(f"Sparat i {settings.kolada / done.file.name}.")
    return 0


def _kolada_check(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.kolada import refresh as kolada

    found = kolada.check(catalogues.load(settings.catalogue).comparisons, address=chosen.base_url)
    for one in found:
        print(f"{one.id:<8} {'kontrollerad' if one.verified else 'okontrollerad':<13} vi:     {one.ours}")
        print(f"{'':<22} Kolada: {one.theirs or '–'}{f'  ** {one.fault}' if one.fault else ''}")
    faults = sum(1 for one in found if one.fault)
    unsure = sum(1 for one in found if not one.verified)
    print(f"{len(found)} id, {unsure} okontrollerade, {faults} fel.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
