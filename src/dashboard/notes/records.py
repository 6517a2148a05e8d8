"""A note as the bytes of its file: JSON that carries its own hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dashboard.domain.periods import Period
from dashboard.errors import DashboardError, StoreError
from dashboard.notes.note import Draft, Note, Record, Withdrawal

_VERSION = 1


def encode(record: Record) -> bytes:
    """The same record always gives the same bytes."""
    told: dict[str, Any] = {"version": _VERSION, "number": record.number}
    told["written"] = record.written.astimezone(UTC).isoformat()
    if isinstance(record, Note):
        draft = record.draft
        told |= {
            "kind": "note",
            "indicator": draft.indicator,
            "unit": draft.unit,
            "period": str(draft.period),
        }
        told |= {"text": draft.text, "who": draft.who, "role": draft.role, "key": draft.key}
    else:
        told |= {"kind": "withdrawal", "note": record.note, "reason": record.reason}
        told |= {"who": record.who, "role": record.role, "key": record.key}
    text = json.dumps({**told, "sha256": _hash(told)}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"


def decode(name: str, number: int, data: bytes) -> Record:
    """Raises StoreError for bytes that are not what was written."""
    try:
        told = json.loads(data)
        if told.pop("sha256") != _hash(told) or told["number"] != number or told["version"] != _VERSION:
            raise StoreError(f"Filen {name} är ändrad eller skriven av ett annat program.")
        return _record(told)
    except (ValueError, KeyError, TypeError, AttributeError, DashboardError) as error:
        raise StoreError(
            f"Filen {name} bland anteckningarna är skadad. Den innehåller en anteckning eller ett tillbakadragande, "
            "som inte räknas förrän filen är återställd från säkerhetskopian."
        ) from error


def _record(told: Mapping[str, Any]) -> Record:
    number, written = told["number"], datetime.fromisoformat(told["written"])
    if told["kind"] == "withdrawal":
        return Withdrawal(
            number, written, told["note"], told["who"], told["reason"], role=told["role"], key=told["key"]
        )
    period = Period.parse(told["period"])
    draft = Draft(
        told["indicator"], told["unit"], period, told["text"], told["who"], role=told["role"], key=told["key"]
    )
    return Note(number, written, draft)


def _hash(told: Mapping[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
