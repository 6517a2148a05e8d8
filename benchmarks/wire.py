"""A visitor without a browser: speaks Streamlit's own messages over a raw websocket."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

_LONGEST_SECONDS = 60.0


@dataclass(slots=True)
class Answer:
    """One run of the script: seconds until it had finished, and bytes received. ``board`` is the app's
    payload if it was sent; ``select`` the id of the last select box."""

    seconds: float
    size: int
    board: dict[str, Any] | None = None
    select: str = ""
    pages: dict[str, str] = field(default_factory=dict)


class Session:
    """One visitor. Use as a context manager."""

    def __init__(self, host: str, port: int) -> None:
        """Connect; the script does not run until ``rerun`` is called."""
        # proxy=None: a proxy in the environment must not stand between us and this very machine.
        self._socket = connect(
            f"ws://{host}:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            proxy=None,
            max_size=None,
            compression=None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def rerun(self, query: str = "", page: str = "", select: tuple[str, str] | None = None) -> Answer:
        """Run the script once with a query string, a page's hash, or a select box (id, value) changed."""
        request = BackMsg()
        request.rerun_script.query_string = query
        request.rerun_script.page_script_hash = page
        if select:
            state = request.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = select
        raw = request.SerializeToString()
        received: list[bytes] = []
        begun = time.perf_counter()
        self._socket.send(raw)
        while True:
            message = self._socket.recv(timeout=_LONGEST_SECONDS)
            received.append(message if isinstance(message, bytes) else message.encode())
            # Only the last message is read before the clock stops; the others are read afterwards.
            if len(received[-1]) < 200 and _parsed(received[-1]).WhichOneof("type") == "script_finished":
                break
        answer = Answer(time.perf_counter() - begun, sum(len(one) for one in received))
        for one in received:
            _read(_parsed(one), answer)
        return answer


def _parsed(raw: bytes) -> ForwardMsg:
    message = ForwardMsg()
    message.ParseFromString(raw)
    return message


def _read(message: ForwardMsg, answer: Answer) -> None:
    kind = message.WhichOneof("type")
    if kind == "navigation":
        answer.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
    if kind != "delta" or not message.delta.HasField("new_element"):
        return
    element = message.delta.new_element
    if element.WhichOneof("type") == "bidi_component":
        found = element.bidi_component
        text = found.mixed.json if found.HasField("mixed") else found.json
        answer.board = json.loads(text)
        if isinstance(answer.board, dict) and "charts" in answer.board:
            answer.board["charts"] = dict(answer.board["charts"])
    elif element.WhichOneof("type") == "selectbox":
        answer.select = element.selectbox.id
    elif element.WhichOneof("type") == "exception":
        raise RuntimeError(f"The page failed: {element.exception.message}")
