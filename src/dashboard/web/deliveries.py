"""What the page Data sends: files, answers, a yes to a load, an undoing. And what it hands out: templates, copies.

Each POST comes from a page of ours (``own_page``), from somebody who may load, with the key that stands in the page.
It answers with words or with the address to go to, never with a page: what is shown follows from the address alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import PurePosixPath, PureWindowsPath
from secrets import compare_digest
from typing import IO, Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.contracts import CONTRACTS
from dashboard.errors import DashboardError
from dashboard.intake.limits import LIMITS, MEGABYTE
from dashboard.settings import Settings
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import MOST_BYTES, Sent, Upload, Uploads, uploads
from dashboard.uploads.mappings import keep
from dashboard.uploads.work import Run, beside, start_examining, start_loading, take_back
from dashboard.uploads.work import answer as keep_answers
from dashboard.web.answers import GONE, answer, form, month_of, say
from dashboard.web.handouts import Handouts
from dashboard.web.kolada import own_page

Handler = Callable[[Request], Awaitable[Response]]
_BUSY = "Leveransen behandlas redan. Vänta tills det är klart."
_FORBIDDEN = "Filer kan bara lämnas från sidan Data, på den dator där styrkortet körs. Öppna sidan där och försök igen."


def delivery_routes(
    settings: Callable[[], Settings], kept: Uploads | None = None, run: Run = beside
) -> Sequence[BaseRoute]:
    """``settings`` is asked for each request; ``run`` is how long work is done (beside the server)."""
    kept = kept or uploads()
    desk, handouts = _Desk(settings, kept, run), Handouts(settings, kept, may_load)
    base = f"{addresses.BASE}/{{upload}}"
    return (
        Route(addresses.BEGIN, _guarded(desk.begin), methods=["POST"]),
        Route(f"{addresses.BASE}/angra/{{number:int}}", _guarded(desk.undo), methods=["POST"]),
        Route(f"{base}/fil", _guarded(desk.file), methods=["POST"]),
        Route(f"{base}/granska", _guarded(desk.examine), methods=["POST"]),
        Route(f"{base}/tolka/{{file:int}}/{{sheet:int}}", _guarded(desk.explain), methods=["POST"]),
        Route(f"{base}/svar", _guarded(desk.answers), methods=["POST"]),
        Route(f"{base}/las-in", _guarded(desk.load), methods=["POST"]),
        Route(f"{base}/bort", _guarded(desk.drop), methods=["POST"]),
        Route(f"{base}/lage", desk.stage, methods=["GET"]),
        Route(f"{base}/kommentarer/{{number:int}}", handouts.copy, methods=["GET"]),
        Route(f"{addresses.TEMPLATES}/{{name}}", handouts.template, methods=["GET"]),
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
            return say(_FORBIDDEN, 403)
        try:
            return await handler(request)
        except DashboardError as error:
            return say(str(error), 422)

    return guarded


class _Desk:
    """The routes' own work."""

    def __init__(self, settings: Callable[[], Settings], kept: Uploads, run: Run) -> None:
        self._settings, self._kept, self._run = settings, kept, run

    async def begin(self, _: Request) -> Response:
        upload = self._kept.begin()
        return answer(201, id=upload.id, address=f"/data?leverans={upload.id}")

    async def file(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return say(GONE, 404)
        name = _file_name(request.headers.get(addresses.NAME_HEADER, ""))
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > LIMITS.file_bytes:
            return say(_too_large(name), 413)
        path = self._kept.place()
        size, fits = 0, False
        try:
            with path.open("xb") as sink:
                size = await _written(request, sink)
            fits = 0 < size <= LIMITS.file_bytes
            if not fits:
                return say(
                    _too_large(name) if size else f"{name} är tom. Välj filen igen.", 413 if size else 422
                )
            fits = False
            fits = self._kept.add(upload.id, Sent(name, path, size)) is not None
            return answer(201) if fits else say(_BUSY, 409)
        except ClientDisconnect:
            return say("Uppladdningen avbröts.", 400)
        finally:
            if not fits:
                path.unlink(missing_ok=True)

    async def examine(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return say(GONE, 404)
        if not upload.files:
            return say("Ingen fil har kommit fram. Välj filerna igen.", 422)
        values = _asked(upload, await form(request))
        if not start_examining(self._kept, upload, self._settings(), date.today(), self._run, **values):
            return say(_BUSY, 409)
        return self._under_way(upload)

    async def explain(self, request: Request) -> Response:
        """What a sheet's headers and words mean, said by somebody; then it is examined again."""
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return say(GONE, 404)
        told = {name: str(value) for name, value in (await form(request)).items()}
        place = (request.path_params["file"], request.path_params["sheet"])

        def work() -> bool:
            return keep(self._kept, upload, place, told, self._settings(), date.today(), self._run)

        return self._under_way(upload) if await run_in_threadpool(work) else say(_BUSY, 409)

    async def answers(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return say(GONE, 404)
        told = await form(request)
        words = {str(about): str(word) for about, word in told.items()}
        left = keep_answers(self._kept, upload, words)
        said = (
            "Svaren är sparade."
            if not left
            else f"Svaren är sparade. {left} {'fråga' if left == 1 else 'frågor'} väntar på svar."
        )
        return answer(200, message=said, address=f"/data?leverans={upload.id}")

    async def load(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None:
            return say(GONE, 404)
        who = _name(await form(request))
        if not who:
            return say("Skriv vem som läser in; det sparas med leveransen.", 422)
        # Pressed twice, or in two windows: the first one counts, and the other is shown what it came to.
        start_loading(self._kept, upload, self._settings(), who, self._run)
        return self._under_way(upload)

    async def undo(self, request: Request) -> Response:
        told = await form(request)
        who, reason = _name(told), str(told.get("reason", "")).strip()[:500]
        if not who:
            return say("Skriv vem som ångrar; det sparas.", 422)
        number = request.path_params["number"]
        entry = await run_in_threadpool(take_back, self._settings(), number, who, reason)
        return answer(200, address=f"/data?post={entry}")

    async def drop(self, request: Request) -> Response:
        self._kept.drop(request.path_params["upload"])
        return answer(200, address="/data")

    async def stage(self, request: Request) -> Response:
        upload = self._kept.get(request.path_params["upload"])
        if upload is None or not may_load(request):
            return say(GONE, 404)
        return answer(200, state=upload.stage.value, message=upload.message)

    def _under_way(self, upload: Upload) -> Response:
        return answer(202, address=f"/data?leverans={upload.id}", stage=addresses.of(upload.id, "lage"))


def _asked(upload: Upload, told: dict[str, Any]) -> dict[str, Any]:
    """What is to be examined otherwise than before: only what the form speaks of. Raises DashboardError."""
    values: dict[str, Any] = {}
    if "dataset" in told:
        values["dataset"] = str(told["dataset"])
        if values["dataset"] and values["dataset"] not in CONTRACTS:
            raise DashboardError("Datamängden finns inte. Välj en i listan.")
    if "month" in told:
        values["month"] = month_of(str(told["month"]))
    here = {file.name for file in upload.files}
    afresh = {str(told.get(addresses.AFRESH, ""))} & here
    as_before = {str(told.get(addresses.AS_BEFORE, ""))} & here
    if afresh or as_before:
        values["afresh"] = (upload.afresh | afresh) - as_before
    return values


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


def _name(told: dict[str, Any]) -> str:
    return " ".join(str(told.get("who", "")).split())[:80]


def _file_name(header: str) -> str:
    """The sender's name of a file without folders and signs that are not shown: it is only a label here."""
    plain = PureWindowsPath(PurePosixPath(unquote(header)).name).name
    shown = "".join(letter for letter in plain if letter.isprintable()).strip()
    return shown[-120:] or "namnlös fil"


def _too_large(name: str) -> str:
    return f"{name} är större än {LIMITS.file_bytes // MEGABYTE} MB. Dela upp filen."
