"""Where the demo's months end and loaded ones begin, every place says what is what."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import ui
from dashboard.domain.periods import Month
from dashboard.loading import Approval, load
from dashboard.measures.opening import prepare_serving
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from tests.deliveries import examined, reports
from tests.pages.conftest import Show

SPLIT = "augusti 2025 demo, september 2025 inläst"
ASKED = {"matt": "anmalningar-barn", "period": "2025-09", "fran": "2025-05"}


@pytest.fixture(scope="module")
def mixed(home: Path, demo_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo's reports of children, and a September that has been loaded."""
    settings = Settings(home, tmp_path_factory.mktemp("mixed"))
    shutil.copytree(demo_state / "snapshots" / "anmalningar", settings.state / "snapshots" / "anmalningar")
    load(
        Store(settings.snapshots),
        examined(reports(120, Month(2025, 9))),
        Approval("AA", at=datetime(2025, 10, 10, 6, tzinfo=UTC)),
        prepare=prepare_serving(settings),
    )
    return settings


def heads(html: str) -> list[str]:
    table = html[html.index('<table class="data"') :]
    return re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table[: table.index("</thead>")])


@pytest.mark.parametrize("view", ["", "spc", "ar", "index"])
def test_trender_says_it_in_every_view(view: str, show: Show, mixed: Settings) -> None:
    shown = show("trender", mixed, **ASKED, **({"vy": view} if view else {}))
    assert shown.exceptions == []
    assert f"T.o.m. {SPLIT}." in shown.text
    assert "Källa: demons månadsvärden och " in shown.text
    assert any("ursprung" in head.lower() for head in heads(shown.html))
    assert not any(head.endswith(", demo") and "2025" in head for head in heads(shown.html))


def test_the_line_is_dashed_up_to_the_loaded_month_and_the_table_says_it_row_by_row(
    show: Show, mixed: Settings
) -> None:
    shown = show("trender", mixed, **ASKED)
    data = shown.charts["trend"]["data"]
    dashed, loaded = (one for one in data if one["name"] == "Hela förvaltningen")
    assert dashed["line"]["dash"] == "dash"
    assert [value is None for value in loaded["y"]] == [True] * 4 + [False]
    assert "Demo: påhittat månadsvärde" in dashed["hovertext"][3]
    assert loaded["hovertext"][4].endswith("Inläst")
    rows = re.findall(r"<tr[^>]*><th[^>]*>(\w+ 2025)</th>(.*?)</tr>", shown.html)
    said = {month: re.findall(r">(demo|inläst)</td>", cells) for month, cells in rows}
    assert (said["september 2025"], said["augusti 2025"]) == (["inläst"], ["demo"])


def test_what_is_summed_over_both_says_so(show: Show, mixed: Settings) -> None:
    shown = show("trender", mixed, **{**ASKED, "period": "2025-05..2025-09"})
    assert "demo och inläst" in shown.text
    assert "bygger på demo och inlästa månader" in shown.text


def test_the_frame_and_what_is_saved_say_it_too(show: Show, mixed: Settings, home: Path) -> None:
    shown = show("oversikt", mixed, period="2025-09")
    assert shown.exceptions == []
    assert "Demo och inlästa månader" in shown.text
    assert f"t.o.m. {SPLIT}" in shown.text
    whole = ui.page_of(home, "trender", ASKED)
    assert whole is not None
    assert f"Anmalningar: t.o.m. {SPLIT}" in whole.about
    assert not any("påhittade men går exakt" in line for line in whole.about)


def test_the_demo_alone_says_nothing_of_loaded_months(show: Show) -> None:
    shown = show("trender", matt="anmalningar-barn")
    assert "inläst" not in " ".join(heads(shown.html))
    assert "demo och inläst" not in shown.text
    assert "Demo: påhittade månadsvärden" in shown.text
