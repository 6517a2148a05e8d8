"""Serve in this process with uvicorn, the fast way, and say in Swedish where.

Two things make it fast compared with ``streamlit run``. uvicorn binds the socket itself, so that TCP_NODELAY
is set and small answers do not wait 40 ms for an acknowledgement. And Streamlit's garbage collection after
each run only has to look at that run's objects, because everything loaded at the start is frozen; while it is
being loaded nothing is collected, for nothing of it is garbage.
"""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import socket
import sys
from pathlib import Path
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from dashboard.errors import DashboardError
from dashboard.uploads import gate
from dashboard.web.app_factory import create_app
from dashboard.web.warmup import settled, warm_up

# Streamlit sends a figure or a table as one message; the default of 16 MB would cut large ones off.
_LARGEST_MESSAGE = 200 * 1024 * 1024
# Longer than it takes a program that waited for the port to connect, shorter than a browser needs to start.
_HEAD_START_SECONDS = 0.15


class ServeError(DashboardError):
    """The server cannot start; the message says what to change."""


class DashboardServer(uvicorn.Server):
    """A uvicorn server that warms up after it has begun to listen and announces its address."""

    _announced = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen; the warm-up goes on beside the first requests."""
        await super().startup(sockets=sockets)
        if self.started:
            self._warming = asyncio.create_task(self._warm())

    async def _warm(self) -> None:
        try:
            # A visitor who is already here loads everything; a second run beside theirs would only slow it.
            await asyncio.sleep(_HEAD_START_SECONDS)
            await settled()
            await warm_up(reachable(self.config.host), self.config.port, self._announce)
            await settled()
            gc.collect()
            gc.freeze()
        finally:
            gc.enable()
            self._announce()

    def _announce(self) -> None:
        """Say once where the dashboard is: when the first page has been run, or when that did not work out."""
        if not self._announced:
            self._announced = True
            address = f"http://{reachable(self.config.host)}:{self.config.port}"
            print(f"Instrumentpanelen är igång: {address} (avsluta med Ctrl+C)", flush=True)


def reachable(host: str) -> str:
    """A host name that a browser on this machine can open, also when the server listens everywhere."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)


def serve(host: str, port: int, script: Path) -> None:
    """Serve the application of ``script`` (app.py) until interrupted.

    Raises ServeError when the script is missing or the port is taken.
    """
    if not script.is_file():
        raise ServeError(f"{script} finns inte. Starta från mappen där app.py ligger.")
    check_port(host, port)
    gate.bound_to(host)
    gc.disable()
    app = load_app(script)
    gc.freeze()
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="on",
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        # Compressing each small message costs more time than it saves on the networks in question.
        ws_per_message_deflate=False,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        timeout_graceful_shutdown=2,
        server_header=False,
    )
    try:
        DashboardServer(config).run()
    except KeyboardInterrupt:
        print("Instrumentpanelen är stoppad.", flush=True)
    finally:
        # So that what was frozen is taken down in order when the process ends.
        gc.unfreeze()
        gc.enable()


def check_port(host: str, port: int) -> None:
    """Raise ServeError when nothing can listen on this port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            # Otherwise a server that was stopped a moment ago still seems to hold the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"Porten {port} på {host} går inte att använda: den är upptagen eller inte tillåten. "
                f"Välj en annan, till exempel: make run PORT={port + 1}"
            ) from error


def load_app(script: Path) -> ASGIApp:
    """The ``app`` that the script defines when it is imported, or a plain one around a script without it."""
    spec = importlib.util.spec_from_file_location("app", script.resolve())
    if spec is None or spec.loader is None:
        raise ServeError(f"{script} är inte en Pythonfil.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["app"] = module
    spec.loader.exec_module(module)
    found = getattr(module, "app", None)
    return cast(ASGIApp, found) if callable(found) else create_app(script)
