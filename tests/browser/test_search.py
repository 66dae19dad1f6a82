"""Search at the key "/", the hint of the first visit, and countries by code, short form and group."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Brazil", "**/country?country=BRA"),
        ("vein-to-vein time (ind", "**/?measure=vein-to-vein-time"),
        ("Reimbursement (page", "**/reimbursement"),
        ("Kymriah", "**/data?section=tables*tisa-cel*"),
    ],
)
def test_slash_opens_the_search_and_enter_goes_there(text: str, address: str, visit: Visit) -> None:
    page = visit("/")
    open_search(page)
    page.keyboard.type(text)
    expect(page.get_by_role("option").first).to_contain_text(text.split(" (")[0], ignore_case=True)
    page.keyboard.press("Enter")

    page.wait_for_url(address)
    expect(page.get_by_role("dialog")).to_have_count(0)


def open_search(page: Page) -> None:
    page.wait_for_function("window.atlasSearchKey")
    page.locator("h1.question").click()
    page.keyboard.press("/")
    expect(page.locator("[role=dialog] .st-key-search-box input")).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(visit: Visit) -> None:
    page = visit("/")
    page.locator(".st-key-filters input").first.focus()
    page.keyboard.press("/")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_search_keeps_the_chosen_day(visit: Visit) -> None:
    page = visit("/?as_of=2022-12-31")
    open_search(page)
    page.keyboard.type("Prices (page")
    page.keyboard.press("Enter")

    page.wait_for_url("**/prices?as_of=2022-12-31")


def test_the_hint_shows_on_the_first_visit_and_never_again(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator(".hint")).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(page.locator(".hint")).to_be_hidden()

    page.reload()
    page.locator("footer.foot").wait_for()
    page.wait_for_timeout(500)
    expect(page.locator(".hint")).to_be_hidden()


@pytest.mark.parametrize(("typed", "code"), [("ZAF", "ZAF"), ("Emirates", "ARE"), ("BRICS", "BRICS"), ("Côte", "CIV")])
def test_the_picker_finds_codes_short_forms_and_groups(typed: str, code: str, visit: Visit) -> None:
    page = visit("/")
    page.locator(".st-key-control-countries input").click()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/?countries={code}")
