"""The definitions: the board's own hold together, and every kind of fault is told, all at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dashboard import published
from dashboard.catalogue import Catalogue, Reference, Retellings, Texts, load, missing_references, period_of
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Nature, OverPeriod
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.errors import CatalogueError, SelectionError
from tools.indicator_reference import TARGET, render

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "catalogue"


@pytest.fixture(scope="module")
def board() -> Catalogue:
    return load(DATA)


# --- The board's own definitions -----------------------------------------------------------------------


def test_every_monthly_measure_rests_on_columns_that_exist(board: Catalogue) -> None:
    for one in board.indicators.values():
        for term in (*one.terms, *one.per):
            contract = CONTRACTS[term.dataset]
            natures = {column.name: column.nature for column in contract.columns}
            assert term.column in natures, f"{one.id}: {term.column}"
            if term.category:
                assert term.category in contract.codes[contract.category], f"{one.id}: {term.category}"
            if one.nature is not Nature.RATIO:
                assert natures[term.column] is one.nature, f"{one.id}: {term.column}"


def test_a_stock_is_never_summed_over_months(board: Catalogue) -> None:
    stocks = [one for one in board.indicators.values() if one.nature is Nature.STOCK]
    assert {one.over_period for one in stocks} == {OverPeriod.LAST, OverPeriod.MEAN}


def test_names_fit_a_tile(board: Catalogue) -> None:
    names = [one.short for one in board.indicators.values()]
    names += [one.short for one in board.units.values()]
    names += [one.short for one in board.goals.values()]
    assert [name for name in names if not 0 < len(name) <= 24] == []


def test_the_first_page_shows_six_monthly_measures(board: Catalogue) -> None:
    shown = [board.indicator(one) for one in board.board.key_figures]
    assert len(shown) == 6
    assert all(one.monthly and one.question.endswith("?") for one in shown)


def test_every_id_in_the_published_layer_is_defined(board: Catalogue) -> None:
    rows = published.load(ROOT / "data" / "published")
    assert missing_references(board, published.references(rows)) == ()


def test_missing_ids_are_named_once_with_the_nearest_that_exists(board: Catalogue) -> None:
    wrong = [Reference("indicator", "pulsen", "figures.csv", f"rad {line}") for line in (4, 9)]
    right = Reference("unit", "cai", "figures.csv", "rad 4")
    assert missing_references(board, [*wrong, right]) == (
        "figures.csv: rad 4: väntade ett id som finns bland måtten, fick ”pulsen” (menade du ”puls”?)"
        " – och 1 ställen till",
    )


def test_the_handbook_says_what_the_catalogue_says(board: Catalogue) -> None:
    assert TARGET.read_text(encoding="utf-8") == render(board)


def test_reports_follow_each_other(board: Catalogue) -> None:
    latest = board.report_for(Period.parse("2025-T2"))
    assert latest is not None
    before = board.previous_report(latest.id)
    assert before is not None
    assert (latest.id, before.id) == ("t2-2025", "delar2-2024")
    assert board.report_for(Period.parse("2025-08")) is None
    assert board.tables_of("t2-2025")


def test_goals_are_those_of_their_year(board: Catalogue) -> None:
    assert [goal.id for goal in board.goals_in(Period.parse("2024-T2"), "malomrade")] == [
        "mo-medarbetare",
        "mo-kvalitet",
        "mo-leverans",
        "mo-ekonomi",
    ]
    assert len(board.goals_in(Period.parse("2025-T2"), "kommunmal")) == 5


def test_what_does_not_exist_is_said_in_words(board: Catalogue) -> None:
    with pytest.raises(SelectionError, match="Enheten ”enhet-12” finns inte"):
        board.children("enhet-12")


def test_nobody_can_change_the_definitions(board: Catalogue) -> None:
    with pytest.raises(TypeError):
        board.units["ny"] = board.unit("cai")  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        board.unit("cai").name = "Annat"  # type: ignore[misc]


# --- Faults: a small board of another kind, with one thing wrong at a time ------------------------------

SMALL = {
    "board.toml": """
