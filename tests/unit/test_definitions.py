"""Nothing in the code is about one board: its measures, units, goals, risks and names are data."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.catalogue import Catalogue

# The demo's series are made for this board's organisation and nothing else, which its own data file cannot carry alone.
ABOUT_THE_BOARD = ("snapshots/demo",)
# Ids that are words of the code as well. Each with the reason why the code may say it.
ALLOWED = {
    ("contracts/datasets.py", "hushall"): "a column of the dataset on assistance",
    ("contracts/datasets.py", "anstallda"): "a column of the dataset on employees",
    ("intake/rules.py", "hushall"): "the same column, in the rules of a delivery",
    ("intake/rules.py", "anstallda"): "the same column, in the rules of a delivery",
    ("intake/rules.py", "puls"): "the name of a rule on the columns of the pulse",
}


def texts_of(file: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module with its line; docstrings are for whoever reads the code and may give an example."""
    tree = ast.parse(file.read_text("utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def ids_of(folder: Path) -> frozenset[str]:
    """Every ``id`` of a table of the catalogue, rates and comparisons too."""
    found: set[str] = set()
    for file in folder.glob("*.toml"):
        for tables in tomllib.loads(file.read_text("utf-8")).values():
            if isinstance(tables, list):
                found |= {one["id"] for one in tables if isinstance(one, dict) and "id" in one}
    return frozenset(found)


@pytest.fixture(scope="module")
def modules(home: Path) -> list[tuple[str, Path]]:
    """The modules and the pages, by their place."""
    source = home / "src" / "dashboard"
    found = [(str(file.relative_to(source)), file) for file in sorted(source.rglob("*.py"))]
    found += [(f"pages/{file.name}", file) for file in sorted((home / "pages").glob("*.py"))]
    return [(name, file) for name, file in found if not name.startswith(ABOUT_THE_BOARD)]


def test_no_id_of_the_catalogue_stands_in_the_code(home: Path, modules: list[tuple[str, Path]]) -> None:
    ids = ids_of(home / "data" / "catalogue")
    # A word may mean much; an id with a hyphen is an id wherever it stands in a text.
    inside = re.compile(
        rf"(?<![\w-])({'|'.join(sorted((one for one in ids if '-' in one), key=len, reverse=True))})(?![\w-])"
    )
    found = {
        (name, one): line
        for name, file in modules
        for line, text in texts_of(file)
        for one in ({text} & ids) | set(inside.findall(text))
    }
    pages = {(f"pages/{one}.py", one) for one in ids}  # a page may be called what a measure or a rate is
    astray = {key: line for key, line in found.items() if key not in ALLOWED and key not in pages}
    assert astray == {}
    assert set(ALLOWED) <= set(found), "an allowance that nothing needs any longer"


def test_no_name_of_the_municipality_stands_in_the_code(
    home: Path, catalogue: Catalogue, modules: list[tuple[str, Path]]
) -> None:
    board = catalogue.board
    names = {board.municipality, board.municipality.split()[0], board.board, board.administration}
    templates = [
        (str(file.relative_to(home)), file.read_text("utf-8"))
        for ending in ("html", "sql", "js", "css")
        for file in (home / "src" / "dashboard").rglob(f"*.{ending}")
    ]
    texts = [(name, text) for name, file in modules for _, text in texts_of(file)] + templates
    assert [(name, one) for name, text in texts for one in names if one in text] == []


def test_the_pages_are_thin(modules: list[tuple[str, Path]]) -> None:
    lines = {
        name: len(file.read_text("utf-8").splitlines()) for name, file in modules if name.startswith("pages/")
    }
    assert {name: count for name, count in lines.items() if count > 60} == {}
