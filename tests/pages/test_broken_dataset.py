"""A dataset with mistakes: say what is wrong, show nothing made of it, and keep the last good one when there is one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]
Markup = Callable[[AppTest], str]

QUICK = {"countries": "TUV"}  # a page of which little is known is drawn in no time, and the dataset is read all the same


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the dataset, in use by a dashboard that has just started."""
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy)
    monkeypatch.setenv("ATLAS_DATA_DIR", str(copy))
    streamlit.cache_resource.clear()
    yield copy
    streamlit.cache_resource.clear()


def damage(folder: Path, table: str, line: int, old: str, new: str) -> None:
    """Replace a text in one line of a table; lines count from 1."""
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("".join(lines), encoding="utf-8")


def break_a_country(folder: Path) -> None:
    damage(folder, "countries", 2, "Americas", "Atlantis")


def shown_problems(test: AppTest) -> str:
    return "\n".join(block.value for block in test.code)


def test_a_mistake_is_shown_with_its_file_line_and_column(folder: Path, opened: Opened) -> None:
    break_a_country(folder)

    assert "countries.csv:2: un_m49_region:" in shown_problems(opened())


def test_a_mistake_leaves_nothing_else_on_the_page(each_page: str, folder: Path, opened: Opened, markup: Markup) -> None:
    break_a_country(folder)

    test = opened(each_page)

    assert len(test.error) == 1
    assert not test.exception
    assert not test.get("plotly_chart")
    assert not test.dataframe
    assert not test.multiselect
    assert markup(test) == ""


def test_a_missing_table_is_named(folder: Path, opened: Opened) -> None:
    (folder / "prices.csv").unlink()

    assert "prices.csv:1: (file): the file is missing" in shown_problems(opened())


def test_a_missing_folder_is_a_mistake_not_an_exception(folder: Path, opened: Opened) -> None:
    shutil.rmtree(folder)

    test = opened()

    assert not test.exception
    assert "countries.csv" in shown_problems(test)


def test_a_file_that_is_no_text_is_a_mistake_not_an_exception(folder: Path, opened: Opened) -> None:
    (folder / "approvals.csv").write_bytes(b"\xff\xfe\x00\x01")

    test = opened()

    assert not test.exception
    assert "approvals.csv:1: (file): not UTF-8" in shown_problems(test)


def test_hundreds_of_mistakes_are_cut_short_and_counted(folder: Path, opened: Opened) -> None:
    path = folder / "countries.csv"
    path.write_text(re.sub(r"(?<=,)(Africa|Americas|Asia|Europe|Oceania)(?=,)", "Atlantis", path.read_text(encoding="utf-8")), encoding="utf-8")

    lines = shown_problems(opened()).splitlines()

    assert len(lines) < 60
    assert re.search(r"and \d+ more", lines[-1])


def test_a_mended_dataset_is_shown_without_a_restart(folder: Path, opened: Opened) -> None:
    break_a_country(folder)
    test = opened(**QUICK)
    damage(folder, "countries", 2, "Atlantis", "Americas")

    test.run()

    assert not test.error
    assert test.multiselect


def test_a_dataset_that_breaks_while_in_use_stays_in_its_last_good_state(folder: Path, opened: Opened, markup: Markup) -> None:
    before = opened(countries=["USA", "ESP"])
    break_a_country(folder)

    after = opened(countries=["USA", "ESP"])

    assert not after.error
    assert markup(after) == markup(before)
    assert [element.proto.spec for element in after.get("plotly_chart")] == [element.proto.spec for element in before.get("plotly_chart")]


def test_a_dataset_that_breaks_while_in_use_is_told_to_the_reader_on_every_page(each_page: str, folder: Path, opened: Opened) -> None:
    opened(**QUICK)
    break_a_country(folder)

    assert "last good state" in opened(each_page, **QUICK).warning[0].value


def test_the_warning_goes_when_the_files_are_mended(folder: Path, opened: Opened) -> None:
    test = opened(**QUICK)
    break_a_country(folder)
    assert test.run().warning
    damage(folder, "countries", 2, "Atlantis", "Americas")

    assert not test.run().warning


def test_a_good_change_of_the_files_is_followed(folder: Path, opened: Opened, markup: Markup) -> None:
    title = re.findall(r"<h3 class='finding'>(.*?)</h3>", markup(opened(countries="ABW")))[0]
    damage(folder, "countries", 2, "Americas", "Oceania")

    test = opened(region="Oceania", countries="ABW")

    assert test.session_state["control-countries"] == ["ABW"]
    assert re.findall(r"<h3 class='finding'>(.*?)</h3>", markup(test))[0] == title
