"""A card's table as a workbook, for the address that shows it: ``/export/<page>?kort=<card>&<the page's own query>``.

Nothing is remembered between the page and the file: the address says what to make, as it does for the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.errors import DashboardError
from dashboard.web.tables import card_of
from dashboard.web.workbook import workbook

CARD = "kort"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_QUERY, MOST_PARAMETERS = 2_000, 40
# What a role may see stands in the file, so no cache on the way may keep it for the next one.
PRIVATE = {"Cache-Control": "no-store"}


class Shown(Protocol):
    """A finished page."""

    @property
    def html(self) -> str: ...

    @property
    def about(self) -> tuple[str, ...]: ...


Pages = Callable[[str, Mapping[str, str]], Shown | None]


def export_route(pages: Pages) -> Route:
    """The route. ``pages`` makes the page for a name and the parameters of its address, None when there is none."""

    def export(request: Request) -> Response:  # not async: it is run in a thread of its own
        query = request.query_params
        if len(request.url.query) > LONGEST_QUERY or len(query.multi_items()) > MOST_PARAMETERS:
            return _refused("Adressen är för lång. Öppna sidan igen och försök på nytt.", 400)
        params = {name: value for name, value in query.items() if name != CARD}
        try:
            shown = pages(request.path_params["page"], params)
        except DashboardError as error:
            return _refused(str(error), 503)
        if shown is None:
            return _refused("Sidan finns inte.", 404)
        wanted = query.get(CARD, "")
        card = card_of(shown.html, wanted) if wanted else None
        if card is None:
            return _refused(f"Sidan har ingen tabell som heter ”{wanted[:40]}” med de valen.", 404)
        headers = {**PRIVATE, "Content-Disposition": disposition(card.file or card.key)}
        return Response(workbook(card, shown.about), media_type=MEDIA, headers=headers)

    return Route("/export/{page}", export, methods=["GET"])


def disposition(name: str) -> str:
    """The header that names the file: letters, digits, full stops and hyphens only, whatever the page calls it."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip(".-")[:80] or "tabell"
    ascii_name = plain.encode("ascii", "ignore").decode() or "tabell"
    return f"attachment; filename=\"{ascii_name}.xlsx\"; filename*=UTF-8''{quote(plain)}.xlsx"


def _refused(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence, status_code=status, headers=PRIVATE)
