"""The page that carries Streamlit: its index.html in Swedish, without inline script, with our own head."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.web.assets import REVALIDATE, Asset, compressed

_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.\-]+\.js)["'`]""")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
_AGENT_LINK = re.compile(r'<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_LICENCE = re.compile(r"\A\s*<!--.*?-->\s*", re.DOTALL)


class ShellError(DashboardError):
    """Streamlit's index.html is not built the way this version of the dashboard expects."""


def chart_chunks(root: Path) -> list[str]:
    """The scripts that draw a Plotly chart and that index.html does not ask for itself, largest need first.

    Streamlit asks for them only when the first chart arrives; named in the head they come while the page starts.
    Returns paths relative to ``root``. Empty when this version names its files differently: nothing breaks then.
    """
    folder = root / "static" / "js"
    first = next(iter(sorted(folder.glob("PlotlyChart.*.js"))), None)
    if first is None:
        return []
    asked_for = set(re.findall(r"\./static/js/([\w.\-]+\.js)", (root / "index.html").read_text("utf-8")))
    found = [first.name]
    for name in found:
        # A bundle's static imports stand at its very start; further down the same words may be data.
        head = (folder / name).read_text("utf-8")[:20_000]
        new = (item for item in dict.fromkeys(_IMPORT.findall(head)) if item not in asked_for)
        found += [item for item in new if item not in found and (folder / item).is_file()]
    return [f"static/js/{name}" for name in found]


def build_shell(
    root: Path, *, title: str, description: str, head: Sequence[str], preload: Sequence[str] = ()
) -> Asset:
    """index.html as an asset: Swedish, titled, described, free of inline script, with our own head.

    ``head`` holds finished elements of ours, ``preload`` script paths relative to the site's root.
    Raises ShellError when a part that must be replaced is missing, which a new Streamlit may cause.
    """
    text = (root / "index.html").read_text("utf-8")
    text = _LICENCE.sub("", text, count=1)
    text = _swap(text, re.compile(r'<html lang="en">'), '<html lang="sv">')
    text = _swap(text, _TITLE, f"<title>{html.escape(title)}</title>")
    # Only a prerenderer reads what the inline script sets; without it no inline script has to be allowed.
    text = _swap(text, _INLINE_SCRIPT, "")
    text = _swap(text, _NOSCRIPT, "<noscript><p>Sidan behöver JavaScript för att visas.</p></noscript>")
    # The agent interface is switched off in the settings; then nothing should point to it either.
    text = _AGENT_LINK.sub("", text)
    lines = [f'<meta name="description" content="{html.escape(description)}">']
    lines += [f'<link rel="modulepreload" crossorigin href="./{html.escape(path)}">' for path in preload]
    text = _swap(text, re.compile(r"</head>"), "\n".join([*lines, *head, "</head>"]))
    return compressed(text.encode("utf-8"), ".html", REVALIDATE)


def own_assets(files: Sequence[Path]) -> dict[str, Asset]:
    """Our own files by path: /assets/<hash of all of them>/<name>, so that a change gives every file a new address."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    version = digest.hexdigest()[:12]
    immutable = "public, max-age=31536000, immutable"
    return {
        f"/assets/{version}/{path.name}": compressed(path.read_bytes(), path.suffix, immutable)
        for path in files
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


def _swap(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    changed, count = pattern.subn(lambda _: replacement, text)
    if count != 1:
        raise ShellError(
            f"Streamlits startsida ser inte ut som väntat: {pattern.pattern} finns {count} gånger, inte en. "
            "Installera de versioner som anges i constraints.txt."
        )
    return changed
