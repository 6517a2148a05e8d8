"""SQL statements live in files beside this module and are read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of ``sql/<name>.sql``. Raises FileNotFoundError for a name that is not there."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
