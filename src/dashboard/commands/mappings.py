"""``dashboard mapping``: how the files of a delivery were read, as text; and the same for ``dashboard import``."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.errors import IntakeError, StoreError
from dashboard.settings import Settings, write_whole
from dashboard.snapshots.store import Store

if TYPE_CHECKING:  # reading workbooks is heavy, and every verb goes through here
    from dashboard.intake.examination import Examination
    from dashboard.intake.mapping import SenderMapping


def add(verbs: Any) -> None:
    """Add the verb to the parser's verbs."""
    parser = verbs.add_parser(
        "mapping",
        help="visa hur en leverans filer lästes, som text",
        description="Visar vad varje blad i en leverans tolkades som, i TOML. Texten kan ges till import --mapping.",
    )
    parser.add_argument("entry", metavar="LEVERANS", type=int, help="leveransens nummer, se snapshots")
    parser.add_argument("--out", metavar="MAPP", help="skriv en fil per blad i mappen i stället")
    parser.set_defaults(run=_mapping)


def _mapping(chosen: argparse.Namespace, settings: Settings) -> int:
    from dashboard.intake.mapping import SenderMapping

    log = Store(settings.snapshots).log
    if not 0 < chosen.entry <= log.count():
        raise StoreError(f"Leverans {chosen.entry} finns inte. ”dashboard snapshots” visar vilka som finns.")
    mappings = []
    for told in log.read(chosen.entry).mappings:
        try:
            mappings.append(SenderMapping.from_dict(told))
        except IntakeError as error:
            print(f"Obs: {error}", file=sys.stderr)
    if not mappings:
        print(f"Leverans {chosen.entry} har inga filer som lästes.")
    elif chosen.out:
        save_mappings(Path(chosen.out), mappings)
    else:
        for number, mapping in enumerate(mappings):
            print(("\n" if number else "") + mapping.to_toml(), end="")
    return 0


def content(path: Path) -> bytes:
    """Raises IntakeError for a file that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntakeError(f"Filen {path} kan inte läsas ({error.strerror}).") from error


def mapping_of(path: Path) -> SenderMapping:
    """A saved mapping. Raises IntakeError for a file that holds none."""
    from dashboard.intake.mapping import SenderMapping

    try:
        text = content(path).decode()
    except UnicodeDecodeError as error:
        raise IntakeError(f"Mappningen {path} är inte text i UTF-8.") from error
    return SenderMapping.from_toml(text) if path.suffix == ".toml" else SenderMapping.from_json(text)


def print_reused(found: Examination) -> None:
    """Say which sheets were read as their sender's last delivery."""
    for file in found.files:
        for sheet in file.sheets:
            last = sheet.header.saved.entry if sheet.header.saved is not None else 0
            if last:
                name = f"{file.name}, {sheet.name}" if len(file.sheets) > 1 else file.name
                print(f"{name}: läst som förra gången, leverans {last} (--no-reuse läser utan den).")


def what_was_read(found: Examination, dataset: str, catalogue: Catalogue) -> list[SenderMapping]:
    """What each sheet was taken to mean. Of a file in which no header is known, when the dataset is given, what the
    likeliest header would mean: a form to fill in.
    """
    from dashboard.intake.draft import drafted, sheets_of

    mappings = [mapping for file in found.files for mapping in file.mappings]
    for file in found.files:
        for name in sheets_of(file) if file.refused else ():
            draft = drafted(file, name, (), catalogue, dataset)
            if draft is None:
                print(
                    f"Obs: {file.name}: ange --dataset ({', '.join(CONTRACTS)}) för att få en mappning att fylla i.",
                    file=sys.stderr,
                )
            else:
                mappings.append(draft.mapping)
    return mappings


def save_mappings(folder: Path, mappings: Sequence[SenderMapping]) -> None:
    """One file for each sheet, named by sender, sheet and dataset. Raises IntakeError when one cannot be written."""
    for name, mapping in zip(_names(mappings), mappings, strict=True):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, mapping.to_toml().encode())
        except OSError as error:
            raise IntakeError(
                f"Mappningen kan inte skrivas till {folder / name} ({error.strerror})."
            ) from error
        print(f"Mappningen är skriven till {folder / name}.")


def _names(mappings: Iterable[SenderMapping]) -> list[str]:
    taken: list[str] = []
    for mapping in mappings:
        plain = "-".join(re.findall(r"\w+", f"{mapping.sender} {mapping.sheet} {mapping.dataset}"))[:80]
        again = sum(1 for name in taken if name == plain)
        taken.append(plain)
        if again:
            taken[-1] = f"{plain}-{again + 1}"
    return [f"{name}.toml" for name in taken]
