"""What somebody says of a sheet of an upload: which header is which column, which word is which unit or code.

The form's fields are named by place and by word, never by what the file calls a column; what comes back is held
against the sheet as it was examined.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dashboard import catalogue as catalogues
from dashboard.catalogue import Catalogue
from dashboard.errors import IntakeError
from dashboard.settings import Settings
from dashboard.uploads.kept import Stage, Upload, Uploads
from dashboard.uploads.work import Run, start_examining

if TYPE_CHECKING:
    from dashboard.intake.draft import Draft
    from dashboard.intake.examination import Examined
    from dashboard.intake.mapping import SenderMapping

DATASET, ROW, FORGET = "dataset", "rad", "glom"
COLUMN, SCALE, WORD = "kol:", "skala:", "ord:"
_GONE = "Bladet finns inte längre så som det visades. Granska på nytt och försök igen."


def place_of(text: str) -> tuple[int, int]:
    """``1.2`` in an address: the first file's second sheet, counted from 0. (−1, −1) for anything else."""
    file, _, sheet = text.partition(".")
    if all(part.isascii() and part.isdigit() and len(part) < 4 for part in (file, sheet)):
        return int(file) - 1, int(sheet) - 1
    return -1, -1


def sheet_at(upload: Upload, place: tuple[int, int]) -> tuple[Examined, str] | None:
    """The file and the name of its sheet; None when there is none there that can be explained."""
    from dashboard.intake.draft import sheets_of

    files = upload.examination.files if upload.examination else ()
    file, sheet = place
    if not 0 <= file < len(files):
        return None
    names = sheets_of(files[file])
    return (files[file], names[sheet]) if 0 <= sheet < len(names) else None


def draft_of(
    upload: Upload, place: tuple[int, int], catalogue: Catalogue, dataset: str = "", row: str = ""
) -> Draft | None:
    """The sheet as it is shown to whoever explains it; ``dataset`` empty: as it was read."""
    from dashboard.intake.draft import drafted

    found = sheet_at(upload, place)
    if found is None or upload.examination is None:
        return None
    file, name = found
    read = next((sheet.dataset for sheet in file.sheets if sheet.name == name), "")
    return drafted(file, name, upload.examination.faults, catalogue, dataset or read or upload.dataset, row)


def keep(
    kept: Uploads,
    upload: Upload,
    place: tuple[int, int],
    told: Mapping[str, str],
    settings: Settings,
    today: date,
    run: Run,
) -> bool:
    """Keep what was said, or forget it, and examine again. False when the upload is under way at this moment.

    Raises IntakeError that says what to choose instead.
    """
    if upload.stage is not Stage.EXAMINED:
        return False
    found = sheet_at(upload, place)
    if found is None:
        raise IntakeError(_GONE)
    own = (found[0].name, found[1])
    said: SenderMapping | None = None
    if not told.get(FORGET):
        from dashboard.intake.told import answered

        catalogue = catalogues.load(settings.catalogue)
        draft = draft_of(upload, place, catalogue, told.get(DATASET, ""), told.get(ROW, ""))
        if draft is None:
            raise IntakeError(_GONE)
        said = answered(draft, catalogue, _columns(told), _scales(told), _words(told))
    current = kept.get(upload.id) or upload  # another window may have explained another sheet meanwhile
    mappings = {where: mapping for where, mapping in current.mappings.items() if where != own}
    if said is not None:
        mappings[own] = said
    return start_examining(kept, upload, settings, today, run, mappings=mappings)


def _columns(told: Mapping[str, str]) -> dict[int, str]:
    places = {name.removeprefix(COLUMN): value for name, value in told.items() if name.startswith(COLUMN)}
    return {int(place): value for place, value in places.items() if place.isascii() and place.isdigit()}


def _scales(told: Mapping[str, str]) -> dict[str, float]:
    found = {}
    for name, value in told.items():
        if name.startswith(SCALE):
            try:
                scale = float(value)
            except ValueError:
                continue
            if 0 < scale < math.inf:
                found[name.removeprefix(SCALE)] = scale
    return found


def _words(told: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found = {}
    for name, value in told.items():
        column, colon, text = name.removeprefix(WORD).partition(":")
        if name.startswith(WORD) and colon:
            found[column, text] = value
    return found
