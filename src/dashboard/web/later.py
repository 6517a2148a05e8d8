"""Our own addresses beside the pages, loaded when one of them is first asked for: a start does not wait for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, Router
from starlette.types import Receive, Scope, Send

from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.web.export import Pages


class Later(BaseRoute):
    """All routes whose addresses begin with one first part. ``make`` gives them, and is called once."""

    def __init__(self, first: str, make: Callable[[], Sequence[BaseRoute]]) -> None:
        self.path = f"/{first}"
        self._make = make
        self._router: Router | None = None
        self._loading = threading.Lock()

    def _loaded(self) -> Router:
        with self._loading:
            if self._router is None:
                self._router = Router(self._make())
            return self._router

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """By the first part alone: what is below it is for the routes themselves to know."""
        inside = scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self.path}/")
        return (Match.FULL if inside else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        """No route here has a name. Raises NoMatchFound."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; an address or a method that no route has is answered as ever.

        What is not loaded yet is loaded beside the server, which goes on answering others.
        """
        router = self._router
        if router is None:
            router = await run_in_threadpool(self._loaded)
        await router(scope, receive, send)


def own_routes(settings: Callable[[], Settings], pages: Pages) -> Sequence[BaseRoute]:
    """Kolada, deliveries with their templates, notes and workbooks. ``settings`` is asked for each request; ``pages``
    gives the finished page that a workbook is made from.
    """

    def kolada() -> Sequence[BaseRoute]:
        from dashboard.web.kolada import kolada_routes

        return kolada_routes(settings)

    def deliveries() -> Sequence[BaseRoute]:
        from dashboard.web.deliveries import delivery_routes

        return delivery_routes(settings)

    def notes() -> Sequence[BaseRoute]:
        from dashboard.web.notes import note_routes

        return note_routes(settings)

    def export() -> Sequence[BaseRoute]:
        from dashboard.web.export import export_route

        return [export_route(pages)]

    return [
        Later("kolada", kolada),
        Later("leverans", deliveries),
        Later("mall", deliveries),
        Later("anteckningar", notes),
        Later("export", export),
    ]
