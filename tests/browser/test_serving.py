"""The serving layer as a browser meets it: language, headers, compression, keyboard, nothing from outside."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server, open_page, wait_for_run


def fetch(url: str, encoding: str = "", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers (names in lower case) and raw body of an address."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding, **named})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, found, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def script_of(server: Server) -> str:
    """Address of the interface's main script, as the start page names it."""
    _, _, body = fetch(server.url)
    found = re.search(r'src="\./(static/js/index\.[\w-]+\.js)"', body.decode("utf-8"))
    assert found is not None
    return f"{server.url}/{found[1]}"


def page_paths(page: Page, server: Server) -> list[str]:
    """Paths of the pages in the menu, filters and the first page left out."""
    links = page.locator('[aria-label="Sidor"] a')
    links.first.wait_for()
    addresses = links.evaluate_all("found => found.map((link) => link.href)")
    paths = [address.removeprefix(server.url).split("?")[0] for address in addresses]
    return [path for path in dict.fromkeys(paths) if path.strip("/")]


def test_the_page_is_swedish_and_titled_before_any_script_has_run(server: Server) -> None:
    status, headers, body = fetch(server.url)
    text = body.decode("utf-8")
    assert status == 200
    assert '<html lang="sv">' in text
    assert "<title>Streamlit</title>" not in text
    assert '<meta name="description"' in text
    assert re.search(r"<script>", text) is None, "an inline script would need a weaker policy"
    assert headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["", "/health", "/_stcore/health", "/finns-inte"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    _, headers, _ = fetch(server.url + path)
    policy = headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "http" not in policy, "no outside host"
    assert "script-src 'self' blob:;" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_scripts_come_compressed_and_may_be_kept_for_ever(server: Server, encoding: str) -> None:
    address = script_of(server)
    _, plain_headers, plain = fetch(address, "identity")
    _, headers, body = fetch(address, encoding)
    assert "content-encoding" not in plain_headers
    assert headers["content-encoding"] == encoding
    assert headers["vary"] == "Accept-Encoding"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(body) < 0.5 * len(plain)


def test_the_start_page_is_asked_for_again_but_not_sent_again(server: Server) -> None:
    _, headers, _ = fetch(server.url)
    assert headers["cache-control"] == "no-cache"
    status, _, body = fetch(server.url, If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")


def test_the_chart_library_comes_from_here_and_compressed(server: Server) -> None:
    _, _, body = fetch(server.url)
    found = re.search(r'name="board-plotly" content="\./([^"]+)"', body.decode("utf-8"))
    assert found is not None
    status, headers, sent = fetch(f"{server.url}/{found[1]}", "gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["content-type"].startswith("text/javascript")
    assert len(sent) < 2_000_000


def test_only_the_pages_own_scripts_run_and_the_policy_holds(page: Page, server: Server) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_page(page, server.url)
    for path in page_paths(page, server):
        open_page(page, server.url + path)
    assert [text for text in complaints if "Content Security Policy" in text or "EvalError" in text] == []


def test_the_letters_r_and_c_do_nothing_outside_fields(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.evaluate("document.activeElement?.blur()")
    page.evaluate(
        """() => {
          window.reachedDocument = [];
          document.addEventListener("keydown", (event) => window.reachedDocument.push(event.key));
        }"""
    )
    for key in ("r", "c", "R", "C"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("window.reachedDocument.filter((key) => 'rRcC'.includes(key))") == []
    assert page.evaluate("window.reachedDocument.includes('ArrowDown')")
    assert page.get_by_role("dialog").count() == 0


def test_the_letters_can_still_be_typed_in_a_field(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.evaluate(
        """() => {
          const field = document.createElement("input");
          field.id = "field-of-the-test";
          document.body.append(field);
          field.focus();
        }"""
    )
    page.keyboard.type("racerc")
    assert page.input_value("#field-of-the-test") == "racerc"


def test_the_interface_speaks_swedish_and_leaves_content_alone(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.evaluate(
        """() => {
          const add = (id, markup) => {
            const element = document.createElement("div");
            element.id = id;
            element.innerHTML = markup;
            document.body.append(element);
          };
          add("chrome-of-the-test",
              '<button aria-label="Fullscreen">Download as CSV</button> <i>Close to it</i>');
          add("content-of-the-test",
              '<div data-board><p>Close</p><button title="Search">Search</button></div>');
        }"""
    )
    page.get_by_text("Ladda ner som CSV").wait_for()
    assert page.get_attribute("#chrome-of-the-test button", "aria-label") == "Helskärm"
    assert page.inner_text("#chrome-of-the-test i") == "Close to it"
    assert page.inner_text("#content-of-the-test p") == "Close"
    assert page.get_attribute("#content-of-the-test button", "title") == "Search"
    assert page.locator('[aria-label="Main menu"], [aria-label="App pages"]').count() == 0


def test_a_deep_link_as_the_very_first_visit_gets_the_page_in_its_frame(
    page: Page, server: Server, fresh_server: Server
) -> None:
    open_page(page, server.url)
    paths = page_paths(page, server)
    assert paths, "there is more than one page"
    open_page(page, server.url + paths[-1])
    page_paths(page, server)
    expected = page.title()

    open_page(page, fresh_server.url + paths[-1])
    assert page_paths(page, fresh_server) == paths, "the menu, which only app.py draws"
    assert page.title() == expected
    assert page.url.removeprefix(fresh_server.url).split("?")[0] == paths[-1]


def test_an_unknown_address_says_so_in_swedish(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/finns-inte-alls")
    wait_for_run(page)
    page.get_by_text("Sidan finns inte").first.wait_for()
