"""One visit to the first page by the server itself, so that no person has to wait for the first one."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

_LOG = logging.getLogger(__name__)
_LONGEST_SECONDS = 30.0
_POLL_SECONDS = 0.02
# What Streamlit calls the threads that run pages; they end when nobody waits for a run.
_SCRIPT_THREAD = "ScriptRunner"


async def warm_up(host: str, port: int) -> bool:
    """Run the first page once, over the same way a browser uses: libraries, store and caches are then loaded.

    Returns False, and logs why, when it did not work out: a visitor then only waits a little longer.
    """
    address = f"ws://{host}:{port}/_stcore/stream"
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            return await _visit(address)
    except (OSError, TimeoutError, WebSocketException) as error:
        _LOG.info("Uppvärmningen hoppades över: %s", error)
        return False


async def settled() -> None:
    """Wait until no page is being run for anyone, but not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST_SECONDS):
            while any(thread.name.startswith(_SCRIPT_THREAD) for thread in threading.enumerate()):
                await asyncio.sleep(_POLL_SECONDS)


async def _visit(address: str) -> bool:
    request = BackMsg()
    request.rerun_script.query_string = ""
    # proxy=None: a proxy in the environment must never see a request to this very process.
    async with connect(address, subprotocols=["streamlit"], proxy=None, max_size=None) as socket:  # type: ignore[list-item]
        await socket.send(request.SerializeToString())
        async for message in socket:
            answer = ForwardMsg()
            answer.ParseFromString(message if isinstance(message, bytes) else message.encode())
            if answer.WhichOneof("type") == "script_finished":
                return True
    return False
