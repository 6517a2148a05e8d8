"""What page Data hands out: the copy of a file with its faults as comments, and templates to fill in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import catalogue as catalogues
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import DashboardError
from dashboard.settings import Settings
from dashboard.uploads.kept import Uploads
from dashboard.web.answers import GONE, attachment, month_of, say
from dashboard.web.export import MEDIA


class Handouts:
    """``may_load`` says whether a request comes from somebody who may see what has been sent."""

    def __init__(
        self, settings: Callable[[], Settings], kept: Uploads, may_load: Callable[[Request], bool]
    ) -> None:
        self._settings, self._kept, self._may_load = settings, kept, may_load

    async def copy(self, request: Request) -> Response:
        from dashboard.uploads.copies import commented  # with the libraries for workbooks

        upload = self._kept.get(request.path_params["upload"])
        number = request.path_params["number"]
        found = upload.examination if upload and self._may_load(request) else None
        if found is None or not number < len(found.files):
            return say(GONE, 404)
        file = found.files[number]
        faults = [(at, fault) for at, fault in enumerate(found.faults, 1) if fault.file == file.name]
        book = await run_in_threadpool(commented, file, faults)
        return attachment(book, MEDIA, f"{PurePosixPath(file.name).stem}-anmarkningar", "xlsx")

    async def template(self, request: Request) -> Response:
        from dashboard.intake import templates

        name, _, kind = str(request.path_params["name"]).rpartition(".")
        month = month_of(request.query_params.get("manad", "")) or Month.of(date.today())
        if kind not in {"xlsx", "csv"} or (name not in CONTRACTS and (name, kind) != ("alla", "xlsx")):
            return say("Mallen finns inte. Välj en på sidan Data.", 404)
        try:
            catalogue = catalogues.load(self._settings().catalogue)
        except DashboardError as error:
            return say(str(error), 503)
        if kind == "csv":
            return attachment(
                templates.text(name, catalogue, month), "text/csv; charset=utf-8", f"mall-{name}", "csv"
            )
        chosen = [] if name == "alla" else [name]
        book = await run_in_threadpool(templates.workbook, catalogue, month, chosen)
        return attachment(book, MEDIA, f"mall-{name}", "xlsx")
