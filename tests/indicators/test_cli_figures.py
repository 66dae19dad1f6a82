"""The command line over figures: what a person gets who types well, and who types something wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from indicators import catalog
from indicators.cli import main
from indicators.dataset import Dataset
from indicators.export import collection, formats, writing
from indicators.export.errors import NoBrowser
from indicators.figures import registry

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_ADDRESS", "https://atlas.example.org")


@pytest.fixture
def small(folder: Write) -> Path:
    """Return a folder with approvals in the United States and the European Union, and two prices."""
    return folder(
        approvals=[
            {"jurisdiction": "USA", "approval_date": "2018-05-01", "fact_id": "approval:us"},
            {"jurisdiction": "EU", "approval_date": "2020-05-01", "fact_id": "approval:eu"},
        ],
        prices=[
            {"jurisdiction": "USA", "price_local": 475000, "effective_date": "2019-03-01", "fact_id": "price:us"},
            {"jurisdiction": "DEU", "price_local": 320000, "currency": "EUR", "effective_date": "2019-03", "fact_id": "price:de"},
        ],
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


# --- figures -----------------------------------------------------------------------------------------------------------


def test_figures_lists_each_figure_once_with_its_title(capsys: Capture) -> None:
    assert main(["figures"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines] == list(registry.FIGURES)
    assert all(figure.title in line for figure, line in zip(registry.FIGURES.values(), lines, strict=True))


def test_figures_as_json_says_the_views_and_what_each_setting_may_be(capsys: Capture) -> None:
    assert main(["figures", "--format", "json"]) == 0
    listed = {item["id"]: item for item in json.loads(capsys.readouterr().out)}

    assert list(listed) == list(registry.FIGURES)
    assert listed["overview-world"]["views"][:2] == ["map", "ranking"]
    settings = {setting["name"]: setting for setting in listed["prices-list"]["settings"]}
    assert "gdp" in settings["price_in"]["allowed"]
    assert settings["price_in"]["default"] == "usd"
    assert {"as_of", "countries", "region", "income"} <= set(settings)


def test_figures_with_titles_says_what_each_finds(small: Path, capsys: Capture) -> None:
    assert main(["figures", "--titles", "--format", "json", "--data", str(small), "--as-of", "2021-01-01"]) == 0
    listed = {item["id"]: item for item in json.loads(capsys.readouterr().out)}

    assert "of 9 countries" in listed["overview-world"]["finding"]
    assert all(item["finding"] for item in listed.values())


# --- export ------------------------------------------------------------------------------------------------------------


def test_export_writes_the_format_of_the_files_ending(real: Dataset, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "prices.csv"
    assert main(["export", "overview-world", "--set", "measure=median-list-price", "--as-of", "2024-12-31", "--countries", "BRA,IND", "-o", str(path)]) == 0

    seen = catalog.observe(real.as_of(date(2024, 12, 31)), "median-list-price").set_index("iso3")["value"]
    read = {row["ISO code"]: row["List price (US dollars)"] for row in rows_of(path)}
    assert read == {iso3: "" if seen[iso3] != seen[iso3] else str(round(seen[iso3])) for iso3 in ("BRA", "IND")}
    assert "written: " in capsys.readouterr().out


def test_export_takes_a_whole_reference_and_options_that_override_it(tmp_path: Path) -> None:
    path = tmp_path / "ranking.json"
    reference = "overview-world?measure=products-approved&countries=BRA&as_of=2020-12-31"
    address = ["--address", "https://atlas.example.org/"]
    assert main(["export", reference, "--view", "ranking", "--as-of", "2024", "--income", "UMC", *address, "-o", str(path)]) == 0

    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["as_of"] == "2024-12-31"
    assert [row["ISO code"] for row in told["rows"]] == ["BRA"]
    assert told["reference"] == "overview-world?as_of=2024-12-31&income=UMC&countries=BRA&world=ranking"
    assert told["address"].startswith("https://atlas.example.org/?")


def test_export_to_the_standard_output_writes_the_file_and_nothing_else(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "prices-list", "--format", "xlsx", "-o", "-"]) == 0

    assert openpyxl.load_workbook(io.BytesIO(capfdbinary.readouterr().out)).sheetnames[0] == "data"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["price-list", "-o", "x.csv"], ["no figure “price-list”", "prices-list"]),
        (["zzz", "-o", "x.csv"], ["no figure", "python -m indicators figures"]),
        (["prices-list?price_in=gdpp", "-o", "x.csv"], ["“price_in” can't be “gdpp”", "usd, ppp, gdp"]),
        (["prices-list", "--set", "price=gdp", "-o", "x.csv"], ["“price” is no setting", "price_in"]),
        (["overview-world", "--set", "measure=product-approved", "-o", "x.csv"], ["“measure” can't be", "did you mean products-approved"]),
        (["overview-world", "--view", "rank", "-o", "x.csv"], ["no view “rank”", "ranking"]),
        (["overview-world", "--as-of", "2012-01-01", "-o", "x.csv"], ["“as_of” can't be “2012-01-01”", "a day from 2017-08-30"]),
        (["overview-world", "--countries", "BRA,BRAZIL", "-o", "x.csv"], ["“countries” can't be “BRAZIL”", "BRA"]),
        (["overview-world", "--region", "Atlantis", "-o", "x.csv"], ["“region” can't be “Atlantis”"]),
        (["overview-world", "-o", "x.docx"], ["--format", "pptx"]),
        (["overview-world", "-o", "-"], ["--format"]),
        (["overview-world", "-o", "no/such/folder/x.csv"], ["can't write", "no folder"]),
    ],
)
def test_a_wrong_call_of_export_says_what_would_be_right_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(word in captured.err for word in words), captured.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["--format", "gif"], ["--size", "huge"], ["--scale", "3"], ["--set", "price_in"], ["--address", "atlas"], []])
def test_a_call_of_export_that_can_not_be_read_ends_with_a_word_of_help(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "prices-list", *arguments, *(["-o", "x.csv"] if arguments else [])])
    assert ended.value.code == 2
    assert "usage: python -m indicators export" in capsys.readouterr().err


def test_a_file_that_can_not_be_written_is_said_and_the_older_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    path = tmp_path / "x.csv"
    path.write_text("older")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    assert main(["export", "prices-list", "-o", str(path)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("x.csv", "older")]


def test_without_chromium_the_exit_status_is_1_and_the_hint_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def nobody(*_arguments: object) -> bytes:
        raise NoBrowser("Install Chromium.")

    monkeypatch.setattr(formats, "export", nobody)
    assert main(["export", "prices-list", "-o", str(tmp_path / "x.png")]) == 1
    assert capsys.readouterr().err == "Install Chromium.\n"
    assert not list(tmp_path.iterdir())


# --- export-all --------------------------------------------------------------------------------------------------------


def all_of(small: Path, out: Path, *more: str) -> list[str]:
    return ["export-all", "--out", str(out), "--format", "csv", "--only", "prices-*", "--as-of", "2021-01-01", "--jobs", "1", "--data", str(small), *more]


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the code's edition as a list of one, to be changed by a test."""
    code = ["first"]
    monkeypatch.setattr(collection, "_code_edition", lambda: code[0])
    return code


