from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators import catalog
from indicators.cli import main
from indicators.dataset import Dataset

Write = Callable[..., Path]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def approved(folder: Write) -> Path:
    """Return a folder with an approval of 2018 in the United States and one of 2020 in the European Union."""
    return folder(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2018-05-01", "fact_id": "approval:us"},
            {"jurisdiction": "EU", "approval_date": "2020-05-01", "fact_id": "approval:eu"},
        ]
    )


def rows_of(text: str) -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in csv.DictReader(text.splitlines())}


def test_the_module_runs_as_a_program_and_its_exit_status_tells_good_from_broken(approved: Path) -> None:
    good = subprocess.run([sys.executable, "-m", "indicators", "validate", "--data", str(approved)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    (approved / "prices.csv").unlink()
    broken = subprocess.run([sys.executable, "-m", "indicators", "validate", "--data", str(approved)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (broken.returncode, broken.stdout, broken.stderr) == (1, "prices.csv:1: (file): the file is missing\n", "")


def test_list_names_every_indicator_once_with_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(catalog.INDICATORS)
    assert all(indicator.title in line for indicator, line in zip(catalog.INDICATORS.values(), lines, strict=True))


def test_list_as_json_says_what_each_indicator_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in listed] == list(catalog.INDICATORS)
    assert all(item["title"] and item["definition"] and item["formula"] and item["direction"] in (-1, 0, 1) for item in listed)


def test_values_are_csv_with_a_row_for_every_country(approved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", "products-approved", "--data", str(approved)]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert rows["USA"] == {"iso3": "USA", "value": "1.0", "status": "derived", "label": "", "fact_ids": "approval:us"}
    assert rows["DEU"]["fact_ids"] == "approval:eu"
    assert rows["IND"] == {"iso3": "IND", "value": "", "status": "no-evidence", "label": "", "fact_ids": ""}


def test_values_as_json_say_the_same(approved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", "products-approved", "--data", str(approved), "--format", "json"]) == 0
    rows = {row["iso3"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows["USA"]["value"], rows["USA"]["fact_ids"]) == (1.0, "approval:us")
    assert (rows["IND"]["value"], rows["IND"]["status"]) == (None, "no-evidence")


def test_values_can_be_asked_for_twice(approved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["values", "products-approved", "--data", str(approved)]) == 0
    first, second = capsys.readouterr().out.split("iso3,")[1:]
    assert first == second


def test_values_as_of_a_day_are_those_known_then(approved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", "products-approved", "--data", str(approved), "--as-of", "2019-12-31"]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert (rows["USA"]["value"], rows["DEU"]["status"]) == ("1.0", "no-evidence")


@pytest.mark.parametrize("indicator_id", catalog.INDICATORS)
def test_every_indicator_can_be_read_without_a_browser(today: Dataset, indicator_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", indicator_id]) == 0
    text = capsys.readouterr().out
    assert set(rows_of(text)) == set(today["countries"]["iso3"])


def test_an_unknown_indicator_is_a_wrong_call_that_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["values", "no-such-indicator"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no indicator no-such-indicator" in captured.err
    assert "python -m indicators list" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["values"],
        ["values", "products-approved", "--as-of", "2024-02-30"],
        ["values", "products-approved", "--as-of", "last year"],
        ["values", "products-approved", "--format", "xml"],
    ],
)
def test_a_wrong_call_ends_with_status_2_and_a_word_of_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m indicators" in capsys.readouterr().err


def test_values_of_a_broken_dataset_are_not_printed_but_what_is_wrong_is(approved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (approved / "prices.csv").unlink()
    assert main(["values", "products-approved", "--data", str(approved)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["prices.csv:1: (file): the file is missing"]


def test_values_follow_the_environment(approved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(approved))
    assert main(["values", "products-approved"]) == 0
    assert rows_of(capsys.readouterr().out)["USA"]["fact_ids"] == "approval:us"


def test_validate_follows_the_environment(approved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (approved / "prices.csv").unlink()
    monkeypatch.setenv("ATLAS_DATA_DIR", str(approved))
    assert main(["validate"]) == 1
    assert capsys.readouterr().out == "prices.csv:1: (file): the file is missing\n"
