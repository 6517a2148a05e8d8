"""Who may send and load files. There are no roles yet, so only whoever sits at the machine that serves.

``may_load`` is the only place that decides it. When there are logins, they are asked here.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

SETTING, EVERYONE = "DASHBOARD_LOAD", "alla"
LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_bound: list[str] = []


def bound_to(host: str) -> None:
    """Say which address the server listens at. Until it is said nobody may load: other servers lack the routes."""
    _bound[:] = [host]


def may_load(headers: Mapping[str, str], client: str | None) -> bool:
    """Whether the one who asks may send and load files. ``client`` is their address, None when it is this machine.

    Only from this machine, to a server that listens here alone, without a proxy between; the host's name is looked at
    so that no outside name can be made to point here. ``DASHBOARD_LOAD=alla`` opens it to everyone who reaches the
    server.
    """
    if not _bound:
        return False
    if os.environ.get(SETTING) == EVERYONE:
        return True
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    behind = any(headers.get(name) for name in _PROXY)
    return _bound[0] in LOCAL and (client is None or client in LOCAL) and host in LOCAL and not behind


@cache
def key() -> str:
    """Stands in the page and comes back with everything that changes something; new for each process."""
    return secrets.token_urlsafe(24)
