"""On a wall everything that is said can be read from the back row."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from dashboard.ui.navigation import MENU
from tests.browser.conftest import Server, Violations
from tests.browser.test_paths import settled, visit

Scheme = Literal["light", "dark"]
SMALLEST = 22  # pixels
# Words and numbers; a shape beside a word may be smaller.
_SMALL = """least => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(".board"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect(), size = parseFloat(getComputedStyle(element).fontSize);
    if (/[\\p{L}\\p{N}]/u.test(text) && box.width > 2 && box.height > 2 && size < least - 0.1)
      found.push(`${text.slice(0, 30)} ${size}`);
  }
  return found;
}"""


@pytest.mark.parametrize("path", [page.path for page in MENU if page.path != "data"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_is_neither_too_small_nor_too_pale_for_a_wall(
    page: Page, server: Server, axe: Violations, scheme: Scheme, path: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 720})
    visit(page, server, f"/{path}?projektor=1")
    settled(page)
    assert page.evaluate(_SMALL, SMALLEST) == []
    assert axe(page) == []
