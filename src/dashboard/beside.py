"""Many small pieces of work done a few at a time: they wait for the processor's cores and for the disk side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
V = TypeVar("V")
CORES = min(8, os.cpu_count() or 1)  # pieces at a time that mostly count; more would only wait for each other
DISK = 16  # that mostly wait
_SHARES = 4  # of a worker: handing over has its price, and the last to finish is waited for


def beside(work: Callable[[T], V], pieces: Iterable[T], at_once: int = CORES) -> list[V]:
    """The answers in order; one piece alone is done here and now.

    What is raised is the first failure in order, and then nothing is at work any more.
    """
    todo = list(pieces)
    if len(todo) < 2:
        return [work(piece) for piece in todo]
    each = -(-len(todo) // (at_once * _SHARES))
    shares = [todo[start : start + each] for start in range(0, len(todo), each)]
    pool = ThreadPoolExecutor(min(at_once, len(shares)), thread_name_prefix="beside")
    try:
        done = pool.map(lambda share: [work(piece) for piece in share], shares)
        return [answer for answers in done for answer in answers]
    finally:
        pool.shutdown(cancel_futures=True)
