"""Templates: data never becomes markup, and every one of them can be read."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Colour, Origin
from dashboard.domain.origins import WORDS
from dashboard.domain.status import Verdict
from dashboard.measures import Facts, open_facts
from dashboard.settings import Settings
from dashboard.ui import navigation
from dashboard.ui.blocks.overview import key_figures
from dashboard.ui.page import Page
from dashboard.ui.query import read
from dashboard.ui.render import STATUS_SHAPES, STATUS_WORDS, VERDICT_WORDS, environment, render

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "dashboard" / "ui" / "templates"


class Tags(HTMLParser):
    """The elements and attributes that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def harmless(html: str) -> Tags:
    found = Tags(str(html))  # a plain string: parts of Markup would escape what is added to them
    assert not {"script", "img"} & found.names
    assert not {name for name in found.attributes if name.startswith("on")}
    return found


@pytest.fixture(scope="module")
def evil_facts(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """A board whose own definitions hold markup, as a name of a unit and of an indicator."""
    folder = tmp_path_factory.mktemp("evil")
    shutil.copytree(home / "data", folder / "data")
    for name, plain in (
        ("indicators.toml", 'short = "Hushåll med bistånd"'),
        ("organisation.toml", 'short = "Hela förvaltningen"'),
    ):
        path = folder / "data" / "catalogue" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(plain) == 1
        path.write_text(text.replace(plain, f"short = '{EVIL}'"), encoding="utf-8")
    return open_facts(Settings(folder, folder / "var"))


def test_markup_in_the_catalogue_is_shown_as_the_text_it_is(evil_facts: Facts) -> None:
    assert evil_facts.catalogue.indicators["hushall-bistand"].short == EVIL
    page = Page(navigation.info("oversikt"), evil_facts, read({}, evil_facts.catalogue))
    found = harmless(key_figures(page))
    assert EVIL in found.text


def test_markup_in_a_message_or_an_address_is_shown_as_the_text_it_is(catalogue: Catalogue) -> None:
    query = read({"enhet": EVIL}, catalogue)
    html = render("fault.html", pages=[("Mål", query.href("mal"), True)], summary=EVIL, faults=query.notices)
    found = harmless(html)
    assert EVIL in found.text
    assert EVIL[:40] in found.text.replace(EVIL, "")


def test_only_what_a_template_has_made_is_taken_as_markup() -> None:
    html = render("row.html", cells=[Markup("<b>ja</b>"), "<b>nej</b>"], kind="even")
    assert "<b>ja</b>" in html
    assert "&lt;b&gt;nej&lt;/b&gt;" in html


def test_every_template_can_be_read_and_none_lets_data_through_as_markup() -> None:
    names = environment().list_templates()
    assert set(names) == {
        path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()
    }
    assert {"frame.html", "fault.html", "key_figures.html"} <= set(names)
    for name in names:
        environment().get_template(name)
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", text), name
        assert not re.search(r"\son[a-z]+\s*=|javascript:|<script|style=\"[^\"]*expression", text), name


def test_a_name_that_a_template_needs_and_does_not_get_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("fault.html", pages=[], summary="x")


@pytest.mark.parametrize(
    ("words", "kind"),
    [(STATUS_WORDS, Colour), (STATUS_SHAPES, Colour), (VERDICT_WORDS, Verdict), (WORDS, Origin)],
)
def test_every_status_verdict_and_origin_has_a_word_of_its_own(
    words: MappingProxyType[str, str], kind: type[Colour | Verdict | Origin]
) -> None:
    assert set(words) == set(kind)
    assert len(set(words.values())) == len(words)


def test_numbers_in_templates_are_swedish() -> None:
    template = environment().from_string(
        "{{ a | number(1, signed=true) }} {{ b | quantity('procent', 2) }} {{ c | millions }}"
    )
    assert template.render(a=1234.5, b=None, c=-54669) == "+1\u202f234,5 – −54,7\u00a0mnkr"
