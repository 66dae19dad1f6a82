"""Search at the key "/", the hint of the first visit, and countries by code, short form and group."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from indicators.dataset import load
from ui.search import find_all

Visit = Callable[..., Page]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Brazil", "**/country?country=BRA"),
        ("measure · vein-to-vein time", "**/?measure=vein-to-vein-time"),
        ("Page · Reimbursement", "**/reimbursement"),
        ("Kymriah", "**/data?section=tables*tisa-cel*"),
    ],
)
def test_slash_opens_the_search_and_enter_goes_there(text: str, address: str, visit: Visit) -> None:
    page = visit("/")
    open_search(page)
    page.keyboard.type(text)
    expect(page.get_by_role("option").first).to_contain_text(text, ignore_case=True)
    page.keyboard.press("Enter")

    page.wait_for_url(address)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_found_is_listed_kind_after_kind_and_no_name_ends_inside_a_word() -> None:
    dataset = load()
    entries = find_all(dataset)
    kinds = [code.split(":")[0] for code in entries]

    assert list(dict.fromkeys(kinds)) == ["country", "product", "indicator", "page", "source"]
    assert kinds == sorted(kinds, key=["country", "product", "indicator", "page", "source"].index)
    for source in dataset.sources.to_dict("records"):
        _kind, title, *_publisher = entries[f"source:{source['source_id']}"].text.split(" · ")
        assert title.endswith(" …") or title in " ".join(source["title"].split())
        if title.endswith(" …"):
            assert set(title.removesuffix(" …").split()) <= set(source["title"].split())


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
    page.keyboard.type("Page · Prices")
    expect(page.get_by_role("option").first).to_contain_text("Prices")
    page.keyboard.press("Enter")

    page.wait_for_url("**/prices?as_of=2022-12-31")


def test_the_hint_shows_on_the_first_visit_and_never_again(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator(".hint")).to_be_visible()
    page.get_by_role("button", name="Got it").click()
    expect(page.locator(".hint")).to_be_hidden()

    page.reload()
    page.locator(".hint").wait_for(state="attached")
    page.wait_for_function("window.atlasHint")  # its script has looked whether it was put away, and shows it at once if not
    expect(page.locator(".hint")).to_be_hidden()


def test_the_hint_covers_no_control_and_leaves_no_room_when_it_was_put_away(size: str, visit: Visit) -> None:
    page = visit("/", size=size)
    hint = page.locator(".hint")
    expect(hint).to_be_visible()
    covered = """hint => [...document.querySelectorAll("button, input, a")].filter(one => {
      const [a, b] = [one.getBoundingClientRect(), hint.getBoundingClientRect()];
      return !hint.contains(one) && a.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }).map(one => one.innerText)"""
    assert hint.evaluate(covered) == []
    page.locator("h1.question").click()
    page.keyboard.press("Escape")
    expect(hint).to_be_hidden()

    gap = page.evaluate(
        "document.querySelector('dl.key-figures').getBoundingClientRect().top - document.querySelector('p.answer').getBoundingClientRect().bottom"
    )
    assert gap < 45


def test_the_hint_names_a_key_only_where_there_are_keys(visit: Visit) -> None:
    expect(visit("/").locator(".hint")).to_contain_text("Press / to search", use_inner_text=True)
    on_phone = visit("/", size="phone").locator(".hint")
    expect(on_phone).to_contain_text("Search at the top", use_inner_text=True)
    expect(on_phone).not_to_contain_text("Press /", use_inner_text=True)


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
