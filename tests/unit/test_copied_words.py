"""The tool that looks for copied sentences, on lines made up here."""

from __future__ import annotations

from pathlib import Path

from tools.copied_words import ROOT, copied, copies, runs, texts

PRINTED = runs(["Under året har enheten genomfört", "flera grupper för föräldrar till små barn."])
TAKEN = "Att enheten genomfört flera grupper för föräldrar till små barn är bra."


def test_eight_words_in_a_row_are_a_copy_over_the_ends_of_lines_too() -> None:
    assert copied("Kurser hölls för föräldrar till små barn.", PRINTED) == ""
    assert copied(TAKEN, PRINTED) == "enheten genomfört flera grupper för föräldrar till små"


def test_names_are_kept_and_every_other_text_of_the_data_is_asked(tmp_path: Path) -> None:
    catalogue, published = tmp_path / "data/catalogue", tmp_path / "data/published"
    catalogue.mkdir(parents=True)
    published.mkdir()
    (catalogue / "indicators.toml").write_text(f'[[indicator]]\nname = "{TAKEN}"\nrule = "Regel"\n', "utf-8")
    (catalogue / "risks.toml").write_text(
        f'[[risk]]\nname = "{TAKEN}"\nnote = "{TAKEN}"\n[risk.wordings]\nr = "{TAKEN}"\n', "utf-8"
    )
    (published / "assessments.csv").write_text(f"label,description\n{TAKEN},{TAKEN}\n", "utf-8")
    (published / "figures.csv").write_text(f"section,label,note\n{TAKEN},{TAKEN},{TAKEN}\n", "utf-8")
    (published / "assignments.csv").write_text("label,comment\nEn åtgärd,Egna ord\n", "utf-8")
    places = [message.split(":")[0] for message in copies(texts(tmp_path), PRINTED)]
    assert places == [
        "assessments.csv rad 2, description",
        "figures.csv rad 2, note",
        "risks.toml, risk.note",
    ]


def test_the_boards_own_data_are_asked() -> None:
    places = {place for place, _ in texts(ROOT)}
    assert {"assignments.csv rad 2, label", "contradictions.csv rad 2, sentence"} <= places
    assert "goals.csv rad 2, label" not in places
    assert "relations.toml, relation.text" in places
