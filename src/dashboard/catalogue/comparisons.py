"""What the file on comparisons must hold: ids that can exist, words for each, and links that lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.comparison import Comparisons, Kpi

FILE = "comparisons.toml"
AN_AREA = re.compile(r"\d{4}")
A_KPI = re.compile(r"[NU]\d{5}")
A_GROUP = re.compile(r"G\d{1,7}")
SAFE = re.compile(r"https://[^\s/]+/.*|http://(127\.0\.0\.1|localhost)(:\d+)?/.*")


def check_comparisons(
    found: Comparisons | None,
    ids: Mapping[str, frozenset[str] | None],
    themes: Iterable[str] | None,
    faults: Faults,
) -> None:
    """Note every fault. ``ids`` holds the ids of the indicators, None for a file that could not be read."""
    if found is None:
        return
    where = Where(FILE)
    if not SAFE.fullmatch(found.address):
        faults.add(where.at("address"), "en adress som börjar med https:// och slutar med /", found.address)
    _form(AN_AREA, "fyra siffror", found.municipality.id, where.at("municipality.id"), faults)
    _form(AN_AREA, "fyra siffror", found.country.id, where.at("country.id"), faults)
    _form(re.compile(r"\d{2}"), "två siffror", found.county.prefix, where.at("county.prefix"), faults)
    if not 1990 <= found.first_year <= 2100:
        faults.add(where.at("first_year"), "ett år från 1990", found.first_year)
    _indicators(found.kkik, ids, where.at("kkik"), faults)
    _once([one.id for one in found.kpis], where.at("kpis"), faults)
    _once([one.id for one in found.groups], where.at("groups"), faults)
    groups = {one.id for one in found.groups}
    for kpi in found.kpis:
        _kpi(kpi, groups, ids, themes, faults)
    for group in found.groups:
        at = where.at("groups").item(group.id)
        _form(A_GROUP, "G och siffror, som G36682", group.id, at.at("id"), faults)
        for member in group.members:
            _form(AN_AREA, "fyra siffror", member.id, at.at("members"), faults)
        _once([one.id for one in group.members], at.at("members"), faults)


def _kpi(
    kpi: Kpi,
    groups: Iterable[str],
    ids: Mapping[str, frozenset[str] | None],
    themes: Iterable[str] | None,
    faults: Faults,
) -> None:
    where = Where(FILE).at("kpis").item(kpi.id)
    _form(A_KPI, "N eller U och fem siffror, som N33818", kpi.id, where.at("id"), faults)
    if not 0 <= kpi.decimals <= 4:
        faults.add(where.at("decimals"), "0 till 4", kpi.decimals)
    for key in ("name", "short", "unit"):
        if not getattr(kpi, key).strip():
            faults.add(where.at(key), "minst ett ord", getattr(kpi, key))
    if themes is not None and kpi.theme not in themes:
        faults.dangling(where.at("theme"), "temana i board.toml", kpi.theme, themes)
    if kpi.group not in groups:
        faults.dangling(where.at("group"), "grupperna", kpi.group, groups)
    if kpi.verified and not kpi.title.strip():
        faults.missing(where.at("title"), "Koladas egen rubrik, för ett nyckeltal som är kontrollerat")
    _indicators(kpi.indicators, ids, where.at("indicators"), faults)


def _form(form: re.Pattern[str], wanted: str, text: str, where: Where, faults: Faults) -> None:
    if not form.fullmatch(text):
        faults.add(where, wanted, text)


def _once(found: list[str], where: Where, faults: Faults) -> None:
    for one, count in Counter(found).items():
        if count > 1:
            faults.tell(where, "att varje id står en gång", f"{one} {count} gånger")


def _indicators(
    wanted: Iterable[str], ids: Mapping[str, frozenset[str] | None], where: Where, faults: Faults
) -> None:
    known = ids["indicator"]
    for one in wanted:
        if known is not None and one not in known:
            faults.dangling(where, "måtten", one, known)