def test_export_all_makes_every_figure_once_and_an_index_of_them(small: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(all_of(small, tmp_path)) == 0

    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert f"{len(index)} made, 0 up to date, 0 failed" in capsys.readouterr().out
    assert {one["reference"].partition("?")[0] for one in index} == {name for name in registry.FIGURES if name.startswith("prices-")}
    assert {one["file"] for one in index} == {path.name for path in tmp_path.iterdir()} - {"index.json", "index.csv", "manifest.jsonl"}
    assert all(one["finding"] and one["alternative_text"] and one["data_version"] and one["as_of"] == "2021-01-01" for one in index)
    listed = rows_of(tmp_path / "index.csv")
    assert [row["file"] for row in listed] == [one["file"] for one in index]
    for one in index:
        assert rows_of(tmp_path / one["file"]), one


def test_a_second_run_leaves_what_is_up_to_date_and_makes_what_is_not(small: Path, tmp_path: Path, capsys: Capture, edition: list[str]) -> None:
    assert main(all_of(small, tmp_path)) == 0
    files = sorted(path for path in tmp_path.iterdir() if path.name.startswith("prices-"))
    count = len(files)
    times = [path.stat().st_mtime_ns for path in files]
    capsys.readouterr()

    assert main(all_of(small, tmp_path)) == 0
    assert f"0 made, {count} up to date" in capsys.readouterr().out
    assert [path.stat().st_mtime_ns for path in files] == times

    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:20])  # as if the disk had been full
    assert main(all_of(small, tmp_path)) == 0
    assert f"2 made, {count - 2} up to date" in capsys.readouterr().out

    assert main(all_of(small, tmp_path, "--size", "square")) == 0  # a table has no size
    assert f"0 made, {count} up to date" in capsys.readouterr().out
    assert main(all_of(small, tmp_path, "--address", "https://atlas.example.org")) == 0
    assert f"{count} made, 0 up to date" in capsys.readouterr().out

    edition[0] = "second"
    assert main(all_of(small, tmp_path, "--address", "https://atlas.example.org")) == 0
    assert f"{count} made, 0 up to date" in capsys.readouterr().out


