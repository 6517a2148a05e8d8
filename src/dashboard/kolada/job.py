"""A fetch that runs beside the server: one at a time, and anyone may ask how far it has come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.errors import DashboardError
from dashboard.kolada.fetched import Progress

# Where the server answers; the page that shows the button says them to the browser.
START, STAGE = "/kolada/hamta", "/kolada/lage"
_LOG = logging.getLogger(__name__)


class State(StrEnum):
    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stage:
    """``share`` is 0 to 1; ``message`` is what to tell a person, in Swedish."""

    state: State = State.IDLE
    share: float = 0.0
    message: str = ""


class Job:
    """Runs ``work`` in a thread of its own when started; ``work`` returns what to tell a person when it is done."""

    def __init__(self, work: Callable[[Progress], str]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._stage = Stage()

    @property
    def stage(self) -> Stage:
        return self._stage

    def start(self) -> bool:
        """False, and nothing happens, when a fetch is already under way."""
        with self._lock:
            if self._stage.state is State.RUNNING:
                return False
            self._stage = Stage(State.RUNNING, 0.0, "Frågar Kolada …")
        threading.Thread(target=self._run, name="kolada", daemon=True).start()
        return True

    def _run(self) -> None:
        try:
            self._stage = Stage(State.DONE, 1.0, self._work(self._progress))
        except DashboardError as error:
            self._stage = Stage(State.FAILED, 0.0, str(error))
        except Exception:  # a thread that dies in silence would look as if it were still at work
            _LOG.exception("Hämtningen från Kolada avbröts")
            message = "Hämtningen avbröts av ett fel i programmet, som står i loggen. Inget är ändrat."
            self._stage = Stage(State.FAILED, 0.0, message)

    def _progress(self, what: str, share: float) -> None:
        message = f"Hämtar {what}" if share < 1 else "Sparar hämtningen"
        self._stage = replace(self._stage, share=share, message=message)
