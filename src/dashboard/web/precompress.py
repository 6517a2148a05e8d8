"""Compressed copies of Streamlit's interface files, made once and kept in a cache folder.

Streamlit serves its 23 MB of scripts and styles uncompressed and leaves compression to a proxy. A laptop
has no proxy, and compressing at each request costs more than it saves, so the copies are made once per
version, in some seconds. They hold nothing that cannot be made again; deleting the folder is always safe.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
from streamlit import __version__ as streamlit_version
from streamlit import file_util

_LOG = logging.getLogger(__name__)

# The best quality (11) for the files that every page loads; for the rest 9, which comes within a tenth of it
# and does all of them in the time that 11 needs for a third of the Plotly file.
_QUALITY_FIRST = 11
_QUALITY_REST = 9
_GZIP_LEVEL = 6
_TEXT_SUFFIXES = frozenset({".js", ".css", ".svg", ".json"})
# Under a kilobyte the headers weigh more than what compression saves.
_SMALLEST = 1024


def static_root() -> Path:
    """Streamlit's own built interface: the folder that holds index.html and static/."""
    return Path(file_util.get_static_dir())


def chart_library() -> tuple[str, Path]:
    """Address and file of Plotly's basic bundle; its own version, in its first lines, names the address.

    Bars and lines need a quarter of the full library, which the Python package carries.
    """
    path = Path(__file__).parent / "vendor" / "plotly-basic.min.js"
    return f"assets/plotly-basic-{chart_library_version(path)}/plotly.min.js", path


def chart_library_version(path: Path) -> str:
    """The version that a Plotly bundle states in its licence comment."""
    with path.open(encoding="utf-8") as file:
        head = file.read(300)
    found = re.search(r"plotly\.js [^\n]*v(\d+\.\d+\.\d+)", head)
    return found[1] if found else hashlib.sha256(head.encode()).hexdigest()[:8]


def served_files(root: Path) -> dict[str, Path]:
    """Text files below ``root``/static large enough to be worth compressing, by address and in order."""
    return {
        path.relative_to(root).as_posix(): path
        for path in sorted((root / "static").rglob("*"))
        if path.suffix in _TEXT_SUFFIXES and path.stat().st_size >= _SMALLEST
    }


def all_served_files() -> dict[str, Path]:
    """Streamlit's files and the chart library, by address without the leading slash."""
    address, library = chart_library()
    return {**served_files(static_root()), address: library}


def prepared_dir(cache_dir: Path, sources: Mapping[str, Path]) -> Path:
    """Where the copies of exactly these files lie: the name changes with version, files and quality."""
    names = "\n".join(f"{address}:{path.stat().st_size}" for address, path in sorted(sources.items()))
    qualities = f"{_QUALITY_FIRST}|{_QUALITY_REST}|{_GZIP_LEVEL}"
    key = hashlib.sha256(f"{streamlit_version}|{qualities}|{names}".encode()).hexdigest()
    return cache_dir / f"static-{key[:16]}"


def prepare_static(cache_dir: Path, sources: Mapping[str, Path] | None = None) -> None:
    """Make the compressed copies (``<address>.br`` and ``.gz``) unless they are there already.

    They are written beside and renamed into place, so that an interrupted run leaves nothing half done and
    two servers starting at once do not disturb each other. A folder that cannot be written is no fault: the
    files are then served uncompressed, and the log says so.
    """
    sources = all_served_files() if sources is None else sources
    target = prepared_dir(cache_dir, sources)
    if target.is_dir():
        return
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix="static-", dir=cache_dir))
    except OSError as error:
        _LOG.warning("Inga komprimerade filer: %s kan inte skrivas (%s)", cache_dir, error)
        return
    try:
        _write_all(sources, beside)
        os.replace(beside, target)
    except OSError as error:
        # Another process may have finished first; then its copies are as good as ours.
        if not target.is_dir():
            _LOG.warning("De komprimerade filerna kunde inte sparas i %s (%s)", cache_dir, error)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_all(sources: Mapping[str, Path], folder: Path) -> None:
    start_page = (static_root() / "index.html").read_text("utf-8")
    # Threads, because the compressors let go of the interpreter while they work.
    with ThreadPoolExecutor() as pool:
        jobs = [
            pool.submit(_write_copies, source, folder / address, source.name in start_page)
            for address, source in sources.items()
        ]
    for job in jobs:
        job.result()


def _write_copies(source: Path, target: Path, first: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    quality = _QUALITY_FIRST if first else _QUALITY_REST
    target.with_name(target.name + ".br").write_bytes(brotli.compress(content, quality=quality))
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, _GZIP_LEVEL, mtime=0))
