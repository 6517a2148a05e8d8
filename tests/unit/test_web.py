"""The parts of the serving layer that need no browser and no running server."""

from __future__ import annotations

import asyncio
import gzip
import importlib.resources
import json
import re
import socket
import threading
import tomllib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from dashboard.web import app_factory, default_cache_dir, guard_pages_directory, prepare_static
from dashboard.web.assets import Asset, accepts, compressed
from dashboard.web.frontend import Frontend
from dashboard.web.headers import SecurityHeaders
from dashboard.web.later import Later
from dashboard.web.precompress import (
    chart_library,
    prepared_dir,
    served_files,
    static_root,
)
from dashboard.web.server import ServeError, check_port, load_app, serve
from dashboard.web.shell import ShellError, build_shell, chart_elements, head_elements, own_assets
from dashboard.web.warmup import settled, warm_up

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = b"export const text = 'innehall';\n" * 200

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, in a thread of its own: the browser tests' event loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture
def interface(tmp_path: Path) -> Path:
    """A small stand-in for Streamlit's built interface."""
    root = tmp_path / "interface"
    (root / "static" / "js").mkdir(parents=True)
    (root / "static" / "css").mkdir()
    (root / "static" / "js" / "index.abc.js").write_bytes(SCRIPT)
    (root / "static" / "css" / "tiny.css").write_text("a{}", encoding="utf-8")
    (root / "index.html").write_text(
        '<!-- licence --><!DOCTYPE html><html lang="en"><head><title>Streamlit</title>'
        '<!-- about agents --><link rel="service-desc" href="./x.json" />'
        "<script>window.prerenderReady = false</script>"
        '<script type="module" src="./static/js/index.abc.js"></script></head>'
        "<body><noscript>English</noscript></body></html>",
        encoding="utf-8",
    )
    return root


def shell_text(root: Path, **changes: Any) -> str:
    """The shell of an interface as text, with sensible words for what a test does not care about."""
    words: dict[str, Any] = {"title": "Titel", "description": "Text", "head": [], **changes}
    return build_shell(root, **words).plain.decode("utf-8")


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the middleware in these tests: answers 200 with the words "passed on"."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-behind", b"yes")]})
    await send({"type": "http.response.body", "body": b"passed on"})


def client(root: Path, cache: Path, **changes: Any) -> TestClient:
    """A client of the two middlewares around ``behind``."""
    files = served_files(root)
    prepare_static(cache, files)
    shell, chart_shell = (
        compressed(text.encode(), ".html", "no-cache") for text in ("<p>plain</p>", "<p>chart</p>")
    )
    options: dict[str, Any] = {
        "files": files,
        "copies": prepared_dir(cache, files),
        "own": {"/assets/v/own.css": compressed(b"a{}", ".css", "immutable")},
        "shell": shell,
        "chart_shell": chart_shell,
        "chart_pages": {"trender"},
        "reserved": {"health"},
        **changes,
    }
    return TestClient(SecurityHeaders(Frontend(behind, **options)))


def test_compressed_copies_hold_the_same_content_and_are_made_once(interface: Path, tmp_path: Path) -> None:
    cache, files = tmp_path / "cache", served_files(interface)
    prepare_static(cache, files)
    folder = prepared_dir(cache, files) / "static" / "js"
    assert brotli.decompress((folder / "index.abc.js.br").read_bytes()) == SCRIPT
    assert gzip.decompress((folder / "index.abc.js.gz").read_bytes()) == SCRIPT
    made = (folder / "index.abc.js.br").stat().st_mtime_ns
    prepare_static(cache, files)
    assert (folder / "index.abc.js.br").stat().st_mtime_ns == made
    assert [path.name for path in cache.iterdir()] == [prepared_dir(cache, files).name], "nothing left over"


def test_only_text_worth_compressing_is_compressed(interface: Path) -> None:
    assert list(served_files(interface)) == ["static/js/index.abc.js"], "not the style sheet of three letters"


def test_new_interface_files_get_new_copies(interface: Path, tmp_path: Path) -> None:
    before = prepared_dir(tmp_path, served_files(interface))
    (interface / "static" / "js" / "new.def.js").write_bytes(SCRIPT)
    assert prepared_dir(tmp_path, served_files(interface)) != before