product = "Tavla"
municipality = "Exempelby"
board = "Kulturnämnden"
board_short = "KN"
administration = "Kulturförvaltningen"
root = "alla"
key_figures = ["lan"]
unit_key_figures = ["lan"]
unit_measures = ["lan", "utlan"]
default_period = "2025-T1"
[themes]
bibliotek = "Bibliotek"
[kinds]
forvaltning = "Förvaltning"
avdelning = "Avdelning"
enhet = "Enhet"
team = "Team"
verksamhet = "Verksamhet"
varav = "Varav"
buffert = "Buffert"
""",
    "organisation.toml": """
[[unit]]
id = "alla"
name = "Hela"
short = "Hela"
kind = "forvaltning"
valid_from = "2020-01"

[[unit]]
id = "bibliotek"
name = "Biblioteket"
short = "Biblioteket"
kind = "enhet"
parent = "alla"
valid_from = "2020-01"
valid_to = "2024-12"
successors = [{ id = "kulturhus", relation = "renamed" }]

[[unit]]
id = "kulturhus"
name = "Kulturhuset"
short = "Kulturhuset"
kind = "enhet"
parent = "alla"
valid_from = "2025-01"
""",
    "indicators.toml": """
[[indicator]]
id = "lan"
name = "Lån per besök"
short = "Lån per besök"
question = "Hur mycket lånas?"
unit = "antal"
decimals = 1
direction = "higher"
nature = "ratio"
over_period = "ratio"
theme = "bibliotek"
levels = ["enhet"]
terms = [{ dataset = "bibliotek", column = "lan" }]
per = [{ dataset = "bibliotek", column = "besok" }]

[[indicator]]
id = "utlan"
name = "Antal utlån"
short = "Utlån"
nature = "flow"
over_period = "sum"
terms = [{ dataset = "bibliotek", column = "lan" }]
question = "Hur många?"
unit = "antal"
decimals = 0
direction = "higher"
theme = "bibliotek"
levels = ["enhet"]

[[indicator]]
id = "lantagare"
name = "Antal låntagare"
short = "Låntagare"
nature = "stock"
over_period = "last"
terms = [{ dataset = "bibliotek", column = "lantagare" }]
question = "Hur många?"
unit = "antal"
decimals = 0
direction = "higher"
theme = "bibliotek"
levels = ["enhet"]
""",
    "goals.toml": """
[[goal]]
id = "lasning"
name = "Fler läser"
short = "Läsning"
kind = "namndmal"
order = 1
valid_from = "2025-01"
indicators = ["lan"]
""",
    "risks.toml": """
[[risk]]
id = "brand"
name = "Brand"
category = "Trygghet"
wordings = { t1-2025 = "Risk för brand" }
""",
    "assignments.toml": """
[[assignment]]
id = "sprinkler"
name = "Sprinkler"
kind = "riskatgard"
parent = "brand"
wordings = { t1-2025 = "Sprinkler i magasinet" }
""",
    "reports.toml": """
[[report]]
id = "t1-2025"
title = "Tertial 1 2025"
short = "T1 2025"
period = "2025-01..2025-04"
period_kind = "ytd"
published = 2025-05-20
file = "t1.txt"
""",
    "tables/t1-2025.toml": """
[[table]]
id = "ekonomi"
source = "t1-2025"
title = "Ekonomi"
unit = "tkr"
period = "2025-T1"
first_line = 3
last_line = 5
columns = [{ measure = "utfall", label = "Utfall", period = "2025-T1" }]
rows = [{ line = 4, style = "row" }]
""",
    "thresholds.toml": """
economy_yellow = 0.02
risk_yellow = 5
risk_red = 15
risk_reported = 15
pulse_green = 5
pulse_yellow = 3
suppression = 5
small_group = 10
""",
    "rebases.toml": """
