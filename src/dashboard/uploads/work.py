"""What takes time: examining and loading, one at a time, beside the server. Each ends in a new state of the upload.

What reads and loads files is imported when the first one comes: it brings libraries that serving pages does not need.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard import catalogue as catalogues
from dashboard.errors import DashboardError
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.uploads.kept import Stage, Upload, Uploads

if TYPE_CHECKING:
    from dashboard.intake.examination import Examination
    from dashboard.loading import Preview

_LOG = logging.getLogger(__name__)
_BROKEN = "Ett fel i programmet avbröt arbetet; det står i loggen. Inget är inläst."
Run = Callable[[Callable[[], None]], None]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="leverans")


def beside(work: Callable[[], None]) -> None:
    """Run beside the server. One at a time: two large workbooks at once would double what they may use."""
    _pool().submit(work)


def start_examining(
    kept: Uploads, upload: Upload, settings: Settings, today: date, run: Run = beside, **values: Any
) -> bool:
    """False, and nothing happens, when it is examined or loaded already at this moment. ``values`` of the upload are
    changed in the same step: what is examined is what was asked for.
    """
    free = frozenset({Stage.RECEIVING, Stage.EXAMINED})
    if kept.step(upload.id, free, Stage.EXAMINING, **values) is None:
        return False
    run(lambda: _examine(kept, upload.id, settings, today))
    return True


def start_loading(kept: Uploads, upload: Upload, settings: Settings, who: str, run: Run = beside) -> bool:
    """False, and nothing happens, when it is not waiting to be loaded: pressing twice loads once."""
    if kept.step(upload.id, frozenset({Stage.EXAMINED}), Stage.LOADING, who=who) is None:
        return False
    run(lambda: _load(kept, upload.id, settings))
    return True


def _examine(kept: Uploads, name: str, settings: Settings, today: date) -> None:
    from dashboard.intake.examination import examine
    from dashboard.intake.reading import Wanted

    def work(upload: Upload) -> None:
        catalogue = catalogues.load(settings.catalogue)
        store = Store(settings.snapshots)
        # A file that was put right is sent again as a new upload: what was said of the first one still holds. What
        # has been loaded stands in the log, as long as it stands.
        others = [one for one in kept.all() if one.id != name and one.entry is None]
        recent = [mapping for one in others for mapping in one.mappings.values()]
        wanted = Wanted(
            upload.dataset, upload.month, own=upload.mappings, recent=recent, afresh=upload.afresh
        )
        files = [(file.name, file.path.read_bytes()) for file in upload.files]
        found = examine(files, catalogue, store, today=today, wanted=wanted)
        # An answer holds for the numbers it was given for: the key of a question says them.
        asked = {question.key for question in found.questions}
        answers = {about: word for about, word in upload.answers.items() if about in asked}
        kept.change(
            name, stage=Stage.EXAMINED, examination=found, preview=_preview(store, found), answers=answers
        )

    _guarded(kept, name, work)


def _preview(store: Store, found: Examination) -> Preview | None:
    from dashboard.loading import preview

    return preview(store, found) if found.tables else None


def _load(kept: Uploads, name: str, settings: Settings) -> None:
    from dashboard.loading import Approval, load

    def work(upload: Upload) -> None:
        if upload.examination is None:
            return
        catalogue = catalogues.load(settings.catalogue)
        done = load(
            Store(settings.snapshots),
            upload.examination,
            Approval(upload.who, upload.answers, shown=upload.preview),
            catalogue=catalogue,
            prepare=prepare_serving(settings),
        )
        number = done.entry.number if done.entry else None
        kept.change(name, stage=Stage.LOADED, entry=number, preview=done.preview)

    _guarded(kept, name, work)


def _guarded(kept: Uploads, name: str, work: Callable[[Upload], None]) -> None:
    """A thread that dies in silence would look as if it were still at work."""
    upload = kept.get(name)
    if upload is None:
        return
    try:
        work(upload)
    except DashboardError as error:
        kept.change(name, stage=Stage.EXAMINED, message=str(error))
    except (
        Exception
    ):  # the edge of the thread: nobody above could tell; it is logged whole and said on the page
        _LOG.exception("En leverans kunde inte behandlas")
        kept.change(name, stage=Stage.EXAMINED, message=_BROKEN)


def take_back(settings: Settings, number: int, who: str, reason: str) -> int:
    """Undo a delivery; gives the number of the entry that does. Raises StoreError when it cannot be undone."""
    from dashboard.loading import undo

    store = Store(settings.snapshots)
    return undo(store, number, who, reason, prepare=prepare_serving(settings)).number


def answer(kept: Uploads, upload: Upload, words: dict[str, str]) -> int:
    """Keep the words given to its questions, and only to those. How many questions are still open."""
    current = kept.get(upload.id) or upload  # another window may have answered meanwhile
    found = current.examination
    if found is None:
        return 0
    asked = {question.key for question in found.questions}
    answers = dict(current.answers)
    answers.update({about: word.strip()[:500] for about, word in words.items() if about in asked})
    kept.change(upload.id, answers=MappingProxyType(answers))
    return len(replace(found, answers=answers).unanswered)
