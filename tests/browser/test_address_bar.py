"""What a reader chooses goes with them: to the next page, through a reload, back, and to whoever gets the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as PatienceEnded

from bench.serving import ROOT, serve
from indicators.catalog import get, observe
from indicators.charts.wording import indicator_finding
from indicators.dataset import load

Visit = Callable[..., Page]

QUESTIONS = {
    "overview": "Who can get",
    "prices": "What does one treatment cost",
    "approvals": "Where is CAR-T approved",
    "manufacturing": "Where is CAR-T made",
}


def control(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-control-{name}")


def choose(page: Page, label: str, option: str) -> None:
    """Choose an entry of a menu or a field of many, and close its list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def go_to(page: Page, name: str) -> None:
    """Go to another page by the link in the bar."""
    page.locator(".st-key-pages-wide").get_by_role("link", name=name.capitalize()).click()
    expect(page.locator("h1.question")).to_contain_text(QUESTIONS[name])


def query(page: Page) -> str:
    """Return the query of the address as the page itself has it: Playwright's own copy comes later."""
    return str(page.evaluate("location.search"))


_HAS_PARAMETERS = """wanted => {
  const found = {};
  for (const [name, value] of new URLSearchParams(location.search)) (found[name] ??= []).push(value);
  const told = parameters => JSON.stringify(Object.entries(parameters).sort());
  return told(found) === told(wanted);
}"""


def expect_parameters(page: Page, **expected: list[str]) -> None:
    """Wait until the address has these parameters and no other."""
    with suppress(PatienceEnded):
        page.wait_for_function(_HAS_PARAMETERS, arg=expected)
    assert parse_qs(query(page).removeprefix("?")) == expected


def notice(page: Page) -> Locator:
    return page.locator(".notice")


def finding(page: Page) -> Locator:
    return page.locator("h3.finding").first


def finding_in(region: str) -> str:
    """Return what the overview finds in a region today."""
    dataset = load().as_of(date.today())
    seen = observe(dataset, "products-approved")
    inside = dataset["countries"].loc[dataset["countries"]["un_m49_region"] == region, "iso3"]
    return indicator_finding(get("products-approved"), seen[seen["iso3"].isin(inside)])


def test_a_choice_is_written_into_the_address(visit: Visit) -> None:
    page = visit("/")
    choose(page, "Region", "Africa")

    expect_parameters(page, region=["Africa"])
    assert finding_in("Africa") != finding_in("Asia")
    expect(finding(page)).to_have_text(finding_in("Africa"))


def test_a_filter_goes_along_to_the_next_page_and_through_a_reload(visit: Visit) -> None:
    page = visit("/")
    choose(page, "Region", "Africa")
    expect_parameters(page, region=["Africa"])

    go_to(page, "prices")
    expect_parameters(page, region=["Africa"])
    expect(control(page, "region")).to_contain_text("Africa")

    page.reload()
    expect(page.locator("h1.question")).to_contain_text(QUESTIONS["prices"])
    expect_parameters(page, region=["Africa"])
    expect(control(page, "region")).to_contain_text("Africa")


def test_filters_of_the_address_go_along_through_several_pages(visit: Visit) -> None:
    page = visit("/?countries=BRA&countries=ESP&as_of=2024-12-31&income=HIC&income=UMC&measure=first-approval-date")
    for name in ("manufacturing", "overview", "approvals"):
        go_to(page, name)

    expect_parameters(page, countries=["BRA", "ESP"], as_of=["2024-12-31"], income=["HIC", "UMC"])
    expect(control(page, "countries")).to_contain_text("Brazil")
    expect(control(page, "countries")).to_contain_text("Spain")
    expect(control(page, "as_of").get_by_role("slider")).to_have_attribute("aria-valuetext", "2024")
    expect(page.locator("p.answer")).to_contain_text("31 Dec 2024")


def test_a_filter_still_holds_for_the_step_after_a_change_of_page(visit: Visit) -> None:
    page = visit("/?region=Europe&as_of=2024-12-31")
    go_to(page, "prices")
    choose(page, "Price in", "Multiples of GDP per head")

    expect_parameters(page, region=["Europe"], as_of=["2024-12-31"], price_in=["gdp"])
    expect(control(page, "region")).to_contain_text("Europe")


def test_the_menu_of_a_phone_carries_filters_too(visit: Visit) -> None:
    page = visit("/?region=Asia", size="phone")
    page.locator(".st-key-pages-narrow").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="Prices").click()

    expect(page.locator("h1.question")).to_contain_text(QUESTIONS["prices"])
    expect_parameters(page, region=["Asia"])
    expect(control(page, "region")).to_contain_text("Asia")


