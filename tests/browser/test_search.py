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
    page.wait_for_function("window.atlasSearchKey")
    button = page.locator(".st-key-search button").first  # the one that the key presses
    button.evaluate("button => { window.presses = 0; button.addEventListener('click', () => { window.presses += 1; }); }")
    field = page.locator(".st-key-filters input").first
    field.focus()
    page.keyboard.press("/")

    expect(field).to_have_value("/")
    assert page.evaluate("window.presses") == 0  # the key presses the button at once where it does
    open_search(page)
    assert page.evaluate("window.presses") == 1


def test_the_search_keeps_the_chosen_day(visit: Visit) -> None:
    page = visit("/?as_of=2022-12-31")
    open_search(page)
    page.keyboard.type("Prices (page")
    expect(page.get_by_role("option").first).to_contain_text("Prices (page)")
    page.keyboard.press("Enter")

    page.wait_for_url("**/prices?as_of=2022-12-31")


def test_the_hint_shows_on_the_first_visit_and_never_again(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator(".hint")).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(page.locator(".hint")).to_be_hidden()

    page.reload()
    page.locator(".hint[data-ready]").wait_for(state="attached")  # its script has looked whether it was put away, and shows it at once if not
    expect(page.locator(".hint")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "option", "code"),
    [("ZAF", "South Africa", "ZAF"), ("Emirates", "United Arab Emirates", "ARE"), ("BRICS", "BRICS", "BRICS"), ("Côte", "Côte d’Ivoire", "CIV")],
)
def test_the_picker_finds_codes_short_forms_and_groups(typed: str, option: str, code: str, visit: Visit) -> None:
    page = visit("/")
    page.locator(".st-key-control-countries input").click()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_contain_text(option)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/?countries={code}")
