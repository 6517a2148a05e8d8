"""HTML from templates. Autoescape is on for every one of them: what is data can never become markup."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from dashboard import insights
from dashboard.domain import text
from dashboard.domain.model import Colour
from dashboard.domain.origins import WORDS
from dashboard.domain.status import Verdict
from dashboard.settings import default_cache_dir

STATUS_WORDS = {
    Colour.GREEN: "Grön",
    Colour.YELLOW: "Gul",
    Colour.RED: "Röd",
    Colour.UNKNOWN: "Okänd",
    Colour.NOT_ASSESSED: "Inte bedömd",
}
# Shape beside colour, so that a status can be told apart without it.
STATUS_SHAPES = {
    Colour.GREEN: "▲",
    Colour.YELLOW: "●",
    Colour.RED: "■",
    Colour.UNKNOWN: "?",
    Colour.NOT_ASSESSED: "–",
}
VERDICT_WORDS = {
    Verdict.BETTER: "bättre",
    Verdict.WORSE: "sämre",
    Verdict.UNCHANGED: "oförändrat",
    Verdict.NEUTRAL: "",
}


class _Compiled(FileSystemBytecodeCache):
    """Templates as compiled the last time: to compile them took a sixteenth of a start. Held to their sources."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next start; a full disk only makes that start slower."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> BytecodeCache | None:
    """In the user's own cache folder, like byte code in ``__pycache__``; None where none can be made."""
    folder = default_cache_dir() / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _Compiled(str(folder))


@cache
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("dashboard.ui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )
    env.filters.update(
        number=text.number,
        quantity=text.quantity,
        millions=text.millions,
        amount=insights.amount,
        status_word=lambda colour: STATUS_WORDS[colour],
        status_shape=lambda colour: STATUS_SHAPES[colour],
        verdict_word=lambda verdict: VERDICT_WORDS[verdict] if verdict else "",
        origin_word=lambda origin: WORDS[origin] if origin else "",
        demo_look=lambda origin: bool(origin and origin.demo),
        capital=lambda words: words[:1].upper() + words[1:],
    )
    return env


def render(template: str, **context: Any) -> Markup:
    """The template's HTML. Raises jinja2.UndefinedError for a name that is not given: a fault in the code."""
    return Markup(environment().get_template(template).render(**context))
