"""A visit to every page by the server itself, so that no person has to wait for what is loaded once."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

_LOG = logging.getLogger(__name__)
_LONGEST_SECONDS = 30.0
_POLL_SECONDS = 0.02
# What Streamlit calls the threads that run pages; they end when nobody waits for a run.
_SCRIPT_THREAD = "ScriptRunner"


async def warm_up(host: str, port: int, ready: Callable[[], None] = lambda: None) -> bool:
    """Run the first page once, call ``ready``, and then run the others, whenever nobody else is being served.

    It goes the way a browser goes: libraries, store, blocks and caches are then loaded. Returns False, and logs why,
    when it did not work out: a visitor then only waits a little longer.
    """
    address = f"ws://{host}:{port}/_stcore/stream"
    try:
        # proxy=None: a proxy in the environment must never see a request to this very process.
        async with connect(address, subprotocols=["streamlit"], proxy=None, max_size=None) as socket:  # type: ignore[list-item]
            others = await _visit(socket)
            ready()
            for page in others:
                await settled()
                await _visit(socket, page)
    except (OSError, TimeoutError, WebSocketException) as error:
        _LOG.info("Uppvärmningen hoppades över: %s", error)
        return False
    return True


async def settled() -> None:
    """Wait until no page is being run for anyone, but not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST_SECONDS):
            while any(thread.name.startswith(_SCRIPT_THREAD) for thread in threading.enumerate()):
                await asyncio.sleep(_POLL_SECONDS)


async def _visit(socket: ClientConnection, page: str = "") -> list[str]:
    """Run a page, named by Streamlit's hash of it ("" for the first); the hashes of the pages that were not run.

    Raises TimeoutError, and WebSocketException when the connection ends.
    """
    request = BackMsg()
    request.rerun_script.query_string = ""
    request.rerun_script.page_script_hash = page
    others: list[str] = []
    async with asyncio.timeout(_LONGEST_SECONDS):
        await socket.send(request.SerializeToString())
        while True:
            message = await socket.recv()
            answer = ForwardMsg()
            answer.ParseFromString(message if isinstance(message, bytes) else message.encode())
            match answer.WhichOneof("type"):
                case "navigation":
                    shown = answer.navigation.page_script_hash
                    others = [
                        one.page_script_hash
                        for one in answer.navigation.app_pages
                        if one.page_script_hash != shown
                    ]
                case "script_finished":
                    return others
