"""Search: the field, how many hits there are of each kind, and the hits with the way to each."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.text import listing
from dashboard.measures.search import Found, Group, Hit
from dashboard.measures.search import search as ask
from dashboard.measures.search_entries import KINDS
from dashboard.ui.blocks.search_links import link
from dashboard.ui.page import Page
from dashboard.ui.render import render

QUESTION, KIND = "q", "slag"
OWN = (QUESTION, KIND)
FIRST = 6  # hits of each kind while all kinds are shown
MOST = 200  # hits of one kind


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit on screen, and where it leads."""

    hit: Hit
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """A kind with the hits that are shown. ``more`` leads to all of them, empty where all are there."""

    group: Group
    shown: tuple[Shown, ...]
    more: str


def asked(page: Page) -> str:
    return page.query.own.get(QUESTION, "").strip()


def answer(page: Page) -> Found:
    return page.kept("found", lambda: ask(page.facts, asked(page)))


def search_headline(page: Page) -> None:
    """Title and lead: how many hits, of what."""
    page.lead = "Söker i alla rapporter och år. Filtren påverkar inte träffarna."
    if not asked(page):
        page.title = "Vad letar du efter?"
        return
    found = answer(page)
    said = f"”{_short(asked(page))}”"
    if not found.count:
        page.title = f"Inget hittades för {said}."
        return
    page.title = f"{found.count} {'träff' if found.count == 1 else 'träffar'} på {said}."


def search_field(page: Page) -> Markup:
    """The field itself, with the question in it."""
    return render("search_field.html", question=asked(page), href=page.href("sok"))


def search_results(page: Page) -> Markup:
    """The hits by kind; without a question what can be searched for, without hits what to try instead."""

    def make() -> Markup:
        if not asked(page):
            known = page.facts.catalogue
            examples = [known.indicators[one].short for one in known.board.key_figures]
            return render(
                "search_empty.html",
                kinds=listing([word for name in KINDS.values() for word in name.lower().split(" och ")]),
                tries=[(text, _to(page, text)) for text in examples],
            )
        found = answer(page)
        if not found.count:
            tries = [(text, _to(page, text)) for text in found.suggestions]
            return render("search_none.html", tries=tries, question=_short(asked(page)))
        chosen = _chosen(page, found)
        return render(
            "search_results.html",
            found=found,
            chosen=chosen,
            kinds=[(g.kind, g.name, len(g.hits), _to(page, asked(page), g.kind)) for g in found.groups],
            everything=_to(page, asked(page)),
            sections=[_section(page, group, chosen) for group in found.groups if chosen in {"", group.kind}],
            most=MOST,
        )

    return page.kept("search_results", make)


def _chosen(page: Page, found: Found) -> str:
    """The kind that the address asks for, if there are hits of it."""
    wanted = page.query.own.get(KIND, "")
    return wanted if any(group.kind == wanted for group in found.groups) else ""


def _section(page: Page, group: Group, chosen: str) -> Section:
    most = MOST if chosen else FIRST
    shown = tuple(Shown(hit, link(page, hit.entry)) for hit in group.hits[:most])
    more = _to(page, asked(page), group.kind) if len(group.hits) > most and not chosen else ""
    return Section(group, shown, more)


def _to(page: Page, question: str, kind: str = "") -> str:
    return page.href("sok", **{QUESTION: question, KIND: kind})


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
