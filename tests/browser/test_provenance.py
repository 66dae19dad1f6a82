"""From the world to a country, a fact and its source, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Visit = Callable[..., Page]
UntilItHolds = Callable[[Callable[[], None]], None]

# Where a country is, once it has stood still for some frames: what is drawn above the map moves it.
_CENTRE = """async iso => {
  let before = "", still = 0;
  while (true) {
    const shape = [...document.querySelectorAll(".choroplethlayer path")].find(shape => shape.__data__?.loc === iso);
    const box = shape?.getBoundingClientRect();
    const centre = box ? [box.x + box.width / 2, box.y + box.height / 2] : [];
    still = box && String(centre) === before ? still + 1 : 0;
    if (still > 4) return centre;
    before = String(centre);
    await new Promise(requestAnimationFrame);
  }
}"""

_COUNT_SLIDES = """() => {
  window.slides = 0;
  addEventListener("animationstart", event => { if (event.target.closest(".stDialog")) window.slides += 1; }, true);
}"""


def drawer(page: Page) -> Locator:
    return page.get_by_role("dialog")


def click_country(page: Page, iso3: str) -> None:
    page.locator(".choroplethlayer path").first.wait_for()
    page.locator(".st-key-card-world").scroll_into_view_if_needed()
    x, y = page.evaluate(_CENTRE, iso3)
    page.mouse.click(x, y)


def open_country(page: Page, iso3: str, until_it_holds: UntilItHolds) -> None:
    """Click on a country of a map that has just been drawn: nothing says when it begins to listen."""

    def click() -> None:
        if not drawer(page).count():
            click_country(page, iso3)
        expect(drawer(page)).to_be_visible(timeout=15_000)

    until_it_holds(click)


def put_hint_away(page: Page) -> None:
    page.locator(".hint button").click()
    expect(page.locator(".hint")).to_be_hidden()


def test_a_click_on_a_country_opens_its_facts_with_links_to_their_sources(theme: str, visit: Visit, until_it_holds: UntilItHolds) -> None:
    page = visit("/", theme=theme)
    put_hint_away(page)
    open_country(page, "BRA", until_it_holds)

    expect(drawer(page).get_by_role("heading", name="Brazil")).to_be_visible()
    links = drawer(page).locator("ul.evidence-sources a")
    expect(links.first).to_have_attribute("href", re.compile("^https?://"))
    expect(links.first).to_have_attribute("rel", "noopener noreferrer")
    page.wait_for_url("**open=world.BRA")


def test_escape_closes_the_drawer_and_a_second_click_opens_it_again(visit: Visit, until_it_holds: UntilItHolds) -> None:
    page = visit("/")
    put_hint_away(page)
    open_country(page, "BRA", until_it_holds)
    expect(drawer(page).get_by_role("heading", name="Brazil")).to_be_visible()

    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    page.wait_for_url(lambda url: "open" not in url)

    click_country(page, "BRA")
    expect(drawer(page).get_by_role("heading", name="Brazil")).to_be_visible()


def test_the_keyboard_alone_goes_from_the_card_to_a_countrys_sources(visit: Visit) -> None:
    page = visit("/")
    page.evaluate(_COUNT_SLIDES)
    page.locator(".st-key-evidence-world button").first.focus()
    page.keyboard.press("Enter")
    expect(drawer(page)).to_be_visible()

    drawer(page).locator("input").focus()
    page.keyboard.type("Germ")
    expect(page.get_by_role("option", name="Germany")).to_be_visible()
    page.keyboard.press("Enter")

    expect(drawer(page).get_by_role("heading", name="Germany")).to_be_visible()
    assert page.evaluate("window.slides") == 0  # a drawer that slides in closes the list of whoever types at once
    page.wait_for_url("**open=world.DEU")
    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)


def test_a_cards_evidence_opens_without_typing_by_keyboard_too(visit: Visit) -> None:
    page = visit("/")
    page.locator(".st-key-evidence-world button:visible").click()
    marks = drawer(page).locator("[class*=st-key-marks-of-] button:visible")
    expect(marks).to_have_count(20)
    expect(marks.first).to_contain_text("products")  # those with facts come first

    name = marks.first.locator("strong").inner_text()
    marks.first.focus()
    page.keyboard.press("Enter")
    expect(drawer(page).get_by_role("heading", name=name)).to_be_visible()
    page.wait_for_url("**open=world.*")


def test_a_row_of_the_table_opens_its_facts_by_keyboard(visit: Visit, until_it_holds: UntilItHolds) -> None:
    page = visit("/?world=table")
    put_hint_away(page)
    grid = page.locator(".st-key-card-world [data-testid=stDataFrame]")
    chosen = grid.locator("td[aria-selected=true]")

    def click_in_the_first_row() -> None:  # the table is a picture: nothing says when it begins to listen
        grid.click(position={"x": 250, "y": 60})
        expect(chosen).to_have_attribute("data-testid", re.compile("^glide-cell-.*-0$"), timeout=10_000)

    until_it_holds(click_in_the_first_row)
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_attribute("data-testid", re.compile("^glide-cell-.*-1$"))
    page.keyboard.press("Shift+Space")

    expect(drawer(page).locator("h3.evidence-heading")).to_be_visible()


def test_the_drawer_fits_a_phone(visit: Visit) -> None:
    page = visit("/?open=world.BRA", size="phone")
    width = page.viewport_size["width"] if page.viewport_size else 0

    expect(drawer(page).get_by_role("heading", name="Brazil")).to_be_visible()
    box = drawer(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["width"] <= width
    assert drawer(page).evaluate("element => element.scrollWidth <= element.clientWidth + 1")


def test_the_way_leads_on_to_the_country(visit: Visit) -> None:
    page = visit("/?open=world.BRA")
    drawer(page).get_by_role("link", name="Everything on Brazil").click()

    page.wait_for_url("**/country?country=BRA")
    expect(page.locator("h1.question")).to_contain_text("Brazil")
