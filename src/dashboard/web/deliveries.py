"""What the page Data sends: files, answers, a yes to a load, an undoing. And what it hands out: templates, copies.

Each POST comes from a page of ours (``own_page``), from somebody who may load, with the key that stands in the page.
It answers with words or with the address to go to, never with a page: what is shown follows from the address alone.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import PurePosixPath, PureWindowsPath
from secrets import compare_digest
from typing import IO, Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard import catalogue as catalogues
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import DashboardError
from dashboard.intake.limits import LIMITS, MEGABYTE
from dashboard.settings import Settings
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import MOST_BYTES, Sent, Upload, Uploads, uploads
from dashboard.uploads.work import Run, answer, beside, start_examining, start_loading, take_back
from dashboard.web.export import MEDIA, PRIVATE, disposition
from dashboard.web.kolada import own_page

Handler = Callable[[Request], Awaitable[Response]]
_WORDS = 200_000  # bytes of a form
_GONE = "Leveransen finns inte längre. Uppladdade filer sparas några timmar; lägg in dem igen."
_BUSY = "Leveransen behandlas redan. Vänta tills det är klart."
_FORBIDDEN = "Filer kan bara lämnas från sidan Data, på den dator där styrkortet körs. Öppna sidan där och försök igen."


def delivery_routes(
    settings: Callable[[], Settings], kept: Uploads | None = None, run: Run = beside
) -> Sequence[BaseRoute]:
    """``settings`` is asked for each request; ``run`` is how long work is done (beside the server)."""
    desk = _Desk(settings, kept or uploads(), run)
    base = f"{addresses.BASE}/{{upload}}"
    return (
        Route(addresses.BEGIN, _guarded(desk.begin), methods=["POST"]),
        Route(f"{addresses.BASE}/angra/{{number:int}}", _guarded(desk.undo), methods=["POST"]),
        Route(f"{base}/fil", _guarded(desk.file), methods=["POST"]),
        Route(f"{base}/granska", _guarded(desk.examine), methods=["POST"]),
        Route(f"{base}/svar", _guarded(desk.answers), methods=["POST"]),
        Route(f"{base}/las-in", _guarded(desk.load), methods=["POST"]),
        Route(f"{base}/bort", _guarded(desk.drop), methods=["POST"]),
        Route(f"{base}/lage", desk.stage, methods=["GET"]),
        Route(f"{base}/kommentarer/{{number:int}}", desk.copy, methods=["GET"]),
        Route(f"{addresses.TEMPLATES}/{{name}}", desk.template, methods=["GET"]),
    )


def may_load(request: Request) -> bool:
    """The gate, asked of a request."""
    return gate.may_load(request.headers, request.client.host if request.client else None)


def _guarded(handler: Handler) -> Handler:
    @wraps(handler)
    async def guarded(request: Request) -> Response:
        shown = request.headers.get(addresses.KEY_HEADER, "")
        if not (own_page(request.headers) and may_load(request)) or not compare_digest(
            shown.encode(), gate.key().encode()
        ):
            return _say(_FORBIDDEN, 403)
        try:
            return await handler(request)
        except DashboardError as error:
            return _say(str(error), 422)

    return guarded


class _Desk:
    """The routes' own work."""

    def __init__(self, settings: Callable[[], Settings], kept: Uploads, run: Run) -> None:
        self._settings, self._kept, self._run = settings, kept, run

    async def begin(self, _: Request) -> Response:
        upload = self._kept.begin()
        return _answer(201, id=upload.id, address=f"/data?leverans={upload.id}")

    async def file(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return _say(_GONE, 404)
        name = _file_name(request.headers.get(addresses.NAME_HEADER, ""))
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > LIMITS.file_bytes:
            return _say(_too_large(name), 413)
        path = self._kept.place()
        size, fits = 0, False
        try:
            with path.open("xb") as sink:
                size = await _written(request, sink)
            fits = 0 < size <= LIMITS.file_bytes
            if not fits:
                return _say(
                    _too_large(name) if size else f"{name} är tom. Välj filen igen.", 413 if size else 422
                )
            fits = False
            fits = self._kept.add(upload.id, Sent(name, path, size)) is not None
            return _answer(201) if fits else _say(_BUSY, 409)
        except ClientDisconnect:
            return _say("Uppladdningen avbröts.", 400)
        finally:
            if not fits:
                path.unlink(missing_ok=True)

    async def examine(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return _say(_GONE, 404)
        if not upload.files:
            return _say("Ingen fil har kommit fram. Välj filerna igen.", 422)
        told = await _form(request)
        dataset, month = str(told.get("dataset", "")), str(told.get("month", ""))
        if dataset and dataset not in CONTRACTS:
            return _say("Datamängden finns inte. Välj en i listan.", 422)
        self._kept.change(upload.id, dataset=dataset, month=_month(month))
        if not start_examining(self._kept, upload, self._settings(), date.today(), self._run):
            return _say(_BUSY, 409)
        return self._under_way(upload)

    async def answers(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return _say(_GONE, 404)
        told = await _form(request)
        words = {str(about): str(word) for about, word in told.items()}
        left = answer(self._kept, upload, words)
        said = (
            "Svaren är sparade."
            if not left
            else f"Svaren är sparade. {left} {'fråga' if left == 1 else 'frågor'} väntar på svar."
        )
        return _answer(200, message=said, address=f"/data?leverans={upload.id}")

    async def load(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return _say(_GONE, 404)
        who = _name(await _form(request))
        if not who:
            return _say("Skriv vem som läser in; det sparas med leveransen.", 422)
        # Pressed twice, or in two windows: the first one counts, and the other is shown what it came to.
        start_loading(self._kept, upload, self._settings(), who, self._run)
        return self._under_way(upload)

    async def undo(self, request: Request) -> Response:
        told = await _form(request)
        who, reason = _name(told), str(told.get("reason", "")).strip()[:500]
        if not who:
            return _say("Skriv vem som ångrar; det sparas.", 422)
        number = request.path_params["number"]
        entry = await run_in_threadpool(take_back, self._settings(), number, who, reason)
        return _answer(200, address=f"/data?post={entry}")

    async def drop(self, request: Request) -> Response:
        self._kept.drop(request.path_params["upload"])
        return _answer(200, address="/data")

    async def stage(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None or not may_load(request):
            return _say(_GONE, 404)
        return _answer(200, state=upload.stage.value, message=upload.message)

    async def copy(self, request: Request) -> Response:
        from dashboard.uploads.copies import commented  # with the libraries for workbooks

        upload = self._kept.get(request.path_params["upload"])
        number = request.path_params["number"]
        found = upload.examination if upload and may_load(request) else None
        if found is None or not number < len(found.files):
            return _say(_GONE, 404)
        file = found.files[number]
        faults = [(at, fault) for at, fault in enumerate(found.faults, 1) if fault.file == file.name]
        book = await run_in_threadpool(commented, file, faults)
        return _file(book, MEDIA, f"{PurePosixPath(file.name).stem}-anmarkningar", "xlsx")

    async def template(self, request: Request) -> Response:
        from dashboard.intake import templates

        name, _, kind = str(request.path_params["name"]).rpartition(".")
        month = _month(request.query_params.get("manad", "")) or Month.of(date.today())
        if kind not in {"xlsx", "csv"} or (name not in CONTRACTS and (name, kind) != ("alla", "xlsx")):
            return _say("Mallen finns inte. Välj en på sidan Data.", 404)
        try:
            catalogue = catalogues.load(self._settings().catalogue)
        except DashboardError as error:
            return _say(str(error), 503)
        if kind == "csv":
            return _file(
                templates.text(name, catalogue, month), "text/csv; charset=utf-8", f"mall-{name}", "csv"
            )
        chosen = [] if name == "alla" else [name]
        book = await run_in_threadpool(templates.workbook, catalogue, month, chosen)
        return _file(book, MEDIA, f"mall-{name}", "xlsx")

    def _under_way(self, upload: Upload) -> Response:
        return _answer(202, address=f"/data?leverans={upload.id}", stage=addresses.of(upload.id, "lage"))


async def _written(request: Request, sink: IO[bytes]) -> int:
    """Write the body as it comes, and stop at the bound: what is said to be small need not be."""
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > min(LIMITS.file_bytes, MOST_BYTES):
            return size
        if piece:
            await run_in_threadpool(sink.write, piece)
    return size


async def _form(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises DashboardError for anything else."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _WORDS:
            raise DashboardError("Det är för mycket text. Skriv kortare.")
    try:
        told = json.loads(body or b"{}")
    except ValueError as error:
        raise DashboardError("Svaret från sidan gick inte att läsa. Ladda om den och försök igen.") from error
    return told if isinstance(told, dict) else {}


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def _name(told: dict[str, Any]) -> str:
    return " ".join(str(told.get("who", "")).split())[:80]


def _file_name(header: str) -> str:
    """The sender's name of a file without folders and signs that are not shown: it is only a label here."""
    plain = PureWindowsPath(PurePosixPath(unquote(header)).name).name
    shown = "".join(letter for letter in plain if letter.isprintable()).strip()
    return shown[-120:] or "namnlös fil"


def _too_large(name: str) -> str:
    return f"{name} är större än {LIMITS.file_bytes // MEGABYTE} MB. Dela upp filen."


def _say(sentence: str, status: int) -> Response:
    return _answer(status, message=sentence)


def _answer(status: int, **body: object) -> Response:
    return JSONResponse({"message": "", **body}, status, headers=PRIVATE)


def _file(content: bytes, media: str, name: str, suffix: str) -> Response:
    named = disposition(name).replace(".xlsx", f".{suffix}")
    return Response(content, media_type=media, headers={**PRIVATE, "Content-Disposition": named})