def test_without_a_writable_cache_the_files_are_still_served(interface: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way", encoding="utf-8")
    answer = client(interface, blocked / "cache").get("/static/js/index.abc.js")
    assert answer.status_code == 200
    assert answer.content == SCRIPT


def test_the_cache_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_CACHE", str(tmp_path / "egen"))
    assert default_cache_dir() == tmp_path / "egen"
    monkeypatch.delenv("DASHBOARD_CACHE")
    assert default_cache_dir().name in {"dashboard", "cache"}


@pytest.mark.parametrize(
    ("header", "coding", "expected"),
    [
        ("gzip, deflate, br", "br", True),
        ("gzip;q=1.0, br;q=0.5", "br", True),
        ("br; q=0, gzip", "br", False),
        ("gzip;q=0.000", "gzip", False),
        ("brotli", "br", False),
        ("", "gzip", False),
        ("BR", "br", True),
    ],
)
def test_accept_encoding_is_read_as_the_standard_says(header: str, coding: str, expected: bool) -> None:
    assert accepts(Headers({"accept-encoding": header}), coding) is expected


@given(st.binary(max_size=4000), st.sampled_from(["br", "gzip", "identity", "gzip, br", ""]))
def test_what_is_sent_decodes_to_what_was_meant(content: bytes, accepted: str) -> None:
    response = compressed(content, ".js", "no-cache").response(Headers({"accept-encoding": accepted}))
    coding = response.headers.get("content-encoding", "")
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding]
    assert decode(bytes(response.body)) == content
    assert coding in accepted
    assert response.headers["vary"] == "Accept-Encoding"


def test_a_browser_that_has_the_file_gets_only_a_short_answer() -> None:
    asset = compressed(SCRIPT, ".js", "no-cache")
    tag = asset.response(Headers({"accept-encoding": "br"})).headers["etag"]
    again = asset.response(Headers({"accept-encoding": "br", "if-none-match": f'"other", W/{tag}'}))
    assert (again.status_code, again.body) == (304, b"")
    plain = asset.response(Headers({"if-none-match": tag}))
    assert plain.status_code == 200, "another coding is another representation"


def test_every_page_gets_the_shell_and_chart_pages_the_chart_shell(interface: Path, tmp_path: Path) -> None:
    visitor = client(interface, tmp_path / "cache")
    assert visitor.get("/").text == "<p>plain</p>"
    assert visitor.get("/ekonomi").text == "<p>plain</p>"
    assert visitor.get("/ekonomi?enhet=avd-vuxen").text == "<p>plain</p>"
    assert visitor.get("/trender").text == "<p>chart</p>"
    assert visitor.head("/trender").content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/health",
        "/ekonomi/_stcore/host-config",
        "/media/a",
        "/favicon.png",
        "/static/js/finns-inte.js",
        "/oauth2callback",
        "/auth/login",
        "/health",
        "/ekonomi/",
        "//annan.se",
    ],
)
def test_what_is_not_ours_goes_on_to_streamlit(interface: Path, tmp_path: Path, path: str) -> None:
    frontend = client(interface, tmp_path / "cache").app.app  # type: ignore[attr-defined]
    assert frontend.find(path) is None


def test_other_methods_go_on_to_streamlit(interface: Path, tmp_path: Path) -> None:
    assert client(interface, tmp_path / "cache").post("/ekonomi").headers["x-behind"] == "yes"


def test_scripts_are_compressed_and_kept_for_ever(interface: Path, tmp_path: Path) -> None:
    visitor = client(interface, tmp_path / "cache")
    answer = visitor.get("/static/js/index.abc.js", headers={"Accept-Encoding": "gzip"})
    assert answer.content == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 2
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert visitor.get("/assets/v/own.css").text == "a{}"