@pytest.mark.parametrize("pause_milliseconds", [0, 2500], ids=["at once", "after a while"])
def test_back_returns_to_the_view_before_a_choice(pause_milliseconds: int, visit: Visit) -> None:
    """At once is a case of its own: an address that comes right after a choice may also be one that the choice overtook."""
    page = visit("/?region=Europe")
    before = finding(page).inner_text()
    choose(page, "Income group", "High income")
    expect_parameters(page, region=["Europe"], income=["HIC"])
    expect(finding(page)).not_to_have_text(before)
    page.wait_for_timeout(pause_milliseconds)

    page.go_back()

    expect(finding(page)).to_have_text(before)
    expect_parameters(page, region=["Europe"])
    expect(control(page, "income")).not_to_contain_text("High income")
    expect(control(page, "region")).to_contain_text("Europe")


def test_back_returns_to_the_page_before_with_its_filters(visit: Visit) -> None:
    page = visit("/?region=Europe&as_of=2024-12-31")
    before = finding(page).inner_text()
    go_to(page, "prices")

    page.go_back()

    expect(finding(page)).to_have_text(before)
    expect_parameters(page, region=["Europe"], as_of=["2024-12-31"])
    expect(control(page, "region")).to_contain_text("Europe")
    expect(control(page, "as_of").get_by_role("slider")).to_have_attribute("aria-valuetext", "2024")


def test_back_returns_to_the_page_before_with_its_own_settings(visit: Visit) -> None:
    page = visit("/?region=Europe&measure=first-approval-date&world=ranking")
    before = finding(page).inner_text()
    go_to(page, "prices")

    page.go_back()

    expect(finding(page)).to_have_text(before)
    expect_parameters(page, region=["Europe"], measure=["first-approval-date"], world=["ranking"])
    expect(control(page, "measure").get_by_role("combobox")).to_have_value(re.compile("First approval"))


def test_two_quick_choices_both_count(visit: Visit) -> None:
    page = visit("/")
    switch = page.locator(".st-key-views-world")
    switch.get_by_text("Ranking", exact=True).click()
    page.locator(".st-key-views-cascade").get_by_text("Table", exact=True).click()

    expect_parameters(page, world=["ranking"], cascade=["table"])


def test_a_copied_address_shows_another_reader_the_same(visit: Visit) -> None:
    page = visit("/")
    choose(page, "Region", "Europe")
    choose(page, "Measure", "Approvals: First approval")
    page.locator(".st-key-views-world").get_by_text("Table", exact=True).click()
    expect_parameters(page, region=["Europe"], measure=["first-approval-date"], world=["table"])

    other = visit("/" + query(page))

    expect(finding(other)).to_have_text(finding(page).inner_text())
    expect(other.locator(".st-key-card-world [data-testid=stDataFrame]")).to_be_visible()
    expect(control(other, "region")).to_contain_text("Europe")
    expect(control(other, "measure").get_by_role("combobox")).to_have_value(re.compile("First approval"))
    expect_parameters(other, region=["Europe"], measure=["first-approval-date"], world=["table"])


def test_an_unknown_value_is_told_politely_and_the_page_works(visit: Visit) -> None:
    page = visit("/prices?region=Atlantis&price_in=gdp")

    expect(notice(page)).to_contain_text("Atlantis")
    expect_parameters(page, price_in=["gdp"])
    expect(page.locator(".st-key-card-list .js-plotly-plot .main-svg").first).to_be_visible()


def test_what_an_address_says_is_never_taken_for_markup(visit: Visit) -> None:
    """A crafted address must not put a picture or a link into a page that a reader trusts."""
    page = visit("/?region=![x](app/static/icon.png)&income=[win](https://example.org)&countries=<img src=app/static/icon.png>")

    expect(notice(page)).to_contain_text("![x](app/static/icon.png)")
    expect(notice(page)).to_contain_text("[win](https://example.org)")
    expect(notice(page)).to_contain_text("<img src=app/static/icon.png>")
    expect(notice(page).locator("img, a")).to_have_count(0)


@pytest.mark.parametrize("entry", ["server.py", "app.py"])
def test_the_first_visit_to_a_server_just_started_may_go_to_any_page(new_context: Callable[..., BrowserContext], tmp_path: Path, entry: str) -> None:
    with serve(ROOT / entry, tmp_path / "log.txt") as started:
        page = new_context().new_page()
        page.goto(f"{started.address}/prices?region=Asia")

        expect(page.locator("h1.question")).to_contain_text(QUESTIONS["prices"])
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        expect(control(page, "region")).to_contain_text("Asia")
