"""What Data rests on beside the board's own facts: the store's log, the uploads, who looks, and the day."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, datetime

from dashboard import settings
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import MONTH_SHORT, Month
from dashboard.domain.text import number
from dashboard.intake.shapes import raw_text
from dashboard.intake.vocabulary import vocabulary
from dashboard.snapshots.store import Store
from dashboard.ui import visitor
from dashboard.ui.page import Page
from dashboard.uploads.kept import Upload, uploads

UPLOAD, FAULT, EXPLAIN, ROW, DATASET, MONTH, ENTRY, SINCE, UNTIL = (
    "leverans",
    "visa",
    "tolka",
    "rad",
    "datamangd",
    "manad",
    "post",
    "fran",
    "till",
)
OWN = (UPLOAD, FAULT, EXPLAIN, ROW, DATASET, MONTH, ENTRY, SINCE, UNTIL)
ORIGINS = {Origin.IMPORTED: "inläst", Origin.SYNTHETIC: "demo", Origin.PUBLISHED: "publicerad"}
OVERVIEW, DELIVERY, LINEAGE, LOGGED, CHANGED = "overview", "delivery", "lineage", "logged", "changed"
EXPLAINED = "explained"


def data_state() -> Hashable:
    """Changes with anything that the page shows and the facts do not know of."""
    return uploads().version, visitor.may_load(), store().log.count(), date.today()


def data_view(page: Page) -> str:
    """What the address asks to see."""
    own = page.query.own
    if own.get(UPLOAD):
        return EXPLAINED if own.get(EXPLAIN) else DELIVERY
    if own.get(ENTRY):
        return LOGGED
    if own.get(DATASET):
        return LINEAGE
    return CHANGED if own.get(SINCE) or own.get(UNTIL) else OVERVIEW


def store() -> Store:
    return Store(settings.load().snapshots)


def chosen_upload(page: Page) -> Upload | None:
    return uploads().get(page.query.own.get(UPLOAD, ""))


def chosen_month(page: Page) -> Month | None:
    try:
        return Month.parse(page.query.own.get(MONTH, ""))
    except ValueError:
        return None


def title_of(dataset: str) -> str:
    return CONTRACTS[dataset].title


def day(when: date) -> str:
    """``10 sep 2025``, where the reader is."""
    local = when.astimezone() if isinstance(when, datetime) else when
    return f"{local.day} {MONTH_SHORT[local.month - 1]} {local.year}"


def moment(when: datetime) -> str:
    """``10 sep 2025 kl. 08.15``, where the reader is."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return f"{day(aware)} kl. {aware.astimezone():%H.%M}"


def unit_name(page: Page, unit: str) -> str:
    units = page.facts.catalogue.units
    return units[unit].short if unit in units else unit


def category_name(page: Page, dataset: str, code: str) -> str:
    """The code, goal or risk in words; empty where the dataset has none."""
    catalogue, category = page.facts.catalogue, CONTRACTS[dataset].category
    if category == "goal" and code in catalogue.goals:
        return catalogue.goals[code].short
    if category == "risk" and code in catalogue.risks:
        return catalogue.risks[code].short or catalogue.risks[code].name
    return vocabulary(dataset).code_labels.get(category, {}).get(code, code)


def column_name(dataset: str, column: str) -> str:
    return vocabulary(dataset).label(column) if column else ""


def value_words(dataset: str, column: str, value: float | int | str | None) -> str:
    """A value of a dataset as it is shown; the codes of words in Swedish."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return vocabulary(dataset).code_labels.get(column, {}).get(value, value)
    return number(value) if isinstance(value, int) else raw_text(float(value))


def asking(count: int) -> str:
    """*fråga* or *frågor*"""
    return "fråga" if count == 1 else "frågor"


def size_words(size: int) -> str:
    return (
        f"{number(size / 1024 / 1024, 1)} MB" if size >= 100_000 else f"{number(max(size / 1024, 0.1), 1)} kB"
    )
