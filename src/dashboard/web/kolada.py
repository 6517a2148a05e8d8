"""The two addresses behind the button *Hämta från Kolada*: start a fetch, and ask how far it has come.

A page is a pure function of its address; a fetch changes something, so it is neither a page nor a link. Only a POST
that a page of ours has made starts it: browsers say where a request comes from (``Sec-Fetch-Site``, ``Origin``), and
another site cannot add a header of its own without asking first, which nobody here answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from dashboard import catalogue as catalogues
from dashboard.kolada.fetched import Progress
from dashboard.kolada.job import STAGE, START, Job, Stage
from dashboard.settings import Settings

OWN_HEADER = "x-styrkort"


def kolada_routes(settings: Callable[[], Settings]) -> Sequence[BaseRoute]:
    """``settings`` is asked when a fetch starts, so that the catalogue of that moment counts."""
    job = Job(lambda progress: _fetch(settings(), progress))

    async def start(request: Request) -> JSONResponse:
        if not own_page(request.headers):
            refused = "Hämtningen kan bara startas från sidan Jämförelser."
            return _answer(Stage(message=refused), 403)
        return _answer(job.stage, 202) if job.start() else _answer(job.stage, 409)

    async def stage(_: Request) -> JSONResponse:
        return _answer(job.stage, 200)

    return (Route(START, start, methods=["POST"]), Route(STAGE, stage, methods=["GET"]))


def own_page(headers: Mapping[str, str]) -> bool:
    """Whether a page of this very server made the request. ``headers`` are looked up in lower case."""
    if headers.get(OWN_HEADER) != "1" or headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def _fetch(settings: Settings, progress: Progress) -> str:
    from dashboard.kolada import refresh as kolada  # the client is loaded when somebody wants to fetch

    wanted = catalogues.load(settings.catalogue).comparisons
    return kolada.refresh(settings.kolada, wanted, kolada.years_of(None, wanted), progress=progress).sentence


def _answer(stage: Stage, status: int) -> JSONResponse:
    body = {"state": stage.state, "share": round(stage.share, 3), "message": stage.message}
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
