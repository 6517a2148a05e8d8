"""When something was known: a day, or a moment of it. How that is written in an address and told on screen.

Days are those of UTC. A day means all that was known when it was over; a moment (``2025-09-10T060000``) what was known
just then, so that a link made in the middle of a day shows the same for ever.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from dashboard.errors import SelectionError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}", re.ASCII)


def known_on(text: str) -> date:
    """The day, or the moment in UTC, that someone wrote. Raises SelectionError for anything else."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # a day that the calendar lacks: the same message
        pass
    raise SelectionError(f"Läget ”{text[:40]}” går inte att läsa. Skriv ett datum, till exempel 2025-09-12.")


def written(when: date) -> str:
    """As in an address; ``known_on`` reads it back."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H%M%S")
    return when.isoformat()


def told(when: date) -> str:
    """``2025-09-10`` or ``2025-09-10 kl. 06.00.00 UTC``."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%d kl. %H.%M.%S UTC")
    return when.isoformat()


def day_of(when: date) -> date:
    """The day in UTC of a day or a moment."""
    return when.astimezone(UTC).date() if isinstance(when, datetime) else when


def frozen(moment: datetime, today: date) -> date:
    """The shortest way to name what was known at a delivery's moment, exact for ever.

    The day when it is over, for then nothing more can be known on it; else the moment.
    """
    day = day_of(moment)
    return day if day < today else moment