def test_other_data_make_every_file_anew(small: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(all_of(small, tmp_path)) == 0
    capsys.readouterr()
    (small / "CHANGELOG.md").write_text("# Changes\n\n## 2026.12.01\n", encoding="utf-8")

    assert main(all_of(small, tmp_path)) == 0
    assert ", 0 up to date, 0 failed" in capsys.readouterr().out
    assert {one["data_version"] for one in json.loads((tmp_path / "index.json").read_text())} == {"2026.12.01"}


def test_what_goes_wrong_with_one_figure_is_told_and_stops_no_other(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    honest = formats.export

    def moody(one: object, code: str, size: str, scale: int) -> bytes:
        if one.figure.id == "prices-history":  # type: ignore[attr-defined]
            raise NoBrowser("Install Chromium.")
        return honest(one, code, size, scale)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "export", moody)
    assert main(all_of(small, tmp_path)) == 1
    captured = capsys.readouterr()
    assert ", 1 failed" in captured.out
    assert "prices-history" in captured.err
    assert "Install Chromium." in captured.err
    assert (tmp_path / "index.json").exists()
    monkeypatch.setattr(formats, "export", honest)
    assert main(all_of(small, tmp_path)) == 0
    assert captured.out.split()[1] != "1"
    assert ": 1 made" in capsys.readouterr().out


def test_an_interruption_ends_with_a_summary_and_the_next_run_goes_on(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    honest, count = formats.export, 0

    def interrupted(*arguments: object) -> bytes:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        return honest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "export", interrupted)
    assert main(all_of(small, tmp_path)) == 130
    assert ": 2 made" in (told := capsys.readouterr().out)
    assert "not begun: the same command goes on here" in told
    assert len(json.loads((tmp_path / "index.json").read_text())) == 2
    monkeypatch.setattr(formats, "export", honest)
    assert main(all_of(small, tmp_path)) == 0
    assert ", 2 up to date" in capsys.readouterr().out


def test_a_line_of_the_manifest_that_was_cut_off_costs_one_file(small: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(all_of(small, tmp_path)) == 0
    capsys.readouterr()
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(manifest.read_text(encoding="utf-8")[:-40], encoding="utf-8")

    assert main(all_of(small, tmp_path)) == 0
    assert ": 1 made" in capsys.readouterr().out


def test_a_run_that_is_killed_leaves_no_broken_file_and_the_next_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "indicators", "export-all", "--out", str(tmp_path), "--format", "json", "--only", "approvals-*", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _wait in range(600):
            if len(list(tmp_path.glob("*.json"))) >= 3:
                break
            time.sleep(0.1)
    finally:
        os.killpg(running.pid, signal.SIGKILL)  # a group of its own: the run and its workers
        running.wait()
    found = list(tmp_path.glob("*.json"))
    assert len(found) >= 3
    for path in found:
        json.loads(path.read_text(encoding="utf-8"))

    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert again.stderr == ""  # no bar where nobody looks
    assert " 0 up to date" not in again.stdout
    names = {one["file"] for one in json.loads((tmp_path / "index.json").read_text())}
    assert names == {path.name for path in tmp_path.glob("approvals-*.json")}
    assert {name.partition("-")[2].partition(".")[0] for name in names} >= {"matrix", "uses", "ages"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", "nosuch-*"], ["no figure fits “nosuch-*”"]),
        (["--as-of", "1999-01-01"], ["“as_of” can't be"]),
        (["--countries", "XXX"], ["“countries” can't be “XXX”"]),
    ],
)
def test_a_wrong_call_of_export_all_says_what_is_wrong(tmp_path: Path, capsys: Capture, arguments: list[str], words: list[str]) -> None:
    assert main(["export-all", "--out", str(tmp_path / "out"), "--format", "csv", *arguments]) == 2
    captured = capsys.readouterr()
    assert all(word in captured.err for word in words)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("")
    assert main(["export-all", "--out", str(tmp_path / "file" / "out"), "--format", "csv"]) == 2
    assert "can't write to" in capsys.readouterr().err


def test_no_two_figures_of_the_catalog_share_a_file(real: Dataset) -> None:
    references = [(reference, "2026-11-01") for reference in registry.references(real)]
    names = [one.file for one in collection.wanted(references, ["csv", "png"], collection.Options(size="a4", style="dark"), "edition")]

    assert len(set(names)) == len(names) == 2 * len(references)
    assert all(len(name) < 150 and set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") for name in names)
    assert all(name.endswith((".csv", "-a4-dark.png")) for name in names)
