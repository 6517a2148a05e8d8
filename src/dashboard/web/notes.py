"""The two addresses that take in notes: write one, and withdraw one.

As with deliveries, each POST must come from a page of ours, from somebody who may write, with the key that stands in
the page. The answer says what is wrong field by field, or that it is done; the page is then asked for again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from secrets import compare_digest

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from dashboard import catalogue as catalogues
from dashboard.errors import DashboardError
from dashboard.notes import NoteError, NoteStore, desk
from dashboard.settings import Settings
from dashboard.uploads import gate
from dashboard.uploads.addresses import KEY_HEADER
from dashboard.web.export import PRIVATE
from dashboard.web.kolada import own_page

LARGEST = 8_000  # bytes; what a form can hold takes a quarter of it
Work = Callable[[Settings, Mapping[str, str]], str]


def note_routes(settings: Callable[[], Settings]) -> Sequence[BaseRoute]:
    """``settings`` is asked for each note, so that the catalogue of that moment counts."""
    return (_route(desk.WRITE, settings, _write), _route(desk.WITHDRAW, settings, _withdraw))


def _route(path: str, settings: Callable[[], Settings], work: Work) -> Route:
    async def take(request: Request) -> JSONResponse:
        client = request.client.host if request.client else None
        if not (own_page(request.headers) and gate.may_load(request.headers, client)):
            return _answer(
                403, "Anteckningar kan bara skrivas från Trender, på den dator där styrkortet körs."
            )
        if not compare_digest(request.headers.get(KEY_HEADER, "").encode(), gate.key().encode()):
            return _answer(
                409, "Styrkortet har startats om sedan sidan öppnades. Inget är sparat; försök igen."
            )
        fields = await _fields(request)
        if fields is None:
            return _answer(400, "Formuläret gick inte att läsa. Ladda om sidan och försök igen.")
        try:
            return _answer(200, await run_in_threadpool(work, settings(), fields))
        except NoteError as error:
            return _answer(422, error.faults.get("", ""), error.faults)
        except DashboardError as error:
            return _answer(503, str(error))

    return Route(path, take, methods=["POST"])


def _write(settings: Settings, fields: Mapping[str, str]) -> str:
    note = desk.write(NoteStore(settings.notes), fields, catalogues.load(settings.catalogue))
    return f"Anteckningen om {note.draft.period.label} är sparad."


def _withdraw(settings: Settings, fields: Mapping[str, str]) -> str:
    desk.withdraw(NoteStore(settings.notes), fields)
    return "Anteckningen är tillbakadragen. Den finns kvar i lagret men visas inte längre."


async def _fields(request: Request) -> dict[str, str] | None:
    """The body as words by field; None for anything else, and for what no form of ours can hold."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    try:
        told = json.loads(body)
    except ValueError:
        return None
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        return None
    return {str(name): value for name, value in told.items()}


def _answer(status: int, message: str, faults: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"message": message, "faults": dict(faults or {})}, status, headers=PRIVATE)
