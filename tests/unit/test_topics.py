"""Topic pages as a board writes them: short forms are written out, and every fault is told, all at once."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from dashboard.catalogue import Catalogue, load
from dashboard.catalogue.build import Faults
from dashboard.catalogue.topics import TAKEN_PARAMS, read_topic
from dashboard.domain.topic import Breakdown, Monthly, Parts, Printed, Topic, Units
from dashboard.errors import CatalogueError, SelectionError
from dashboard.ui import navigation
from dashboard.ui.blocks.topic_choice import ORDER
from dashboard.ui.query import FRAME

SMALL = """
figures = ["puls", "anstallda"]
[categories]
sis = "Statens hem"
hvb = "Andra hem"
[lists]
folk = ["anstallda", "puls"]
alla = ["@folk", "sjukfranvaro"]
[[sections]]
key = "ett"
title = "Folk"
about = ["@folk"]
rows = [
  [
    { kind = "monthly", indicator = "puls", months = 12 },
    { kind = "parts", key = "hem", title = "Hem", of = "placeringar-dygn" },
  ],
  [
    { kind = "units", indicators = ["@alla"], param = "folk" },
    { kind = "panels", indicators = ["@alla"], param = "folk" },
  ],
]
[[sections]]
key = "tal"
title = "Tal"
rows = [
  [{ kind = "breakdown", key = "former", title = "Former", head = "Form", columns = ["placeringar-dygn"] }],
 [{ kind = "flows", key = "alla", title = "I", came = "slutat-externt", left = "slutat-externt", stock = "anstallda" }],
  [{ kind = "sums", indicators = ["sjukfranvaro"] }],
  [{ kind = "printed", indicators = ["hme"] }],
  [{ kind = "placement-split" }, { kind = "placement-split-parts" }],
]
"""


def told(text: str, catalogue: Catalogue) -> tuple[Topic | None, list[str]]:
    faults = Faults()
    ids = frozenset(catalogue.indicators)
    return read_topic("min", tomllib.loads(text), catalogue.indicators, ids, faults), faults.found


def test_what_is_written_in_short_is_written_out(catalogue: Catalogue) -> None:
    topic, faults = told(SMALL, catalogue)
    assert faults == []
    assert topic is not None
    first, second = topic.sections
    assert first.about == ("anstallda", "puls")
    assert first.rows[0][0] == Monthly("puls", 12)
    assert isinstance(first.rows[1][0], Units)
    assert first.rows[1][0].indicators == ("anstallda", "puls", "sjukfranvaro")
    assert isinstance(second.rows[0][0], Breakdown)
    assert second.about == ()


def test_the_parts_of_a_whole_are_found_in_the_order_of_the_categories(catalogue: Catalogue) -> None:
    topic, _ = told(SMALL, catalogue)
    assert topic is not None
    parts = topic.sections[0].rows[0][1]
    assert isinstance(parts, Parts)
    assert parts.indicators[:2] == ("placeringar-dygn-sis", "placeringar-dygn-hvb")
    assert len(parts.indicators) == 9  # the other forms come after, so that the parts are the whole
    table = topic.sections[1].rows[0][0]
    assert isinstance(table, Breakdown)
    assert table.rows == (
        ("Statens hem", ("placeringar-dygn-sis",)),
        ("Andra hem", ("placeringar-dygn-hvb",)),
    )
    assert table.whole == ("placeringar-dygn",)


def test_a_measure_of_one_category_is_its_own_row_and_no_whole(catalogue: Catalogue) -> None:
    table = next(one for one in catalogue.topic("utredningar").blocks if isinstance(one, Breakdown))
    assert table.whole[-1] == ""
    assert table.rows[0][1][-1] == "utredningar-over-fyra-manader"
    assert table.rows[1][1][-1] == "utredningar-over-fyra-manader-vuxen"


def test_a_page_knows_what_it_draws_and_what_the_address_may_choose(catalogue: Catalogue) -> None:
    topic, _ = told(SMALL, catalogue)
    assert topic is not None
    assert topic.params == ("matt", "folk")
    assert "hme" not in topic.followed  # only printed: it has no months to read
    assert len(set(topic.followed)) == len(topic.followed)
    assert {"puls", "sjukfranvaro", "placeringar-dygn-sis", "slutat-externt"} <= set(topic.followed)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('figures = ["puls", ', 'figures = ["pulsen", ', "min.toml: figures: väntade ett id som finns bland"),
        ('["puls", "anstallda"]', "[]", "min.toml: figures: väntade minst ett mått, fick en tom lista"),
        ('figures = ["puls", "anstallda"]', "", "min.toml: figures: väntade en lista, fick ingenting"),
        ("[lists]", 'colour = "red"\n[lists]', "part_of = ”placeringar-dygn” för kategorin colour"),
        ("[categories]", "[kategorier]", "min.toml: kategorier: väntade en av nycklarna figures, lists, cate"),
        ('"@folk", "sjuk', '"@folket", "sjuk', "väntade ett id som finns bland filens lists, fick ”@folket”"),
        ('folk = ["anstallda"', 'folk = ["anställda"', "lists.folk: väntade ett id som finns bland måtten"),
        ('folk = ["anstallda"', 'folk = ["puls"', "lists.folk: väntade att varje mått står en gång, fick puls 2"),
        ("alla = [", "figures = [", "lists.figures: väntade ett annat namn än figures"),
        ('"Andra hem"', '" "', "categories.hvb: väntade minst ett ord"),
        ('title = "Folk"\n', "", "sections[ett].title: väntade text, fick ingenting (nyckeln saknas)"),
        ('title = "Folk"', 'title = " "', "sections[ett].title: väntade minst ett ord"),
        ('title = "Folk"', 'title = "Folk"\nlead = "x"', "sections[ett].lead: väntade en av nycklarna key, title"),
        ('key = "tal"', 'key = "ett"', "sections[ett].key: väntade en nyckel som ingen annan sektion har"),
        ('key = "tal"', 'key = "Tal"', "sections[Tal].key: väntade små bokstäver a–z"),
        ('about = ["@folk"]', 'about = ["folk"]', "sections[ett].about: väntade ett id som finns bland måtten"),
        ('kind = "sums"', 'kind = "summa"', "sections[tal].rows[3][1].kind: väntade ett av monthly, parts,"),
        ('kind = "sums", ', "", "sections[tal].rows[3][1].kind: väntade ett av monthly, parts,"),
        ("months = 12", "months = 12.5", "rows[1][1].months: väntade ett heltal, fick 12.5"),
        ("months = 12", "months = 1", "rows[1][1].months: väntade 2 till 240 månader, fick 1"),
        ("months = 12", 'size = "x"', "rows[1][1].size: väntade en av nycklarna indicator, months"),
        ('indicator = "puls"', 'indicator = "plus"', "(menade du ”puls”?)"),
        ('key = "hem", ', "", "rows[1][2].key: väntade text, fick ingenting"),
        ('of = "placeringar-dygn"', 'of = "puls"', "rows[1][2].of: väntade ett mått som andra mått är delar av"),
        ('of = "placeringar-dygn"', 'of = "placeringar"', "rows[1][2].of: väntade ett id som finns bland måtten"),
        (', of = "placeringar-dygn"', "", "rows[1][2]: väntade antingen indicators eller of, fick ingen av dem"),
        ('columns = ["placeringar-dygn"]', 'columns = ["puls"]', "part_of = ”puls” för kategorin sis"),
        ('columns = ["placeringar-dygn"]', "columns = []", "rows[1][1].columns: väntade minst ett mått"),
        ('sis = "Statens hem"\nhvb = "Andra hem"', "", "categories: väntade raderna i former, med sina namn"),
        ('came = "slutat-externt"', 'came = "puls"', "rows[2][1].came: väntade ett mått med nature flow"),
        ('["sjukfranvaro"] }', '["anstallda"] }', "rows[3][1].indicators: väntade ett mått med nature ratio"),
        ('key = "alla"', 'key = "hem"', "väntade ett eget kort (sections[ett].rows[1][2] är samma), fick ”hem”"),
        ('key = "alla"', 'key = "viktigast"', "rows[2][1].key: väntade en annan nyckel"),
        ('param = "folk" },\n  ]', 'param = "enhet" },\n  ]', "rows[2][2].param: väntade små bokstäver a–z"),
        ('panels", indicators = ["@alla"]', 'panels", indicators = ["@folk"]', "väntade samma mått som sections[ett]"),
        ('[{ kind = "sums", indicators = ["sjukfranvaro"] }]', "[]", "rows[3]: väntade en lista med minst ett block"),
        ('{ kind = "placement-split" }', '"placement-split"', "rows[5][1]: väntade en tabell, fick ”placement-split”"),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_instead(
    old: str, new: str, says: str, catalogue: Catalogue
) -> None:
    assert old in SMALL
    topic, found = told(SMALL.replace(old, new, 1), catalogue)
    assert topic is None
    assert any(says in fault for fault in found), found
    assert all(fault.startswith("topics/min.toml: ") for fault in found)


def test_a_page_without_sections_is_a_fault(catalogue: Catalogue) -> None:
    assert told('figures = ["puls"]', catalogue)[1] == [
        "topics/min.toml: sections: väntade minst en [[sections]], fick ingen"
    ]


def test_all_faults_of_all_pages_come_at_once_with_those_of_other_files(home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(home / "data" / "catalogue", tmp_path / "catalogue"))
    for name, old, new in (
        ("topics/medarbetare.toml", '"maende"', '"stanna"'),
        ("topics/medarbetare.toml", 'kind = "sums"', 'kind = "summor"'),
        ("topics/forsorjning.toml", '"bistand-utbetalt", "bistand-per', '"bistand-utbetald", "bistand-per'),
        ("thresholds.toml", "risk_red", "risk_rod"),
    ):
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    found = caught.value.faults
    assert len([one for one in found if "topics/medarbetare.toml" in one]) == 2
    # The list is used in four places, and is wrong in one.
    assert [one for one in found if "topics/forsorjning.toml" in one] == [
        "topics/forsorjning.toml: lists.kronor: väntade ett id som finns bland måtten, fick ”bistand-utbetald”"
        " (menade du ”bistand-utbetalt”?)"
    ]
    assert any("thresholds.toml: risk_rod" in one for one in found)


def test_a_page_that_nobody_has_written_is_said_in_words(catalogue: Catalogue) -> None:
    with pytest.raises(SelectionError, match=r"topics/x\.toml finns inte"):
        catalogue.topic("x")


def test_every_written_page_is_in_the_menu_and_keeps_off_the_frame(catalogue: Catalogue) -> None:
    assert set(catalogue.topics) <= {page.id for page in navigation.MENU}
    assert {*FRAME, ORDER} == TAKEN_PARAMS
    printed = [one for topic in catalogue.topics.values() for one in topic.blocks if isinstance(one, Printed)]
    assert printed
