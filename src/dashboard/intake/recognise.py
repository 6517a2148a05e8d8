"""What a file is, from its first bytes and its parts: the name is only a hint. What is not read is refused by name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from dashboard.errors import IntakeError
from dashboard.intake.limits import MEGABYTE, Limits
from dashboard.intake.package import Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_XLSX = "Öppna den i Excel och spara den som en vanlig arbetsbok (.xlsx)."
_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "en bild (PNG)"),
    (b"\xff\xd8\xff", "en bild (JPEG)"),
    (b"GIF8", "en bild (GIF)"),
    (b"BM", "en bild (BMP)"),
    (b"II*\0", "en bild (TIFF)"),
    (b"MM\0*", "en bild (TIFF)"),
    (b"%PDF", "ett PDF-dokument"),
    (b"{\\rtf", "ett RTF-dokument"),
    (b"MZ", "ett program"),
    (b"\x7fELF", "ett program"),
    (b"Rar!", "ett RAR-arkiv"),
    (b"7z\xbc\xaf\x27\x1c", "ett 7z-arkiv"),
    (b"\x1f\x8b", "en gzip-fil"),
    (b"PAR1", "en Parquetfil"),
    (b"SQLite format 3\0", "en SQLite-databas"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


def recognise(name: str, data: bytes, limits: Limits) -> FileKind:
    """What the file is. Raises IntakeError, in words for the sender, for what is never read."""
    if not data:
        raise IntakeError("Filen är tom. Exportera den på nytt.")
    if len(data) > limits.file_bytes:
        raise IntakeError(
            f"Filen är {len(data) // MEGABYTE} MB; gränsen är {limits.file_bytes // MEGABYTE} MB. "
            "Dela upp den på flera månader."
        )
    if data.startswith(OLE):
        return _old(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, limits)
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise IntakeError(f"Filen är {what}, inget kalkylblad. Välj exportens Excel- eller CSV-fil.")
    return _text(PurePath(name).suffix.lower(), data)


def _old(data: bytes) -> FileKind:
    """An OLE file: an old workbook, an encrypted new one, or something of Word's."""
    if _has_stream(data, "EncryptedPackage"):
        raise IntakeError(f"Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet. {_AS_XLSX}")
    if _has_stream(data, "_VBA_PROJECT_CUR"):
        raise IntakeError(f"Filen innehåller makron och tas inte emot. {_AS_XLSX}")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return FileKind.XLS
    raise IntakeError(
        "Filen är inget kalkylblad (kanske ett äldre Worddokument). Välj exportens Excel- eller CSV-fil."
    )


def _has_stream(data: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in data


def _zipped(data: bytes, limits: Limits) -> FileKind:
    package = Package(data, limits)
    names = package.names
    if "xl/vbaProject.bin" in names or any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise IntakeError(f"Filen innehåller makron och tas inte emot. {_AS_XLSX}")
    if "xl/workbook.bin" in names:
        raise IntakeError(f"Filen är en binär arbetsbok (.xlsb), som inte läses. {_AS_XLSX}")
    if "xl/workbook.xml" in names:
        types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            raise IntakeError(f"Filen är en arbetsbok för makron (.xlsm) och tas inte emot. {_AS_XLSX}")
        return FileKind.XLSX
    if "content.xml" in names and "mimetype" in names:
        return _open_document(package)
    if "word/document.xml" in names:
        raise IntakeError("Filen är ett Worddokument, inget kalkylblad. Välj exportens Excel- eller CSV-fil.")
    raise IntakeError("Filen är ett zip-arkiv utan arbetsbok. Packa upp det och välj filen inuti.")


def _open_document(package: Package) -> FileKind:
    if b"spreadsheet" not in package.read("mimetype"):
        raise IntakeError("Filen är ett OpenDocument-dokument, inget kalkylblad. Välj exportens kalkylblad.")
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.read(manifest):
        raise IntakeError(
            "Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet och spara på nytt."
        )
    return FileKind.ODS


def _text(suffix: str, data: bytes) -> FileKind:
    start = data[:2000].lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<div")):
        raise IntakeError(f"Filen är en webbsida eller XML, hur den än heter. {_AS_XLSX}")
    if suffix in {".xlsx", ".ods", ".xlsm", ".xlsb"}:
        raise IntakeError(
            f"Filen heter {suffix} men är ingen arbetsbok: den är skadad eller något annat. {_AS_XLSX}"
        )
    if suffix == ".xls" and not _readable(data[:2000]):
        raise IntakeError(
            f"Filen heter .xls men är ingen arbetsbok: den är skadad eller något annat. {_AS_XLSX}"
        )
    return FileKind.TEXT


def _readable(start: bytes) -> bool:
    """Text has line ends and tabs, and no other control characters (but UTF-16 has a zero in each)."""
    return start.startswith(_BOMS) or not any(byte < 32 and byte not in b"\t\r\n\f" for byte in start)
