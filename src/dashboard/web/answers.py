"""What the routes of page Data have in common: a form's words in, words or an address or a file out."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.domain.periods import Month
from dashboard.errors import DashboardError
from dashboard.web.export import PRIVATE, disposition

GONE = "Leveransen finns inte längre. Uppladdade filer sparas några timmar; lägg in dem igen."
_WORDS = 200_000  # bytes of a form


async def form(request: Request) -> dict[str, Any]:
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


def month_of(text: str) -> Month | None:
    """None for what is no month."""
    try:
        return Month.parse(text)
    except ValueError:
        return None


def say(sentence: str, status: int) -> Response:
    """Words alone."""
    return answer(status, message=sentence)


def answer(status: int, **body: object) -> Response:
    """A JSON object; ``message`` is always there."""
    return JSONResponse({"message": "", **body}, status, headers=PRIVATE)


def attachment(content: bytes, media: str, name: str, suffix: str) -> Response:
    """A file to save, named ``name.suffix``."""
    named = disposition(name).replace(".xlsx", f".{suffix}")
    return Response(content, media_type=media, headers={**PRIVATE, "Content-Disposition": named})
