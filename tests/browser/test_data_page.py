"""The page on the data as a person uses it: a row opens its evidence, words narrow the table, a file comes in one click."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from indicators.dataset import load
from indicators.tables import TABLES

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def test_a_row_of_a_table_opens_its_evidence_and_escape_closes_it(visit: Visit, until_it_holds: Callable[[Callable[[], None]], None]) -> None:
    page = visit("/data?section=tables&table=prices")
    grid = page.locator("[data-testid=stDataFrame]")

    def press_the_box_of_the_first_row() -> None:  # the table is a picture: nothing says when it begins to listen
        grid.click(position={"x": 19, "y": 1 + 35 + 17})
        expect(grid.locator("tr[aria-selected=true]")).to_have_count(1, timeout=20_000)

    until_it_holds(press_the_box_of_the_first_row)
    heading = page.locator("h3.evidence-heading")
    expect(heading).to_be_visible()
    page.wait_for_url("**open=table.price*")
    page.keyboard.press("Escape")
    expect(heading).to_have_count(0)
    page.wait_for_function("!location.search.includes('open=')")


def test_words_typed_into_the_search_narrow_the_table_and_stand_in_the_address(visit: Visit) -> None:
    page = visit("/data?section=tables&table=prices")

    page.locator("input[type=search]").fill("germany yescarta")

    expect(page.locator("p.row-count")).to_contain_text(f" of {len(load()['prices'])} rows")
    page.wait_for_function("location.search.includes('search=germany')")


def test_the_spreadsheet_comes_in_one_click(visit: Visit) -> None:
    page = visit("/data?section=download")

    with page.expect_download() as started:
        page.locator(".st-key-download-xlsx").get_by_role("button").click()

    assert started.value.suggested_filename.endswith(f"{load().version}.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()), read_only=True).sheetnames == ["README", *TABLES]