[[rebase]]
id = "nya-huset"
indicator = "lan"
unit = "kulturhus"
month = "2025-03"
event = "Kulturhuset öppnade"
reason = "Fler besöker huset än biblioteket"
who = "Nämnden"
""",
    "rates.toml": """
[[rate]]
id = "lantagare"
name = "Per låntagare"
words = "per låntagare"
per = "lantagare"
measures = [{ indicator = "utlan", unit = "lån per låntagare", decimals = 2, direction = "higher" }]
""",
    "comparisons.toml": """
address = "https://kolada.example/v3/"
first_year = 2020
kkik = ["lan"]
municipality = { id = "0002", name = "Exempelby" }
country = { id = "0000", name = "Riket" }
county = { prefix = "00", name = "Exempellän" }
[[kpis]]
id = "N09001"
name = "Boklån per invånare"
short = "Boklån"
unit = "antal"
decimals = 1
direction = "higher"
theme = "bibliotek"
group = "G7"
indicators = ["lan"]
[[groups]]
id = "G7"
name = "liknande kommuner"
members = [{ id = "0003", name = "Grannby" }]
""",
    "texts.toml": "\n".join(
        f'{one.name} = "x"' for one in dataclasses.fields(Texts) if one.name not in {"glossary", "retellings"}
    )
    + '\nglossary = [{ term = "Lån", meaning = "En bok hem" }]\n[retellings]\n'
    + "\n".join(f'{one.name} = "x"' for one in dataclasses.fields(Retellings)),
    "roles.toml": """
placements = "bocker"
[accounts]
outcome = "utfall"
budget = "budget"
forecast = "prognos"
year_budget = "arsbudget"
deviation = "skillnad"
forecast_deviation = "arsskillnad"
since_last_forecast = "mot-forra"
since_last_year = "mot-aret-fore"
[[volumes]]
id = "bocker"
name = "böcker"
counted = "lån"
volume = "utlan"
cost = "utlan"
daily = false
""",
}


ACCOUNTS = {
    "utfall": "accumulated",
    "budget": "accumulated",
    "prognos": "full-year",
    "arsbudget": "full-year",
    **dict.fromkeys(("skillnad", "arsskillnad", "mot-forra", "mot-aret-fore"), "published"),
}
SMALL["indicators.toml"] += "".join(
    f"""
