"""What the parts of the project promise each other: products that exist, and imports in one direction."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.dataset import DEFAULT_FOLDER, load
from indicators.tables import PRODUCT_SPECIALS, TABLES

ROOT = DEFAULT_FOLDER.parent


def test_every_product_that_a_fact_names_is_in_the_table_of_products() -> None:
    dataset = load()
    known = set(dataset["products"]["product_id"]) | {*PRODUCT_SPECIALS, ""}
    named = {
        (name, product)
        for name, table in TABLES.items()
        for column in ("product_id", "product_ids")
        if column in table.column_by_name
        for cell in dataset[name][column]
        for product in cell.split(";")
    }
    assert sorted(pair for pair in named if pair[1] not in known) == []


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts over the packages of a folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
    return subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(folder), "PATH": ""}, capture_output=True, text=True, check=False)


def test_the_import_contracts_are_kept() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("indicators/periods.py", "import streamlit"),
        ("indicators/measures/need.py", "import ui.state"),
        ("indicators/money.py", "import indicators.catalog"),
        ("api/embed.py", "import ui.state"),
    ],
)
def test_a_broken_import_contract_is_noticed(tmp_path: Path, module: str, line: str) -> None:
    for part in ("api", "indicators", "ui"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    checked = lint_imports(tmp_path)
    assert checked.returncode == 1
    assert "BROKEN" in checked.stdout


def imported(path: Path) -> set[str]:
    """Return the first names of all modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_imports_no_other_page(path: Path) -> None:
    others = {other.stem for other in (ROOT / "pages").glob("*.py")}
    assert imported(path).isdisjoint({"pages", "app"} | others)


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "indicators").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_neither_the_library_nor_the_widgets_know_a_page(path: Path) -> None:
    assert imported(path).isdisjoint({"pages", "app"})
