"""What is generated from the schema is in step with it, and other programs can read it."""

from __future__ import annotations

import json
import re
from datetime import date

from frictionless import Package

from indicators import datapackage
from indicators.dataset import DEFAULT_FOLDER, version_of
from indicators.tables import TABLES
from indicators.validate import read_and_check


def test_the_dataset_has_no_problem() -> None:
    _, problems = read_and_check(DEFAULT_FOLDER)
    assert [str(problem) for problem in problems] == []


def test_the_data_package_is_in_step_with_the_schema() -> None:
    assert (DEFAULT_FOLDER / "datapackage.json").read_text(encoding="utf-8") == datapackage.datapackage_json(DEFAULT_FOLDER)


def test_the_data_dictionary_is_in_step_with_schema_and_tables() -> None:
    assert (DEFAULT_FOLDER / "README.md").read_text(encoding="utf-8") == datapackage.data_dictionary(DEFAULT_FOLDER)


def test_frictionless_finds_the_data_package_valid() -> None:
    report = Package(str(DEFAULT_FOLDER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])[:20]
    assert len(report.tasks) == len(TABLES)


def test_frictionless_would_find_a_wrong_code(tmp_path) -> None:  # noqa: ANN001 - pytest's own
    for path in DEFAULT_FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    prices = (tmp_path / "prices.csv").read_text(encoding="utf-8")
    (tmp_path / "prices.csv").write_text(prices.replace(",exact,", ",exakt,", 1), encoding="utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_version_is_a_day_and_stands_in_the_data_package_and_the_citation() -> None:
    version = version_of(DEFAULT_FOLDER)
    assert re.fullmatch(r"\d{4}\.\d{2}\.\d{2}(\.[2-9])?", version)  # a further edition of the same day has a number
    day = date.fromisoformat(version[:10].replace(".", "-"))
    assert date(2026, 11, 1) <= day <= date.today()
    assert json.loads((DEFAULT_FOLDER / "datapackage.json").read_text(encoding="utf-8"))["version"] == version
    assert f"version: {version}\ndate-released: {day.isoformat()}\n" in (DEFAULT_FOLDER.parent / "CITATION.cff").read_text(encoding="utf-8")


def test_the_template_of_texts_to_translate_is_complete(tmp_path) -> None:  # noqa: ANN001
    from babel.messages.frontend import CommandLineInterface

    root = DEFAULT_FOLDER.parent
    fresh = tmp_path / "atlas.pot"
    command = ["pybabel", "-q", "extract", "--omit-header", "--no-location", "--sort-output", "--keywords", "_ ngettext:1,2 mark", "--output-file", str(fresh)]
    CommandLineInterface().run([*command, *(str(root / part) for part in ("app.py", "api", "indicators", "pages", "ui"))])
    assert fresh.read_text(encoding="utf-8") == (root / "locales" / "atlas.pot").read_text(encoding="utf-8"), "run `make messages`"