[[indicator]]
id = "{name}"
name = "{name}"
short = "{name}"
nature = "{nature}"
over_period = "last"
{"" if nature == "published" else 'terms = [{ dataset = "bibliotek", column = "kronor" }]'}
question = "Hur mycket?"
unit = "tkr"
decimals = 0
direction = "neutral"
theme = "bibliotek"
levels = ["enhet"]
"""
    for name, nature in ACCOUNTS.items()
)


def written(folder: Path, **changes: tuple[str, str]) -> Path:
    """The small board in a folder; ``organisation=(old, new)`` changes one text in one file."""
    for name, content in SMALL.items():
        old, new = changes.get(name.removesuffix(".toml"), ("", ""))
        assert old in content
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content.replace(old, new, 1) if old else content, encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        load(folder)
    return caught.value.faults


def test_another_board_can_write_its_own(tmp_path: Path) -> None:
    board = load(written(tmp_path))
    assert board.board.board == "Kulturnämnden"
    assert board.report("t1-2025").period == Period(PeriodKind.YTD, Month(2025, 1), Month(2025, 4))
    assert [one.id for one in board.children("alla", Month(2025, 1))] == ["kulturhus"]
    assert board.thresholds.pulse_green == 5.0
    assert (board.rebases["nya-huset"].month, board.rebases["nya-huset"].unit) == (
        Month(2025, 3),
        "kulturhus",
    )


def test_what_is_divided_meets_what_it_is_divided_by_at_some_level(tmp_path: Path) -> None:
    folder = written(tmp_path)
    file = folder / "indicators.toml"
    text = file.read_text("utf-8")
    own, rest = text[: text.index('id = "utfall"')], text[text.index('id = "utfall"') :]
    apart = own.rsplit('levels = ["enhet"]', 1)
    file.write_text('levels = ["team"]'.join(apart) + rest, encoding="utf-8")
    assert any("någon nivå gemensam med lantagare" in fault for fault in faults(folder))


def test_the_fingerprint_follows_the_words(tmp_path: Path) -> None:
    first = load(written(tmp_path)).fingerprint
    assert load(written(tmp_path)).fingerprint == first
    assert load(written(tmp_path, risks=("Brand", "Eld"))).fingerprint != first


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "organisation",
            'short = "Hela"',
            'short = "Hela"\ncolour = "red"',
            "organisation.toml: unit[alla].colour: väntade en av nycklarna id, name,",
        ),
        (
            "organisation",
            'name = "Hela"\n',
            "",
            "organisation.toml: unit[alla].name: väntade text, fick ingenting (nyckeln saknas)",
        ),
        (
            "organisation",
            'id = "alla"\n',
            "",
            "organisation.toml: unit[1].id: väntade text, fick ingenting",
        ),
        ("organisation", '"Hela"', "7", "unit[alla].name: väntade text, fick 7"),
        (
            "organisation",
            '"2020-01"',
            '"2020-13"',
            "unit[alla].valid_from: väntade en månad som 2025-08, fick ”2020-13”",
        ),
        (
            "organisation",
            'id = "kulturhus"\nname',
            'id = "alla"\nname',
            "väntade ett eget id (nr 1 har samma)",
        ),
        ("organisation", 'id = "kulturhus"\nname', 'id = "Kultur hus"\nname', "små bokstäver a–z"),
        (
            "organisation",
            'parent = "alla"',
            'parent = "ala"',
            "väntade ett id som finns bland enheterna, fick ”ala” (menade du ”alla”?)",
        ),
        (
            "organisation",
            'parent = "alla"',
            'parent = "bibliotek"',
            "unit[bibliotek].parent: väntade något som inte självt ligger under bibliotek, fick ”bibliotek”",
        ),
        (
            "organisation",
            '"2024-12"',
            '"2019-12"',
            "unit[bibliotek].valid_to: väntade 2020-01 eller senare, fick ”2019-12”",
        ),
        ("organisation", '"2024-12"', '"2025-06"', "väntade att bibliotek slutar innan kulturhus börjar"),
        ("organisation", 'id = "kulturhus", ', 'id = "kulturhuset", ', "(menade du ”kulturhus”?)"),
        (
            "organisation",
            '"renamed"',
            '"döpt"',
            "successors[1].relation: väntade ett av same, renamed, merged, split, none, fick ”döpt”",
        ),
        (
            "organisation",
            '"enhet"',
            '"kontor"',
            "unit[bibliotek].kind: väntade ett av forvaltning, avdelning,",
        ),
        (
            "organisation",
            'parent = "alla"\n',
            "",
            "unit[bibliotek].parent: väntade en parent, för roten är alla, fick ingen",
        ),
        ("organisation", "[[unit]]", "[[enhet]]", "organisation.toml: enhet: väntade bara [[unit]]"),
        ("indicators", '"higher"', '"upp"', "direction: väntade ett av higher, lower, neutral, fick ”upp”"),
        ("indicators", "= 1\n", "= true\n", "decimals: väntade ett heltal, fick true"),
        ("indicators", "= 1\n", "= 9\n", "decimals: väntade 0 till 4, fick 9"),
        ("indicators", "terms = [{", "terms = [3, {", "terms[1]: väntade en tabell, fick 3"),
        ("indicators", 'column = "lan"', 'kolumn = "lan"', "terms[1].column: väntade text, fick ingenting"),
        ("indicators", "per = [", "# per = [", "per: väntade nämnarens termer"),
        ("indicators", '"ratio"\nover', '"stock"\nover', "nature: väntade ratio, som over_period säger"),
        ("indicators", '"ratio"\nover', '"published"\nover', "terms: väntade inga termer för published"),
        ("indicators", '"bibliotek"', '"bibliotk"', "(menade du ”bibliotek”?)"),
        ("indicators", '["enhet"]', '"enhet"', "levels: väntade en lista, fick ”enhet”"),
        ("goals", '["lan"]', '["lon"]', "goal[lasning].indicators: väntade ett id som finns bland måtten"),
        ("goals", '"namndmal"', '"mål"', "goal[lasning].kind: väntade ett av malomrade, kommunmal, namndmal"),
        ("risks", "t1-2025", "t9-2025", "risk[brand].wordings: väntade ett id som finns bland rapporterna"),
        ("reports", '"ytd"', '"half-year"', "report[t1-2025].period_kind: väntade ett periodslag som passar"),
        ("reports", "2025-05-20", '"i maj"', "published: väntade ett datum som 2025-08-31, fick ”i maj”"),
        (
            "reports",
            "published",
            'previous = "t1-2025"\npublished',
            "väntade en rapport om en tidigare period",
        ),
        ("tables/t1-2025", '"row"', '"rad"', "table[ekonomi].rows[1].style: väntade ett av row, total,"),
        ("tables/t1-2025", '"2025-T1"', '"2025-T5"', "table[ekonomi].period: väntade en period som 2025-T2,"),
        (
            "tables/t1-2025",
            'source = "t1-2025"',
            'source = "t9"',
            "väntade t1-2025, som filen heter, fick ”t9”",
        ),
        ("tables/t1-2025", "line = 4", "line = 9", "table[ekonomi].rows[1].line: väntade 3 till 5, fick 9"),
        (
            "tables/t1-2025",
            "first_line = 3",
            "first_line = 6",
            "table[ekonomi].last_line: väntade 6 eller senare",
        ),
        (
            "tables/t1-2025",
            "first_line",
            'kind = "tal"\nfirst_line',
            "kind: väntade ett av figures, assessments,",
        ),
        (
            "tables/t1-2025",
            'measure = "utfall"',
            'show = "utfall"',
            "columns[1]: väntade antingen show, place eller",
        ),
        (
            "tables/t1-2025",
            'measure = "utfall", label = "Utfall", period = "2025-T1"',
            'show = "utfall", label = "Utfall"',
            "table[ekonomi].columns[1].show: väntade ett av label, note, empty, fick ”utfall”",
        ),
        (
            "reports",
            "file",
            'headings = [{ line = 4, level = 9, title = "x" }]\nfile',
            "level: väntade 1 till 4",
        ),
        (
            "rebases",
            '"lan"',
            '"lån"',
            "rebase[nya-huset].indicator: väntade ett id som finns bland måtten, fick ”lån”",
        ),
        (
            "rebases",
            '"kulturhus"',
            '"kulturhuset"',
            "rebase[nya-huset].unit: väntade ett id som finns bland enheterna",
        ),
        (
            "rebases",
            '"2025-03"',
            '"våren"',
            "rebase[nya-huset].month: väntade en månad som 2025-08, fick ”våren”",
        ),
        (
            "rebases",
            'who = "Nämnden"\n',
            "",
            "rebase[nya-huset].who: väntade text, fick ingenting (nyckeln saknas)",
        ),
        (
            "rebases",
            '"Fler besöker huset än biblioteket"',
            '" "',
            "rebase[nya-huset].reason: väntade minst ett ord",
        ),
        (
            "rebases",
            "[[rebase]]",
            '[[rebase]]\nid = "alla"\nindicator = "lan"\nmonth = "2025-03"\nevent = "e"\nreason = "r"\n'
            'who = "w"\n[[rebase]]',
            "rebase[nya-huset].month: väntade en annan månad än alla, som gäller samma serie, fick ”2025-03”",
        ),
        ("rates", '"utlan"', '"utlån"', "indicator: väntade ett id som finns bland måtten, fick ”utlån”"),
        (
            "rates",
            'per = "lantagare"',
            'per = "lan"',
            "rate[lantagare].per: väntade ett mått som räknas vid ett tillf",
        ),
        (
            "rates",
            '"utlan"',
            '"lan"',
            "measures[lan].indicator: väntade ett mått som räknas varje månad och inte är",
        ),
        ("rates", '"utlan"', '"lantagare"', "indicator: väntade ett annat mått än det som delas med"),
        ("rates", "decimals = 2", "decimals = 5", "measures[utlan].decimals: väntade 0 till 4, fick 5"),
        (
            "rates",
            "2, direction",
            "2, scale = 0.0, direction",
            "measures[utlan].scale: väntade mer än 0, fick 0.0",
        ),
        ("rates", '"per låntagare"', '" "', "rate[lantagare].words: väntade minst ett ord"),
        (
            "assignments",
            '"riskatgard"',
            '"plan"',
            "assignment[sprinkler].kind: väntade ett av uppdrag, tillganglighet",
        ),
        (
            "assignments",
            '"riskatgard"',
            '"atgard"',
            "assignment[sprinkler].parent: väntade ingen risk för annat",
        ),
        (
            "assignments",
            'parent = "brand"\n',
            "",
            "assignment[sprinkler].parent: väntade en risk, för en åtgärd mot",
        ),
        (
            "assignments",
            '"brand"',
            '"brnd"',
            "väntade ett id som finns bland riskerna, fick ”brnd” (menade du ”brand”?)",
        ),
        (
            "assignments",
            "t1-2025",
            "t9-2025",
            "wordings: väntade ett id som finns bland rapporterna, fick ”t9-2025”",
        ),
        ("thresholds", "15", "3", "thresholds.toml: risk_red: väntade mer än risk_yellow (5)"),
        ("thresholds", "suppression = 5", "suppression = 1", "suppression: väntade minst 2, fick 1"),
        ("board", '["lan"]', '["lån"]', "board.toml: key_figures: väntade ett id som finns bland måtten"),
        (
            "board",
            'root = "alla"',
            'root = "allt"',
            "board.toml: root: väntade ett id som finns bland enheterna",
        ),
        ("board", 'team = "Team"\n', "", "board.toml: kinds.team: väntade text"),
        (
            "board",
            'measures = ["lan", "utlan"]',
            "measures = []",
            "board.toml: unit_measures: väntade minst ett",
        ),
        (
            "board",
            'unit_key_figures = ["lan"]',
            'unit_key_figures = ["lån"]',
            "board.toml: unit_key_figures: väntade",
        ),
        (
            "roles",
            '"utfall"',
            '"utfallet"',
            "roles.toml: accounts.outcome: väntade ett id som finns bland måtten",
        ),
        ("roles", '"utfall"', '"prognos"', "accounts.outcome: väntade ett mått med nature accumulated"),
        (
            "roles",
            '= "bocker"\n[',
            '= "filmer"\n[',
            "roles.toml: placements: väntade ett id som finns bland volumes",
        ),
        ("roles", '"böcker"', '" "', "roles.toml: volumes[bocker].name: väntade minst ett ord"),
        (
            "roles",
            'cost = "utlan"',
            'cost = "mot-forra"',
            "volumes[bocker].cost: väntade ett mått som räknas varje",
        ),
        ("roles", 'budget = "budget"\n', "", "roles.toml: accounts.budget: väntade text, fick ingenting"),
        ("texts", 'resultat = "x"', "", "texts.toml: retellings.resultat: väntade text"),
        ("comparisons", "https:", "http:", "address: väntade en adress som börjar med https://"),
        ("comparisons", '"0002"', '"2"', "comparisons.toml: municipality.id: väntade fyra siffror, fick ”2”"),
        ("comparisons", '"N09001"', '"9001"', "kpis[9001].id: väntade N eller U och fem siffror"),
        (
            "comparisons",
            '"bibliotek"',
            '"bibliotk"',
            "kpis[N09001].theme: väntade ett id som finns bland temana",
        ),
        (
            "comparisons",
            'group = "G7"',
            'group = "G8"',
            "kpis[N09001].group: väntade ett id som finns bland grup",
        ),
        ("comparisons", "decimals = 1", "decimals = 7", "kpis[N09001].decimals: väntade 0 till 4, fick 7"),
        ("comparisons", 'unit = "antal"', 'unit = " "', "kpis[N09001].unit: väntade minst ett ord"),
        (
            "comparisons",
            'group = "G7"',
            'group = "G7"\nverified = true',
            "title: väntade Koladas egen rubrik",
        ),
        (
            "comparisons",
            '["lan"]\n[[',
            '["lon"]\n[[',
            "kpis[N09001].indicators: väntade ett id som finns bland",
        ),
        (
            "comparisons",
            'kkik = ["lan"]',
            'kkik = ["lon"]',
            "comparisons.toml: kkik: väntade ett id som finns",
        ),
        (
            "comparisons",
            '{ id = "0003", name = "Grannby" }',
            '{ id = "3", name = "x" }',
            "groups[G7].members",
        ),
        ("comparisons", 'id = "G7"\nname', 'id = "7"\nname', "groups[7].id: väntade G och siffror"),
        ("comparisons", "2020", "1066", "comparisons.toml: first_year: väntade ett år från 1990, fick 1066"),
        ("texts", 'demo_notice = "x"', "", "texts.toml: demo_notice: väntade text"),
    ],
)
def test_a_fault_says_where_what_and_what_instead(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    found = faults(written(tmp_path, **{file: (old, new)}))
    assert any(told in fault for fault in found), found
    assert all(f"{file}.toml: " in fault for fault in found if told in fault)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        organisation=('parent = "alla"', 'parent = "ingen-sådan"'),
        indicators=('"higher"', '"upp"'),
        goals=('["lan"]', '["finns-inte"]'),
        reports=("published = 2025-05-20", "published ="),
    )
    (folder / "texts.toml").unlink()
    (folder / "risks.toml").write_bytes(b'# ok\n[[risk]]\nname = "Br\xe4nd"\n')
    found = faults(folder)
    assert {fault.split(":")[0] for fault in found} == {
        "organisation.toml",
        "indicators.toml",
        "goals.toml",
        "reports.toml",
        "risks.toml",
        "texts.toml",
    }
    assert len(found) == 6


def test_a_typing_error_is_placed(tmp_path: Path) -> None:
    assert faults(written(tmp_path, reports=('title = "', "title = "))) == (
        "reports.toml: rad 4, kolumn 9: väntade giltig TOML, fick ett skrivfel",
    )


def test_a_file_that_is_not_utf8_is_placed(tmp_path: Path) -> None:
    (written(tmp_path) / "goals.toml").write_bytes(b"# ett\n# m\xe5l\n")
    assert faults(tmp_path) == ("goals.toml: rad 2: väntade text i UTF-8, fick något annat",)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert len(faults(tmp_path / "ingen")) == 13


def test_a_reference_to_a_faulty_row_is_no_second_fault(tmp_path: Path) -> None:
    found = faults(written(tmp_path, organisation=('short = "Hela"', "short = 1")))
    assert found == ("organisation.toml: unit[alla].short: väntade text, fick 1",)


@pytest.mark.parametrize(
    ("kind", "written_as", "means"),
    [
        (PeriodKind.YTD, "2025-01..2025-04", Period.ytd(2025, 1)),
        (PeriodKind.YTD, "2025", Period.year(2025)),
        (PeriodKind.R12, "2025-08", Period.r12(Month(2025, 8))),
        (PeriodKind.TERTIAL, "2025-05..2025-08", Period.tertial(2025, 2)),
    ],
)
def test_the_kind_decides_how_months_are_read(kind: PeriodKind, written_as: str, means: Period) -> None:
    assert period_of(kind, Period.parse(written_as)) == means
