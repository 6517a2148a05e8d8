"""The page that carries Streamlit: its index.html in Swedish, without inline script, with our own head."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.web.assets import IMMUTABLE, REVALIDATE, Asset, compressed

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_AGENT_LINK = re.compile(r'<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_LICENCE = re.compile(r"\A\s*<!--.*?-->\s*", re.DOTALL)


class ShellError(DashboardError):
    """Streamlit's index.html is not built the way this version of the dashboard expects."""


def build_shell(
    root: Path,
    *,
    title: str,
    description: str,
    head: Sequence[str],
    first: Sequence[str] = (),
    cache_dir: Path | None = None,
) -> Asset:
    """index.html as an asset: Swedish, titled, described, free of inline script, with our own head.

    ``head`` holds finished elements; ``first`` those that must stand before Streamlit's own. Compressed forms
    are kept in ``cache_dir``. Raises ShellError when a part that must be replaced is missing, which a new
    Streamlit may cause.
    """
    text = (root / "index.html").read_text("utf-8")
    text = _LICENCE.sub("", text, count=1)
    text = _swap(text, re.compile(r'<html lang="en">'), '<html lang="sv">')
    text = _swap(text, _TITLE, "\n".join([f"<title>{html.escape(title)}</title>", *first]))
    # Only a prerenderer reads what the inline script sets; without it no inline script has to be allowed.
    text = _swap(text, _INLINE_SCRIPT, "")
    text = _swap(text, _NOSCRIPT, "<noscript><p>Sidan behöver JavaScript för att visas.</p></noscript>")
    # The agent interface is switched off in the settings; then nothing should point to it either.
    text = _AGENT_LINK.sub("", text)
    lines = [f'<meta name="description" content="{html.escape(description)}">']
    text = _swap(text, re.compile(r"</head>"), "\n".join([*lines, *head, "</head>"]))
    return compressed(text.encode("utf-8"), ".html", REVALIDATE, cache_dir)


def own_assets(files: Sequence[Path], cache_dir: Path | None = None) -> dict[str, Asset]:
    """Our own files by path: /assets/<hash of all>/<name>, so that a change gives them new addresses."""
    digest = hashlib.sha256()
    contents = [(path, path.read_bytes()) for path in files]
    for path, content in contents:
        digest.update(path.name.encode() + content)
    version = digest.hexdigest()[:12]
    return {
        f"/assets/{version}/{path.name}": compressed(content, path.suffix, IMMUTABLE, cache_dir)
        for path, content in contents
    }


def head_elements(paths: Sequence[str]) -> list[str]:
    """The elements that load our own stylesheets and scripts; other kinds of file need none."""
    elements = []
    for path in paths:
        address = html.escape(f".{path}")
        if path.endswith(".css"):
            elements.append(f'<link rel="stylesheet" href="{address}">')
        elif path.endswith(".js"):
            elements.append(f'<script defer src="{address}"></script>')
    return elements


def chart_elements(address: str, early: bool) -> list[str]:
    """Where the page's script finds the chart library; ``early`` also asks for it while the page starts."""
    path = html.escape(f"./{address}")
    elements = [f'<meta name="board-plotly" content="{path}">']
    if early:
        elements.append(f'<link rel="preload" as="script" href="{path}">')
    return elements


def _swap(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    changed, count = pattern.subn(lambda _: replacement, text)
    if count != 1:
        raise ShellError(
            f"Streamlits startsida ser inte ut som väntat: {pattern.pattern} finns {count} gånger, inte en. "
            "Installera de versioner som anges i constraints.txt."
        )
    return changed
