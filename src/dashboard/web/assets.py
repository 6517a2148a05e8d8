"""Files as the browser gets them: content, the encodings it may come in, type and tag."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response

from dashboard.settings import write_whole

# Named after their content, so a new version has a new name: a year is "for ever" to a browser.
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Asset:
    """One file ready to be sent. ``encoded`` maps a content coding ("br", "gzip") to its bytes."""

    plain: bytes
    media_type: str
    cache_control: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """Strong name of the content; the coding is added when it is sent."""
        return hashlib.sha256(self.plain).hexdigest()[:20]

    def response(self, headers: Headers) -> Response:
        """The response to these request headers: 304 when the browser has it, else the smallest form."""
        coding = next((name for name in self.encoded if accepts(headers, name)), "")
        tag = f'"{self.etag}{"-" + coding if coding else ""}"'
        common = {"Cache-Control": self.cache_control, "Vary": "Accept-Encoding", "ETag": tag}
        known = {part.strip().removeprefix("W/") for part in headers.get("if-none-match", "").split(",")}
        if tag in known:
            return Response(status_code=304, headers=common)
        body = self.encoded.get(coding, self.plain)
        if coding:
            common["Content-Encoding"] = coding
        return Response(body, headers={**common, "Content-Type": self.media_type})


def accepts(headers: Headers, coding: str) -> bool:
    """True when Accept-Encoding allows this coding (named, and not with quality 0; RFC 9110, 12.5.3)."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = part.partition(";")
        if name.strip() == coding:
            return parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def compressed(plain: bytes, suffix: str, cache_control: str, cache_dir: Path | None = None) -> Asset:
    """An asset of our own, compressed at the best quality: they are few and small.

    That still takes a fifth of a second for all of them, so the forms are kept in ``cache_dir`` by content.
    """
    encoded = {}
    if suffix in {".js", ".css", ".html", ".svg", ".txt"}:
        name = hashlib.sha256(plain).hexdigest()[:32]
        folder = cache_dir / "own" if cache_dir else None
        encoded = {
            "br": _kept(folder, f"{name}.br", lambda: brotli.compress(plain)),
            "gzip": _kept(folder, f"{name}.gz", lambda: gzip.compress(plain, mtime=0)),
        }
    return Asset(plain, MEDIA_TYPES[suffix], cache_control, encoded)


def _kept(folder: Path | None, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of this name, made and kept when they are new; a folder that cannot be written is no fault."""
    if folder is None:
        return make()
    with suppress(OSError):
        return (folder / name).read_bytes()
    made = make()
    with suppress(OSError):
        write_whole(folder / name, made)
    return made


def prepared(source: Path, copies: Path) -> Asset:
    """A file of the bundle with its compressed copies at ``copies``.br and .gz, where there are any."""
    encoded = {}
    for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
        copy = copies.with_name(copies.name + suffix)
        if copy.is_file():
            encoded[coding] = copy.read_bytes()
    return Asset(source.read_bytes(), MEDIA_TYPES[source.suffix], IMMUTABLE, encoded)
