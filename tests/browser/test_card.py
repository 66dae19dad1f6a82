"""A card: its views, its table, its file, its sources, and the keyboard's way to everything."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from indicators import jurisdictions
from indicators.catalog import observe
from indicators.dataset import load

Visit = Callable[..., Page]


def card(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-card-{name}")


def downloaded(page: Page, name: str) -> tuple[str, list[dict[str, str]]]:
    """Take a card's table away as CSV; return the file's name and rows."""
    card(page, name).get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Table", exact=True).click()
    with page.expect_download() as started:
        dialog.get_by_role("button", name="Download CSV").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    return started.value.suggested_filename, list(csv.DictReader(text.splitlines()))


def test_the_switch_shows_the_table_in_place_of_the_figure(visit: Visit) -> None:
    page = visit("/")
    expect(card(page, "world").locator(".js-plotly-plot")).to_have_count(1)

    card(page, "world").get_by_text("Table", exact=True).click()

    expect(card(page, "world").locator("[data-testid=stDataFrame]")).to_be_visible()
    expect(card(page, "world").locator(".js-plotly-plot")).to_have_count(0)


def test_the_table_has_a_row_for_every_country(visit: Visit) -> None:
    page = visit("/?world=table")
    rows = len(load()["countries"])

    # The grid's own first row is its heading.
    expect(card(page, "world").locator("[role=grid]")).to_have_attribute("aria-rowcount", str(rows + 1))


def test_the_file_of_the_world_card_holds_the_values_of_the_indicator(visit: Visit) -> None:
    page = visit("/?as_of=2024-12-31&region=Europe")
    _name, rows = downloaded(page, "world")

    dataset = load().as_of(date(2024, 12, 31))
    chosen = jurisdictions.select(dataset["countries"], ("Europe",))
    seen = observe(dataset, "products-approved")
    expected = {row.iso3: row.value for row in seen[seen["iso3"].isin(chosen)].itertuples()}
    found = {row["ISO code"]: float(row["Products approved or exempted (products)"] or "nan") for row in rows}
    assert found == pytest.approx(expected, nan_ok=True)
    assert len(rows) == len(expected)


def test_the_file_tells_documented_absence_from_missing_evidence(visit: Visit) -> None:
    page = visit("/?as_of=2025-12-31")
    _name, rows = downloaded(page, "world")

    seen = observe(load().as_of(date(2025, 12, 31)), "products-approved")
    texts = {row["ISO code"]: row["Status"] for row in rows}
    by_status = {status: {texts[iso3] for iso3 in group["iso3"]} for status, group in seen.groupby("status")}
    assert len(by_status["no-evidence"]) == 1
    assert not by_status["no-evidence"] & by_status["documented-none"]


def test_the_file_gives_the_sources_of_each_value(visit: Visit) -> None:
    page = visit("/?countries=USA")
    _name, rows = downloaded(page, "world")

    assert rows[0]["Sources"].startswith(("https://", "http://"))


def test_the_files_name_says_what_it_holds_and_as_of_when(visit: Visit) -> None:
    page = visit("/?as_of=2024-12-31&measure=first-approval-date")
    name, _rows = downloaded(page, "world")

    assert "first-approval-date" in name
    assert name.endswith("2024-12-31.csv")


def test_the_list_of_sources_links_to_web_addresses(visit: Visit) -> None:
    page = visit("/manufacturing?countries=ESP")
    card(page, "sites").get_by_role("button", name="Sources").click()

    links = page.locator("ol.source-list").filter(visible=True).get_by_role("link")
    expect(links.first).to_be_visible()
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert all(address.startswith(("https://", "http://")) for address in addresses)


def test_links_to_sources_open_beside_the_atlas_and_tell_nothing_of_it(visit: Visit) -> None:
    page = visit("/manufacturing?countries=ESP")
    card(page, "sites").get_by_role("button", name="Sources").click()

    link = page.locator("ol.source-list").filter(visible=True).get_by_role("link").first
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_every_page_is_reached_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    reached = []
    for _step in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
        if reached[-1] == "Prices":
            break
    page.keyboard.press("Enter")

    expect(page.locator("h1.question")).to_contain_text("What does one treatment cost")
    expect(page.locator(".st-key-pages-wide").get_by_role("link", name="Prices")).to_be_focused()  # the keyboard goes on from there


def test_the_pages_are_reached_in_the_order_that_they_are_seen_in(visit: Visit) -> None:
    page = visit("/")
    seen = [text.strip() for text in page.locator(".st-key-pages-wide a").all_inner_texts()]
    reached = []
    for _step in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))

    assert [text for text in reached if text in seen][: len(seen)] == seen


def test_a_views_button_is_pressed_with_the_keyboard(visit: Visit) -> None:
    page = visit("/")
    card(page, "world").get_by_role("radio", name="Ranking").focus()
    page.keyboard.press("Space")

    page.wait_for_url("**/?world=ranking")


def test_figures_are_described_for_those_who_cannot_see_them(visit: Visit) -> None:
    page = visit("/")

    expect(page.locator(".st-key-card-world [aria-label*='Highest:']")).to_have_count(1)


def test_on_a_phone_the_finding_has_the_whole_width_and_a_matrix_scrolls_within_its_card(
    visit: Visit, until_it_holds: Callable[[Callable[[], None]], None]
) -> None:
    page = visit("/approvals", size="phone")
    matrix = card(page, "matrix")
    matrix.locator(".js-plotly-plot .main-svg").first.wait_for()

    def has_its_widths() -> None:  # a figure takes its width when it has been drawn
        whole = matrix.bounding_box()
        title = matrix.locator("h3.finding").bounding_box()
        scroller = matrix.locator("[class*='st-key-figure-']")
        assert whole
        assert title
        assert title["width"] > 0.85 * whole["width"]
        assert scroller.evaluate("element => element.scrollWidth") > 1.5 * whole["width"]
        assert scroller.evaluate("element => element.clientWidth") <= whole["width"]

    until_it_holds(has_its_widths)
