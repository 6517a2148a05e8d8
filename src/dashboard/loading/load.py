"""Keep an examined delivery: one step, and only when nothing is left to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from dashboard.catalogue import Catalogue
from dashboard.errors import StoreError
from dashboard.intake.examination import Examination
from dashboard.loading.preview import MonthChange, Preview, preview
from dashboard.snapshots.entries import Answer, Entry, EntryKind, Source
from dashboard.snapshots.lock import WAIT_SECONDS
from dashboard.snapshots.store import Prepare, Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """``entry`` is None when the delivery said nothing new: then nothing was written."""

    entry: Entry | None
    preview: Preview


@dataclass(frozen=True, slots=True)
class Approval:
    """Who says yes, and to what. ``answers`` are added to those the examination was made with.

    ``shown`` is the preview that was said yes to: when the store has moved since, nothing is loaded. ``at`` is now
    unless given; the entry may get a later time, never an earlier one.
    """

    who: str
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reason: str = ""
    shown: Preview | None = None
    at: datetime | None = None


def load(
    store: Store,
    examination: Examination,
    approval: Approval,
    *,
    catalogue: Catalogue | None = None,
    prepare: Prepare = lambda files: None,
    wait: float = WAIT_SECONDS,
) -> Loaded:
    """Keep the months that are new or revised. The same file once more does nothing.

    ``prepare`` gets the files that will be in effect before they are; what it raises stops the load. ``catalogue`` adds
    the check that units may report what they do. ``wait`` is how long, in seconds, to wait for another writer.
    Raises IntakeError while there are errors or unanswered questions, DataError and StoreError when the months cannot
    be kept. The store is then as it was.
    """
    answers = {**examination.answers, **approval.answers}
    asked = replace(examination, answers=MappingProxyType(answers))
    now = approval.at or datetime.now(UTC)
    asked.deliveries(approval.who, now)  # refuses before anyone has to wait for the lock
    kinds = {name: unit.kind for name, unit in catalogue.units.items()} if catalogue else None
    with store.writing(wait):
        found = preview(store, asked)
        if approval.shown is not None and approval.shown.after != found.after:
            raise StoreError(
                "Lagret har fått en ny leverans sedan förhandsgranskningen visades. Granska på nytt och läs in igen."
            )
        wanted = {one.key for one in found.changed}
        if not wanted:
            return Loaded(None, found)
        moment = store.next_moment(now)
        deliveries = [
            one for one in asked.deliveries(approval.who, moment) if (one.dataset, one.month) in wanted
        ]
        entry = store.commit(deliveries, _draft(asked, found, approval, moment), kinds, prepare)
    return Loaded(entry, found)


def _draft(asked: Examination, found: Preview, approval: Approval, moment: datetime) -> Entry:
    return Entry(
        number=0,
        kind=EntryKind.LOAD,
        known_from=moment,
        who=approval.who,
        confirmed=tuple(one.key for one in found.of(MonthChange.UNCHANGED)),
        sources=tuple(Source(file.name, file.sha256) for file in asked.files),
        mappings=tuple(mapping.as_dict() for file in asked.files for mapping in file.mappings),
        answers=tuple(
            Answer(fault.key, fault.message, asked.answers[fault.key].strip()) for fault in asked.questions
        ),
        checks={f"{one.dataset}/{one.month}": dict(asked.checks(one)) for one in asked.tables},
        reason=approval.reason.strip(),
    )
