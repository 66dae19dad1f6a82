"""The sections of the page on the data: each with its own address, and nothing of a stranger's runs in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalog, coverage, disagreements, gaps
from indicators.dataset import Dataset, load
from indicators.tables import TABLES
from ui import downloads
from ui.markdown import as_html

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
Notices = Callable[[AppTest], str]

SECTIONS = ("quality", "tables", "coverage", "disagreements", "gaps", "sources", "method", "changes", "download")


def today() -> Dataset:
    return load().as_of(date.today())


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_has_an_address_and_stays_in_it(section: str, opened: Opened, notices: Notices) -> None:
    shown = opened("data", section=section)

    assert not shown.exception
    assert notices(shown) == ""
    assert dict(shown.query_params) in (({},) if section == "quality" else ({"section": [section]}, {"section": section}))


@pytest.mark.parametrize(
    "address",
    [
        {"section": "nowhere"},
        {"section": "tables", "table": "secrets"},
        {"section": "tables", "place": "XXX"},
        {"section": "tables", "from": "1066"},
        {"section": "tables", "search": "x" * 101},
        {"section": "tables", "open": "table.no:such:fact"},
        {"section": "coverage", "open": "coverage.XXX.prices"},
        {"section": "coverage", "order": "colour"},
        {"section": "gaps", "indicator": "happiness"},
        {"section": "sources", "source_grade": "E"},
    ],
    ids=lambda address: "&".join(f"{name}={value[:12]}" for name, value in address.items()),
)
def test_what_the_address_asks_for_and_cannot_have_is_said(address: dict[str, str], opened: Opened, notices: Notices) -> None:
    shown = opened("data", **address)

    assert not shown.exception
    assert "not known here" in notices(shown)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_explored(table: str, opened: Opened, markup: Markup) -> None:
    shown = opened("data", section="tables", table=table)

    assert not shown.exception
    rows = len(today()[table])
    assert f"{rows:,} row" in markup(shown)
    assert [len(frame.value) for frame in shown.dataframe] == ([rows] if rows else [])


def test_search_and_filters_of_the_address_narrow_the_table(opened: Opened, markup: Markup) -> None:
    shown = opened("data", section="tables", table="prices", place=["DEU", "BRA"], search="kymriah")
    frame = shown.dataframe[0].value

    assert set(frame["place"]) <= {"Germany", "Brazil"}
    assert frame["product_id"].str.contains("Kymriah").all() or len(frame)
    assert f"{len(frame)} of {len(today()['prices'])} rows" in markup(shown)


def test_an_empty_search_result_says_what_to_do(opened: Opened) -> None:
    shown = opened("data", section="tables", search="nosuchword")

    assert "widen the filters" in shown.info[0].value
    assert not shown.dataframe


def test_a_fact_opens_from_its_address_with_what_disagrees(opened: Opened, markup: Markup) -> None:
    one = next(one for one in disagreements.disagreements(today()) if one.table == "prices" and one.used and one.set_aside)

    shown = opened("data", section="tables", table="prices", open=f"table.{one.set_aside[0]}")

    assert not shown.exception
    assert "What disagrees with it" in markup(shown)
    assert one.used[0] in markup(shown)


def test_a_source_opens_the_facts_that_rest_on_it(opened: Opened, markup: Markup) -> None:
    dataset = today()
    fact = dataset["prices"]["fact_id"].iloc[0]
    source = dataset.facts.at[fact, "source_ids"].split(";")[0]

    assert fact in markup(opened("data", section="sources", open=f"sources.{source}"))


def test_a_square_of_the_coverage_opens_its_facts(opened: Opened, markup: Markup) -> None:
    cell = coverage.by_country(today()).query("iso3 == 'BRA' and group == 'prices'").iloc[0]

    text = markup(opened("data", section="coverage", open="coverage.BRA.prices"))

    assert all(fact in text for fact in cell["fact_ids"])


def test_the_coverage_as_a_table_has_a_row_for_each_country_and_subject(opened: Opened) -> None:
    shown = opened("data", section="coverage", coverage="table", which="all")

    assert len(shown.dataframe[0].value) == len(coverage.by_country(today()))


def test_the_region_of_other_pages_narrows_the_coverage(opened: Opened) -> None:
    shown = opened("data", section="coverage", coverage="table", region="Oceania")

    assert set(shown.dataframe[0].value["Region"]) == {"Oceania"}


def test_every_disagreement_is_told_with_its_notes(opened: Opened, markup: Markup) -> None:
    text = markup(opened("data", section="disagreements"))

    for one in disagreements.disagreements(today()):
        assert all(fact in text for fact in one.fact_ids)


def test_gaps_are_counted_and_offered(opened: Opened, markup: Markup) -> None:
    shown = opened("data", section="gaps", indicator="lowest-price", place="UGA")

    assert "1 gap: no evidence found" in markup(shown)
    assert "Uganda (UGA)" in shown.code[0].value
    assert len(gaps.missing(today(), indicator_id="lowest-price")) > 100


def test_the_method_tells_every_indicator_at_its_own_anchor_and_can_be_searched(opened: Opened, markup: Markup) -> None:
    whole = opened("data", section="method")
    assert {heading.anchor for heading in whole.subheader} >= set(catalog.INDICATORS)

    found = opened("data", section="method", method_search="purchasing power median")
    anchors = {heading.anchor for heading in found.subheader}
    assert "median-list-price-ppp" in anchors
    assert "treatment-centres" not in anchors
    assert "Nothing in the method" in opened("data", section="method", method_search="nosuchword").info[0].value


def test_the_files_are_offered_with_licence_and_citation(opened: Opened, markup: Markup) -> None:
    shown = opened("data", section="download")

    assert "CC BY 4.0" in markup(shown)
    assert load().version in shown.code[0].value
    assert len(shown.get("download_button")) == 4


def test_a_file_is_made_once_for_a_dataset() -> None:
    dataset = load()

    assert downloads.made(dataset, "package") is downloads.made(dataset, "package")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "![x](https://example.org/x.png)", "[x](javascript:alert(1))", "# T\n\n<img src=x onerror=alert(1)>", "`<b>`", "**<i>**"],
)
def test_a_document_cannot_bring_its_own_markup(text: str) -> None:
    shown = as_html(text)

    assert not re.search(r"<(script|img|i|b)\b", shown)
    assert "href='javascript" not in shown


def test_a_document_keeps_headings_lists_bold_code_and_links() -> None:
    shown = as_html("# Title\n\n## Part\n\nOne **two** `three` [four](https://example.org/?a=1&b=2).\nFive $6 and $7.\n\n- item\n  goes on\n- [file](X.md)\n")

    assert shown == (
        "<h2>Part</h2><p>One <strong>two</strong> <code>three</code> "
        "<a href='https://example.org/?a=1&amp;b=2' target='_blank' rel='noopener noreferrer'>four</a>. Five $6 and $7.</p>"
        "<ul><li>item goes on</li><li>file</li></ul>"
    )