def test_the_policy_is_on_passed_on_answers_too_and_allows_no_eval(interface: Path, tmp_path: Path) -> None:
    for path in ("/", "/_stcore/health", "/static/js/index.abc.js"):
        headers = client(interface, tmp_path / "cache").get(path).headers
        rules = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self' blob:"
        assert rules["connect-src"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"


def test_the_shell_is_swedish_and_without_inline_script(interface: Path) -> None:
    text = shell_text(interface, title="Mål & medel", description='Med "citat"', head=["<i></i>"])
    assert '<html lang="sv">' in text
    assert "<title>Mål &amp; medel</title>" in text
    assert 'content="Med &quot;citat&quot;"' in text
    assert "prerenderReady" not in text
    assert "service-desc" not in text
    assert "English" not in text
    assert text.index("<i></i>") < text.index("</head>")


def test_only_chart_pages_ask_for_the_chart_library_early() -> None:
    address, library = chart_library()
    assert library.stat().st_size > 1_000_000
    carried = importlib.resources.files("plotly") / "package_data/plotly.min.js"
    expected = re.search(r"plotly\.js v(\S+)", carried.read_text("utf-8")[:300])
    assert expected, "the Python package states which plotly.js it goes with"
    assert f"-{expected[1]}/" in address, "figures are validated against the version that draws them"
    assert chart_elements(address, early=False) == [f'<meta name="board-plotly" content="./{address}">']
    assert f'<link rel="preload" as="script" href="./{address}">' in chart_elements(address, early=True)


def test_an_unexpected_start_page_is_reported_at_once(interface: Path) -> None:
    (interface / "index.html").write_text("<html><head></head></html>", encoding="utf-8")
    with pytest.raises(ShellError, match=r"constraints\.txt"):
        shell_text(interface)


def test_the_installed_streamlit_fits_the_shell() -> None:
    root = static_root()
    text = shell_text(root)
    assert '<html lang="sv">' in text
    assert re.search(r"<script>", text) is None
    assert "agent" not in text
    assert len(served_files(root)) > 100


def test_own_files_change_address_with_their_content(tmp_path: Path) -> None:
    style, script = tmp_path / "a.css", tmp_path / "b.js"
    style.write_text("a{}", encoding="utf-8")
    script.write_text("1", encoding="utf-8")
    before = list(own_assets([style, script]))
    style.write_text("b{}", encoding="utf-8")
    after = list(own_assets([style, script]))
    assert [path.rsplit("/", 1)[1] for path in before] == ["a.css", "b.js"]
    assert set(before).isdisjoint(after)
    assert head_elements(before) == [
        f'<link rel="stylesheet" href=".{before[0]}">',
        f'<script defer src=".{before[1]}"></script>',
    ]


def test_our_own_files_are_compressed_once_and_again_when_they_change(tmp_path: Path) -> None:
    script, cache = tmp_path / "b.js", tmp_path / "cache"
    script.write_bytes(SCRIPT)
    (first,) = own_assets([script], cache).values()
    kept = sorted((cache / "own").iterdir())
    assert [path.suffix for path in kept] == [".br", ".gz"]
    (cache / "own" / kept[0].name).write_bytes(brotli.compress(b"from the cache"))
    (again,) = own_assets([script], cache).values()
    assert brotli.decompress(again.encoded["br"]) == b"from the cache"
    assert again.encoded["gzip"] == first.encoded["gzip"]
    script.write_bytes(SCRIPT + b"// new")
    (changed,) = own_assets([script], cache).values()
    assert brotli.decompress(changed.encoded["br"]) == SCRIPT + b"// new"


def test_our_own_files_are_compressed_without_a_writable_cache_too(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_bytes(SCRIPT)
    asset = compressed(SCRIPT, ".js", "no-cache", blocked / "cache")
    assert brotli.decompress(asset.encoded["br"]) == SCRIPT


def test_what_must_run_before_streamlit_stands_before_it(interface: Path) -> None:
    text = shell_text(interface, first=['<script defer src="./first.js"></script>'], head=["<i></i>"])
    assert text.index("first.js") < text.index('type="module"') < text.index("<i></i>")


def test_the_server_waits_for_pages_that_are_being_run() -> None:
    done = threading.Event()
    running = threading.Thread(target=done.wait, name="ScriptRunner.scriptThread", daemon=True)

    async def wait() -> bool:
        waiting = asyncio.create_task(settled())
        await asyncio.sleep(0.1)
        early = waiting.done()
        done.set()
        await waiting
        return early

    running.start()
    assert run(wait()) is False
    running.join(5)
    assert not running.is_alive()


def test_health_answers_and_is_never_kept() -> None:
    answer = run(app_factory.health(None))  # type: ignore[arg-type]
    assert json.loads(bytes(answer.body)) == {"status": "ok"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_taken_port_is_reported_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=f"PORT={port + 1}"):
            check_port("127.0.0.1", port)


def test_a_missing_script_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="finns inte"):
        serve("127.0.0.1", 0, tmp_path / "app.py")


def test_the_scripts_own_application_is_served(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text("def app(scope, receive, send):\n    return 'den egna'\n", encoding="utf-8")
    assert load_app(script)({}, None, None) == "den egna"  # type: ignore[arg-type,comparison-overlap]


def test_a_failed_warm_up_stops_nothing() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert run(warm_up("127.0.0.1", port)) is False


def test_streamlit_does_not_take_over_the_pages_folder(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "app.py").write_text("", encoding="utf-8")
    guard_pages_directory()
    PagesManager(str(tmp_path / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_the_settings_keep_everything_inside() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["browser"]["serverAddress"], (
        "otherwise the server asks an outside service for its address"
    )
    assert settings["server"]["enableAgentApi"] is False
    assert settings["client"]["showErrorDetails"] == "none"


# Protan, deutan and tritan vision at full strength: Machado, Oliveira and Fernandes (2009), linear RGB.
VISIONS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Linear RGB to OKLab: Ottosson (2020).
TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
Matrix = tuple[tuple[float, ...], ...]


def times(matrix: Matrix, vector: list[float]) -> list[float]:
    """Matrix times vector."""
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def seen(colour: str, vision: Matrix) -> list[float]:
    """A colour (#RRGGBB) in OKLab as someone with this vision sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    bounded = [min(1.0, max(0.0, part)) for part in times(vision, linear)]
    return times(TO_LAB, [part ** (1 / 3) for part in times(TO_LMS, bounded)])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", sorted(VISIONS))
def test_the_ten_series_colours_can_be_told_apart(theme: str, vision: str) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours = settings["theme"][theme]["chartCategoricalColors"]
    assert len(set(colours)) == 10, "with fewer than ten Plotly's own come back"
    points = [seen(colour, VISIONS[vision]) for colour in colours]
    distances = [
        sum((a - b) ** 2 for a, b in zip(points[i], points[j], strict=True)) ** 0.5
        for i in range(10)
        for j in range(i)
    ]
    # Streamlit's own ten come down to 0.025; about 0.02 is what an eye just notices side by side.
    assert min(distances) > 0.08


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_their_tile(theme: str) -> None:
    palette = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    pairs = [("textColor", "backgroundColor"), ("textColor", "secondaryBackgroundColor")]
    pairs += [("linkColor", "backgroundColor")]
    pairs += [
        (f"{name}TextColor", f"{name}BackgroundColor")
        for name in ("red", "yellow", "green", "blue", "orange", "gray")
    ]
    for ink, ground in pairs:
        assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.1, 1 to 21."""
    lightnesses = []
    for colour in (one, other):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lightnesses.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lightnesses) + 0.05) / (min(lightnesses) + 0.05)


def test_an_asset_without_compressed_forms_is_sent_plain() -> None:
    asset = Asset(b"bild", "image/png", "no-cache")
    response = asset.response(Headers({"accept-encoding": "br, gzip"}))
    assert response.body == b"bild"
    assert "content-encoding" not in response.headers


def test_own_addresses_are_loaded_when_first_asked_for_and_answer_as_ever() -> None:
    made: list[str] = []

    async def hello(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"hej {request.path_params['name']}")

    def make() -> list[Route]:
        made.append("x")
        return [Route("/eget/{name}", hello, methods=["GET"])]

    client = TestClient(Starlette(routes=[Later("eget", make)]))
    assert client.get("/egetalls").status_code == 404
    assert made == []
    assert client.get("/eget/du").text == "hej du"
    assert client.post("/eget/du").status_code == 405
    assert client.get("/eget").status_code == 404
    assert client.get("/annat").status_code == 404
    assert made == ["x"], "made once"
