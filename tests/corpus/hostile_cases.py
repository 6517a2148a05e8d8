"""Files that must be refused whole, with a message that says what they are and what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from dashboard.intake.limits import MEGABYTE, Limits
from dashboard.intake.reading import Wanted
from tests.corpus.builders import OLE, changed, ods, ole, part, xls, xlsx
from tests.corpus.case import Case

_HEAD = ("Månad", "Enhet", "Orsak", "Antal")
_BOOK = xlsx(("Blad1", [_HEAD, (date(2025, 8, 1), "cai", "Våld", 1)]))
_SHEET = "xl/worksheets/sheet1.xml"
_CSV = "Månad;Enhet;Orsak;Antal\n2025-08;cai;Våld;1\n"
_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'


def _bad(case: str, name: str, data: bytes, refused: str, limits: Limits | None = None) -> Case:
    return Case(f"stopp-{case}", name, lambda: data, refused=refused, limits=limits or Limits())


def _zip(**parts: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return sink.getvalue()


def _bomb() -> bytes:
    """Sixty megabytes of spaces in a sheet of sixty kilobytes."""
    return changed(
        _BOOK, {_SHEET: part(_BOOK, _SHEET).replace(b"<sheetData>", b"<sheetData>" + b" " * (60 * MEGABYTE))}
    )


def _lying_bomb() -> bytes:
    """The same, but the directory says that the sheet is small."""
    data = bytearray(_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(_SHEET).file_size.to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def _overlapping() -> bytes:
    """Every part of the directory points at the same bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(range(256)) * 40)
        first = archive.infolist()[0]
        for number in range(50):
            twin = zipfile.ZipInfo(f"xl/{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True  # type: ignore[attr-defined]
    return sink.getvalue()


def _flagged() -> bytes:
    """The mark of a zip file with a password on every part."""
    data = bytearray(_BOOK)
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def _far_cell(address: str) -> bytes:
    row = "".join(letter for letter in address if letter.isdigit())
    cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
    return changed(_BOOK, {_SHEET: part(_BOOK, _SHEET).replace(b"</sheetData>", cell)})


_SMALL = Limits(memory_bytes=300 * MEGABYTE)

HOSTILE = (
    _bad("tom-fil", "x.xlsx", b"", "Filen är tom"),
    _bad("bara-blanka", "x.csv", b"\n\n  \n", "Ingen rubrikrad"),
    _bad("bild", "uttag.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "en bild (PNG)"),
    _bad("foto", "uttag.xls", b"\xff\xd8\xff\xe0" + bytes(200), "en bild (JPEG)"),
    _bad("pdf", "uttag.xlsx", b"%PDF-1.7\n", "PDF"),
    _bad("program", "uttag.csv", b"MZ" + bytes(100), "ett program"),
    _bad("webbsida", "uttag.xls", b"<html><table><tr><td>Enhet</td></tr></table></html>", "webbsida"),
    _bad("text-som-xlsx", "uttag.xlsx", _CSV.encode(), "ingen arbetsbok"),
    _bad("skrap-som-xls", "uttag.xls", bytes(range(256)), "ingen arbetsbok"),
    _bad("skrap-som-csv", "uttag.csv", bytes(range(256)) * 4, "varken en arbetsbok eller text"),
    _bad("avhuggen-zip", "uttag.xlsx", _BOOK[: len(_BOOK) // 2], "skadad"),
    _bad(
        "skadad-del",
        "uttag.xlsx",
        _BOOK[:900] + bytes(40) + _BOOK[940:],
        "skadad",
    ),
    _bad("zip-utan-bok", "uttag.zip", _zip(data_csv=_CSV.encode()), "zip-arkiv utan arbetsbok"),
    _bad(
        "word",
        "uttag.docx",
        _zip(word__document_xml=b"<w/>").replace(b"document_xml", b"document.xml"),
        "Worddokument",
    ),
    _bad("bok-utan-blad", "uttag.xlsx", changed(_BOOK, {_SHEET: None}), "skadad"),
    _bad("bok-utan-lankar", "uttag.xlsx", changed(_BOOK, {"xl/_rels/workbook.xml.rels": None}), "skadad"),
    _bad("trasig-xml", "uttag.xlsx", changed(_BOOK, {_SHEET: b"<worksheet><sheetData><row"}), "skadad"),
    _bad("makron", "uttag.xlsm", changed(_BOOK, {"xl/vbaProject.bin": b"x"}), "makron"),
    _bad(
        "makrotyp",
        "uttag.xlsx",
        changed(
            _BOOK,
            {
                "[Content_Types].xml": part(_BOOK, "[Content_Types].xml").replace(
                    b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
                )
            },
        ),
        "makron",
    ),
    _bad(
        "binar-bok", "uttag.xlsb", changed(_BOOK, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), ".xlsb"
    ),
    _bad("makron-ods", "uttag.ods", ods([_HEAD], parts={"Basic/Standard/Module1.xml": b"<x/>"}), "makron"),
    _bad(
        "makron-xls",
        "uttag.xls",
        OLE + bytes(600) + "_VBA_PROJECT_CUR\0".encode("utf-16-le") + bytes(600),
        "makron",
    ),
    _bad("losenord-xlsx", "uttag.xlsx", ole("EncryptedPackage", b"hemligt"), "lösenord"),
    _bad("losenord-zip", "uttag.xlsx", _flagged(), "lösenord"),
    _bad("losenord-xls", "uttag.xls", xls([_HEAD], locked=True), "lösenord"),
    _bad(
        "losenord-ods",
        "uttag.ods",
        changed(ods([_HEAD]), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "lösenord",
    ),
    _bad("ole-word", "uttag.xls", ole("WordDocument", b"x"), "Worddokument"),
    _bad("ole-stympad", "uttag.xls", xls([_HEAD])[:1500] + "Workbook\0".encode("utf-16-le"), "skadad"),
    Case("stopp-bomb", "uttag.xlsx", _bomb, refused="orimligt mycket"),
    Case("stopp-bomb-som-ljuger", "uttag.xlsx", _lying_bomb, refused="orimligt mycket"),
    Case("stopp-overlappande-delar", "uttag.xlsx", _overlapping, refused="orimligt mycket"),
    _bad("uppackad-storlek", "uttag.xlsx", _BOOK, "packar upp till mer", Limits(unpacked_bytes=2_000)),
    _bad(
        "yttre-entitet",
        "uttag.xlsx",
        changed(_BOOK, {_SHEET: _ENTITY + b"<worksheet>&y;</worksheet>"}),
        "DOCTYPE",
    ),
    _bad("entiteter-i-ods", "uttag.ods", changed(ods([_HEAD]), {"content.xml": _ENTITY}), "DOCTYPE"),
    _bad(
        "utf16-xml", "uttag.xlsx", changed(_BOOK, {_SHEET: "<?xml?><worksheet/>".encode("utf-16")}), "UTF-8"
    ),
    _bad("cell-langst-bort", "uttag.xlsx", _far_cell("XFD1048576"), "kolumner", _SMALL),
    _bad("cell-langt-ned", "uttag.xlsx", _far_cell("ALL1048576"), "minne", _SMALL),
    _bad("for-stor", "uttag.csv", _CSV.encode() * 20, "gränsen är 0 MB", Limits(file_bytes=500)),
    _bad("for-manga-rader", "uttag.csv", _CSV.encode() * 3, "mer än 4 rader", Limits(rows=4)),
    _bad("for-manga-celler", "uttag.csv", _CSV.encode() * 3, "ifyllda celler", Limits(text_cells=9)),
    _bad("for-manga-celler-xlsx", "uttag.xlsx", _BOOK, "ifyllda celler", Limits(cells=5)),
    _bad("oavslutat-citat", "uttag.csv", _CSV.encode() + b'2025-08;"' + b"cai;Vald;1\n" * 40, "citattecken"),
    _bad("dubbelkodad", "uttag.csv", _CSV.encode().decode("cp1252").encode(), "felkodad"),
    _bad("ingen-rubrik", "uttag.csv", b"Barn- och ungdom;12\nVuxen;13\n", "Ingen rubrikrad"),
    _bad("tvetydig-datamangd", "x.csv", b"Enhet;Antal avslutade\ncai;3\n", "Ingen rubrikrad"),
    Case(
        "stopp-fel-datamangd",
        "x.csv",
        _CSV.encode,
        wanted=Wanted(dataset="bistand"),
        refused="Ingen rubrikrad för Ekonomiskt bistånd",
    ),
    Case(
        "stopp-okand-datamangd",
        "x.csv",
        _CSV.encode,
        wanted=Wanted(dataset="väder"),
        refused="finns inte",
    ),
)
